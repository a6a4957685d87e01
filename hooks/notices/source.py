"""YAML sources, with the line and column of every key and value."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import yaml

from .characters import controls, is_blank
from .files import read_text
from .problem import Faulty, Place, Problem, shorten

Key = str | int
KeyPath = tuple[Key, ...]


class Mark(Protocol):
    """A place as YAML counts: line and column from 0."""

    line: int
    column: int


Marks = dict[KeyPath, Mark]

# libyaml's loader where the wheel has it: ten times faster, same marks.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_scalars = yaml.constructor.SafeConstructor()
_SCALARS = {
    "tag:yaml.org,2002:null": _scalars.construct_yaml_null,
    "tag:yaml.org,2002:bool": _scalars.construct_yaml_bool,
    "tag:yaml.org,2002:int": _scalars.construct_yaml_int,
    "tag:yaml.org,2002:float": _scalars.construct_yaml_float,
    "tag:yaml.org,2002:timestamp": _scalars.construct_yaml_timestamp,
}

_LONGEST_NUMBER = 40  # of a number or date that means anything here
_DEEPEST = 20  # levels; the model has six
_MAY_BE_DEEP = re.compile(r"^[ ?-]{40}", re.MULTILINE)
_FULL_WIDTH_COLON = re.compile("\\s*(?:- )?([a-z_]+|[0-9]+)\uff1a")
_CUT_OFF = re.compile(r"\s*#[^\s#]")
# What libyaml says when an editor makes one of the usual mistakes → 中文
_MISTAKES = {
    "mapping values are not allowed in this context": "这里不能再有冒号：请检查上一行的缩进，"
    "或者给含冒号的文字加引号",
    "found character that cannot start any token": "这里的字符不能这样用：缩进要用空格，"
    "不能用 Tab；以 @、`、% 开头的文字要加引号",
    "could not find expected ':'": "这一行或上一行缺少冒号：键和值之间要用半角冒号加空格",
    "did not find expected key": "缩进没有对齐，或者前面的引号后面多了文字",
    "did not find expected '-' indicator": "列表没有对齐：同一个列表的“-”要在同一列",
    "did not find expected ',' or ']'": "方括号没有成对，或者缺少逗号",
    "did not find expected ',' or '}'": "花括号没有成对，或者缺少逗号",
    "found unexpected end of stream": "引号没有成对",
    "block sequence entries are not allowed in this context": "列表的“- ”要另起一行",
    "found unknown escape character": "双引号里的反斜杠有特别的意思，请改用单引号",
    "but found another document": "一个文件只能有一份数据，请删去多余的“---”",
    "found undefined alias": "以 * 开头的文字要加引号",
    "did not find expected alphabetic or numeric character": "以 * 或 & 开头的文字要加引号",
    "did not find expected node content": "以 , ] } 等符号开头的文字要加引号",
    "did not find expected whitespace or line break": "以 ! 开头的文字要加引号",
    "did not find expected comment or line break": "以 | 或 > 开头的文字要加引号",
    "mapping keys are not allowed in this context": "以 ? 开头的文字要加引号",
}


@dataclass(frozen=True)
class Document:
    """A YAML file as plain Python values that remembers where each of them stands."""

    path: str
    value: Any
    keys: Marks = field(repr=False)
    values: Marks = field(repr=False)
    text: str = field(default="", repr=False)
    """The file as it was typed, comments and all."""

    @cached_property
    def strings(self) -> list[tuple[KeyPath, str]]:
        """Every text in the document with its key path, in no particular order."""
        found: list[tuple[KeyPath, str]] = []
        pending: list[tuple[KeyPath, Any]] = [((), self.value)]
        while pending:
            path, value = pending.pop()
            if isinstance(value, str):
                found.append((path, value))
            elif isinstance(value, dict | list):
                entries = value.items() if isinstance(value, dict) else enumerate(value)
                pending += [((*path, key), each) for key, each in entries]
        return found

    def at(self, *path: Key) -> Place:
        """Return the place of the value at ``path``, or of the nearest one that encloses it."""
        return _place(self.path, _nearest(self.values, path))

    def at_key(self, *path: Key) -> Place:
        """Return the place of the key that ends ``path``, or of the nearest one before it."""
        return _place(self.path, _nearest(self.keys, path))


def _nearest(marks: Marks, path: KeyPath) -> Mark | None:
    known = (marks.get(path[:end]) for end in range(len(path), -1, -1))
    return next(filter(None, known), None)


def read_yaml(root: Path, path: str) -> Document:
    """Return the YAML mapping in ``path`` under ``root``; raise Faulty with all that is wrong.

    Refused: what is not YAML, duplicate keys, anchors, aliases, tags, keys that are neither text
    nor whole numbers, impossible dates.
    """
    return parse_yaml(path, read_text(root, path))


def parse_yaml(path: str, text: str) -> Document:
    """Return the YAML mapping that ``text`` is; raise Faulty like :func:`read_yaml`."""
    node = _compose(path, text)
    reader = _Reader(path, text)
    value = reader.read(node, ())
    if reader.problems:
        raise Faulty(*reader.problems)
    return Document(path, value, reader.keys, reader.values, text)


def _compose(path: str, text: str) -> yaml.MappingNode:
    """Return the mapping that ``text`` is; raise Faulty at the likeliest cause when it is none."""
    try:
        # Either is rare, and looking closer reads the text once more.
        if "&" in text or _MAY_BE_DEEP.search(text) or text.count("[") + text.count("{") > 50:
            _refuse_anchors_and_depth(path, text)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = _place(path, mark)
        message = _MISTAKES.get(str(error.problem), f"YAML 写法有误（{error.problem}）")
        cause = _full_width_colon(path, text) or Problem(place, "yaml", message)
        raise Faulty(cause) from error
    except yaml.YAMLError as error:
        raise Faulty(Problem(Place(path), "yaml", f"YAML 写法有误（{error}）")) from error
    if not isinstance(node, yaml.MappingNode):
        message = "文件应是一组“键: 值”（半角冒号，后面空一格）"
        raise Faulty(_full_width_colon(path, text) or Problem(Place(path), "yaml", message))
    return node


def _refuse_anchors_and_depth(path: str, text: str) -> None:
    """Raise Faulty at the first anchor, or where values nest so deep that composing would fail."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        place = _place(path, event.start_mark)
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            message = "不能使用 YAML 的锚（&）和别名（*），请写出完整内容"
            raise Faulty(Problem(place, "yaml", message))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise Faulty(Problem(place, "yaml", "一层套一层，套得太深了：请检查缩进和括号"))


