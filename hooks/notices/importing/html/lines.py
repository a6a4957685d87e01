"""The lines of an article: paragraphs as a browser breaks them, rows of tables cell by cell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from ..raising import raised
from ..source import ACROSS, Answers, Line, Question
from .article import is_around
from .grid import HtmlGrid
from .tree import TEXT, attribute, is_unseen, walk, words

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul", "caption", "legend",
})  # fmt: skip
_HEADING = re.compile("h[1-6]")
_BOLD, _STRUCK = frozenset({"b", "strong"}), frozenset({"del", "s", "strike"})
_RAISED = {"sup": "superscript", "sub": "subscript"}
_STRUCK_OUT = "这里的文字画了删除线"
_KEPT = "--struck keep / --struck leave"
_RAISED_UP = "这里有上标或者下标，纯文字里要么写成小字，要么与正文一样大"
_BLANKS = re.compile(r"[ \t\n\r\f\u00a0]+")
_SMALL = 40  # pixels: what is no larger is a sign, not a picture of words


@dataclass
class _Written:
    """The line that is being written."""

    parts: list[str] = field(default_factory=list)
    level: int = 0
    light: bool = False
    """Whether something of it does not stand out."""


@dataclass
class Article:
    """The lines of an element and what must be asked of them; those that say that they stand
    around it are apart.
    """

    names: frozenset[str]
    answers: Answers
    lines: list[Line] = field(default_factory=list)
    around: list[Line] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    _open: _Written = field(default_factory=_Written)
    _bold: int = 0
    _level: int = 0
    _idle: int = 0
    _how: str = ""
    """How what is being read is raised, where it is written so."""
    _unseen: list[LexborNode] = field(default_factory=list)
    _lists: list[int] = field(default_factory=list)
    _tables: list[HtmlGrid] = field(default_factory=list)
    _fresh: bool = False
    """Whether the number of the item of a list is still to be printed."""

    def read(self, root: LexborNode) -> None:
        """Take in the element ``root``."""
        for begins, node in walk(root):
            if begins:
                self._begin(node, is_root=node is root)
            else:
                self._end(node, is_root=node is root)
        self._break()

    def _begin(self, node: LexborNode, *, is_root: bool) -> None:
        tag = str(node.tag)
        if tag == TEXT:
            self._text(words(node))
            return
        if tag in _BLOCKS:
            self._break()
        if not is_root and is_around(node):
            self._idle += 1
        if is_unseen(node, self.names):
            self._ask_unseen(node)
        if tag == "br":
            self._break()
        self._bold += tag in _BOLD
        if _HEADING.fullmatch(tag):
            self._level = int(tag[1])
        self._begin_list(node)
        self._ask_of(node)
        if tag == "table":
            self._tables.append(HtmlGrid(node))
        elif self._tables:
            self._tables[-1].begin(node)

    def _end(self, node: LexborNode, *, is_root: bool) -> None:
        tag = str(node.tag)
        if tag == TEXT:
            return
        if tag in _BLOCKS:
            self._break()
        self._bold -= tag in _BOLD
        self._how = "" if tag in _RAISED else self._how
        if _HEADING.fullmatch(tag):
            self._level = 0
        if tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        if self._unseen and self._unseen[-1] is node:
            self._unseen.pop()
        if self._tables and tag == "tr":
            self._put_row(self._tables[-1])
        if self._tables and tag == "table":
            self._tables.pop()
        if not is_root and is_around(node):
            self._idle -= 1

    def _put_row(self, grid: HtmlGrid) -> None:
        is_across, is_below = grid.is_across, grid.has_rows
        cells = grid.row()
        if cells and is_across:  # it names what stands below it
            self._put(Line(cells[0], self._place(), level=ACROSS if is_below else 0))
        elif cells:
            self._put(Line("\t".join(cells), self._place(), cells))

    def _text(self, text: str) -> None:
        if any(self.answers.hidden == "leave" for _ in self._unseen):
            return
        if text.strip():
            self._open.light |= not self._bold
            self._open.level = self._level
        self._open.parts.append(raised(text.strip(), self._how) if self._how else text)

    def _break(self) -> None:
        """End the line that is open."""
        written, self._open = self._open, _Written()
        text = _joined("".join(written.parts))
        if not text:
            return
        if self._tables and self._tables[-1].takes(text):
            return
        numbered = self._number() if self._lists else ""
        is_bold = not written.light or bool(written.level)
        self._put(Line(numbered + text, self._place(), (), written.level, is_bold, numbered))

    def _put(self, line: Line) -> None:
        (self.around if self._idle else self.lines).append(line)

    def _place(self) -> str:
        return f"第{len(self.lines) + 1}段"

    # --- Lists, whose numbers a browser prints ---

    def _begin_list(self, node: LexborNode) -> None:
        if node.tag in ("ol", "ul"):
            start = attribute(node, "start")
            self._lists.append(int(start) - 1 if start.isdecimal() and len(start) < 5 else 0)
            if node.tag == "ul" or "none" in attribute(node, "style"):
                self._lists[-1] = -1
        elif node.tag == "li" and self._lists and self._lists[-1] >= 0:
            value = attribute(node, "value")
            is_told = value.isdecimal() and len(value) < 5
            self._lists[-1] = int(value) if is_told else self._lists[-1] + 1
            self._fresh = True

    def _number(self) -> str:
        fresh, self._fresh = self._fresh, False
        return f"{self._lists[-1]}." if fresh and self._lists[-1] > 0 else ""

    # --- What is not plainly visible text ---

    def _ask_unseen(self, node: LexborNode) -> None:
        text = _joined(node.text(deep=True))
        if not text or self._idle:
            return
        if not self.answers.hidden and not self._unseen:
            message = "网页把这里的文字藏了起来，看的人看不到"
            answer = "--hidden keep / --hidden leave"
            self.questions.append(
                Question("html-hidden", self._place(), message, (text[:200], ""), answer)
            )
        self._unseen.append(node)

    def _ask_of(self, node: LexborNode) -> None:
        if self._idle or self._unseen:
            return
        tag, given = str(node.tag), self.answers
        if tag in _STRUCK and not given.struck:
            self._ask(Question("html-struck", "", _STRUCK_OUT, (), _KEPT), node)
        elif tag in _RAISED:
            self._raise(_joined(node.text(deep=True)), _RAISED[tag])
        elif tag == "img" and given.pictures != "leave" and not _is_sign(node):
            name = attribute(node, "alt") or attribute(node, "src")[:60]
            message = "这里有图片，里面的文字读不出来"
            self.questions.append(
                Question("html-picture", self._place(), message, (name,), "--pictures leave")
            )
        if tag in _STRUCK and given.struck == "leave":
            self._unseen.append(node)

    def _raise(self, text: str, how: str) -> None:
        """Write what is raised as was answered, or ask; what Unicode cannot raise is itself."""
        above = raised(text, how)
        if above == text or self.answers.raised == "flat":
            return
        if self.answers.raised == "raised":
            self._how = how
            return
        answer = "--raised raised / --raised flat"
        self.questions.append(
            Question("html-raised", self._place(), _RAISED_UP, (above, text), answer)
        )

    def _ask(self, question: Question, node: LexborNode) -> None:
        text = _joined(node.text(deep=True))
        readings = (text[:200], "")
        self.questions.append(question._replace(place=self._place(), readings=readings))


def _is_sign(node: LexborNode) -> bool:
    """Tell whether a picture is too small to have words."""
    sizes = [attribute(node, name).removesuffix("px") for name in ("width", "height")]
    return any(size.isdecimal() and int(size[:6]) <= _SMALL for size in sizes)


def _joined(text: str) -> str:
    """Return ``text`` as a browser shows it: blanks are one, and none where a line of its source
    ends between two wide characters.
    """
    return _BLANKS.sub(_blank, text).strip(" \u3000\ufeff\u200b")


def _blank(match: re.Match[str]) -> str:
    text, begin, end = match.string, match.start(), match.end()
    is_end = "\n" in match[0] and "\u00a0" not in match[0]
    if is_end and begin and end < len(text) and _is_wide(text[begin - 1]) and _is_wide(text[end]):
        return ""
    return " "


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"
