"""Whatever bytes are imported: a draft that says them, a question, or problems by name.

Never a traceback, never a hang. ``make fuzz`` tries ten times as much.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from typing import AnyStr

import pytest

import profiles
from cms import LAYOUTS, page_of
from importing import KIND, NAME, VOCABULARY, is_said
from notices.importing.doubts import doubts
from notices.importing.draft import DraftTerms, drafted
from notices.importing.explaining import explained
from notices.importing.outline import propose
from notices.importing.readers import read_source
from notices.importing.source import Answers, Question
from notices.problem import Faulty
from shapes import ALL, SHAPES

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5hkscs")
LONGEST = 20  # seconds for one; most take a hundredth of one
EACH = profiles.INPUTS * 7 // 20
ANSWERS = Answers(hidden="leave", struck="keep", raised="flat", pictures="leave", outside="leave")
WORDS = (
    "", "\0", "\ufffd", "\t", "\n", "\u2028", "一、", "{#1}", "## ", "| a |", "\u3000", "1.",
    "\ufeff",
    "<td>", "<div hidden>", "</", "&#x110000;", "&nbsp;", "<ol start=99999999999>", "<!--", "<br>",
    "<td rowspan=-1>", "<td colspan=99999>", "<table><tr><td>a<td>b<tr>", "<style>.a{",
    "序号\t问题\t",
)  # fmt: skip
BYTES = (b"", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\x81", b"\n")


def spoilt(data: AnyStr, pieces: Sequence[AnyStr], chance: random.Random) -> AnyStr:
    """Return ``data`` with pieces of it doubled, moved, cut out, or replaced."""
    for _ in range(chance.randint(1, 6)):
        begin = chance.randrange(len(data) + 1)
        end = min(begin + chance.choice((0, 1, 2, 30, 300)), len(data))
        to = chance.randrange(len(data) + 1)
        piece = chance.choice(pieces) if chance.random() < 0.9 else data[begin:end]
        how = chance.randrange(3)
        if how == 0:
            data = data[:begin] + piece + data[end:]
        elif how == 1:
            data = data[:to] + piece + data[to:]
        else:
            data = data[:begin] + data[end:]
    return data[: chance.choice((len(data), len(data), chance.randrange(len(data) + 1)))]


def text_of(chance: random.Random) -> str:
    names = chance.choices(ALL, k=chance.randint(1, 2))
    texts = [(SHAPES / f"data/notices/{name}/approved.txt").read_text("utf-8") for name in names]
    return "\n".join(texts)


def is_told_apart(question: Question) -> bool:
    """Tell whether each reading of a question says something, and no two the same."""
    readings = question.readings
    return all(map(str.strip, readings)) and len({*readings}) == len(readings)


def imported(data: bytes, name: str) -> str:
    """Import ``data``; return what came of it."""
    try:
        source = read_source(data, name, ANSWERS)
        assert all(map(is_told_apart, source.questions))
        if source.questions:
            return "asked" if all(each.answer for each in source.questions) else "asked in vain"
        proposal = propose(source.lines)
        draft = drafted(proposal, NAME, name, DraftTerms(KIND, words=VOCABULARY))
    except Faulty as fault:
        return "refused" if all(each.message for each in fault.problems) else "refused for nothing"
    assert is_said(draft)
    told = [*doubts(draft, "approved.txt", KIND), *explained(proposal)]
    return "drafted" if all(map(str, told)) else "told nothing"


def bytes_of(kind: str, chance: random.Random, *, spoil_bytes: bool) -> bytes:
    """Return a text or a page, of which words are spoilt, or the bytes."""
    text, encoding = text_of(chance), chance.choice(ENCODINGS)
    if kind == "page":
        page = page_of(text.splitlines(), chance.choice([*LAYOUTS])).decode()
        text, encoding = page, "utf-8"
    if not spoil_bytes:
        text = spoilt(text, WORDS, chance)
    data = text.encode(encoding, "replace")
    return spoilt(data, BYTES, chance) if spoil_bytes else data


@pytest.mark.parametrize("kind", ["plain", "page"])
def test_whatever_is_imported_ends_well(kind: str) -> None:
    ends: dict[str, int] = {}
    for seed in range(EACH // 2):
        chance = random.Random(f"{profiles.PROFILE}{kind}{seed}")
        data = bytes_of(kind, chance, spoil_bytes=seed % 4 == 0)
        begin = time.process_time()
        end = imported(data, "page.html" if kind == "page" else "text.txt")
        assert time.process_time() - begin < LONGEST, f"seed {seed} takes too long"
        ends[end] = ends.get(end, 0) + 1
    assert ends.keys() <= {"asked", "refused", "drafted"}
    assert ends["drafted"] > EACH // 4, ends
