"""File names: what a file of the site is called where a reader keeps it, whatever its address."""

from __future__ import annotations

import re
import unicodedata

_WHOSE, _WHAT = 40, 20  # characters: no more than 255 bytes with the ending
_MARKS = "-_·—（）《》、"
"""What may stand in a name beside letters and digits: nothing that a system reads as more."""


def saved_as(whose: str, what: str, address: str) -> str:
    """Return the name for ``what`` there is of ``whose`` at ``address``, e.g. 甲支部-问题清单.xlsx.

    No system refuses it: no sign that one of them forbids or hides is in it, no full stop but that
    before the ending, and no name of a device stands alone.
    """
    ending = address.rpartition("/")[2].rpartition(".")[2]
    return f"{_safe(whose, _WHOSE) or '通报'}-{_safe(what, _WHAT)}.{ending}"


def _safe(words: str, most: int) -> str:
    """Return so many characters of ``words``, with a hyphen for what a name may not have."""
    letters = unicodedata.normalize("NFC", words)
    kept = "".join(each if each.isalnum() or each in _MARKS else "-" for each in letters)
    return re.sub("-+", "-", kept).strip("-")[:most].rstrip("-")
