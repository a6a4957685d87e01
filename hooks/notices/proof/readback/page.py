"""The page of a notice, read as a browser does.

The approved text stands in it once: in the one element that the merge made, among the elements that
the merge makes, and in nothing that hides it. What the site says beside it stands in annotations of
one kind, and in no other place of that element.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...catalogue.addresses import notice_address
from ...catalogue.notices import Notice
from ...facts.files import read_text
from ...outputs.pages.frame import CONTENT, HEAD, SLOTS, Frame
from ...problem import Faulty, Place, Problem, shown
from ...text.narrative import Line
from ...text.table import head_names
from .text import PAGE, difference, squeezed

_ARTICLE = "page__text"
_NAMED = "data-narrative"
_BEFORE = [part for slot in SLOTS if slot not in (HEAD, CONTENT) for part in ("", slot)]
_MODEL = Frame(
    (
        *("<!doctype html><html><head>", HEAD, "</head><body>", *_BEFORE[1:]),
        *(f'<main><article class="{_ARTICLE}">', CONTENT, "</article></main></body></html>"),
    )
)
"""A frame in which all else stands before the text, where what is not closed would hold it."""
# What the elements around may be and say: nothing that could hide what is in them.
_AROUND = frozenset({"article", "div", "main", "body", "html"})
_SAID_AROUND = re.compile(r"class|dir|lang")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_INSIDE = {
    **dict.fromkeys(_HEADINGS, frozenset[str]()),
    "p": frozenset({"class", "id"}),
    "section": frozenset({"class", "id", "data-item"}),
    "div": frozenset({"class", "id", "data-item"}),
    "ol": frozenset({"class"}),
    "li": frozenset({"id"}),
    "b": frozenset({"class"}),
    "table": frozenset({"class"}),
    "thead": frozenset[str](),
    "tbody": frozenset({"class", "id", "data-item"}),
    "tr": frozenset[str](),
    "th": frozenset({"scope", "data-label"}),
    "td": frozenset({"colspan", "data-label"}),
}
_CLASSES = frozenset({"section", "item", "measures", "ordinal", "title", "rows", ""})
_ANNOTATION = {"class": "facts", "data-annotation": None, "role": "group"}
"""What an annotation within the text is, beside its label."""
_PLAIN = re.compile(r"[^&<>{\"'\s]{1,30}")


def differences(site: Path, notice: Notice) -> Iterator[Problem]:
    """Yield where the page of ``notice`` in ``site`` says something else than was approved."""
    path = f"{notice_address(notice)}index.html"
    try:
        source = read_text(site, path)
    except Faulty as fault:
        yield from fault.problems
        return
    yield from _differences(path, source, notice)


def slots_differ(notice: Notice, slots: Mapping[str, str]) -> Iterator[Problem]:
    """Yield where the page of ``notice`` that has these ``slots`` says something else than was
    approved, or where one of them could hide what it says, in whatever frame they stand.
    """
    yield from _differences(f"{notice_address(notice)}index.html", _MODEL.filled(slots), notice)


def frame_differs(frame: Frame) -> Iterator[Problem]:
    """Yield why a page in ``frame`` would not show what stands in its slot, whatever that is."""
    slots = dict.fromkeys(SLOTS, "") | {CONTENT: f'<div class="narrative" {_NAMED}="x">文</div>'}
    try:
        page = _Page("frame", frame.filled(slots), "x")
        if page.text() != "文":
            yield Problem(Place("frame"), PAGE, "页面的框架里有不属于它的正文")
    except Faulty as fault:
        yield from fault.problems


def _differences(path: str, source: str, notice: Notice) -> Iterator[Problem]:
    try:
        page = _Page(path, source, notice.id, _names(notice.narrative.lines))
        yield from difference(notice, page.text(), PAGE, page.place)
    except Faulty as fault:
        yield from fault.problems


class _Page:
    """A page: what stands in the element of the approved text, piece by piece."""

    def __init__(self, path: str, source: str, notice: str, names: Iterable[str] = ()) -> None:
        self.path, self.source, self.notice = path, source, notice
        self.tree = LexborHTMLParser(source)
        self.pieces: list[str] = []
        self.names = {*names}

    def text(self) -> str:
        """Return the approved text as it stands there, without white space; raise Faulty when it
        does not stand where it must, or among what nobody knows.
        """
        for child in _children(self._root()):
            self._collect(child)
        return squeezed(self.pieces)

    def _root(self) -> LexborNode:
        """Return the element of the approved text; raise Faulty when it is not where it must be."""
        found = self.tree.css(f"[{_NAMED}]")
        articles = self.tree.css("article")
        if len(found) != 1 or len(articles) != 1:
            raise self._fault(f"正文的元素应当只有一个，现在有{len(found)}个")
        (root,) = found
        expected = {"class": "narrative", _NAMED: self.notice}
        parent = root.parent
        if root.tag != "div" or root.attributes != expected or parent is None:
            raise self._fault("正文不在程序写出的元素里")
        if (
            parent.tag != "article"
            or _ARTICLE not in (parent.attributes.get("class") or "").split()
        ):
            raise self._fault("正文不在页面的正文区里")
        for node in _ancestors(parent):
            said = (name for name in node.attributes if not _SAID_AROUND.fullmatch(name))
            if node.tag not in _AROUND or (name := next(said, None)):
                what = f"{node.tag} {name}" if node.tag in _AROUND else f"{node.tag}"
                raise self._fault(f"正文在“{shown(what)}”里面，可能看不见")
        return root

    def _collect(self, node: LexborNode) -> None:
        """Take the text of ``node``, which the merge may have made; raise Faulty when it cannot."""
        if node.tag == "-text":
            self.pieces.append(node.text_content or "")
            return
        said = node.attributes
        if "data-annotation" in said:
            self._pass_over(node, said)
            return
        allowed = _INSIDE.get(str(node.tag))
        name = said.get("data-label")
        # What a phone shows before a cell is what its column is called.
        is_named = name is None or name in self.names
        is_known = said.get("class", "") in _CLASSES and is_named
        if allowed is None or not said.keys() <= allowed or not is_known:
            html = (node.html or "").partition(">")[0]
            raise self._fault(f"正文里有程序不会写的“{shown(html)}>”")
        child = node.first_child
        while child is not None:
            self._collect(child)
            child = child.next

    def _pass_over(self, node: LexborNode, attributes: Mapping[str, str | None]) -> None:
        """Leave out an annotation; raise Faulty when it is none of ours."""
        said = {name: value for name, value in attributes.items() if name != "aria-label"}
        parent = node.parent
        if parent is not None and parent.tag == "td" and "colspan" in parent.attributes:
            parent = parent.parent and parent.parent.parent  # the cell below the row of an item
        of_item = parent is not None and parent.attributes.get("class") == "item"
        if node.tag != "div" or {**said, "data-annotation": None} != _ANNOTATION or not of_item:
            raise self._fault("正文里有一处标注，不是程序写的")

    def _fault(self, message: str) -> Faulty:
        return Faulty(Problem(self.place(len(squeezed(self.pieces))), PAGE, message))

    def place(self, at: int) -> Place:
        """Return where the character ``at`` of the text stands in the source, as near as we can."""
        ends = itertools.accumulate(len(squeezed([piece])) for piece in self.pieces)
        number = next((n for n, end in enumerate(ends) if end > at), len(self.pieces) - 1)
        offset = max(self.source.find(_NAMED), 0)
        for piece in self.pieces[: number + 1]:
            if plain := _PLAIN.search(piece):
                offset = max(self.source.find(plain[0], offset), offset)
        line = self.source.count("\n", 0, offset) + 1
        return Place(self.path, line, offset - self.source.rfind("\n", 0, offset))


def _names(lines: list[Line]) -> Iterator[str]:
    """Yield what the heads of tables call their columns."""
    for is_head, rows in itertools.groupby(lines, lambda line: line.is_head):
        yield from head_names([row.cells for row in rows]) if is_head else ()


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _ancestors(node: LexborNode | None) -> Iterator[LexborNode]:
    while node is not None and node.tag not in (None, "-document", "-undef"):
        yield node
        node = node.parent
