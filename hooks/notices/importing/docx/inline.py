"""What stands in a paragraph: runs, and what holds runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml.etree import _Element as Element

from . import alternates
from .fields import Fields, is_settled, state_of
from .graphics import Graphic
from .kinds import CHANGES, FORMULA, HIDDEN, NONE, RUBY, Marks
from .look import Look, Looks, Surroundings
from .model import Block, Doubt, RunPiece
from .names import MATH, child, is_on, local, value, w
from .notes import Notes
from .runs import characters
from .symbols import symbol

ReadBox = Callable[[Element, Marks], tuple[Block, ...]]

_HOLDERS = {"hyperlink", "smartTag", "customXml", "dir", "sdtContent", "r", "fldSimple", "bdo"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_COMPUTED = {
    "pgNum", "dayShort", "dayLong", "monthShort", "monthLong", "yearShort", "yearLong",
}  # fmt: skip
_EXPECTED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys((*_SIGNS, *_COMPUTED), ()),
    **dict.fromkeys(("sym", "fldChar", "commentReference", "subDoc"), ()),
    **dict.fromkeys(("footnoteReference", "endnoteReference"), ()),
    "sdt": ("sdtContent",), "ruby": ("rubyBase", "rt"),
}  # fmt: skip
"""What stands below elements that hold no text but in this."""
_MATHS = {f"{{{MATH}}}oMath", f"{{{MATH}}}oMathPara"}


_BLANKS = " \t\r\n"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Inline:
    """Reads the content of one paragraph into ``pieces``, ``doubts`` and ``boxes``."""

    def __init__(
        self, looks: Looks, around: Surroundings, fields: Fields, notes: Notes, read_box: ReadBox
    ) -> None:
        self.pieces: list[RunPiece] = []
        self.doubts: list[Doubt] = []
        self.boxes: list[Block] = []
        self._looks, self._around, self._fields = looks, around, fields
        self._notes, self._read_box = notes, read_box
        self._times: list[tuple[Look, Marks]] = [(looks.of(None, around), NONE)]
        self._do: Mapping[str, Callable[[Element, Marks], None]] = {
            "r": self._run, "fldSimple": self._simple_field, "sdt": self._control,
            "bdo": self._directed, "t": self._text, "delText": self._deleted_text,
            "sym": self._symbol, "fldChar": self._field, "instrText": self._instruction,
            "delInstrText": self._instruction, "ruby": self._ruby, "drawing": self._graphic,
            "pict": self._graphic, "object": self._graphic, "contentPart": self._graphic,
            "footnoteReference": self._note, "endnoteReference": self._note,
            "commentReference": self._comment, "subDoc": self._chunk,
        }  # fmt: skip

    def read(self, parent: Element, marks: Marks) -> None:
        """Read what stands below ``parent``."""
        for element in parent:
            self.one(element, marks)

    def one(self, element: Element, marks: Marks) -> None:
        """Read an element."""
        name = local(element)
        if name in self._do:
            self._do[name](element, marks)
        elif name in _SIGNS:
            self._say(_SIGNS[name], marks)
        elif name in CHANGES:
            self.read(element, marks | {CHANGES[name]})
        elif name in _HOLDERS:
            self.read(element, marks)
        elif name in _COMPUTED:
            self._doubt("field", name, marks)
        elif element.tag == alternates.TAG:
            self._alternate(element, marks)
        elif element.tag in _MATHS:
            self._formula(element, marks)
        else:
            self._unknown(alternates.plain_text(element), marks)
            return
        if name in _EXPECTED:
            self._unknown(alternates.astray(element, *map(w, _EXPECTED[name])), marks)

    def _unknown(self, text: str, marks: Marks) -> None:
        """Ask about text that stands where Word knows none."""
        if text.strip():
            self._doubt("unknown", text, marks)

    def _doubt(self, kind: str, text: str, marks: Marks) -> None:
        if not self._fields.in_code:
            self.doubts.append(Doubt(kind, text, marks))

    def _say(self, text: str, marks: Marks) -> None:
        if self._fields.in_code:
            self._fields.say(text)
            return
        for look, time in self._times:
            pieces, unknown = characters(text, look, marks | time | look.marks)
            self.pieces += pieces
            if unknown:
                self._doubt("symbol", unknown, marks | time | look.marks)

    def _run(self, element: Element, marks: Marks) -> None:
        properties = child(element, "rPr")
        for name, mark in CHANGES.items():
            if child(properties, name) is not None:
                marks |= {mark}
        brackets = value(child(properties, "eastAsianLayout"), "combineBrackets")
        if brackets not in ("", "none"):
            self._doubt("unknown", alternates.plain_text(element), marks)
        outside, self._times = self._times, self._looks.in_time(properties, self._around)
        self.read(element, marks)
        self._times = outside

    def _text(self, element: Element, marks: Marks) -> None:
        text = "".join(map(str, element.itertext()))
        if text != text.strip(_BLANKS) and not _is_preserved(element):
            text = text.strip(_BLANKS)
        self._say(text.replace("\r", " ").replace("\n", " "), marks)

    def _deleted_text(self, element: Element, marks: Marks) -> None:
        deleted = {CHANGES["del"], CHANGES["moveFrom"]}
        self._text(element, marks if marks & deleted else marks | {CHANGES["del"]})

    def _symbol(self, element: Element, marks: Marks) -> None:
        font, code = value(element, "font"), value(element, "char")
        try:
            sign = symbol(font, int(code, 16))
        except (ValueError, OverflowError):
            sign = None
        if sign is None:
            self._doubt("symbol", f"{font} {code}", marks)
        elif self._fields.in_code:
            self._fields.say(sign)
        else:
            plain = [(look._replace(font=""), time) for look, time in self._times]
            outside, self._times = self._times, plain
            self._say(sign, marks)
            self._times = outside

    def _field(self, element: Element, marks: Marks) -> None:
        ended = self._fields.turn(value(element, "fldCharType"), state_of(element))
        if ended and not is_settled(ended.instruction, ended.state, has_result=ended.has_result):
            self._doubt("field", ended.instruction, marks)

    def _instruction(self, element: Element, marks: Marks) -> None:
        self._fields.say("".join(map(str, element.itertext())))

    def _simple_field(self, element: Element, marks: Marks) -> None:
        before = len(self.pieces), len(self.doubts)
        self.read(element, marks)
        instruction = value(element, "instr")
        has_result = before != (len(self.pieces), len(self.doubts))
        if not is_settled(instruction, state_of(element), has_result=has_result):
            self._doubt("field", instruction, marks)

    def _control(self, element: Element, marks: Marks) -> None:
        content = child(element, "sdtContent")
        if content is not None:
            if is_on(child(element, "sdtPr", "showingPlcHdr")):
                self._doubt("placeholder", alternates.plain_text(content), marks)
            if other := self._notes.bindings.other(element):
                self._doubt("bound", other, marks)
            self.read(content, marks)

    def _directed(self, element: Element, marks: Marks) -> None:
        is_inner = next(element.iterancestors(w("bdo")), None) is not None
        text = "" if is_inner else alternates.plain_text(element)
        if value(element) == "rtl" and len(text.strip()) > 1:
            self._doubt("direction", text, marks)
        self.read(element, marks)

    def _alternate(self, element: Element, marks: Marks) -> None:
        if text := alternates.differs(element):
            self._doubt("unknown", text, marks)
        taken = alternates.chosen(element)
        if taken is not None:
            self.read(taken, marks)

    def _formula(self, element: Element, marks: Marks) -> None:
        text = "".join(each.text or "" for each in element.iter(f"{{{MATH}}}t", w("t")))
        names = {local(each) for each in element.iter(*map(w, CHANGES))}
        changed = {CHANGES[name] for name in names}
        self._say(text, marks | {FORMULA} | changed)

    def _ruby(self, element: Element, marks: Marks) -> None:
        base, above = child(element, "rubyBase"), child(element, "rt")
        if base is not None:
            self.read(base, marks)
        if above is not None and alternates.plain_text(above).strip():
            self._say("（", marks | {RUBY})
            self.read(above, marks | {RUBY})
            self._say("）", marks | {RUBY})

    def _graphic(self, element: Element, marks: Marks) -> None:
        if self._fields.in_code:
            self._fields.say(alternates.plain_text(element))
            return
        hidden = {HIDDEN} if all(HIDDEN in look.marks for look, _ in self._times) else NONE
        graphic = Graphic(element)
        for box in graphic.boxes:
            self.boxes += self._read_box(box, marks | hidden)
        if graphic.words:
            self._doubt("unknown", " ".join(graphic.words), marks | hidden)
        if graphic.has_picture:
            self._doubt("picture", graphic.title, marks | hidden)

    def _note(self, element: Element, marks: Marks) -> None:
        if not self._fields.in_code:
            kind = "footnote" if local(element) == "footnoteReference" else "endnote"
            piece, doubts = self._notes.refer(kind, element, marks)
            self.pieces.append(piece)
            self.doubts += doubts

    def _comment(self, element: Element, marks: Marks) -> None:
        self._doubt("comment", self._notes.comment(value(element, "id")), marks)

    def _chunk(self, _element: Element, marks: Marks) -> None:
        self._doubt("chunk", "", marks)


def _is_preserved(element: Element) -> bool:
    """Tell whether blanks around characters are some, by the element or one that it stands in."""
    said = (each.get(_SPACE) for each in (element, *element.iterancestors()))
    return next(filter(None, said), "") == "preserve"
