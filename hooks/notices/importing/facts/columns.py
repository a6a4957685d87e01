"""The columns of the tables in which items stand: what each holds, by the words of its head."""

from __future__ import annotations

from ...text.table import cells_of, columns_of
from ..outline import Proposal
from .found import Leaf, exact, scalar


def columns(proposal: Proposal) -> dict[str, Leaf]:
    """Return the role of each column, by its head; nothing of a head that stands for two."""
    found: dict[str, Leaf] = {}
    clashing = set()
    for grid in proposal.shown:
        heads = [cells_of(line.text) for line in proposal.lines[grid.first :][: grid.heads]]
        line = proposal.lines[grid.first]
        for name, role in columns_of(heads, {}) if heads and grid.items else ():
            key = scalar(name)
            if name and found.setdefault(key, exact(role, line, name)).value != role:
                clashing.add(key)
    return {key: each for key, each in found.items() if key not in clashing}
