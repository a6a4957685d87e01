"""Automatic numbers: a text that Word numbers is the text that somebody numbered by hand."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import profiles
from notices.importing.source import Answers
from notices.text.numerals import chinese_number, number
from sitehouse import SAMPLE, SAMPLE_ROOT
from test_import_docx import read, texts
from word import abstract, by, level, num, numbered, p, r, word

LEVELS = (
    ("%1、", "([一二三四五六七八九十]+)、", "chineseCountingThousand"),
    ("(%2)", r"\(([一二三四五六七八九十]+)\)", "chineseCountingThousand"),
    ("%3.", r"(\d+)\.(?!\d)", "decimal"),
)
DEFINITION = abstract(1, *(level(at, form, text) for at, (text, _, form) in enumerate(LEVELS)))


def numbered_by_word(text: str) -> tuple[bytes, int]:
    """Return a Word file that says ``text``, and how many of its numbers are Word's own.

    Where the text counts otherwise than on, a list starts there.
    """
    body, lists, counts, made = [], [num(1, 1)], dict.fromkeys(range(3), 0), 0
    for line in text.splitlines():
        matches = ((at, re.match(form, line)) for at, (_, form, _) in enumerate(LEVELS))
        at, found = next(((at, found) for at, found in matches if found), (0, None))
        if not found:
            body.append(p(line))
            continue
        value, list_id = int(number(found[1])), 1
        if value != counts[at] + 1:
            list_id = len(lists) + 1
            start = f'<w:startOverride w:val="{value}"/>'
            lists.append(num(list_id, 1, f'<w:lvlOverride w:ilvl="{at}">{start}</w:lvlOverride>'))
        body.append(numbered(line[found.end() :], list_id, at))
        counts[at], made = value, made + 1
        counts.update(dict.fromkeys(range(at + 1, 3), 0))
    return word("".join(body), {"numbering": "".join([DEFINITION, *lists])}), made


def test_the_sample_numbered_by_word_is_the_approved_text() -> None:
    """Without one question, and with each number told as Word's."""
    approved = (SAMPLE_ROOT / "data/notices" / SAMPLE / "approved.txt").read_text(encoding="utf-8")
    data, made = numbered_by_word(approved)
    source = read(data)
    assert "\n".join(texts(source)) == approved
    assert source.questions == ()
    assert sum(bool(line.numbered) for line in source.lines) == made > 15


class Drawn(NamedTuple):
    """A paragraph that was drawn: its level from 0, or none, its runs and its end, with what each
    is.
    """

    level: int | None
    runs: list[tuple[str, str]]
    end: str


SIGNS = st.text(st.sampled_from("甲乙丙，。“”（）、一1aB "), min_size=1, max_size=6)
KINDS = st.sampled_from(["plain", "plain", "plain", "ins", "del", "hidden"])
RUNS = st.lists(st.tuples(SIGNS, KINDS), max_size=4)
ENDS = st.sampled_from(["plain", "plain", "plain", "ins", "del"])
DRAWN = st.lists(st.builds(Drawn, st.sampled_from([None, 0, 1, 2]), RUNS, ENDS), max_size=12)


def run(text: str, kind: str) -> str:
    if kind in ("ins", "del"):
        return by(kind, r(text))
    return r(text, "<w:vanish/>" if kind == "hidden" else "")


def written(drawn: Drawn) -> str:
    runs = "".join(run(*each) for each in drawn.runs)
    place = f'<w:numPr><w:ilvl w:val="{drawn.level}"/><w:numId w:val="1"/></w:numPr>'
    end = "" if drawn.end == "plain" else f"<w:rPr>{by(drawn.end, '')}</w:rPr>"
    return p(runs or r(""), ("" if drawn.level is None else place) + end)


def expected(paragraphs: list[Drawn], shown: set[str]) -> list[str]:
    """Return the lines of ``paragraphs`` by hand; one with a number counts even without text.

    One that does not end goes on in the next, which has its own number.
    """
    counts, lines, text = [0, 0, 0], [], ""
    for at, each in enumerate(paragraphs, 1):
        text += "".join(text for text, kind in each.runs if kind in shown)
        if each.end not in shown and (at < len(paragraphs) or not text.strip()):
            continue
        if each.level is not None:
            counts[each.level] += 1
            counts[each.level + 1 :] = [0] * (2 - each.level)
            value = counts[each.level]
            printed = str(value) if each.level == 2 else chinese_number(value)
            between = " " if each.level == 2 and text.lstrip()[:1].isdecimal() else ""
            text = re.sub("%.", printed, LEVELS[each.level][0]) + between + text.lstrip()
        lines.append(text.strip())
        text = ""
    return [line for line in lines if line]


@settings(max_examples=profiles.INPUTS // 10)
@given(DRAWN, st.sampled_from(["accept", "reject"]), st.sampled_from(["keep", "leave"]))
def test_any_paragraphs_and_runs_read_as_they_were_meant(
    paragraphs: list[Drawn], changes: str, hidden: str
) -> None:
    data = word("".join(map(written, paragraphs)), {"numbering": DEFINITION + num(1, 1)})
    shown = {"plain", "ins" if changes == "accept" else "del"}
    shown |= {"hidden"} if hidden == "keep" else set()
    source = read(data, Answers(changes=changes, hidden=hidden))
    assert texts(source) == expected(paragraphs, shown)
    assert {each.rule for each in source.questions} <= {"docx-joined"}
    asked = {each.rule for each in read(data).questions}
    kinds = {kind for each in paragraphs for text, kind in each.runs if text.strip()}
    rules = {"ins": "docx-inserted", "del": "docx-deleted", "hidden": "docx-hidden"}
    assert {rules[kind] for kind in kinds - {"plain"}} <= asked


@pytest.mark.parametrize("form", ["chineseCountingThousand", "chineseCounting"])
def test_chinese_numbers_are_those_of_texts(form: str) -> None:
    lists = abstract(1, level(0, form, "%1、")) + num(1, 1)
    source = read(word(numbered("甲", 1) * 99, {"numbering": lists}))
    assert texts(source) == [f"{chinese_number(value)}、甲" for value in range(1, 100)]
