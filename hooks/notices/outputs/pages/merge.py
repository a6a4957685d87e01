"""The merge: a Python-Markdown extension that puts facts into the pages that people wrote.

A paragraph ``[[name]]`` becomes the fragment of that name; Markdown does not look into it.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown

from ...software import fragment_names
from ...text.dialect import forbid_html, register_markers
from ..fragments import Fragments, UrlOf


class MergeExtension(Extension):
    """Puts ``fragments`` into a page, where ``url`` turns addresses of the site into links."""

    def __init__(self, fragments: Fragments, url: UrlOf = str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._fragments, self._url = fragments, url

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        def put(parent: Element, name: str) -> None:
            rendered = self._fragments.render(f"site/{name}", self._url)
            # A paragraph that holds one stashed block is replaced by it: no <p> is left around it.
            SubElement(parent, "p").text = md.htmlStash.store(rendered)

        forbid_html(md)
        register_markers(md, fragment_names().__contains__, put)
