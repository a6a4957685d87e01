"""The dialect: what Markdown means in pages, said once for who checks them and who publishes them.

HTML means nothing in it: a tag is shown as its characters. A paragraph ``[[name]]`` that stands in
nothing else is replaced by what somebody puts there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor

EXTENSIONS = ("toc", "tables", "fenced_code", "attr_list")
CONFIGS = {"toc": {"toc_depth": "2-6", "marker": ""}}
_MARKER = re.compile(r"\[\[([a-z-]+)\]\]")

Put = Callable[[Element, str], None]
"""Puts what a name stands for into an element."""


def forbid_html(md: Markdown) -> None:
    """Let ``md`` take nothing for HTML."""
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")


def register_markers(md: Markdown, knows: Callable[[str], bool], put: Put) -> None:
    """Let ``md`` call ``put`` for each paragraph ``[[name]]`` of a name that somebody ``knows``."""
    md.parser.blockprocessors.register(_Markers(md, knows, put), "notices_markers", 175)


class _Markers(BlockProcessor):
    """Replaces a paragraph that is one ``[[name]]``."""

    def __init__(self, md: Markdown, knows: Callable[[str], bool], put: Put) -> None:
        super().__init__(md.parser)
        self.knows, self.put = knows, put

    def test(self, parent: Element, block: str) -> bool:
        found = _MARKER.fullmatch(block.strip())
        return bool(found and parent is self.parser.root and self.knows(found[1]))

    def run(self, parent: Element, blocks: list[str]) -> None:
        self.put(parent, blocks.pop(0).strip()[2:-2])
