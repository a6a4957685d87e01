"""Source files: text as UTF-8, YAML with the line and column of every key and value.

Nothing else in the package opens a file of ``content/`` or ``data/``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .problem import Faulty, Place, Problem

Key = str | int
KeyPath = tuple[Key, ...]

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


@dataclass(frozen=True)
class Document:
    """A YAML file as plain Python values that remembers where each of them stands."""

    path: str
    value: Any
    keys: dict[KeyPath, Place] = field(repr=False)
    values: dict[KeyPath, Place] = field(repr=False)

    def at(self, *path: Key) -> Place:
        """Return the place of the value at ``path``, or of the nearest one that encloses it."""
        return _nearest(self.values, path, Place(self.path))

    def at_key(self, *path: Key) -> Place:
        """Return the place of the key that ends ``path``, or of the nearest one before it."""
        return _nearest(self.keys, path, Place(self.path))


def _nearest(places: dict[KeyPath, Place], path: KeyPath, default: Place) -> Place:
    for end in range(len(path), -1, -1):
        if (place := places.get(path[:end])) is not None:
            return place
    return default


def read_text(root: Path, path: str) -> str:
    """Return the text of ``path`` under ``root``; raise Faulty when it is missing or not UTF-8."""
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        message = "没有这个文件" if isinstance(error, FileNotFoundError) else "读不了这个文件"
        raise Faulty(Problem(Place(path), "unreadable", message)) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "文件不是 UTF-8 编码,请在编辑器里另存为 UTF-8"
        raise Faulty(Problem(Place(path, line), "encoding", message)) from error


def read_yaml(root: Path, path: str) -> Document:
    """Return the YAML mapping in ``path`` under ``root``; raise Faulty with all that is wrong.

    Refused: what is not YAML, duplicate keys, aliases, tags, keys that are neither text nor
    whole numbers, impossible dates.
    """
    text = read_text(root, path)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
        raise Faulty(Problem(place, "yaml", f"YAML 写法有误:{error.problem}")) from error
    except yaml.YAMLError as error:
        raise Faulty(Problem(Place(path), "yaml", f"YAML 写法有误:{error}")) from error
    reader = _Reader(path)
    if not isinstance(node, yaml.MappingNode):
        raise Faulty(Problem(Place(path), "yaml", "文件应是一组“键: 值”"))
    value = reader.read(node, ())
    if reader.problems:
        raise Faulty(*reader.problems)
    return Document(path, value, reader.keys, reader.values)


class _Reader:
    """Turns composed nodes into values and notes the places on the way."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.keys: dict[KeyPath, Place] = {}
        self.values: dict[KeyPath, Place] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def read(self, node: yaml.Node, path: KeyPath) -> Any:
        self.values[path] = self._place(node)
        if id(node) in self._seen:
            return self._refuse(node, "yaml", "不能使用 YAML 的别名(*),请写出完整内容")
        self._seen.add(id(node))
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
                first = self.keys[*path, key].line
                self._refuse(key_node, "duplicate-key", f"“{key}”重复,第 {first} 行已有")
                continue
            self.keys[*path, key] = self._place(key_node)
            mapping[key] = self.read(value_node, (*path, key))
        return mapping

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        if node.tag == "tag:yaml.org,2002:str":
            return node.value
        if node.tag not in _SCALARS:
            return self._refuse(node, "yaml", f"不能使用 YAML 标签 {node.tag}")
        try:
            return _SCALARS[node.tag](node)
        except ValueError:
            return self._refuse(node, "wrong-value", f"没有“{node.value}”这样的日期或数字")

    def _place(self, node: yaml.Node) -> Place:
        return Place(self.path, node.start_mark.line + 1, node.start_mark.column + 1)

    def _refuse(self, node: yaml.Node, rule: str, message: str) -> None:
        self.problems.append(Problem(self._place(node), rule, message))
