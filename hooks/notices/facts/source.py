"""YAML sources, which know the line and column of every key and value."""

from __future__ import annotations

import re
from collections.abc import KeysView
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from ..problem import Faulty, Place, Problem, shorten
from ..text.characters import controls, is_blank
from .files import read_text
from .scalars import STR, Loader, value_of
from .slips import Mark, compose

Key = str | int
KeyPath = tuple[Key, ...]


Marks = dict[KeyPath, Mark]

_CUT_OFF = re.compile(r"\s*#[^\s#]")


@dataclass(frozen=True)
class YamlDocument:
    """A YAML file as plain Python values that remembers where each of them stands."""

    path: str
    value: Any
    unread: frozenset[KeyPath] = frozenset()
    """The values that were refused as they were read, and are None."""
    gaps: frozenset[int] = frozenset()
    """The lines, from 0, that could not be read."""
    lost: frozenset[str] = frozenset()
    """The keys in those lines."""
    text: str = field(default="", repr=False)
    """The file as it was typed, comments and all."""
    readable: str = field(default="", repr=False)
    """The same without the lines that could not be read."""

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
        return _place(self.path, _nearest(self._marks[1], path))

    def at_key(self, *path: Key) -> Place:
        """Return the place of the key that ends ``path``, or of the nearest one before it."""
        return _place(self.path, _nearest(self._marks[0], path))

    @property
    def keys(self) -> KeysView[KeyPath]:
        """The paths of all keys."""
        return self._marks[0].keys()

    @cached_property
    def _marks(self) -> tuple[Marks, Marks]:
        """Where keys and values stand, found again when there is something to tell of the file.

        To keep the places of thousands of sound files would take more time than to read them.
        """
        keys: Marks = {}
        values: Marks = {}
        if node := yaml.compose(self.readable, Loader=Loader):
            _mark(node, (), keys, values)
        return keys, values


def _mark(node: yaml.Node, path: KeyPath, keys: Marks, values: Marks) -> None:
    """Note where ``node``, which is at ``path``, and all that is in it stand."""
    values[path] = node.start_mark
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            _mark(child, (*path, index), keys, values)
    elif isinstance(node, yaml.MappingNode):
        for key_node, child in node.value:
            key = _key_of(key_node)
            if key is not None and (*path, key) not in keys:  # the first of two counts
                keys[*path, key] = key_node.start_mark
                _mark(child, (*path, key), keys, values)


def _key_of(node: yaml.Node) -> Key | None:
    """Return what a key is, or None when it is none."""
    if not isinstance(node, yaml.ScalarNode):
        return None
    if node.tag == STR:
        return str(node.value)
    try:
        key = value_of(node)
    except ValueError:
        return None
    return key if isinstance(key, str | int) and not isinstance(key, bool) else None


def _nearest(marks: Marks, path: KeyPath) -> Mark | None:
    known = (marks.get(path[:end]) for end in range(len(path), -1, -1))
    return next(filter(None, known), None)


def read_yaml(root: Path, path: str) -> YamlDocument:
    """Return the YAML mapping in ``path`` under ``root``; raise Faulty with all that is wrong.

    Refused: what is not YAML, duplicate keys, anchors, aliases, tags, keys that are neither text
    nor whole numbers.
    """
    return parse_yaml(path, read_text(root, path))


def parse_yaml(path: str, text: str) -> YamlDocument:
    """Return the YAML mapping that ``text`` is; raise Faulty like :func:`read_yaml`."""
    document, problems = parse_partly(path, text)
    if problems or document is None:
        raise Faulty(*problems)
    return document


def parse_partly(path: str, text: str) -> tuple[YamlDocument | None, list[Problem]]:
    """Return what can be read of ``text``, if anything can, and all that is wrong with the rest."""
    composed = compose(path, text)
    if composed.node is None:
        return None, composed.problems
    reader = _Reader(path, composed.text)
    value = reader.read(composed.node, ())
    document = YamlDocument(
        path,
        value,
        frozenset(reader.unread),
        composed.gaps,
        composed.lost,
        text,
        composed.text,
    )
    return document, [*composed.problems, *reader.problems]


