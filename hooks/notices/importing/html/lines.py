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
from .lists import HtmlList
from .looks import PICTURES, is_kept, is_sign, is_struck, is_unseen
from .tree import TEXT, attribute, walk, words

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul", "caption", "legend",
})  # fmt: skip
_HEADING = re.compile("h[1-6]")
_BOLD = frozenset({"b", "strong"})
_RAISED = {"sup": "superscript", "sub": "subscript"}
_STRUCK_OUT = "这里的文字画了删除线"
_KEPT = "--struck keep / --struck leave"
_RAISED_UP = "这里有上标或者下标，纯文字里要么写成小字，要么与正文一样大"
_BLANKS = re.compile(r"[ \t\n\r\f\u00a0]+")


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
    _gone: list[LexborNode] = field(default_factory=list)
    """What is being read and left out, as was answered."""
    _lists: list[HtmlList] = field(default_factory=list)
    _tables: list[HtmlGrid] = field(default_factory=list)
    _kept: int = 0
    """How many elements are open in which the ends of lines are what they are."""

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
        if tag in ("ol", "ul"):
            self._lists.append(HtmlList(node))
        elif tag == "li" and self._lists:
            self._lists[-1].begin(node)
        self._kept += is_kept(node)
        self._ask_of(node)
        if tag == "q":
            self._text("“")
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
        self._kept -= is_kept(node)
        self._how = "" if tag in _RAISED else self._how
        if _HEADING.fullmatch(tag):
            self._level = 0
        if tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        for stack in (self._unseen, self._gone):
            if stack and stack[-1] is node:
                stack.pop()
        if tag == "q":
            self._text("”")
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
        if self._gone:
            return
        if text.strip():
            self._open.light |= not self._bold
            self._open.level = self._level
        text = raised(text.strip(), self._how) if self._how else text
        first, *others = text.split("\n") if self._kept else [text]
        self._open.parts.append(first)
        for each in others:
            level = self._open.level
            self._break()
            self._open = _Written([each], level, light=not self._bold)

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

    def _number(self) -> str:
        """Return the number that a browser prints before this line of a list; ask, where that
        cannot be told.
        """
        label = self._lists[-1].label()
        if label is None and self.answers.numbers != "leave":
            message = "列表的编号印成什么，程序不能确定"
            question = Question("html-number", self._place(), message, (), "--numbers leave")
            self.questions.append(question)
        return label or ""

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
        (self._gone if self.answers.hidden == "leave" else self._unseen).append(node)

    def _ask_of(self, node: LexborNode) -> None:
        if self._idle or self._unseen or self._gone:
            return
        tag, given = str(node.tag), self.answers
        if is_struck(node, self.names):
            self._strike(node)
        elif tag in _RAISED:
            self._raise(_joined(node.text(deep=True)), _RAISED[tag])
        elif tag == "rt":
            self._annotate(node)
        elif tag in PICTURES and given.pictures != "leave" and not is_sign(node):
            name = attribute(node, "alt") or attribute(node, "src")[:60]
            message = "这里有图片或者嵌入的文件，里面的文字读不出来"
            readings = (name,) if name else ()
            self.questions.append(
                Question("html-picture", self._place(), message, readings, "--pictures leave")
            )

    def _strike(self, node: LexborNode) -> None:
        if not self.answers.struck:
            self._ask(Question("html-struck", "", _STRUCK_OUT, (), _KEPT), node)
        elif self.answers.struck == "leave":
            self._gone.append(node)

    def _annotate(self, node: LexborNode) -> None:
        """Put what stands above characters in brackets behind them, or leave it out, or ask."""
        words_ = _joined(node.text(deep=True))
        if self.answers.ruby == "keep":
            self._open.parts.append(f"（{words_}）")
        elif not self.answers.ruby and words_:
            answer = "--ruby keep / --ruby leave"
            message = "这里的字上面注了音"
            self.questions.append(
                Question("html-ruby", self._place(), message, (f"（{words_}）", ""), answer)
            )
        self._gone.append(node)

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
