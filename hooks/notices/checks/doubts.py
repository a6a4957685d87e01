"""What a faulty file leaves in doubt: no rule is believed there that would only echo the fault."""

from __future__ import annotations

from typing import Any

from ..catalogue.notices import Notice
from ..catalogue.settings import Record
from ..problem import Place
from .rules import Objection, Rule

_ALL = ("known_discrepancies", "accepted")
"""Where editors explain what rules find; when it is faulty, they may have explained anything."""
_PERSONAL = ("allowed_personal", "contact")
_STATUSES = frozenset({"status", "measures", "updates"})
_OF_STATUSES = frozenset({"prose-status"})
"""Rules that add up the statuses of all items."""


class Doubts:
    """Knows of one notice what could not be read, and what rests on it."""

    def __init__(self, notice: Notice) -> None:
        records: list[Record[Any]] = [notice.record, *notice.item_records.values()]
        keys = {path[0] if path else "" for path in notice.record.faulty}
        in_doubt = notice.unreadable or notice.in_doubt or notice.doubtful_lines
        self._any = bool(in_doubt) or any(each.faulty for each in records)
        self._explained = "" in keys or any(key in keys for key in _ALL)
        self._personal = "" in keys or any(key in keys for key in _PERSONAL)
        self._statuses = bool(notice.unreadable) or any(
            {*path} & _STATUSES for each in notice.item_records.values() for path in each.faulty
        )
        self._approved = notice.approved_path in notice.in_doubt
        self._places: set[Place] = {
            each.document.at(*path) for each in records for path in each.faulty
        }
        self._lines = {(place.path, place.line) for place in notice.doubtful_lines}

    def echo(self, rule: Rule, finding: Objection) -> bool:
        """Tell whether ``finding`` may be no more than an echo of a fault that is told already."""
        if not self._any:
            return False
        if finding.place in self._places and rule.code != "item-without-section":
            return True
        return (
            (self._explained and bool(finding.at))
            or (self._personal and rule.check.__module__.endswith(".privacy"))
            or (self._statuses and rule.code in _OF_STATUSES)
            or (self._approved and rule.code == "narrative-differs")
            or (finding.place.path, finding.place.line) in self._lines
        )

    @property
    def any(self) -> bool:
        """Whether anything could not be read: then nothing can be called needless."""
        return self._any
