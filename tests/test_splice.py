"""A file of facts is changed where a value changes: comments, quotes and line ends stay."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

import profiles
from notices.facts.source import KeyPath, parse_yaml
from notices.facts.splice import Splice, spliced
from notices.problem import Faulty

ORDER = {
    "": ("title", "status", "basis", "measures", "documents", "responsible", "deadline", "updates"),
    "updates": ("date", "text", "source", "status"),
}
PLAIN = """\
# yaml-language-server: $schema=../../../schema/item.json
title: 台账不全
# 状态
status: unstated   # 还没有报

measures:
  1:
    status: completed
    basis:
      quote: 已经补登完毕   # 原话
  # 第三条
  3:
    status: planned
documents:
  - 台账办法
  # 另一个
  - 抽查办法
updates:
  - date: 2020-06-30
    text: 补登了。
    source: 报告
    status: in-progress
"""
LAYOUTS = {
    "plain": PLAIN,
    "crlf": PLAIN.replace("\n", "\r\n"),
    "no last break": PLAIN.rstrip("\n"),
    "wide": re.sub("^( +)(- )?", lambda m: m[1] * 2 + ("-   " if m[2] else ""), PLAIN, flags=re.M),
    "quotes": PLAIN.replace("台账不全", "'台账不全'").replace("已经补登完毕", '"已经补登完毕"'),
    "lists at the margin": "title: 甲\nstatus: unstated\ndocuments:\n- 台账办法\n- 抽查办法\n"
    "measures: {1: {status: completed, basis: {quote: 已经补登完毕}}, 3: {status: planned}}\n"
    "updates:\n- status: in-progress\n  date: 2020-06-30\n  text: 补登了。\n  source: 报告\n",
    "brackets": "title: 甲\nstatus: unstated\ndocuments: [台账办法, 抽查办法]  # 二\n"
    "measures: {1: {status: completed, basis: {quote: 已经补登完毕}}, 3: {status: planned}}\n"
    "updates: [{date: 2020-06-30, text: 补登了。, source: 报告, status: in-progress}]\n",
    "dashes alone": PLAIN.replace("  - date", "  -\n    date").replace("- 台账", "-   台账"),
    "blank lines": PLAIN.replace("\n", "\n\n") + "\n\n# 完\n",
    "keys in quotes": PLAIN.replace("status:", '"status":').replace("title:", "'title' :"),
}
NEW = {"date": datetime.date(2020, 7, 1), "text": "又补登了: 三本", "source": "报告 #2"}
KEYS: dict[str, KeyPath] = {
    "status": ("status",),
    "quote": ("measures", 1, "basis", "quote"),
    "second measure": ("measures", 2, "basis", "document", "title"),
    "fourth measure": ("measures", 4, "status"),
    "deadline": ("deadline",),
    "leader": ("responsible", "leader"),
    "status of an update": ("updates", 0, "status"),
    "document": ("documents", 1),
}
TEXTS = [
    "已完成", "true", "12", "2020-06", "a: b", "- 甲", "# 甲", "甲 #乙", "'甲'", '"甲"', "{甲}",
    "甲, 乙", "甲]", "*甲", "&甲", "!甲", "%甲", "@甲", "~", "null", "2020-06-30", "甲:", ": 甲",
    "? 甲", "| 甲", "> 甲", "\\n", "1:30", "0x1F", "1e5", "甲 ", "　甲", "…", "-", "---", "=", "<<",
    "yes",
]  # fmt: skip
VISIBLE = st.characters(codec="utf-8", exclude_categories=("C", "Z"))


def value_at(text: str, path: KeyPath) -> Any:
    value = parse_yaml("i.yml", text).value
    for key in path:
        value = value[key]
    return value


def is_there(text: str, path: KeyPath) -> bool:
    try:
        value_at(text, path)
    except (KeyError, IndexError):
        return False
    return True


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("key", KEYS)
def test_what_is_changed_and_changed_back_is_what_it_was(layout: str, key: str) -> None:
    text, path = LAYOUTS[layout], KEYS[key]
    before = value_at(text, path) if is_there(text, path) else None
    changed = spliced("i.yml", text, [Splice(path, "某某")], ORDER)
    assert value_at(changed, path) == "某某"
    assert spliced("i.yml", changed, [Splice(path, before)], ORDER) == text


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("at", [0, 1])
def test_what_is_put_into_a_list_and_taken_out_leaves_it_as_it_was(layout: str, at: int) -> None:
    text = LAYOUTS[layout]
    for path, new in ((("updates", at), NEW), (("documents", at), "新的办法")):
        changed = spliced("i.yml", text, [Splice(path, new, is_new=True)], ORDER)
        assert value_at(changed, path) == new
        assert spliced("i.yml", changed, [Splice(path, None)], ORDER) == text


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("key", KEYS)
def test_what_is_taken_away_takes_nothing_else_along(layout: str, key: str) -> None:
    text, path = LAYOUTS[layout], KEYS[key]
    if is_there(text, path):
        changed = spliced("i.yml", text, [Splice(path, None)], ORDER)
        lost = [line for line in text.split("\n") if line not in changed.split("\n")]
        assert len(lost) <= 2, "the line itself, and that of what now holds nothing"


@settings(max_examples=profiles.INPUTS // 20)
@given(
    st.sampled_from([*LAYOUTS]),
    st.lists(
        st.tuples(
            st.sampled_from([*KEYS.values()]),
            st.sampled_from(TEXTS) | st.text(VISIBLE, min_size=1, max_size=9),
        ),
        min_size=1, max_size=4,
    ),
)  # fmt: skip
def test_any_text_is_written_so_that_it_is_read_again(
    layout: str, changes: list[tuple[KeyPath, str]]
) -> None:
    """By us, and by the library that keeps comments; and no comment is lost on the way."""
    text = LAYOUTS[layout]
    changed = spliced("i.yml", text, [Splice(*each) for each in changes], ORDER)
    other = YAML(typ="rt").load(changed)
    for path, wanted in dict(changes).items():
        value = other
        for key in path:
            value = value[key]
        assert value == wanted or str(value) == wanted
        assert value_at(changed, path) == wanted
    comments = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in comments if line not in changed.splitlines()] == []


ODD: list[tuple[str, Splice]] = [
    ("title: 甲\nupdates:\n  - # 丁\n    date: 2020-06-30\n  - {}\n", Splice(("updates", 0), None)),
    ("title: 甲\nbasis:\n", Splice(("basis", "quote"), "丙")),
    ("title: 甲\ngoal:\n", Splice(("goal",), "丙")),
    ("title: 甲\ndocuments: [乙]\n", Splice(("documents",), "丙")),
]


@pytest.mark.parametrize(("text", "splice"), ODD)
def test_what_cannot_be_changed_alone_is_refused_by_its_place(text: str, splice: Splice) -> None:
    with pytest.raises(Faulty, match=r"^i\.yml:[0-9]+:[0-9]+: \[odd-layout\] "):
        spliced("i.yml", text, [splice], ORDER)
