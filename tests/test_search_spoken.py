"""Of all pairs at once, the same is found as of each by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notices.outputs.search.buckets import ALONE, Bucket
from notices.outputs.search.sounds import letters_of, read_sounds
from notices.outputs.search.spoken import Group, Groups, Spoken
from notices.outputs.search.spoken_all import AllSpoken

CHARACTERS = st.sampled_from(f"长桩充电和行了解a1{ALONE}𠮷\uffff")
LISTS = st.text("ABab", min_size=1, max_size=5) | st.integers(6, 700).map("A".__mul__)
PAIRS = st.dictionaries(st.text(CHARACTERS, min_size=2, max_size=2), LISTS, max_size=8)


@given(st.lists(PAIRS, max_size=4))
def test_a_pair_is_where_its_letters_are_and_the_frequent_come_first(
    parts: list[dict[str, str]],
) -> None:
    lists: dict[str, str] = {}
    for part in parts:  # each pair is in one bucket
        for key in part.keys() & lists.keys():
            del part[key]
        lists |= part
    spoken = Spoken(read_sounds())
    found = AllSpoken(spoken.letters)
    buckets = [Bucket("".join(part), ",".join(part.values())) for part in parts]
    for bucket in buckets:
        found.add(bucket)
    assert found.groups() == plain(lists)
    assert [*found.groups()] == sorted(found.groups())
    assert spoken.changed({}, [], buckets) == found.groups()


def plain(lists: dict[str, str]) -> Groups:
    """Return the groups of pairs by what is said of them."""
    letters, groups = letters_of(read_sounds()), dict[str, list[tuple[int, str]]]()
    for key, written in lists.items():
        power = min(len(f"{len(written):b}"), 9)
        for first in letters.get(key[0], ""):
            for second in letters.get(key[1], ""):
                groups.setdefault(first + second, []).append((-power, key))
    return {
        name: Group(
            "".join(key for _, key in sorted(each)), "".join(str(-n) for n, _ in sorted(each))
        )
        for name, each in groups.items()
    }
