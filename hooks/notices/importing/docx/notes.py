"""Foot- and endnotes, comments, bound data: what stands beside the text, in parts of its own."""

from __future__ import annotations

from lxml.etree import _Element as Element

from .alternates import plain_text
from .bindings import Bindings
from .formats import printed
from .kinds import NOTE, Marks
from .model import Doubt, RunPiece
from .names import ON, child, value, w
from .package import Package

NAMES = {"footnote": "脚注", "endnote": "尾注"}
_FORMATS = {"footnote": "decimal", "endnote": "lowerRoman"}


class Notes:
    """The notes of a document, in the order in which its text refers to them."""

    def __init__(self, package: Package, body: Element) -> None:
        self.bindings = Bindings(package)
        self._comments = _by_id(package.related("comments"), "comment")
        self._notes = {kind: _by_id(package.related(f"{kind}s"), kind) for kind in NAMES}
        self._settings = package.related("settings")
        self._forms = {kind: self._form(kind, body) for kind in NAMES}
        self._counts = dict.fromkeys(NAMES, 0)
        self.referred: list[tuple[str, str, Element, Marks]] = []
        """What kind of note it is, its number, the note itself, and how the place is marked."""

    def refer(
        self, kind: str, reference: Element, marks: Marks
    ) -> tuple[RunPiece, tuple[Doubt, ...]]:
        """Return the number that stands where the text refers to a note, and doubts about it."""
        label: str | None = ""
        if value(reference, "customMarkFollows") not in ON:
            self._counts[kind] += 1
            label = self._label(kind)
        note = self._notes[kind].get(value(reference, "id"))
        marks |= {NOTE}
        if note is not None:
            self.referred.append((kind, label or "", note, marks))
        doubts = (Doubt("number", NAMES[kind], marks),) if label is None else ()
        return RunPiece(label or "", marks), doubts

    def _label(self, kind: str) -> str | None:
        """Return the number of the last note; None where sections count as they like."""
        form = self._forms[kind]
        return printed(self._counts[kind], form) if form else None

    def _form(self, kind: str, body: Element) -> str:
        """Return the format that numbers all notes of a kind; "" where they count in other ways."""
        said = [child(self._settings, f"{kind}Pr"), *body.iter(w(f"{kind}Pr"))]
        anew = {value(child(each, "numRestart")) for each in said} - {"", "continuous"}
        is_one = sum(1 for _ in body.iter(w("sectPr"))) < 2 and anew <= {"eachSect"}
        if (anew and not is_one) or any(child(each, "numStart") is not None for each in said):
            return ""
        form = value(child(said[0], "numFmt")) or _FORMATS[kind]
        return form if {value(child(each, "numFmt")) for each in said} <= {"", form} else ""

    def comment(self, comment_id: str) -> str:
        """Return what a comment says."""
        found = self._comments.get(comment_id)
        return "" if found is None else plain_text(found)


def _by_id(root: Element | None, name: str) -> dict[str, Element]:
    return {value(each, "id"): each for each in root.iterfind(w(name))} if root is not None else {}
