"""Contents: the headings that a page's table of contents leads to."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup


class Heading(NamedTuple):
    """A heading: its title, where it leads, and the headings below it."""

    title: Markup
    url: str
    children: list[Heading]