def _full_width_colon(path: str, text: str) -> Problem | None:
    """Return the first key with a full-width colon behind it; asked when a file is unusable."""
    for number, line in enumerate(text.splitlines(), 1):
        if match := _FULL_WIDTH_COLON.match(line):
            message = f"“{match[1]}”后面是全角冒号，请改成半角冒号加空格：“{match[1]}: ”"
            return Problem(Place(path, number, match.end()), "full-width-colon", message)
    return None


class _Reader:
    """Turns composed nodes into values and notes the places on the way."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self._lines = text.splitlines()
        self._commented = {n for n, line in enumerate(self._lines) if line.find("#") > 0}
        self.keys: Marks = {}
        self.values: Marks = {}
        self.problems: list[Problem] = []

    def read(self, node: yaml.Node, path: KeyPath) -> Any:
        self.values[path] = node.start_mark
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(child, (*path, index)) for index, child in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)  # there is no fourth kind
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[Key, Any]:
        mapping: dict[Key, Any] = {}
        for key_node, value_node in node.value:
            key = self._scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str | int) or isinstance(key, bool):
                self._refuse(key_node, "yaml", "键应是文字或整数")
                continue
            if key in mapping:
                first = self.keys[*path, key].line + 1
                self._refuse(
                    key_node, "duplicate-key", f"“{shorten(str(key))}”重复，第 {first} 行已有"
                )
                continue
            self.keys[*path, key] = key_node.start_mark
            mapping[key] = self.read(value_node, (*path, key))
        return mapping

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        if node.end_mark.line in self._commented and self._looks_cut_off(node):
            message = "“#”后面的内容会丢掉：是文字就给整个值加引号，是备注就在“#”后空一格"
            return self._refuse(node, "wrong-value", message)
        if node.tag == "tag:yaml.org,2002:str":
            return self._text(node)
        if node.tag not in _SCALARS:
            return self._refuse(node, "yaml", f"不能使用 YAML 标签 {node.tag}")
        try:
            if len(node.value) > _LONGEST_NUMBER:
                raise ValueError
            return _SCALARS[node.tag](node)
        except (ValueError, KeyError, AttributeError):  # the last two after a tag like !!bool
            return self._refuse(node, "wrong-value", f"没有“{shorten(node.value)}”这样的日期或数字")

    def _text(self, node: yaml.ScalarNode) -> Any:
        """Return the text of ``node``, decoded; refuse what cannot be seen to be what it is."""
        if node.style in ("|", ">") or node.start_mark.line != node.end_mark.line:
            message = "值要写在一行里：写成几行的，会悄悄并成一行，换行变成空格"
            return self._refuse(node, "folded-value", message)
        if not node.value[:1].isalnum() and is_blank(node.value):
            message = "这个值只有空白（全角空格也是空白）：填上内容，没有就删去这一项"
            return self._refuse(node, "blank-value", message)
        # Nothing else makes one: in the file as it was typed there is none.
        if node.style == '"' and (found := next(controls(node.value), None)):
            message = f"这个值里有看不见的{found.name}，双引号里的反斜杠有特别的意思，请改用单引号"
            return self._refuse(node, "control-character", message)
        return node.value

    def _looks_cut_off(self, node: yaml.ScalarNode) -> bool:
        """Tell whether a comment without a space follows, as in ``整修 #1 库房``."""
        mark = node.end_mark
        is_plain = node.style in (None, "")
        return is_plain and bool(_CUT_OFF.match(self._lines[mark.line][mark.column :]))

    def _refuse(self, node: yaml.Node, rule: str, message: str) -> None:
        self.problems.append(Problem(_place(self.path, node.start_mark), rule, message))


def _place(path: str, mark: Mark | None) -> Place:
    return Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
