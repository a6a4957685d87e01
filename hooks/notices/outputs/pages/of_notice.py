"""Pages of a notice: itself, its ledger, and the documents that it names.

Each is a fragment ``notice/<name>.html`` of ``theme/fragments``. What the approved text says is in
``notice/narrative.html``, which makes nothing of it but elements around its characters.
"""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import escape

from ...catalogue.addresses import notice_address
from ...catalogue.documents import named_documents
from ...catalogue.notices import Notice
from ...catalogue.words import totals
from ...text.narrative import Section
from ..fragments import Fragments
from .contents import Heading
from .rows import of_part, runs


@dataclass(frozen=True)
class Page:
    """A page of a notice.

    ``name`` is that of its fragment and of its type, ``address`` where it stands in the site.
    """

    notice: Notice
    name: str
    address: str
    title: str
    description: str

    @property
    def headings(self) -> list[Heading]:
        """What its contents lead to: only the text has some."""
        sections = self.notice.narrative.sections if self.name == TEXT else []
        return [*_headings(self.notice, sections)]


TEXT = "text"
TYPES = {TEXT: ("navigation",), "ledger": ("navigation", "toc"), "documents": ("navigation", "toc")}
"""The types of pages, and the sidebars for which each has no use."""


def notice_pages(notice: Notice) -> Iterator[Page]:
    """Yield the pages of ``notice``: no ledger without items, no documents where it names none."""
    title, short = notice.facts.title, notice.facts.short_name
    counts = totals(notice) if notice.has_items else ""
    about = f"：{counts}，逐条列出整改情况、依据和联系方式。" if counts else "和联系方式。"
    address = notice_address(notice)
    yield Page(notice, TEXT, address, title, f"{title}全文{about}")
    if notice.has_items:
        told = f"{title}台账：{counts}，可按所在的部分和状态筛选。"
        yield Page(notice, "ledger", f"{address}ledger/", f"整改台账 · {short}", told)
    if named_documents(notice):
        told = f"{title}提到的文件，每个文件在哪里提到。"
        yield Page(notice, "documents", f"{address}documents/", f"文中文件 · {short}", told)


def render(page: Page, fragments: Fragments, **known: object) -> str:
    """Return what ``page`` says, as HTML; it may use what is ``known`` besides: ``downloads`` and
    ``approvals``.
    """
    url = functools.partial(relative, page.address)
    notice = page.notice
    known |= {"runs": functools.partial(runs, notice), "of_part": of_part}
    return fragments.render(f"notice/{page.name}", url, notice=notice, **known)


def relative(page: str, address: str) -> str:
    """Return the link from ``page`` to ``address``, both from the root of the site."""
    slash = "/" if address.endswith("/") else ""
    return posixpath.relpath(address or ".", page or ".") + slash


def _headings(notice: Notice, sections: list[Section]) -> Iterator[Heading]:
    """Yield what the contents lead to: of the rows of tables, those that are items."""
    for section in sections:
        below = [*_headings(notice, section.children)]
        item = notice.items_by_id.get(section.id)
        if section.heading.text and (item or not section.row):
            title = item.facts.title if item else section.label
            yield Heading(escape(title), f"#{section.id}", below)
        else:
            yield from below
