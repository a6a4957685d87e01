"""Pages of a notice: itself, its ledger, and the documents that it names.

Each is a fragment ``notice/<type>.html`` of ``theme/fragments``. What the approved text says is in
``notice/narrative.html``, which makes nothing of it but elements around its characters.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import escape

from ...catalogue.addresses import notice_address
from ...catalogue.answer import answer
from ...catalogue.documents import named_documents
from ...catalogue.notices import Notice
from ...catalogue.standing import standing_of
from ...facts.model import Vocabulary
from ...text.narrative import Section
from .page import DOCUMENTS, LEDGER, TEXT, Heading, Page
from .rows import runs


def notice_pages(notice: Notice, vocabulary: Vocabulary) -> Iterator[Page]:
    """Yield the pages of ``notice``: no ledger without items, no documents where it names none.

    They want to know besides of its ``downloads`` and ``approvals``.
    """
    title, short = notice.facts.title, notice.facts.short_name
    said = answer(standing_of(notice), notice.kind, notice.withheld, vocabulary)
    about = f"：{said}。逐条列出依据和联系方式。" if notice.has_items else "全文和联系方式。"
    headings = [*_headings(notice, notice.narrative.sections)]
    yield _page(notice, TEXT, "", (title, f"{title}{about}"), headings)
    if notice.has_items:
        called = f"{notice.kind.item}清单"
        told = f"{title}的{called}：{said}。可以按所在的部分、整改情况和字句筛选。"
        yield _page(notice, LEDGER, "ledger/", (f"{called} · {short}", told), headings)
    if named_documents(notice):
        told = f"{title}提到的文件，每个文件在哪里提到。"
        yield _page(notice, DOCUMENTS, "documents/", (f"文中提到的文件 · {short}", told), headings)


def _page(
    notice: Notice, kind: str, below: str, told: tuple[str, str], headings: list[Heading]
) -> Page:
    """Return a page ``below`` that of the notice, whose contents have these ``headings``; what is
    told of it, is its title and more.
    """
    address = notice_address(notice) + below
    known = {"notice": notice, "runs": runs}
    own = headings if kind == TEXT else []
    outlined = bool(headings)
    return Page(kind, f"notice/{kind}", address, *told, notice, own, known, has_outline=outlined)


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
