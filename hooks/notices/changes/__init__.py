"""Changes: what the public sees differently from one commit to another.

``compare`` finds them between two catalogues, ``wording`` says them, ``formats`` writes them for a
terminal, a pull request or a program, and ``record`` tells those of the whole history.
"""

from .compare import KINDS, Change, compare
from .formats import FORMATS
from .record import Entry, Record, between, keep_record

__all__ = ["FORMATS", "KINDS", "Change", "Entry", "Record", "between", "compare", "keep_record"]
