"""Asking about an item: a mail to the publisher in which the item is named already."""

from __future__ import annotations

import functools
from urllib.parse import quote

from ..text.phones import Part, parts
from . import saying
from .notices import Item, Notice


def question(notice: Notice, item: Item, permalink: str) -> str | None:
    """Return a ``mailto:`` address (RFC 6068) with subject and body, or None without a mailbox.

    ``permalink`` is the absolute address of the item, or "" where the site does not know its own.
    """
    email = next((each.email for each in notice.contacts if each.email), None)
    if not email:
        return None
    word = notice.kind.item
    subject = f"关于{word}{item.id}“{item.facts.title}”"
    lines = [f"通报：{notice.facts.title}", f"{word}：{item.id} {item.facts.title}"]
    if permalink:
        lines.append(f"网址：{permalink}")
    # Mail has lines that end in CRLF, and RFC 6068 wants them so.
    body = "\r\n".join([*lines, "", "我想问：", ""])
    return f"mailto:{quote(email, safe='@')}?subject={quote(subject)}&body={quote(body)}"


def asking(notice: Notice, item: Item, permalink: str) -> str:
    """Return where one asks about ``item``: by mail if that can be, else by telephone, else where
    the page of ``notice`` says how its publisher is reached.
    """
    return question(notice, item, permalink) or _dialled(notice) or "#publisher"


@functools.lru_cache(maxsize=2)  # all items of a notice ask
def _dialled(notice: Notice) -> str:
    return next((part.address for part in numbers(notice) if part.address), "")


def numbers(notice: Notice) -> list[Part]:
    """Return the telephone numbers of the first office that gives any: those that can be dialled,
    or, where there are none, its words."""
    for contact in notice.contacts:
        lines = [contact.phone or "", *map(saying.dialled, contact.phones)]
        found = [part for line in filter(None, lines) for part in parts(line)]
        if found:
            return [part for part in found if part.address] or found
    return []
