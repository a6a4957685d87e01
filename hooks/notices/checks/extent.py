"""Rule: how much one notice may say, so that its PDF takes neither all time nor all memory."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalogue import Catalogue, Notice
from .rules import Finding, rule
from .texts import documents

LARGEST = 200_000
"""Characters: a PDF of so many takes a quarter of a minute, and 400 MB."""
EXTRA = 20
"""Characters that take as long to lay out as a paragraph, or a change to a spare font and back."""


@rule
def notice_too_long(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """一份通报的正文和事实合起来不超过 20 万字；段、项和生僻字（不在 GB 2312 里的）每处另加 20 字。

    分成几份通报，各有各的批准文本；目标、进展写短一些
    """
    size = extent(notice)
    if size > LARGEST:
        message = (
            f"这份通报的正文和事实合起来有 {size} 字（段、项和生僻字每处另加 {EXTRA} 字），"
            f"最多 {LARGEST} 字，再多就排不出 PDF：请分成几份通报，或者把目标、进展写短一些"
        )
        yield Finding(notice.record.document.at(), message)


def extent(notice: Notice) -> int:
    """Return how many characters a notice has on paper, with what else takes as long as some."""
    texts = [line.text for line in notice.narrative.lines]
    texts += [text for document in documents(notice) for _, text in document.strings]
    whole = "\n".join(texts)
    return len(whole) + EXTRA * (len(texts) + _rare_runs(whole))


def _rare_runs(text: str) -> int:
    """Return how often a run of characters begins that the usual fonts may lack."""
    rare = "".join(each for each in {*text} if not each.encode("gb2312", errors="ignore"))
    return sum(1 for _ in re.finditer(f"[{re.escape(rare)}]+", text)) if rare else 0
