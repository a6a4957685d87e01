"""Addresses that a site tells programs: in heads of pages, feeds, exports, calendars, robots.txt.

A link that readers follow is found by the checker of links; these are followed by nobody who would
complain.
"""

from __future__ import annotations

import html
import io
import itertools
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple


class Told(NamedTuple):
    """An address as it stands in a file, and where its text begins there."""

    address: str
    start: int
    own: bool = True
    """Whether it must be one of this site, and not only be right if it is."""
    from_root: bool = False
    """Whether it is relative to the root of the site, and not to the file."""


_META = re.compile(
    r'<meta (?:property|name)="(?:og:url|og:image|Url)" content="([^"]*)"', re.IGNORECASE
)
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')
_JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
_JSON_KEYS = re.compile(
    r'"(?:@id|url|schema|\$schema|\$id|home_page_url|feed_url)": ?("(?:[^"\\]|\\.)*")'
)
_OF_TEXTS = re.compile(r'"address": ?("(?:[^"\\]|\\.)*")')
_HREF_IN_JSON = re.compile(r' href=\\"((?:[^"\\]|\\[^"])*)\\"')
_HREF_IN_XML = re.compile(r' href=(?:"|&#34;|&quot;)(.*?)(?:"|&#34;|&quot;)')
_XML = re.compile(r"<(?:loc|id|uri|icon|logo)>\s*(https?:[^<]*?)\s*</")
_CALENDAR = re.compile(r"^URL(?:;[^:\r\n]*)?:((?:.|\r?\n[ \t])*)", re.MULTILINE)
_FOLD = re.compile(r"\r?\n[ \t]|\r")
_ROBOTS = re.compile(r"^Sitemap:\s*(\S+)", re.MULTILINE | re.IGNORECASE)
_SECURITY = re.compile(r"^(\w+): (https?:\S+)", re.MULTILINE)
_PLAIN = re.compile(r"https?://[^\s\"'<>(),，。；、]+")
_IN_A_SCHEMA = "https://json-schema.org/"  # which language a schema is written in


def told_in(path: str, data: bytes) -> tuple[list[str], list[Told]]:
    """Return the texts in the file ``path``, which holds ``data``, and the addresses they tell;
    these begin where they do when a line feed stands between the texts.
    """
    name = PurePosixPath(path)
    find = _BY_NAME.get(name.name) or _BY_SUFFIX.get(name.suffix)
    if find is None or not path.startswith(_ONLY_BELOW.get(name.suffix, "")):
        return [], []
    if name.suffix not in _OF_PARTS:
        text = data.decode(errors="replace")
        return [text], [*find(text)]
    # Most parts have no character but of ASCII, and together they would take twice the room.
    texts = _parts(name.suffix, data)
    starts = itertools.accumulate((len(text) + 1 for text in texts), initial=0)
    told = [
        each._replace(start=start + each.start)
        for text, start in zip(texts, starts, strict=False)
        for each in find(text)
    ]
    return texts, told


def canonical(text: str) -> str:
    """Return the address that a page says is its own, or "" when it says none."""
    found = _CANONICAL.search(text)
    return html.unescape(found[1]) if found else ""


def _of_page(text: str) -> Iterator[Told]:
    end = text.find("</head>") if "</head>" in text else len(text)
    for pattern in (_META, _CANONICAL):
        for found in pattern.finditer(text, 0, end):
            yield Told(html.unescape(found[1]), found.start(1))
    for script in _JSON_LD.finditer(text):
        for told in _of_json(script[1]):
            yield told._replace(start=script.start(1) + told.start)


def _of_json(text: str) -> Iterator[Told]:
    for found in _JSON_KEYS.finditer(text):
        address = json.loads(found[1])
        if not address.startswith(_IN_A_SCHEMA):
            yield Told(address, found.start(1) + 1)
    for found in _HREF_IN_JSON.finditer(text):
        yield Told(html.unescape(json.loads(f'"{found[1]}"')), found.start(1), own=False)


def _of_search(text: str) -> Iterator[Told]:
    for found in _OF_TEXTS.finditer(text):
        yield Told(json.loads(found[1]), found.start(1) + 1, from_root=True)


def _of_xml(text: str) -> Iterator[Told]:
    for found in _HREF_IN_XML.finditer(text):
        # What is escaped stands in the text of an entry, and may lead to others as that does.
        escaped = found[0].endswith(";")
        yield Told(html.unescape(html.unescape(found[1])), found.start(1), own=not escaped)
    for found in _XML.finditer(text):
        yield Told(html.unescape(found[1]), found.start(1))


def _of_calendar(text: str) -> Iterator[Told]:
    for found in _CALENDAR.finditer(text):
        yield Told(_FOLD.sub("", found[1]), found.start(1))


def _of_robots(text: str) -> Iterator[Told]:
    return (Told(found[1], found.start(1)) for found in _ROBOTS.finditer(text))


def _of_security(text: str) -> Iterator[Told]:
    for found in _SECURITY.finditer(text):
        yield Told(found[2], found.start(2), own=found[1] == "Canonical")


def _of_plain(text: str) -> Iterator[Told]:
    return (Told(found[0], found.start(), own=False) for found in _PLAIN.finditer(text))


def _parts(suffix: str, data: bytes) -> list[str]:
    """Return what a document for Office or a PDF holds as texts that can be searched."""
    if suffix == ".pdf":
        return [data.decode("latin-1")]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
            return [archive.read(name).decode(errors="replace") for name in names]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError):
        return []  # who reads exports back says that it is none


_OF_PARTS = (".docx", ".xlsx", ".pdf")
# Elsewhere they are attachments of others, or no data.
_ONLY_BELOW = {".js": "search/", **dict.fromkeys(_OF_PARTS, "notices/")}
_BY_NAME: dict[str, Callable[[str], Iterator[Told]]] = {
    # approved.txt is not among them: nobody may change its words.
    "robots.txt": _of_robots,
    "security.txt": _of_security,
}
_BY_SUFFIX: dict[str, Callable[[str], Iterator[Told]]] = {
    ".html": _of_page,
    ".json": _of_json,
    ".js": _of_search,
    ".xml": _of_xml,
    ".ics": _of_calendar,
    ".csv": _of_plain,
    **dict.fromkeys(_OF_PARTS, _of_plain),
}
