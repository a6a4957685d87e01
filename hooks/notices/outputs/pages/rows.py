"""Rows: a table of the approved text as elements of a page.

On a phone each cell has the name of its column before it, which is an attribute and no text.
"""

from __future__ import annotations

import html
import itertools
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from ...catalogue.notices import Item
from ...text.measures import split_cells
from ...text.narrative import Line, Section
from ...text.table import head_names


def is_row(each: Line | Section) -> bool:
    """Tell whether a line or a section is a row of a table."""
    return bool(each.row if isinstance(each, Section) else each.cells)


def verbatim(text: str) -> AtomicString:
    """Return ``text`` for the tree such that the page shows exactly its characters."""
    # Markdown's serializer leaves what looks like an entity alone, so everything must be one; and
    # attribute lists are looked for even in text that nothing else looks into.
    return AtomicString(html.escape(text, quote=False).replace("{", "&#123;"))


def counted(parent: Element, ordinal: str, text: str) -> None:
    """Write ``text`` into ``parent``, with the ordinal marked that counts it off, if any."""
    if ordinal:
        mark = SubElement(parent, "b", {"class": "ordinal"})
        mark.text, mark.tail = ordinal, verbatim(text.removeprefix(ordinal))
    else:
        parent.text = verbatim(text)


class Rows:
    """A table that is built row by row, in groups: the head, an item, what stands between."""

    def __init__(self, table: Element) -> None:
        self._table = table
        self._group: Element | None = None
        self._heads: list[tuple[str, ...]] = []

    def line(self, line: Line) -> None:
        """Add a row that is no section."""
        row = SubElement(self._in("thead" if line.is_head else "tbody"), "tr")
        if line.is_head:
            self._heads.append(line.cells)
            for text in line.cells:
                SubElement(row, "th", {"scope": "col"}).text = verbatim(text)
            return
        for name, text in itertools.zip_longest(head_names(self._heads), line.cells, fillvalue=""):
            SubElement(row, "td", _named(name)).text = verbatim(text)

    def section(self, section: Section) -> None:
        """Add a row that is a part, as a sum is."""
        group = self._begin({"class": "section", "id": section.id})
        row = SubElement(group, "tr")
        for cell in section.cells:
            SubElement(row, "td", _named(cell.name)).text = verbatim(cell.line.text)

    def item(self, item: Item) -> Element:
        """Add the row of an item, in its cells an anchor for each measure.

        Return the cell below it, which is as wide as the table.
        """
        group = self._begin({"class": "item", "id": item.id, "data-item": item.id})
        row = SubElement(group, "tr")
        answer = item.section.answer
        split = dict(zip(answer, split_cells([line.text for line in answer]), strict=True))
        anchors = {measure.number for measure in item.measures}
        for cell in item.section.cells:
            is_title = cell.line is item.section.heading
            tag, scope = ("th", {"scope": "row"}) if is_title else ("td", {})
            element = SubElement(row, tag, {**scope, **_named(cell.name)})
            parts = split.get(cell.line, []) if not is_title else []
            for part in parts:
                anchor = {"id": str(item.id.child(part.number))} if part.number in anchors else {}
                anchors.discard(part.number)
                for text in part.texts:
                    counted(SubElement(element, "p", anchor), part.ordinal, text)
            if not parts:
                element.text = verbatim(cell.line.text)
        below = SubElement(group, "tr")
        return SubElement(below, "td", {"colspan": str(len(item.section.cells))})

    def _in(self, tag: str) -> Element:
        """Return the group of that kind, which may be open, for a row that is no section."""
        if self._group is None or self._group.tag != tag or self._group.attrib:
            self._group = SubElement(self._table, tag)
        return self._group

    def _begin(self, attributes: dict[str, str]) -> Element:
        self._group = SubElement(self._table, "tbody", attributes)
        return self._group


def _named(name: str) -> dict[str, str]:
    return {"data-label": verbatim(name)} if name else {}
