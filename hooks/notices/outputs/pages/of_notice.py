"""Pages: which pages a notice has.

A page is Markdown in which a line ``[[name]]`` stands for a fragment: ``site/name.html`` in
``theme/fragments``, or ``notice/name.html`` on the pages of a notice.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...catalogue.documents import named_documents
from ...catalogue.notices import Notice
from ...catalogue.words import totals


@dataclass(frozen=True)
class Page:
    """A page made from a notice.

    ``source`` is its path in ``content/``; ``hide`` names the sidebars that it has no use for.
    """

    source: str
    hide: tuple[str, ...]
    title: str
    description: str
    markdown: str
    notice: Notice


def notice_pages(notice: Notice) -> list[Page]:
    """Return the pages of one notice: itself, its ledger, and the documents if it names any."""
    title = notice.facts.title
    counts = totals(notice) if notice.has_items else ""
    pages = [
        Page(
            f"notices/{notice.id}.md",
            ("navigation",),
            title,
            f"{title}全文：{counts}，逐条列出整改情况、依据和联系方式。"
            if counts
            else f"{title}全文和联系方式。",
            "[[head]]\n\n[[narrative]]\n\n[[end]]\n",
            notice,
        ),
        Page(
            f"notices/{notice.id}/ledger.md",
            ("navigation", "toc"),
            f"整改台账 · {notice.facts.short_name}",
            f"{title}台账：{counts}，可按所在的部分和状态筛选。",
            "[[ledger]]\n",
            notice,
        ),
        Page(
            f"notices/{notice.id}/documents.md",
            ("navigation", "toc"),
            f"文中文件 · {notice.facts.short_name}",
            f"{title}提到的文件，每个文件在哪里提到。",
            "[[documents]]\n",
            notice,
        ),
    ]
    there = {"ledger.md": notice.has_items, "documents.md": bool(named_documents(notice))}
    return [page for page in pages if there.get(page.source.rpartition("/")[2], True)]
