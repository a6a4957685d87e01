"""The mark of a ledger that we wrote, by which it is known wherever it turns up."""

from __future__ import annotations

import re

SHEET, NAME = "_记录", "notices ledger"
"""The sheet that nobody is shown, and what stands in its first cell."""
_BEGINNING = re.compile(rf"{SHEET}\s+{NAME}\s+[0-9]+\s")


def is_ledger(words: str) -> bool:
    """Tell whether these are the words of a workbook that we wrote, in the order of its sheets."""
    return bool(_BEGINNING.search(words))
