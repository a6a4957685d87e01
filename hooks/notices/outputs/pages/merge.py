"""The merge: a Python-Markdown extension that joins facts to narrative.

A line ``[[narrative]]`` becomes the sections of the notice, each item with its facts beside it; any
other ``[[name]]`` becomes the fragment of that name. The narrative is built from its own parse, as
text that Markdown does not look into: what the approved text says is what the page says.
"""

from __future__ import annotations

import html
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from ...catalogue.notices import Item, Notice
from ...text.dialect import forbid_html, register_markers
from ...text.narrative import Line, Section
from ..fragments import Fragments, Url


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
            SubElement(root, "p", {"class": "title"}).text = _verbatim(line.text)
        self._paragraphs(root, notice.narrative.preamble[title:])
        for section in notice.narrative.sections:
            self._section(root, section, notice)

    def _section(self, parent: Element, section: Section, notice: Notice) -> None:
        item = notice.items_by_id.get(section.id)
        kind = {"class": "section"} if item is None else {"class": "item", "data-item": section.id}
        element = SubElement(parent, "section", kind)
        if section.heading.text:
            heading = SubElement(element, f"h{section.level}", {"id": section.id})
            heading.text = _verbatim(section.heading.text)
            heading.set("data-toc-label", _verbatim(item.facts.title if item else section.label))
            self.anchors.sections.append((element, heading))
        else:
            element.set("id", section.id)
        if item:
            self._fragment(element, "notice/item", notice=notice, item=item)
            self._measures(element, item)
        else:
            self._paragraphs(element, section.paragraphs)
        for child in section.children:
            self._section(element, child, notice)

    def _measures(self, parent: Element, item: Item) -> None:
        """Show an item's text: a list with an anchor per measure, or plain when it is only one."""
        single = len(item.measures) == 1
        body = SubElement(parent, "div" if single else "ol", {"class": "measures"})
        for part in item.parts:
            entry = SubElement(body, "div" if single else "li")
            if part.number:
                entry.set("id", f"{item.id}-{part.number}")
            for index, text in enumerate(part.texts):
                paragraph = SubElement(entry, "p")
                ordinal = "" if index else part.ordinal
                if ordinal:
                    mark = SubElement(paragraph, "b", {"class": "ordinal"})
                    mark.text, mark.tail = ordinal, _verbatim(text.removeprefix(ordinal))
                else:
                    paragraph.text = _verbatim(text)

    def _paragraphs(self, parent: Element, lines: list[Line]) -> None:
        for line in lines:
            SubElement(parent, "p").text = _verbatim(line.text)


def _verbatim(text: str) -> AtomicString:
    """Return ``text`` for the tree such that the page shows exactly its characters."""
    # Markdown's serializer leaves what looks like an entity alone, so everything must be one; and
    # attribute lists are looked for even in text that nothing else looks into.
    return AtomicString(html.escape(text, quote=False).replace("{", "&#123;"))
