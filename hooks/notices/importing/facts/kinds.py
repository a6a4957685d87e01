"""What sort of notice a text seems to be, by the words for what was done."""

from __future__ import annotations

from collections.abc import Mapping

from ...facts.model import Kind
from ..outline import Proposal

_FIRST = 4  # lines that say what the text is about


def likelier(proposal: Proposal, kinds: Mapping[str, Kind], taken: str) -> str:
    """Return the id of a kind whose noun the text begins with, where that of the kind that is
    ``taken`` does not stand there; "" where nothing speaks for another.
    """
    begin = "".join(line.text for line in proposal.lines[:_FIRST])
    nouns = {name: begin.count(kind.noun) for name, kind in kinds.items()}
    if nouns.get(taken, 0):
        return ""
    best = max(nouns, key=lambda name: (nouns[name], len(kinds[name].noun)), default="")
    return best if best and nouns[best] else ""
