"""What a page says of its article outside of it: its title, and the day of its publication."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser

from ..source import About, Line
from .tree import attribute

_TITLES = ("articletitle", "og:title", "title")
_DAYS = ("pubdate", "publishdate", "article:published_time", "firstpublishedtime")
_SITE = re.compile(r"\s*[-_|—–－›>»]+\s*")
"""What stands between the title of an article and the name of its site."""
_SHORTEST, _LONGEST = 6, 100  # characters of a title
_PUBLISHED = re.compile(
    r"(?:发布|公布|公开|发文)?(?:时间|日期)[:：\s]*(?P<day>\d{4}\D\d{1,2}\D\d{1,2})"
)


def about_page(tree: LexborHTMLParser, left: Sequence[Line]) -> About:
    """Return what a page says of its article; ``left`` are the lines that are none of it."""
    titles = [*_meta(tree, _TITLES, "网页的标题"), *_titled(tree, left)]
    days = [*_meta(tree, _DAYS, "网页的发布时间"), *_published(left)]
    return About(next(iter(titles), None), next(iter(days), None))


def _meta(tree: LexborHTMLParser, names: Sequence[str], place: str) -> Iterator[Line]:
    """Yield what the head of a page says under these names, in their order."""
    found: dict[str, str] = {}
    for node in tree.css("meta"):
        name = (attribute(node, "name") or attribute(node, "property")).lower()
        found.setdefault(name, " ".join(attribute(node, "content").split()))
    yield from (Line(found[name], place) for name in names if found.get(name))


def _titled(tree: LexborHTMLParser, left: Sequence[Line]) -> Iterator[Line]:
    """Yield the headings beside the article, what the title of the page has, and that title."""
    titles = [" ".join(node.text(deep=True).split()) for node in tree.css("head title")]
    whole = titles[0] if titles else ""
    shown = [line for line in left if _SHORTEST <= len(line.text) <= _LONGEST]
    named = [line for line in shown if line.text in whole and not _is_site(line.text, whole)]
    headed = [line for line in shown if 1 <= line.level <= 3]
    yield from (line._replace(place="网页的标题") for line in (*named, *headed))
    parts = [part for part in _SITE.split(whole) if len(part) >= _SHORTEST]
    yield from (Line(part, "网页的标题") for part in parts[:1])


def _is_site(text: str, whole: str) -> bool:
    """Tell whether it is only the name of the site, which stands last in a title."""
    parts = _SITE.split(whole)
    return len(parts) > 1 and text == parts[-1]


def _published(left: Sequence[Line]) -> Iterator[Line]:
    for line in left:
        if match := _PUBLISHED.search(line.text):
            yield line._replace(text=match["day"], place="网页的发布时间")
