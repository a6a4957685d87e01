"""Changes: what the public sees differently from one commit to another.

``compare`` finds them between two catalogues, ``commits`` between two commits and ``merges`` where
several meet; ``wording`` says them, ``formats`` writes them for a terminal, a pull request or a
program, and ``record`` tells those of the whole history.
"""

from .change import KINDS, Change
from .commits import between
from .compare import compare
from .formats import FORMATS
from .record import PublicRecord, RecordEntry, keep_record

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
