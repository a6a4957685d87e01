"""Pages: which pages a notice has, and the fragments of HTML that stand in them.

A page is Markdown in which a line ``[[name]]`` stands for a fragment: ``site/name.html`` in
``theme/fragments``, or ``notice/name.html`` on the pages of a notice. Fragments are rendered from
the catalogue alone, with autoescape; an unknown variable is an error.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket

from .asking import question
from .cache import Room
from .catalogue import Catalogue, Notice
from .documents import named_documents
from .phones import parts as phone_parts
from .standing import standings
from .timeline import timeline

Url = Callable[[str], str]
_TEMPLATES = 1_000  # more than there are of one version of the software


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
    counts = totals(notice)
    pages = [
        Page(
            f"notices/{notice.id}.md",
            ("navigation",),
            title,
            f"{title}全文：{counts}，逐条列出整改情况、依据和联系方式。",
            "[[head]]\n\n[[narrative]]\n\n[[end]]\n",
            notice,
        ),
        Page(
            f"notices/{notice.id}/ledger.md",
            ("navigation", "toc"),
            f"整改台账 · {notice.facts.short_name}",
            f"{title}台账：{counts}，可按方面和状态筛选。",
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
    return pages if named_documents(notice) else pages[:2]


def totals(notice: Notice) -> str:
    """Return how many aspects, sub-items and items a notice has, in words; withheld ones count."""
    aspects = len(notice.aspects) + notice.withheld_aspects
    sub_items = len(notice.sub_items) + notice.withheld_sub_items
    items = len(notice.items) + notice.withheld
    hidden = f"（其中{notice.withheld}个不公开）" if notice.withheld else ""
    return f"{aspects}个方面、{sub_items}个子项、{items}个问题{hidden}"


def notice_address(notice: Notice) -> str:
    """Return the address of a notice from the root of the site; an item's is ``#<id>`` in it."""
    return f"notices/{notice.id}/"


def approved_texts(catalogue: Catalogue) -> dict[str, str]:
    """Return where on the site the approved texts stand, by notice; what is withheld has none."""
    return {
        notice.id: f"{notice_address(notice)}approved.txt"
        for notice in catalogue.notices
        if not notice.withheld
    }


class KeptTemplates(jinja2.BytecodeCache):
    """Keeps compiled templates between builds: compiling Material's is a third of a small build.

    They are code, and run: so they come only from a room, where each entry is proven to be ours.
    """

    def __init__(self, room: Room) -> None:
        self._room = room
        room.forget((), spare=_TEMPLATES)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give ``bucket`` what was compiled before, if it was."""
        if kept := self._room.get(_compiled(bucket)):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what ``bucket`` has compiled."""
        self._room.set(_compiled(bucket), bucket.bytecode_to_string())


def _compiled(bucket: Bucket) -> str:
    return f"{version('jinja2')}.{bucket.key}"


class Fragments:
    """Renders the fragments of ``folder`` for one catalogue; templates are compiled once.

    ``site/`` holds those that any page may use, ``notice/`` those that need a notice. They may
    use what is ``known`` besides.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        folder: Path,
        cache: jinja2.BytecodeCache | None = None,
        site_url: str = "",
        **known: object,
    ) -> None:
        self.site_url = site_url
        self.names = catalogue.fragments
        """Those that any page may use."""
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder),
            # All but plain text has markup of its own.
            autoescape=lambda name: not (name or "").endswith(".txt"),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=cache,
        )
        environment.globals.update(known, catalogue=catalogue, address=notice_address)
        environment.globals.update(permalink=self.permalink, question=question)
        environment.filters.update(day=chinese_date, totals=totals, standings=standings)
        environment.filters.update(documents=named_documents, timeline=timeline, size=size)
        environment.filters.update(phones=phone_parts)
        environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
        environment.tests["contains"] = lambda container, value: value in container
        self._environment = environment

    def permalink(self, address: str) -> str:
        """Return ``address`` with the site's own before it, or "" where that is not known."""
        return self.site_url and self.site_url + address

    def render(self, name: str, url: Url, **context: Any) -> str:
        """Return fragment ``name``, an HTML one if it has no other ending.

        ``url`` turns addresses of the site into links of the page.
        """
        file = name if "." in name else f"{name}.html"
        return self._environment.get_template(file).render(url=url, **context)


def size(count: int) -> str:
    """Return a number of bytes as readers are told it, e.g. 599 KB."""
    return f"{count / 1024:.0f} KB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MB"


def chinese_date(date: datetime.date) -> str:
    """Return a date as it is written in notices, e.g. 2023年6月28日."""
    return f"{date.year}年{date.month}月{date.day}日"
