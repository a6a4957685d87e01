"""Patterns that are compiled when they are first used: of all that there are, most texts need few.

To compile those that read the meaning of sentences takes as long as to check a notice with them.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Later:
    """Is as good as the compiled pattern, and becomes it when it is first asked something."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._pattern)
        asked = (each for each in dir(compiled) if not each.startswith("_"))
        self.__dict__.update({each: getattr(compiled, each) for each in asked})
        return getattr(compiled, name)


def later(pattern: str) -> re.Pattern[str]:
    """Return ``pattern``; a mistake in it is a fault where it is first used."""
    return cast(re.Pattern[str], _Later(pattern))
