"""Rules: text is text. No HTML, nothing that runs, nothing fetched from elsewhere, whole outlines.

Here a narrative is held to it, which is never markup (``merge`` shows its characters): what looks
like HTML in an approved text came with a copy from a web page or a word processor. Pages are judged
by the HTML that Markdown makes of them (``faults``).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from ..catalogue.notices import Notice
from ..catalogue.settings import Settings
from ..problem import Place, shown
from ..text.narrative import Section
from .rules import Objection, rule

Trouble = tuple[int, str]
"""An offset in a text, and what is wrong there."""

# Only what is shaped like a tag, because no one may change the text to please us: not a<b.
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:-]*(?:\s+[A-Za-z_:@][^<>]*|\s*/?)>|<[!?][^<>]*>")

# An image's words may have brackets in them, one level deep.
_IMAGE = r"!\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])*)"
_INLINE_TARGET = re.compile(rf"(?P<image>{_IMAGE})?\]\((?P<target>[^)]*)")
_LIVE_SCHEME = re.compile("(?:javascript|vbscript|data):", re.IGNORECASE)
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\s\x00-\x20\x7f-\x9f\u200b-\u200f\u2060\ufeff]+")


@rule
def raw_html(notice: Notice, _: Settings) -> Iterator[Objection]:
    """通报和页面里不写网页代码（如 `<b>`、`<script>`）。

    多半是从网页复制带来的，删去；页面里要显示“<”写 `&lt;`，加粗、链接用 Markdown 的写法
    """
    # Nothing in a narrative is markup, so this protects its wording, not its readers.
    for line in notice.narrative.lines:
        for match in _TAG.finditer(line.text):
            message = f"“{shown(match[0])}”像是复制带来的网页代码，请核对批准的文本，是误带的要删去"
            yield _finding(line.place, match.start(), message)


@rule
def unsafe_link(notice: Notice, _: Settings) -> Iterator[Objection]:
    """链接不能是代码（如 `javascript:`），图片只能是 `content/` 里有的文件。

    链接写 `https://` 地址，或者相对于本页的站内文件；图片放进 `content/`
    """
    for line in notice.narrative.lines:
        if "](" in line.text:  # hardly a line of a notice has one
            for offset, message in _targets(line.text):
                yield _finding(line.place, offset, message)


@rule
def heading_level(notice: Notice, _: Settings) -> Iterator[Objection]:
    """叙述的标题从 `##` 起，下一层只比上一层多一个 `#`。

    按说明增减 `#`
    """
    # Whether a section stands in the right one is section-position's to say.
    for section, above in _with_level_above(notice.narrative.sections, 1):
        if section.level > above + 1:
            message = f"标题跳了级：应写成 {'#' * (above + 1)}，现在是 {'#' * section.level}"
            yield Objection(section.heading.place, message)


def _with_level_above(sections: list[Section], above: int) -> Iterator[tuple[Section, int]]:
    for section in sections:
        yield section, above
        yield from _with_level_above(section.children, section.level)


def _targets(text: str) -> Iterator[Trouble]:
    """Yield the live links and remote images that are written out in one piece."""
    for match in _INLINE_TARGET.finditer(text):
        yield from _trouble(match, is_image=bool(match["image"]))


def _trouble(match: re.Match[str], *, is_image: bool) -> Iterator[Trouble]:
    # As a browser reads it: entities decoded, case and white space of no account.
    target = _INVISIBLE.sub("", html.unescape(match["target"])).lstrip("<")
    if _LIVE_SCHEME.match(target):
        message = f"链接“{shown(target)}”不能用，请改成 https:// 开头的地址或者站内的文件"
        yield match.start("target"), message
    elif is_image and _REMOTE.match(target):
        message = f"图片“{shown(target)}”在别的网站上，请把图片放进 content/，写站内的文件名"
        yield match.start("target"), message


def _finding(place: Place, offset: int, message: str) -> Objection:
    return Objection(Place(place.path, place.line, offset + 1), message)
