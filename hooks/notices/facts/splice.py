"""Splices: a file of facts is changed where a value changes, and nowhere else.

A library that writes YAML anew lays it out its own way, and an editor's comments, quotes and line
ends with it. Here what changes is put into the text as it was typed, and the result is read again
and held to what was meant; where it is anything else, the file is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

import yaml

from ..problem import Faulty, Place, Problem
from .scalars import Loader
from .source import Key, KeyPath, parse_partly, parse_yaml
from .writing import block, flow, scalar

_BLANK = re.compile(r"[ \t]*\Z")


class Splice(NamedTuple):
    """A change of the value at ``path``: None takes it away, with whatever then holds nothing.

    ``is_new`` puts it into a list, before what stands at that number, or at the end.
    """

    path: KeyPath
    value: Any
    is_new: bool = False


class _OddError(Exception):
    """The file is laid out in a way that cannot be kept."""


Order = Mapping[str, Sequence[str]]
"""The keys below a key, or below "" at the top, in the order in which editors write them."""


def spliced(path: str, text: str, splices: Sequence[Splice], order: Order) -> str:
    """Return ``text``, the sound file ``path``, after ``splices``, one after the other.

    A key that is new stands behind the last of those that ``order`` has before it. Raise Faulty
    where the layout of the file is such that this cannot be done without touching the rest.
    """
    meant = deepcopy(parse_yaml(path, text).value)
    for splice in splices:
        try:
            _change(meant, splice)
            text = _Text(text, order).after(splice)
        except (_OddError, yaml.YAMLError, TypeError, LookupError) as error:
            raise Faulty(_refused(path, text, splice)) from error
    read, problems = parse_partly(path, text)
    if problems or read is None or read.value != meant:
        raise Faulty(_refused(path, text, splices[-1]))
    return text


def _refused(path: str, text: str, splice: Splice) -> Problem:
    where = parse_partly(path, text)[0]
    place = where.at(*splice.path) if where else Place(path)
    key = ".".join(map(str, splice.path))
    message = f"“{key}”这里的写法特别，程序改了会动到别的字，请打开这个文件自己改"
    return Problem(place, "odd-layout", message)


def _change(value: Any, splice: Splice) -> None:
    """Make of plain values what ``splice`` makes of the text."""
    if splice.value is None:
        _take(value, splice.path)
        return
    *way, last = splice.path
    for depth, key in enumerate(way, 1):
        if isinstance(value, dict) and key not in value:
            value[key] = [] if splice.is_new and depth == len(way) else {}
        value = value[key]
    if splice.is_new:
        value.insert(last, splice.value)
    else:
        value[last] = splice.value


def _take(value: Any, path: KeyPath) -> None:
    holders = [value]
    for key in path[:-1]:
        holders.append(holders[-1][key])
    for holder, key in zip(reversed(holders), reversed(path), strict=True):
        del holder[key]
        if holder:
            return


class _Text:
    """The text of a file with the nodes that it is made of."""

    def __init__(self, text: str, order: Order) -> None:
        self.text = text
        self.order = order
        self.root = yaml.compose(text, Loader=Loader)
        self.break_ = "\r\n" if "\r\n" in text[: text.find("\n") + 1] else "\n"

    def after(self, splice: Splice) -> str:
        """Return the text after ``splice``."""
        nodes = [*self._nodes(splice.path)]
        if splice.value is None:
            return self._without(nodes, splice.path)
        depth = len(nodes) - 1  # how much of the path is there
        if depth == len(splice.path) and not splice.is_new:
            return self._replaced(nodes[-1], splice.value, in_flow=_in_flow(nodes[:-1]))
        depth = min(depth, len(splice.path) - 1)
        holder, key, value = nodes[depth], splice.path[depth], splice.value
        for number, outer in enumerate(reversed(splice.path[depth + 1 :])):
            value = [value] if splice.is_new and not number else {outer: value}
        if not isinstance(holder, yaml.CollectionNode):
            raise _OddError
        above = next((each for each in splice.path[:depth][::-1] if isinstance(each, str)), "")
        names = self.order.get(above, ())
        if _in_flow(nodes[: depth + 1]):
            return self._into_flow(holder, key, value, names)
        if isinstance(holder, yaml.MappingNode):
            return self._into_mapping(holder, key, value, names)
        assert isinstance(holder, yaml.SequenceNode)
        return self._into_list(holder, int(key), value)

    def _nodes(self, path: KeyPath) -> Iterator[yaml.Node]:
        """Yield the nodes that ``path`` leads through, as far as there are any."""
        node: yaml.Node | None = self.root
        for key in (*path, None):
            if node is None:
                return
            yield node
            node = next((part[-1] for part in _parts(node) if part[0] == key), None)

    def _replaced(self, node: yaml.Node, value: Any, *, in_flow: bool) -> str:
        if not isinstance(node, yaml.ScalarNode) or isinstance(value, dict | list):
            raise _OddError
        start, end = node.start_mark.index, node.end_mark.index
        if start == end:  # there is nothing yet behind the colon
            raise _OddError
        return self._with(start, end, scalar(value, node.style, in_flow=in_flow))

    # --- what is new ---

    def _into_mapping(
        self, holder: yaml.MappingNode, key: Key, value: Any, names: Sequence[str]
    ) -> str:
        parts = _parts(holder)
        before = _before(parts, key, names)
        first = parts[0][1]
        indent = first.start_mark.column
        lines = [*block({key: value}, indent)]
        if before:
            return self._lines_at(self._line_end(_end(before[-1])), lines)
        start = first.start_mark.index
        if _BLANK.match(self.text, self._line_start(start), start):
            return self._lines_at(self._line_start(start), lines)
        # It stands behind the dash of a list: what was first stands below it from now on.
        new = self.break_.join(lines).lstrip(" ")
        return self._with(start, start, f"{new}{self.break_}{' ' * indent}")

    def _into_list(self, holder: yaml.SequenceNode, at: int, value: Any) -> str:
        dash = self._dash(holder.value[0])
        indent = dash - self._line_start(dash)
        if not _BLANK.match(self.text, self._line_start(dash), dash):
            raise _OddError
        lines = [*block([value], indent)]
        if at:
            return self._lines_at(self._line_end(_end(holder.value[at - 1])), lines)
        return self._lines_at(self._line_start(dash), lines)

    def _into_flow(
        self, holder: yaml.CollectionNode, key: Key, value: Any, names: Sequence[str]
    ) -> str:
        parts = _parts(holder)
        is_list = isinstance(holder, yaml.SequenceNode)
        new = flow(value) if is_list else f"{key}: {flow(value)}"
        before = parts[int(key) - 1 : int(key)] if is_list and key else []
        if not is_list and (found := _before(parts, key, names)):
            before = [found]
        if before:
            end = _end(before[0][-1])
            return self._with(end, end, f", {new}")
        start = holder.start_mark.index + 1
        return self._with(start, start, f"{new}, " if parts else new)

    # --- what goes ---

    def _without(self, nodes: Sequence[yaml.Node], path: KeyPath) -> str:
        if len(nodes) != len(path) + 1:
            raise _OddError
        while len(path) > 1 and len(nodes[-2].value) == 1:
            nodes, path = nodes[:-1], path[:-1]
        holder, parts = nodes[-2], _parts(nodes[-2])
        at = next(number for number, part in enumerate(parts) if part[0] == path[-1])
        is_list = isinstance(holder, yaml.SequenceNode)
        start, end = parts[at][1].start_mark.index, _end(parts[at][-1])
        following = parts[at + 1][1].start_mark.index if at + 1 < len(parts) else None
        if _in_flow(nodes[:-1]):
            if following is not None:
                return self._with(start, following, "")
            return self._with(_end(parts[at - 1][-1]) if at else start, end, "")
        if is_list:
            start = self._dash(nodes[-1])
        if _BLANK.match(self.text, self._line_start(start), start):
            return self._without_lines(self._line_start(start), self._line_end(end))
        if following is None or is_list:
            raise _OddError
        return self._with(start, following, "")

    def _without_lines(self, start: int, end: int) -> str:
        if end == len(self.text) and not self.text.endswith("\n"):
            start -= len(self.break_)  # what ends without a line break goes on doing so
        return self._with(start, end, "")

    # --- places in the text ---

    def _dash(self, node: yaml.Node) -> int:
        """Return where the dash before an item of a list stands."""
        before = self.text[: node.start_mark.index].rstrip()
        if not before.endswith("-"):
            raise _OddError
        return len(before) - 1

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        """Return where the line after that of ``at`` begins."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1

    def _lines_at(self, at: int, lines: Sequence[str]) -> str:
        new = self.break_.join(lines)
        if at == len(self.text) and not self.text.endswith("\n"):
            return self._with(at, at, f"{self.break_}{new}")
        return self._with(at, at, f"{new}{self.break_}")

    def _with(self, start: int, end: int, new: str) -> str:
        return f"{self.text[:start]}{new}{self.text[end:]}"


def _parts(node: yaml.Node) -> list[tuple[Any, ...]]:
    """Return key, first and last node of each entry of a mapping, or of each item of a list."""
    if isinstance(node, yaml.MappingNode):
        return [(_key(key), key, value) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return [(number, each) for number, each in enumerate(node.value)]
    return []


def _before(
    parts: Sequence[tuple[Any, ...]], key: Key, names: Sequence[str]
) -> tuple[Any, ...] | None:
    """Return the last of ``parts`` behind which ``key`` belongs."""

    def rank(each: Key) -> int:
        if isinstance(each, int):
            return each
        return names.index(each) if each in names else len(names)

    return next((part for part in reversed(parts) if rank(part[0]) < rank(key)), None)


def _key(node: yaml.ScalarNode) -> Key:
    is_number = not node.style and node.value.isdecimal()
    return int(node.value) if is_number else str(node.value)


def _end(node: yaml.Node) -> int:
    """Return where ``node`` ends, without the blanks and comments behind it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        return _end(_parts(node)[-1][-1])
    end: int = node.end_mark.index
    return end


def _in_flow(nodes: Sequence[yaml.Node]) -> bool:
    return any(isinstance(each, yaml.CollectionNode) and each.flow_style for each in nodes)
