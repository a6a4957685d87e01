"""Word: the visible text of a ``.docx``, and a question about all in it that is not plainly that.

Numbers are counted as Word prints them. What follows a number is layout and no text: see
``numbering``. A paragraph is a line, a row of a table one with tabs; blanks around them are none of
it.
"""

from .reading import read_docx

__all__ = ["read_docx"]
