"""What a text says of itself as a whole: who inspected whom, when, how many, where to reach it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...facts.model import Kind
from ...text.narrative import Narrative
from ...text.outline import CLOSING
from ..outline import Proposal
from ..source import About, Line
from .columns import columns
from .contacts import contact
from .found import Leaf, Tree, leaf
from .inspecting import inspection
from .naming import names
from .papers import document, misdated
from .totals import totals

NOTHING_ABOUT = About()


def proposed(
    proposal: Proposal, narrative: Narrative, kind: Kind, about: About = NOTHING_ABOUT
) -> Tree:
    """Return what the text seems to say of the notice, in the order of its file.

    What its source says beside it holds where the text says nothing of that.
    """
    head, tail = [*_head(proposal)], _tail(proposal)
    tree: dict[str, Leaf | Tree | Sequence[Tree | Leaf]] = {}
    tree |= names(proposal.lines[: _first(proposal)], head, tail, kind, about.title)
    if known := columns(proposal):
        tree["columns"] = known
    tree |= document(head, tail, about.published)
    if inspected := inspection(head):
        tree["inspection"] = inspected
    tree |= totals(proposal, narrative, kind)
    if wrong := misdated(tree["window"]) if "window" in tree else "":
        oddity = {"rule": Leaf("window-days"), "at": Leaf("window"), "note": leaf(wrong)}
        tree["known_discrepancies"] = [*tree.get("known_discrepancies", ()), oddity]
    tree["contact"] = contact(tail) or Leaf("{}", "原文没有找到联系方式")
    return tree


def outside(proposal: Proposal) -> list[Line]:
    """Return the lines that are about the notice as a whole: at its begin, and at its end."""
    return [*_head(proposal), *_tail(proposal)]


def _first(proposal: Proposal) -> int:
    """Return how many lines stand before all sections."""
    return min((each.line for each in proposal.sections), default=len(proposal.lines))


def _head(proposal: Proposal) -> Iterator[Line]:
    """Yield the lines before anything is counted, without their headings."""
    counted = (each.line for each in proposal.sections if each.role in ("item", "group"))
    ends = (each.line for each in proposal.sections if each.id == CLOSING)
    end = min((*counted, *ends), default=len(proposal.lines))
    headings = {each.line for each in proposal.sections if each.marks and not each.rest}
    yield from (line for at, line in enumerate(proposal.lines[:end]) if at not in headings)


def _tail(proposal: Proposal) -> Sequence[Line]:
    """Return the lines of the closing."""
    closing = [each.line for each in proposal.sections if each.id == CLOSING]
    return proposal.lines[closing[0] :] if closing else ()
