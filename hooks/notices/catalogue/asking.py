"""Asking about an item: a mail to the publisher in which the item is named already."""

from __future__ import annotations

from urllib.parse import quote

from .notices import Item, Notice


def question(notice: Notice, item: Item, permalink: str) -> str | None:
    """Return a ``mailto:`` address (RFC 6068) with subject and body, or None without a mailbox.

    ``permalink`` is the absolute address of the item, or "" where the site does not know its own.
    """
    email = notice.facts.contact.email
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
