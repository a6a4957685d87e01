"""PDF, as a last resort: read only where nothing of it has to be guessed.

A PDF has no paragraphs, only signs on paper. Two programs must find the same signs, and where a
paragraph begins must show; else it is refused, and Word's own file asked for.
"""

from .reading import read_pdf

__all__ = ["read_pdf"]
