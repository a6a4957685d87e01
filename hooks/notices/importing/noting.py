"""The sheet of doubts: what a person looks through with the original at hand, and ticks off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..problem import Problem, shown
from .source import Line

SHEET = "核对-{id}.md"
"""What it is called in the folder of the project: beside what is published, and no part of it."""
_HEAD = """\
# 草稿 {id}：导入时要核对的地方

来自 {name}。对照原件逐条看：原文确是如此的，照样保留；不是的，改草稿，或者改好来源再导入。
这个文件只给自己看，不进仓库，也不会公开；核对完可以删去。
"""
_NOTHING = "没有要核对的。"
_LEFT = "没有导入的，程序看作不是正文"
_LONGEST = 100  # characters of a line that is quoted


def sheet_of(
    notice_id: str, name: str, found: Sequence[Problem], lines: Sequence[Line], left: Sequence[Line]
) -> str:
    """Return the sheet of a draft: what is doubtful of its ``lines``, and what was ``left`` out."""
    return "\n".join(_sheet(notice_id, name, found, lines, left)) + "\n"


def _sheet(
    notice_id: str, name: str, found: Sequence[Problem], lines: Sequence[Line], left: Sequence[Line]
) -> Iterator[str]:
    yield _HEAD.format(id=notice_id, name=shown(name.rpartition("/")[2]))
    yield f"## 要核对的（{len(found)} 处）\n" if found else _NOTHING
    for each in found:
        yield f"- [ ] {each}"
        if each.place.path.endswith("approved.txt") and 0 < each.place.line <= len(lines):
            line = lines[each.place.line - 1]
            yield f"      原文（来源{line.place}）：{shown(line.text, _LONGEST)}"
    if left:
        yield f"\n## {_LEFT}（{len(left)} 处）\n"
    for line in left:
        yield f"- [ ] {line.place}：{shown(line.text, _LONGEST)}"