class _Reader:
    """Turns composed nodes into values."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        # Most files have no comment but those that begin a line: they are not looked at again.
        has_others = text.count("#") > text.count("\n#") + text.startswith("#")
        self._text_read = text
        self._lines = text.splitlines() if has_others else []
        self._commented = {n for n, line in enumerate(self._lines) if line.find("#") > 0}
        self.problems: list[Problem] = []
        self.unread: set[KeyPath] = set()

    def read(self, node: yaml.Node, path: KeyPath) -> Any:
        if isinstance(node, yaml.CollectionNode) and node.flow_style and self._hangs_out(node):
            message = "括号里的值要写在一行里，或者下面几行都比第一行缩进得更深"
            self._refuse(node, "yaml", message)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(child, (*path, index)) for index, child in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)  # there is no fourth kind
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[Key, Any]:
        mapping: dict[Key, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key is None:
                continue
            if key in mapping:
                first = next(each for each, _ in node.value if _key_of(each) == key)
                line = first.start_mark.line + 1
                self._refuse(
                    key_node, "duplicate-key", f"“{shorten(str(key))}”重复，第 {line} 行已有"
                )
                continue
            mapping[key] = self.read(value_node, (*path, key))
        return mapping

    def _key(self, node: yaml.Node) -> Key | None:
        key = _key_of(node)
        if key is None:
            self._refuse(node, "yaml", "键应是文字或整数")
        return key

    def _scalar(self, node: yaml.ScalarNode, path: KeyPath) -> Any:
        if node.end_mark.line in self._commented and self._looks_cut_off(node):
            message = "“#”后面的内容会丢掉：是文字就给整个值加引号，是备注就在“#”后空一格"
            self._refuse(node, "wrong-value", message, path)
            return None
        if node.tag == STR:
            return self._text(node, path)
        try:
            return value_of(node)
        except ValueError:
            message = f"数字“{shorten(node.value)}”太长了；是文字的话请加引号"
            self._refuse(node, "wrong-value", message, path)
            return None

    def _text(self, node: yaml.ScalarNode, path: KeyPath) -> str | None:
        """Return the text of ``node``, decoded; refuse what cannot be seen to be what it is."""
        if node.style in ("|", ">") or node.start_mark.line != node.end_mark.line:
            message = "值要写在一行里：写成几行的，会悄悄并成一行，换行变成空格"
            self._refuse(node, "folded-value", message, path)
            return None
        if not node.value[:1].isalnum() and is_blank(node.value):
            message = "这个值只有空白（全角空格也是空白）：填上内容，没有就删去这一项"
            self._refuse(node, "blank-value", message, path)
            return None
        # Nothing else makes one: in the file as it was typed there is none.
        if node.style == '"' and (found := next(controls(node.value), None)):
            message = f"这个值里有看不见的{found.name}，双引号里的反斜杠有特别的意思，请改用单引号"
            self._refuse(node, "control-character", message, path)
            return None
        return str(node.value)

    def _looks_cut_off(self, node: yaml.ScalarNode) -> bool:
        """Tell whether a comment without a space follows, as in ``整修 #1 库房``."""
        mark = node.end_mark
        is_plain = node.style in (None, "")
        return is_plain and bool(_CUT_OFF.match(self._lines[mark.line][mark.column :]))

    def _hangs_out(self, node: yaml.CollectionNode) -> bool:
        """Tell whether what is in brackets goes on further left: editors take it for cut off."""
        first, last = node.start_mark.line, node.end_mark.line
        if first == last:
            return False
        begin, *others = self._text_read.split("\n")[first : last + 1]
        least = len(begin) - len(begin.lstrip("- "))
        return any(line.strip() and len(line) - len(line.lstrip(" ")) <= least for line in others)

    def _refuse(
        self, node: yaml.Node, rule: str, message: str, path: KeyPath | None = None
    ) -> None:
        self.problems.append(Problem(_place(self.path, node.start_mark), rule, message))
        if path is not None:
            self.unread.add(path)


def _place(path: str, mark: Mark | None) -> Place:
    return Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
