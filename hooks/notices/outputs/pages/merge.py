"""The merge: a Python-Markdown extension that lets facts stand in the pages that people wrote.

A paragraph ``[[name]]`` becomes the fragment of that name; Markdown does not look into it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown

from ...software import fragment_names
from ...text.dialect import forbid_html, register_markers
from .frame import FRAGMENTS


class MergeExtension(Extension):
    """Puts what ``render`` returns for the name of a fragment into a page."""

    def __init__(self, render: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._render = render

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        def put(parent: Element, name: str) -> None:
            # A paragraph that holds one stashed block is replaced by it: no <p> is left around it.
            SubElement(parent, "p").text = md.htmlStash.store(self._render(f"{FRAGMENTS}{name}"))

        forbid_html(md)
        register_markers(md, fragment_names().__contains__, put)
