"""What editors acknowledge in notice.yml: each entry answers for one rule in one place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..catalogue.notices import Notice
from ..facts import model
from ..problem import Problem, suggest
from .rules import ACCEPTED, ACKNOWLEDGED, ODDITY, STALE


class Acknowledgements:
    """The entries of one notice, and which of them have been asked for."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        facts = notice.facts
        self._entries: dict[str, Sequence[model.Acknowledgement]] = {
            ODDITY: facts.known_discrepancies,
            ACCEPTED: facts.accepted,
        }
        self._unused = {
            (key, number) for key, each in self._entries.items() for number in range(len(each))
        }
        # Of two entries for the same, the second answers for nothing.
        self._known: dict[tuple[str, str], tuple[str, int]] = {}
        for key, entries in self._entries.items():
            for number, entry in enumerate(entries):
                if key in ACKNOWLEDGED.get(entry.rule, ()):
                    self._known.setdefault((entry.rule, entry.at), (key, number))

    def has(self, code: str, at: str) -> bool:
        """Tell whether what rule ``code`` found ``at`` is acknowledged; the entry is then used."""
        if entry := self._known.get((code, at)):
            self._unused.discard(entry)
        return bool(entry)

    def stale(self) -> Iterator[Problem]:
        """Yield a problem for each entry that has answered for nothing."""
        for key, number in sorted(self._unused):
            entry = self._entries[key][number]
            twice = self._known.get((entry.rule, entry.at), (key, number)) != (key, number)
            place = self.notice.record.document.at(key, number)
            yield Problem(place, STALE[key], _why_stale(key, entry, twice))


def _why_stale(key: str, entry: model.Acknowledgement, twice: bool) -> str:
    listed = ACKNOWLEDGED.get(entry.rule, ())
    what = f"（rule: {entry.rule}, at: {entry.at}）"
    if not listed:
        known = [code for code, keys in ACKNOWLEDGED.items() if key in keys]
        return f"{key} 里不能写“{entry.rule}”这条规则{suggest(entry.rule, known)}"
    if key not in listed:
        return f"“{entry.rule}”这条规则要写进 {listed[0]}，不写在 {key} 里"
    if twice:
        return f"这条说明{what}写了不止一次，请删去多余的"
    nothing = "没有对应的出入" if key == ODDITY else "没有对应的报告"
    return f"这条说明{what}{nothing}，请删去"
