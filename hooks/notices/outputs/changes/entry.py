"""An entry of the record: what one commit changed for the public."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .change import FILES, Change, is_slight
from .differences import ToldChange, by_place, say


@dataclass(frozen=True)
class RecordEntry:
    """What one commit changed, as far as it may be told; ``hidden`` counts what may not."""

    commit: str
    day: datetime.date
    changes: Sequence[Change]
    hidden: int
    main: str = ""
    """The first notice that it changed, told or not; "" when it changed none."""

    @property
    def slight(self) -> list[Change]:
        """Those of which nothing but signs and spaces differ."""
        return [change for change in self.changes if is_slight(change)]

    @property
    def slight_places(self) -> list[tuple[str, str]]:
        """Where those are: the notice and what stands in it; "" of both on a page."""
        return [*dict.fromkeys((each.notice, each.notice and each.at) for each in self.slight)]

    @property
    def weighty(self) -> RecordEntry:
        """The same without those, and without that the software says something else."""
        others = (each for each in self.changes if not is_slight(each))
        return replace(self, changes=[each for each in others if each.kind != "software"])

    def by_notice(
        self,
    ) -> Iterator[tuple[str, list[tuple[str, bool, list[tuple[Change, ToldChange]]]]]]:
        """Yield each notice with its places: where, whether that is a path, what is told there."""
        for notice in dict.fromkeys(change.notice for change in self.changes):
            changes = [change for change in self.changes if change.notice == notice]
            yield (
                notice,
                [
                    (place, group[0].kind in FILES, [(each, say(each)) for each in group])
                    for place, group in by_place(changes)
                ],
            )
