"""What a change is: one thing that the public sees differently."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple


class Change(NamedTuple):
    """One thing that differs.

    ``kind`` is one of KINDS; ``at`` the id of an item or a section of ``notice``, the path of a
    page or an attachment, or "". ``before`` and ``after`` are the words, "" where there are none.
    """

    kind: str
    notice: str
    at: str
    what: str
    before: str
    after: str
    note: str = ""
    """What the new status is based on."""
    measure: str = ""
    """The id of the measure of the item that it is about, if it is about one."""


KINDS = {
    "notice-added": "新增通报",
    "notice-removed": "不再公开的通报",
    "approved-text": "批准文本改变",
    "item-added": "新增的一条",
    "item-removed": "不再公开的一条",
    "status": "状态",
    "basis": "状态的依据",
    "update": "进展",
    "fact": "其他情况",
    "text": "正文文字",
    "vocabulary": "状态词汇",
    "site": "全站信息",
    "page": "说明页面",
    "attachment": "图片和附件",
    "software": "网站的程序",
    "unreadable": "现在的程序读不出来，没有比较",
    "withheld": "原来的文字含个人信息，不再显示",
}
FILES = ("page", "attachment")
"""Those of which ``at`` is a path."""
_OF_WORDS = ("text", "page", "basis", "fact")
"""Those that may be of no more than signs."""
# Of two digits, what stands between them makes another number.
_SIGNS = re.compile(r"(?!(?<=\d).\d)[\s、。,.;:!?\"'“”‘’「」『』()《》〈〉【】…·—]")


def is_slight(change: Change) -> bool:
    """Tell whether nothing differs but signs, spaces and how wide letters are."""
    is_of_words = change.kind in _OF_WORDS and change.before and change.after
    return bool(is_of_words) and _bare(change.before) == _bare(change.after)


def _bare(words: str) -> str:
    """Return ``words`` without signs between clauses and words, and without spaces."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", words))


def both(old: Iterable[str], new: Iterable[str]) -> list[str]:
    """Return the names of both, those of the new in their order, each gone one where it stood."""
    names = list(dict.fromkeys(new))
    place = 0
    for name in old:
        if name in names:
            place = names.index(name) + 1
        else:
            names.insert(place, name)
            place += 1
    return names
