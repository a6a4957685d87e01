"""Rules: text is text. No HTML, nothing that runs, nothing fetched from elsewhere, whole outlines.

Markdown lets HTML through and trusts what it links to, so pages are held to what the theme expects.
A narrative is never markup (``merge`` shows its characters), yet it is held to the same: what
looks like HTML in an approved text came with a copy from a web page or a word processor.
"""

from __future__ import annotations

import functools
import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from markdown.extensions.fenced_code import FencedBlockPreprocessor

from ..catalogue import Catalogue, Notice
from ..narrative import Section
from ..problem import Place
from .rules import RULES, SITE_RULES, Finding, SiteRule, rule

Trouble = tuple[int, str]
"""An offset in a text, and what is wrong there."""

# In a page all that Markdown or a browser may take for a tag, but for <https://…> and <a@b.c>.
_PAGE_TAG = re.compile(r"<(?!https?://[^<>\s]*>|[\w.+-]+@[\w.-]+>)(?=[A-Za-z/!?])")
# In an approved text, which no one may change to please us, only what is shaped like one: not a<b.
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:-]*(?:\s+[A-Za-z_:@][^<>]*|\s*/?)>|<[!?][^<>]*>")

# An image's words may have brackets in them, one level deep.
_IMAGE = r"!\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])*)"
_INLINE_TARGET = re.compile(rf"(?P<image>{_IMAGE})?\]\((?P<target>[^)]*)")
_IMAGE_BY_REFERENCE = re.compile(rf"{_IMAGE}\](?!\()(?:\s?\[(?P<id>[^\[\]]*)\])?")
_REFERENCE = re.compile(r"^ {0,3}\[(?P<id>[^\[\]]*)\]:\s*(?P<target>\S+)", re.MULTILINE)
_LIVE_SCHEME = re.compile("(?:javascript|vbscript|data):", re.IGNORECASE)
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\s\x00-\x20\x7f-\x9f\u200b-\u200f\u2060\ufeff]+")

_ATTRIBUTES = re.compile(r"\{:?(?P<list>[^{}\n]*)\}")
_ID_OR_CLASS = re.compile(r"[#.][^\s=.#\"']+")
_CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)(?P<code>[^\n]*?[^`\n])\1(?!`)")


@rule
def raw_html(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """通报和页面里不写网页代码（如 `<b>`、`<script>`）。

    多半是从网页复制带来的，删去；页面里要显示“<”写 `&lt;`，加粗、链接用 Markdown 的写法
    """
    # Nothing in a narrative is markup, so this protects its wording, not its readers.
    for line in notice.narrative.lines:
        for match in _TAG.finditer(line.text):
            message = (
                f"“{_shown(match[0])}”像是复制带来的网页代码，请核对批准的文本，是误带的要删去"
            )
            yield _finding(line.place, match.start(), message)


@rule
def unsafe_link(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """链接不能是代码（如 `javascript:`），图片不能取自别的网站，页面里不写 `{style=…}`。

    链接写 `https://` 地址或站内文件；图片放进 `content/`；大括号里只写 `#编号`、`.样式`
    """
    for line in notice.narrative.lines:
        if "](" in line.text:  # hardly a line of a notice has one
            for offset, message in _targets(line.text):
                yield _finding(line.place, offset, message)


@rule
def heading_level(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """叙述的标题从 `##` 起，下一层只比上一层多一个 `#`。

    按说明增减 `#`
    """
    # Whether a section stands in the right one is section-position's to say.
    for section, above in _with_level_above(notice.narrative.sections, 1):
        if section.level > above + 1:
            message = f"标题跳了级：应写成 {'#' * (above + 1)}，现在是 {'#' * section.level}"
            yield Finding(section.heading.place, message)


def _with_level_above(sections: list[Section], above: int) -> Iterator[tuple[Section, int]]:
    for section in sections:
        yield section, above
        yield from _with_level_above(section.children, section.level)


def _tags(text: str) -> Iterator[Trouble]:
    end = 0
    while match := _PAGE_TAG.search(text, end):
        start, end = match.start(), text.find(">", match.end()) + 1
        if not end:
            return
        shown = _shown(text[start:end])
        yield start, f"页面里不能写网页代码“{shown}”，要显示“<”请写“&lt;”"


def _links(text: str) -> Iterator[Trouble]:
    yield from _targets(text)
    yield from _references(text)
    for match in _ATTRIBUTES.finditer(text):
        if not all(map(_ID_OR_CLASS.fullmatch, match["list"].split())):
            message = f"“{_shown(match[0])}”不能用，大括号里只能写编号（#…）和样式（.…）"
            yield match.start(), message


def _targets(text: str) -> Iterator[Trouble]:
    """Yield the live links and remote images that are written out in one piece."""
    for match in _INLINE_TARGET.finditer(text):
        yield from _trouble(match, is_image=bool(match["image"]))


def _references(text: str) -> Iterator[Trouble]:
    """Yield the definitions of live links, and of remote images where an image uses them."""
    images = {_name(use["id"] or use["words"]) for use in _IMAGE_BY_REFERENCE.finditer(text)}
    for match in _REFERENCE.finditer(text):
        yield from _trouble(match, is_image=_name(match["id"]) in images)


def _name(reference: str) -> str:
    return " ".join(reference.lower().split())


def _trouble(match: re.Match[str], *, is_image: bool) -> Iterator[Trouble]:
    # As a browser reads it: entities decoded, case and white space of no account.
    target = _INVISIBLE.sub("", html.unescape(match["target"])).lstrip("<")
    if _LIVE_SCHEME.match(target):
        message = f"链接“{_shown(target)}”不能用，请改成 https:// 开头的地址或者站内的文件"
        yield match.start("target"), message
    elif is_image and _REMOTE.match(target):
        message = f"图片“{_shown(target)}”在别的网站上，请把图片放进 content/，写站内的文件名"
        yield match.start("target"), message


def _on_pages(catalogue: Catalogue, look: Callable[[str], Iterator[Trouble]]) -> Iterator[Finding]:
    for path, page in catalogue.pages.items():
        text = _without_code(page.replace("\r\n", "\n"))
        starts = [0, *(match.end() for match in re.finditer("\n", text))]
        for offset, message in look(text):
            line = bisect_right(starts, offset)
            yield _finding(Place(path, line), offset - starts[line - 1], message)


# On pages the same rules hold, under the same codes, and a little more of them.
for _code, _look in {"raw-html": _tags, "unsafe-link": _links}.items():
    SITE_RULES[_code] = SiteRule(
        _code,
        RULES[_code].severity,
        RULES[_code].text,
        functools.partial(_on_pages, look=_look),
    )


def _without_code(text: str) -> str:
    """Return ``text`` with code blanked out, by Markdown's own idea of a fence; offsets hold."""
    for pattern in (FencedBlockPreprocessor.FENCED_BLOCK_RE, _CODE_SPAN):
        text = pattern.sub(_blanked, text)
    return text


def _blanked(match: re.Match[str]) -> str:
    start, end = (offset - match.start() for offset in match.span("code"))
    return match[0][:start] + re.sub(r"\S", " ", match["code"]) + match[0][end:]


def _finding(place: Place, offset: int, message: str) -> Finding:
    return Finding(Place(place.path, place.line, offset + 1), message)


def _shown(text: str, most: int = 24) -> str:
    """Return ``text`` on one line, short enough for a message, without what a terminal obeys."""
    start = text[: 4 * most].split()
    line = "".join(char for char in " ".join(start) if char.isprintable())
    return line if len(line) <= most else f"{line[:most]}…"
