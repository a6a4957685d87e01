"""How characters are read, from a table that needs no dictionary."""

from __future__ import annotations

from notices.outputs.search.sounds import letters_of, read_sounds
from sounds import make_sounds


def test_the_table_is_that_of_the_dictionaries() -> None:
    """After a change of these, ``python tests/sounds.py`` writes it anew."""
    assert read_sounds() == make_sounds()


def test_a_character_begins_with_the_letters_of_all_its_readings() -> None:
    letters = letters_of(read_sounds())
    assert letters["桩"] == "z"
    assert {*letters["长"]} == {"c", "z"}
