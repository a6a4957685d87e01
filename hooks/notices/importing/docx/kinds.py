"""Kinds of what is not plainly visible text: what each is called, and which option answers it.

A mark stands on a piece of text, which is there in one reading and not in the other. A doubt stands
in a paragraph, where something is that is no text, or cannot be read as such.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Inquiry(NamedTuple):
    """A kind of question: its code, the option and the two values that answer it, what is asked."""

    rule: str
    option: str
    values: tuple[str, ...]
    message: str

    @property
    def answer(self) -> str:
        """The options of the command that answer it; without one, the file must be changed."""
        if self.option == "changes":
            return "--accept-changes / --reject-changes"
        return " / ".join(f"--{self.option} {each}" for each in self.values)


class Marking(NamedTuple):
    """What a piece of text is marked as: the kind, and the value of its option that shows it."""

    kind: str
    shown_by: str


_CHANGES, _KEEP, _LEAVE = ("accept", "reject"), ("keep", "leave"), ("leave",)
KINDS: Mapping[str, Inquiry] = {
    "inserted": Inquiry("docx-inserted", "changes", _CHANGES, "修订：这里插入了内容，还没有定"),
    "deleted": Inquiry("docx-deleted", "changes", _CHANGES, "修订：这里删除了内容，还没有定"),
    "moved": Inquiry("docx-moved", "changes", _CHANGES, "修订：这里移动了内容，还没有定"),
    "changed": Inquiry("docx-changed", "changes", _CHANGES, "修订：格式的改动使文字显示或者隐藏"),
    "renumbered": Inquiry("docx-renumbered", "changes", _CHANGES, "自动编号随着别处的修订变化"),
    "joined": Inquiry(
        "docx-joined", "", (),
        "段落标记的修订把编号不同的两段并成一段，请在 Word 里接受或者拒绝这处修订再导入",
    ),
    "hidden": Inquiry("docx-hidden", "hidden", _KEEP, "这里有看不见的文字"),
    "uncounted": Inquiry("docx-uncounted", "hidden", _KEEP, "自动编号看不见，或者随着隐藏的段落变"),
    "struck": Inquiry("docx-struck", "struck", _KEEP, "这里的文字画了删除线"),
    "raised": Inquiry("docx-raised", "raised", ("raised", "flat"), "这里有上标或者下标"),
    "box": Inquiry("docx-box", "boxes", _KEEP, "这里有文本框"),
    "note": Inquiry("docx-note", "notes", _KEEP, "这里有脚注或者尾注"),
    "formula": Inquiry("docx-formula", "formulas", _KEEP, "这里有公式"),
    "ruby": Inquiry("docx-ruby", "ruby", _KEEP, "这里的字上面注了音"),
    "comment": Inquiry("docx-comment", "comments", _LEAVE, "这里有批注，批注不是正文"),
    "header": Inquiry("docx-header", "headers", _LEAVE, "页眉或者页脚里有文字"),
    "picture": Inquiry("docx-picture", "pictures", _LEAVE, "这里有图片、图表、对象，可能有文字"),
    "number": Inquiry("docx-number", "numbers", _LEAVE, "这里的自动编号印成什么，程序不能确定"),
    "symbol": Inquiry("docx-symbol", "", (), "这里有符号字体或私用区的字，请在 Word 里改成普通字"),
    "field": Inquiry("docx-field", "", (), "这里的域没有结果或结果会变，请在 Word 里改成普通文字"),
    "placeholder": Inquiry("docx-placeholder", "", (), "内容控件还没有填，请在 Word 里填写或删去"),
    "bound": Inquiry("docx-bound", "", (), "内容控件连着别的文字，请在 Word 里打开、另存再导入"),
    "chunk": Inquiry("docx-chunk", "", (), "这里插入了另一个文件，请在 Word 里另存再导入"),
    "direction": Inquiry("docx-direction", "", (), "这里的文字倒着排，请在 Word 里改成普通文字"),
    "unknown": Inquiry("docx-unknown", "", (), "这里有程序不认识的内容，请在 Word 里改成普通文字"),
}  # fmt: skip

INSERTED, DELETED = Marking("inserted", "accept"), Marking("deleted", "reject")
MOVED_TO, MOVED_FROM = Marking("moved", "accept"), Marking("moved", "reject")
CHANGED, AS_BEFORE = Marking("changed", "accept"), Marking("changed", "reject")
HIDDEN, STRUCK = Marking("hidden", "keep"), Marking("struck", "keep")
RAISED, FLAT = Marking("raised", "raised"), Marking("raised", "flat")
BOX, NOTE = Marking("box", "keep"), Marking("note", "keep")
FORMULA, RUBY = Marking("formula", "keep"), Marking("ruby", "keep")
CHANGES: Mapping[str, Marking] = {
    "ins": INSERTED, "del": DELETED, "moveTo": MOVED_TO, "moveFrom": MOVED_FROM,
}  # fmt: skip
"""What tracked changes are called in a document."""

Marks = frozenset[Marking]
NONE: Marks = frozenset()
Reading = Mapping[str, str]
"""A value for each option: one way to read a document."""


def is_shown(marks: Marks, reading: Reading) -> bool:
    """Tell whether what has these marks is there in a reading that says nothing of some options."""
    return all(
        reading.get(KINDS[mark.kind].option, mark.shown_by) == mark.shown_by for mark in marks
    )
