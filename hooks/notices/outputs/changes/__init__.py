"""Changes: what the public sees differently from one commit to another.

``compare`` finds them between two catalogues, ``commits`` between two commits and ``merges`` where
several meet; ``differences`` says them, ``formats`` writes them for a terminal, a pull request or a
program, ``record`` tells those of the whole history, and ``days`` sums up each day of it.
"""

from .change import KINDS, Change
from .commits import between
from .compare import compare
from .entry import RecordEntry
from .formats import FORMATS
from .record import PublicRecord, keep_record

__all__ = [
    "FORMATS",
    "KINDS",
    "Change",
    "PublicRecord",
    "RecordEntry",
    "between",
    "compare",
    "keep_record",
]
