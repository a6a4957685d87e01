"""What MkDocs renders: the pages that people wrote, and the frame of each other type.

It knows of no notice: what is told of them stands in slots, which are filled where they are known.
So what was rendered stays as it is until somebody writes a page, a setting or other software.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, NamedTuple

from markupsafe import Markup
from pydantic import TypeAdapter

from .. import software
from ..digest import digest
from ..facts.model import Head, Site
from ..outputs.pages.frame import Frame
from ..outputs.pages.page import DOCUMENTS, ITEMS, LEDGER, LISTING, TEXT, Heading
from ..outputs.pages.slots import WrittenPage

FRAMES = {
    TEXT: "notices/frame.md",
    LEDGER: "notices/frame/ledger.md",
    DOCUMENTS: "notices/frame/documents.md",
    LISTING: "archive/frame.md",
    ITEMS: "archive/frame_ledger.md",
}
"""The source that a frame of each type has: as deep in the site as the pages that it is for."""

_LIBRARIES = ("jinja2", "markdown", "mkdocs", "mkdocs-material")
"""What renders, whichever of it is installed."""


@dataclass(frozen=True)
class AskedPages:
    """What is rendered for a site at ``base``, and all that is known of it while it is."""

    base: str
    site: Site
    assets: str
    """The folder of the site in which the theme's own files stand."""
    pages: Mapping[str, str]
    """What people wrote, by its source."""
    heads: Mapping[str, Head]
    """What they told of it, by its source."""
    offered: Mapping[str, str]
    """The address of what else they may link to, by the source that they name it by."""
    has_notices: bool

    @property
    def name(self) -> str:
        """A name for what is rendered: whatever would be another has another."""
        libraries = (f"{each} {version(each)}" for each in _LIBRARIES)
        said = (software.version(), sys.version, *libraries)
        return digest(*(each.encode() for each in said), _ASKED.dump_json(self))

    def told(self) -> bytes:
        """Return it for another process."""
        return _ASKED.dump_json(self)

    @classmethod
    def read(cls, told: bytes) -> AskedPages:
        """Return what was told."""
        return _ASKED.validate_json(told)


_ASKED = TypeAdapter(AskedPages)


class Rendered(NamedTuple):
    """The frames by the type of their pages, the pages that people wrote, and other files."""

    frames: Mapping[str, Frame]
    pages: Sequence[WrittenPage]
    files: Mapping[str, str]
    """The text of each, by its address."""

    def told(self) -> bytes:
        """Return it for another process."""
        frames = {kind: frame.parts for kind, frame in self.frames.items()}
        pages = [page._asdict() for page in self.pages]
        return json.dumps([frames, pages, self.files], ensure_ascii=False).encode()

    @classmethod
    def read(cls, told: bytes) -> Rendered:
        """Return what was told."""
        frames, pages, files = json.loads(told)
        made = {kind: Frame(tuple(parts)) for kind, parts in frames.items()}
        return cls(made, [*map(_page, pages)], files)


def _page(told: dict[str, Any]) -> WrittenPage:
    (parts,) = told["frame"]
    told |= {"frame": Frame(tuple(parts)), "described": (*told["described"],)}
    return WrittenPage(**(told | {"headings": [*map(_heading, told["headings"])]}))


def _heading(told: Sequence[Any]) -> Heading:
    title, url, children = told
    return Heading(Markup(title), url, [*map(_heading, children)])
