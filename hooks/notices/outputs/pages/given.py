"""Anchors that a page is given: links of the software's own lead to them, whatever people wrote."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from ...catalogue.addresses import NEEDED


def with_anchors(source: str, said: str) -> str:
    """Return what the page ``source`` ``said``, behind those anchors that it lacks."""
    needed = NEEDED.get(source)
    if not (needed and needed.given):
        return said
    there = {node.id for node in LexborHTMLParser(said).css("[id]")}
    lacking = (each for each in needed.given if each not in there)
    return "".join([*(f'<span id="{each}"></span>\n' for each in lacking), said])
