"""Slips in the writing of YAML: each told where it is, and the rest of the file read all the same.

A line that cannot be read is taken out, with what stands indented below it, and the file is read
again; so one slip hides no other.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple, Protocol

import yaml

from ..problem import Place, Problem, shorten
from .scalars import Loader

_MOST = 20  # slips of a file: more of them say nothing more
_ENOUGH = 400_000  # characters that are read again and again for the sake of more slips
_DEEPEST = 20  # levels; the model has six
_MAY_BE_DEEP = re.compile(r"\n[ ?-]{40}")
_WIDE_COLON = re.compile("\\s*(?:- )?([a-z_]+|[0-9]+)\uff1a")
_KEY = re.compile("[\\s-]*[\"']?([^\\s:\uff1a\"'#]+)[\"']?\\s*[:\uff1a]")
_QUOTE_LEFT_OPEN = re.compile(
    r"""\s*(?:-\s+)*(?:[^\s:"'#]+:\s+)?(?:"(?:[^"\\]|\\.)*|'(?:[^']|'')*)\Z"""
)
# What libyaml says when an editor makes one of the usual mistakes → 中文
_TAB = "这里的字符不能这样用：缩进要用空格，不能用 Tab；以 @、`、% 开头的文字要加引号"
_MISTAKES = {
    "mapping values are not allowed in this context": "这里不能再有冒号：请检查上一行的缩进，"
    "或者给含冒号的文字加引号",
    "found character that cannot start any token": _TAB,
    "found a tab character that violates indentation": _TAB,
    "could not find expected ':'": "这一行或上一行缺少冒号：键和值之间要用半角冒号加空格",
    "did not find expected key": "缩进没有对齐，或者前面的引号后面多了文字",
    "did not find expected '-' indicator": "列表没有对齐：同一个列表的“-”要在同一列；"
    "或者引号后面多了文字",
    "did not find expected ',' or ']'": "方括号没有成对，或者缺少逗号",
    "did not find expected ',' or '}'": "花括号没有成对，或者缺少逗号",
    "found unexpected end of stream": "引号没有成对",
    "block sequence entries are not allowed in this context": "列表的“- ”要另起一行；"
    "是文字的加引号",
    "found unknown escape character": "双引号里的反斜杠有特别的意思，请改用单引号",
    "but found another document": "一个文件只能有一份数据，请删去多余的“---”",
    "found undefined alias": "以 * 开头的文字要加引号",
    "did not find expected alphabetic or numeric character": "以 * 或 & 开头的文字要加引号",
    "did not find expected node content": "以 , ] } 等符号开头的文字要加引号",
    "did not find expected whitespace or line break": "以 ! 开头的文字要加引号",
    "did not find expected comment or line break": "以 | 或 > 开头的文字要加引号",
    "mapping keys are not allowed in this context": "以 ? 开头的文字要加引号",
}
_UNUSED_LINE = re.compile(r"^( *(?:- +)*)\?(?= |$)", re.MULTILINE)
_LONE_TAB = "这一行只有看不见的 Tab：删去，缩进要用空格"
# Where these are noticed is far behind the slip; where the broken thing begins is not.
_TOLD_TOO_LATE = (
    "found unexpected end of stream", "could not find expected ':'",
    "did not find expected ',' or ']'", "did not find expected ',' or '}'",
)  # fmt: skip


class Mark(Protocol):
    """A place as YAML counts: line and column from 0."""

    line: int
    column: int


class _NotUsedError(Exception):
    """YAML has it; files of facts do not."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.place, self.message = place, message


class Composed(NamedTuple):
    """What could be read of a file: its top node, if any, and the slips; ``text`` is without them.

    ``gaps`` are the lines that were taken out, from 0, and ``lost`` the keys in them.
    """

    node: yaml.MappingNode | None
    problems: list[Problem]
    text: str
    gaps: frozenset[int]
    lost: frozenset[str]


def compose(path: str, text: str) -> Composed:
    """Return what ``text`` is, but for the lines that are not YAML as it is used here."""
    composer = _Composer(path, text)
    return composer.composed_at_once(text) or composer.compose()


class _Composer:
    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self._text = text
        self.problems: list[Problem] = []
        self.gaps: set[int] = set()
        self.lost: set[str] = set()

    def composed_at_once(self, text: str) -> Composed | None:
        """Return what ``text`` is when nothing is wrong with it, as with nearly every file."""
        if "\t" in text or "\r" in text:
            return None
        try:
            self._refuse_what_is_not_used(text)
            node = yaml.compose(text, Loader=Loader)
        except (_NotUsedError, yaml.YAMLError):
            return None
        if not isinstance(node, yaml.MappingNode):
            return None
        return Composed(node, [], text, frozenset(), frozenset())

    def compose(self) -> Composed:
        if self._has_old_line_ends("\n".join(self.lines)):
            return Composed(None, self.problems, "", frozenset(), frozenset())
        node: yaml.Node | None = None
        text, rounds = "\n".join(self.lines), 0
        most = max(_ENOUGH // (len(text) + 1), 1)
        while len(self.problems) < _MOST and rounds < most:
            text, rounds = "\n".join(self.lines), rounds + 1
            try:
                self._refuse_what_is_not_used(text)
                node = yaml.compose(text, Loader=Loader)
                break
            except _NotUsedError as error:
                if not self._take_out(error.place, error.message):
                    break
            except yaml.MarkedYAMLError as error:
                if not (self._full_width_colons() or self._take_out(*self._told(error))):
                    break
            except yaml.YAMLError as error:
                self._tell(Place(self.path), "yaml", f"YAML 写法有误（{error}）")
                break
        text = "\n".join(self.lines)
        is_mapping = isinstance(node, yaml.MappingNode)
        if not (is_mapping or self.problems or self._full_width_colons()):
            message = "文件应是一组“键: 值”（半角冒号，后面空一格）"
            self._tell(Place(self.path), "yaml", message)
        found = node if isinstance(node, yaml.MappingNode) else None
        return Composed(found, self.problems, text, frozenset(self.gaps), frozenset(self.lost))

    @cached_property
    def lines(self) -> list[str]:
        return self._text.split("\n")

    def _has_old_line_ends(self, text: str) -> bool:
        """Take blanks off the ends of lines; tell whether lines end as in no program of today."""
        if "\r" not in text and "\t" not in text:
            return False
        for number, line in enumerate(self.lines, 1):
            if "\r" in (line[:-1] if number < len(self.lines) else line):
                message = "这里的换行是旧式的（CR），请在编辑器里把换行改成 LF 或 CRLF 再保存"
                self._tell(Place(self.path, number, line.index("\r") + 1), "yaml", message)
                return True
            if "\t" in line and not line.strip():
                self._tell(Place(self.path, number, line.index("\t") + 1), "yaml", _LONE_TAB)
        # Nobody sees blanks at the end of a line or before a comment: a tab there is no mistake.
        self.lines = [_before_comment(line.rstrip(" \t\r")) for line in self.lines]
        return False

    def _refuse_what_is_not_used(self, text: str) -> None:
        """Raise _NotUsedError at the first anchor, alias, tag or directive, or where values
        nest so deep that composing would fail.
        """
        # Each is rare, and looking closer reads the text once more.
        if "?" in text and (unused := _UNUSED_LINE.search(text)):
            place = Place(self.path, text.count("\n", 0, unused.end()) + 1, len(unused[1]) + 1)
            raise _NotUsedError(place, "不用“? 键”的写法：直接写键和半角冒号")
        is_marked = "&" in text or "!" in text or "%" in text
        is_deep = text.count("[") + text.count("{") > 50 or _MAY_BE_DEEP.search(f"\n{text}")
        if not (is_marked or is_deep):
            return
        depth = 0
        for event in yaml.parse(text, Loader=Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if message := _not_used(event, depth):
                raise _NotUsedError(self._place(event.start_mark), message)

    def _take_out(self, place: Place, message: str) -> bool:
        """Tell of a slip and take its line out; tell whether there is any use in reading on."""
        if place.line not in {each.place.line for each in self.problems}:
            self._tell(place, "yaml", message)
        return self._blank(place.line - 1)

    def _told(self, error: yaml.MarkedYAMLError) -> tuple[Place, str]:
        """Return where the slip of ``error`` is, and what an editor is told of it."""
        problem = str(error.problem)
        mark = error.problem_mark or error.context_mark
        last = min(mark.line, len(self.lines) - 1) if mark else 0
        for number, line in enumerate(self.lines[: last + 1]):
            if _QUOTE_LEFT_OPEN.match(line):
                column = len(line) - len(line.lstrip()) + 1
                if key := _KEY.match(line):
                    column = len(line) - len(line[key.end() :].lstrip()) + 1
                return Place(self.path, number + 1, column), "引号没有成对"
        above = self._without_colon(last) if problem.startswith("mapping values") else None
        if above is not None:
            place = Place(self.path, above + 1, _indent(self.lines[above]) + 1)
            return place, "这一行缺少冒号：键和值之间要用半角冒号加空格"
        if re.match(r"[\s-]*:", self.lines[last]):
            column = self.lines[last].index(":") + 1
            return Place(self.path, last + 1, column), "冒号前面没有键：键应是文字或整数"
        message = _MISTAKES.get(problem, f"YAML 写法有误（{problem}）")
        begins = error.context_mark if problem in _TOLD_TOO_LATE else None
        return self._place(begins or mark), message

    def _place(self, mark: Mark | None) -> Place:
        return Place(self.path, mark.line + 1, mark.column + 1) if mark else Place(self.path)

    def _without_colon(self, number: int) -> int | None:
        """Return the line above ``number`` that should have a colon and has none, if that is so."""
        above = number - 1
        while above >= 0 and not self.lines[above].partition("#")[0].strip():
            above -= 1
        line = self.lines[above] if above >= 0 else ""
        alike = line and _indent(line) == _indent(self.lines[number])
        return above if alike and not re.match(r"\s*(?:- )|.*:(?:\s|$)", line) else None

    def _full_width_colons(self) -> bool:
        """Tell of keys with a full-width colon behind them, and take them out; tell if there are
        any. It is asked when a file is unusable: such a line may be the text of another.
        """
        found = [
            (n, match) for n, line in enumerate(self.lines) if (match := _WIDE_COLON.match(line))
        ]
        for number, match in found[:_MOST]:
            message = f"“{match[1]}”后面是全角冒号，请改成半角冒号加空格：“{match[1]}: ”"
            self._tell(Place(self.path, number + 1, match.end()), "full-width-colon", message)
            self._blank(number)
        return bool(found)

    def _blank(self, number: int) -> bool:
        """Take out the line and what stands indented below it; tell whether that helped."""
        if number >= len(self.lines) or not self.lines[number].strip():
            return False
        first = self.lines[number]
        is_entry = first.lstrip().startswith("- ")
        self._lose(number)
        for below in range(number + 1, len(self.lines)):
            line = self.lines[below]
            deeper = _indent(line) - _indent(first)
            if line.strip() and not (
                deeper > 0 or (deeper == 0 and not is_entry and line.lstrip().startswith("- "))
            ):
                break
            self._lose(below)
        return True

    def _lose(self, number: int) -> None:
        if key := _KEY.match(self.lines[number]):
            self.lost.add(key[1])
        self.lines[number] = ""
        self.gaps.add(number)

    def _tell(self, place: Place, rule: str, message: str) -> None:
        self.problems.append(Problem(place, rule, message))


def _before_comment(line: str) -> str:
    comment = line.lstrip(" \t")
    return " " * (len(line) - len(comment)) + comment if comment.startswith("#") else line


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _not_used(event: yaml.Event, depth: int) -> str:
    """Return what is told of ``event`` when files of facts have no such thing, or ""."""
    if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
        return "不用 YAML 的指令，请删去以 % 开头的行"
    if isinstance(event, yaml.AliasEvent):  # of no anchor, which would have come before
        return _MISTAKES["found undefined alias"]
    if isinstance(event, yaml.NodeEvent) and event.anchor:
        return "不能使用 YAML 的锚（&）和别名（*），请写出完整内容"
    if tag := getattr(event, "tag", None):
        return f"不能使用 YAML 标签 {shorten(str(tag))}"
    return "一层套一层，套得太深了：请检查缩进和括号" if depth > _DEEPEST else ""
