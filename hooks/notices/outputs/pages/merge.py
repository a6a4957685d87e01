"""The merge: a Python-Markdown extension that joins facts to narrative.

A line ``[[narrative]]`` becomes the sections of the notice, each item with its facts beside it; any
other ``[[name]]`` becomes the fragment of that name. The narrative is built from its own parse, as
text that Markdown does not look into: what the approved text says is what the page says.
"""

from __future__ import annotations

import itertools
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from ...catalogue.notices import Item, Notice
from ...text.dialect import forbid_html, register_markers
from ...text.narrative import Line, Section
from ..fragments import Fragments, Url
from .rows import Rows, counted, is_row, verbatim


class MergeExtension(Extension):
    """Merges the facts of a catalogue into pages; tell it of each page with :meth:`turn_to`."""

    def __init__(self, fragments: Fragments, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fragments = fragments
        self.url: Url = str
        self.notice: Notice | None = None

    def turn_to(self, url: Url, notice: Notice | None) -> None:
        """Set the page that is converted next: how it links, and the notice it belongs to."""
        self.url, self.notice = url, notice

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        anchors = _SectionIds(md)
        forbid_html(md)
        register_markers(md, self._knows, _Merge(md, self, anchors).put)
        # After 'toc' (5), which takes the ids of headings.
        md.treeprocessors.register(anchors, "notices_section_ids", 4)

    def _knows(self, name: str) -> bool:
        return self.notice is not None or name in self.fragments.names


class _SectionIds(Treeprocessor):
    """Moves each heading's id to its section, so that a link shows the section from its top."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.sections: list[tuple[Element, Element]] = []

    def run(self, root: Element) -> None:
        for section, heading in self.sections:
            section.set("id", heading.attrib.pop("id"))
        self.sections.clear()


class _Merge:
    """Puts fragments, and the narrative with the facts of its items, in the place of markers."""

    def __init__(self, md: Markdown, extension: MergeExtension, anchors: _SectionIds) -> None:
        self.md = md
        self.extension = extension
        self.anchors = anchors

    def put(self, parent: Element, name: str) -> None:
        """Put what ``name`` stands for into ``parent``."""
        notice = self.extension.notice
        if notice is None:
            self._fragment(parent, f"site/{name}")
        elif name == "narrative":
            self._narrative(parent, notice)
        else:
            self._fragment(parent, f"notice/{name}", notice=notice)

    def _fragment(self, parent: Element, name: str, **context: Any) -> None:
        rendered = self.extension.fragments.render(name, self.extension.url, **context)
        # A paragraph that holds one stashed block is replaced by it, so no <p> is left around it.
        SubElement(parent, "p").text = self.md.htmlStash.store(rendered)

    def _narrative(self, parent: Element, notice: Notice) -> None:
        root = SubElement(parent, "div", {"class": "narrative", "data-narrative": notice.id})
        title = notice.title_lines
        for line in notice.narrative.preamble[:title]:
            SubElement(root, "p", {"class": "title"}).text = verbatim(line.text)
        self._body(root, notice.narrative.preamble[title:], notice.narrative.sections, notice)

    def _section(self, parent: Element, section: Section, notice: Notice) -> None:
        item = notice.items_by_id.get(section.id)
        kind = {"class": "section"} if item is None else {"class": "item", "data-item": section.id}
        # A section of HTML has a heading; what the text gives none is none.
        element = SubElement(parent, "section" if section.heading.text else "div", kind)
        if section.heading.text:
            heading = SubElement(element, f"h{section.level}", {"id": section.id})
            heading.text = verbatim(section.heading.text)
            heading.set("data-toc-label", verbatim(item.facts.title if item else section.label))
            self.anchors.sections.append((element, heading))
        else:
            element.set("id", section.id)
        if item:
            self._fragment(element, "notice/item", notice=notice, item=item)
            self._measures(element, item)
            self._body(element, [], section.children, notice)
        else:
            self._body(element, section.paragraphs, section.children, notice)

    def _body(
        self, parent: Element, lines: list[Line], sections: list[Section], notice: Notice
    ) -> None:
        """Show what stands under a heading: rows that follow each other are one table."""
        entries: list[Line | Section] = [*lines, *sections]
        for is_table, group in itertools.groupby(entries, is_row):
            if is_table:
                self._table(parent, [*group], notice)
                continue
            for each in group:
                if isinstance(each, Section):
                    self._section(parent, each, notice)
                else:
                    SubElement(parent, "p").text = verbatim(each.text)

    def _table(self, parent: Element, rows: list[Line | Section], notice: Notice) -> None:
        """Show a table: its head, its other rows, and each item with its facts below its row."""
        table = Rows(SubElement(parent, "table", {"class": "rows"}))
        for row in rows:
            if isinstance(row, Line):
                table.line(row)
            elif item := notice.items_by_id.get(row.id):
                below = table.item(item)
                self._fragment(below, "notice/item", notice=notice, item=item)
            else:
                table.section(row)

    def _measures(self, parent: Element, item: Item) -> None:
        """Show an item's text: a list with an anchor per measure, or plain when it is only one."""
        single = len(item.measures) == 1
        rows = {line.text: line for line in item.section.paragraphs if line.cells}
        body = SubElement(parent, "div" if single else "ol", {"class": "measures"})
        for part in item.parts:
            entry = SubElement(body, "div" if single else "li")
            if part.number:
                entry.set("id", f"{item.id}-{part.number}")
            for is_table, texts in itertools.groupby(part.texts, rows.__contains__):
                table = Rows(SubElement(entry, "table", {"class": "rows"})) if is_table else None
                for text in texts:
                    if table:
                        table.line(rows[text])
                    else:
                        ordinal = part.ordinal if text == part.texts[0] else ""
                        counted(SubElement(entry, "p"), ordinal, text)
