"""The outline: where a numbered section stands among the others, told by its id."""

from __future__ import annotations

from collections.abc import Set

DEEPEST = 5  # levels: a narrative has so many marks for headings
NUMBERED = rf"[1-9][0-9]*(?:-[1-9][0-9]*){{0,{DEEPEST - 1}}}"
TYPED = rf"[0-9]+(?:-[0-9]+){{0,{DEEPEST - 1}}}"
"""What somebody may have typed for a position: with 0 in it, it is a wrong one."""
CLOSING = "closing"
"""The id of what comes after the last item: it belongs to none."""
NAMED = rf"part-[0-9]+|{CLOSING}"


class Id(str):
    """The id of a section: its position in the outline, ``1``, ``2-3``, ``1-2-3-4``, or a name.

    Only here is it known how positions are written. A name, ``part-2`` or ``closing``, is that of a
    section which is read and never counted: it has depth 0.
    """

    @property
    def depth(self) -> int:
        """How deep in the outline the position is, from 1; 0 of a name."""
        return self.count("-") + 1 if self[:1].isdecimal() else 0

    @property
    def path(self) -> list[Id]:
        """The ids of the sections above, outermost first."""
        parts = self.split("-") if self.depth else []
        return [Id("-".join(parts[:end])) for end in range(1, len(parts))]

    def child(self, number: int) -> Id:
        """Return the position of the section, or of the measure, of that number in this one."""
        return Id(f"{self}-{number}" if self else str(number))

    def is_in(self, ids: Set[str]) -> bool:
        """Tell whether this is one of ``ids``, or a position in one."""
        return self in ids or any(each in ids for each in self.path)
