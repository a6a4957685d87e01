"""The outline that is proposed of a bare text, of every shape that notices have, and of any."""

from __future__ import annotations

import random
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

import profiles
from importing import KIND, accepted, draft_of, is_said, outline_of
from notices.facts import model
from notices.facts.salvage import salvage
from notices.facts.source import parse_partly
from notices.importing.deciding import DOUBTFUL
from notices.importing.doubts import doubts
from notices.importing.explaining import explained
from notices.importing.outline import propose
from notices.importing.source import Line
from notices.problem import Faulty
from notices.text.narrative import parse
from shapes import SHAPES
from sitehouse import ROOT, SAMPLE, SAMPLE_ROOT

CASES = ROOT / "tests" / "cases"
SHAPES_OF_NOTICES: list[dict[str, Any]] = yaml.safe_load(
    (CASES / "shapes.yml").read_text(encoding="utf-8")
)
OUTLINES: list[dict[str, Any]] = yaml.safe_load(
    (CASES / "outlines.yml").read_text(encoding="utf-8")
)
APPROVED = (SAMPLE_ROOT / f"data/notices/{SAMPLE}/approved.txt").read_text(encoding="utf-8")


def bare(shape: str) -> str:
    return (SHAPES / f"data/notices/{shape}/approved.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", SHAPES_OF_NOTICES, ids=lambda case: case["promise"])
def test_the_bare_text_of_each_shape_gets_its_outline(case: dict[str, Any]) -> None:
    draft = draft_of(bare(case["id"]))
    written = (SHAPES / f"content/notices/{case['id']}.md").read_text(encoding="utf-8")
    wanted = parse("n.md", written, bare(case["id"]))
    ids = [(str(each.id), each.level, each.label) for each in wanted.all_sections]
    assert [(str(each.id), each.level, each.label) for each in draft.narrative.all_sections] == ids
    titles = {
        path.rpartition("/")[2].removesuffix(".yml"): yaml.safe_load(text)["title"]
        for path, text in draft.files.items()
        if "/items/" in path
    }
    assert titles == {key: title for key, (title, _) in case["items"].items()}


DOUBTS = {"round-over-bodies": 1}
"""Of how many things of each shape a person is asked to make sure; of the others, of none."""


def test_hardly_anything_is_doubtful() -> None:
    counts = {
        case["id"]: sum(1 for _ in doubts(draft_of(bare(case["id"])), "approved.txt", KIND))
        for case in SHAPES_OF_NOTICES
    }
    assert {name: count for name, count in counts.items() if count} == DOUBTS


def test_the_sample_gets_its_own_outline_titles_and_ids() -> None:
    draft = draft_of(APPROVED)
    assert draft.files["content/notices/imported.md"] == (
        SAMPLE_ROOT / f"content/notices/{SAMPLE}.md"
    ).read_text(encoding="utf-8")
    assert draft.files["data/notices/imported/approved.txt"] == APPROVED
    items = SAMPLE_ROOT / f"data/notices/{SAMPLE}/items"
    own = {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in items.iterdir()}
    made = {
        path.rpartition("/")[2]: yaml.safe_load(text)
        for path, text in draft.files.items()
        if "/items/" in path
    }
    assert {name: each["title"] for name, each in made.items()} == {
        name: each["title"] for name, each in own.items()
    }
    assert not any(each.sure == DOUBTFUL for each in draft.proposal.sections)


def test_what_the_sample_says_of_itself_is_proposed() -> None:
    proposed = accepted(draft_of(APPROVED).files["data/notices/imported/notice.yml"])
    own = (SAMPLE_ROOT / f"data/notices/{SAMPLE}/notice.yml").read_text(encoding="utf-8")
    found, wanted = yaml.safe_load(proposed), yaml.safe_load(own)
    notes = [(each.pop("note") and each) for each in found.pop("known_discrepancies")]
    assert notes == [
        {key: each[key] for key in ("rule", "at")} for each in wanted.pop("known_discrepancies")
    ]
    assert found == {**wanted, "draft": True}


WHOLE_FACTS = {  # a line of the text, and the fact that it gives, never a piece of one
    "联系人：李四，手机13800138000": "phone: '13800138000'",
    "联系电话：13800138000转8001": "phone: 13800138000转8001",
    "联系电话：0000-76543211234": "",
    "联系人：王某某联系电话0000-7654321": "person: 王某某",
    "联系人：办公室工作人员": "person: 办公室工作人员",
    "联系人：阿某某·某某某": "person: 阿某某·某某某",
    "联系人：李四同志": "person: 李四同志",
}


@pytest.mark.parametrize(("line", "fact"), WHOLE_FACTS.items())
def test_a_contact_is_proposed_whole_or_not_at_all(line: str, fact: str) -> None:
    draft = draft_of(f"一、关于“台账不全”问题\n已经补登。\n{line}\n某某局\n2023年1月9日")
    told = draft.files["data/notices/imported/notice.yml"].split("contact:")[1]
    assert f"#   {fact}  #" in told if fact else "phone" not in told


@pytest.mark.parametrize(
    "title",
    ["关于县委第二巡察组反馈问题整改情况的公示", "某某局关于落实县委第二巡察组反馈意见的公示"],
)
def test_who_inspected_is_named_without_the_words_before(title: str) -> None:
    draft = draft_of(f"{title}\n一、关于“台账不全”问题\n已经补登。")
    assert "#   by: 县委第二巡察组  #" in draft.files["data/notices/imported/notice.yml"]


def test_an_inspector_may_be_named_by_one_character() -> None:
    head = "2022年2月10日至4月2日，区审计局对某某局进行了专项审计。"
    draft = draft_of(f"{head}\n一、关于“台账不全”问题\n已经补登。")
    assert "#   by: 区审计局  #" in draft.files["data/notices/imported/notice.yml"]


@pytest.mark.parametrize("case", OUTLINES, ids=lambda case: case["promise"])
def test_an_outline_is_read_as_people_would(case: dict[str, Any]) -> None:
    proposal = outline_of(case["text"], case.get("items-at", 0))
    found = {str(each.id): each.title for each in proposal.sections}
    assert found == {str(key): title for key, title in case["sections"].items()}
    sure = [each.sure for each in proposal.sections] + [each.sure for each in proposal.passed]
    assert (DOUBTFUL in sure) == case.get("doubtful", False)


MARKED = {
    "headings of a word processor, which nothing counts off": (
        [("甲局的通报", 1, False), ("组织情况", 1, False), ("已开会。", 0, False),
         ("反馈问题整改情况", 1, False), ("党的建设", 2, False), ("学习不够", 3, False),
         ("已学习。", 0, False), ("业务工作", 2, False), ("审批超时", 3, False),
         ("已压缩。", 0, False)],
        {"part-1": "组织情况", "part-2": "反馈问题整改情况", "1": "党的建设", "1-1": "学习不够",
         "2": "业务工作", "2-1": "审批超时"},
    ),
    "lines that only stand out": (
        [("关于整改情况的公告", 0, True), ("现公告如下。", 0, False), ("预算不规范", 0, True),
         ("已规范。", 0, False), ("资产不清", 0, True), ("已盘点。", 0, False)],
        {"1": "预算不规范", "2": "资产不清"},
    ),
    "lines that stand out below what is counted": (
        [("一、财务方面", 0, True), ("预算不规范", 0, True), ("已规范。", 0, False),
         ("资产不清", 0, True), ("整改情况：", 0, True), ("已盘点。", 0, False)],
        {"1": "一、财务方面", "1-1": "预算不规范", "1-2": "资产不清"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "wanted"), MARKED.values(), ids=MARKED)
def test_what_a_source_marks_is_believed(
    lines: list[tuple[str, int, bool]], wanted: dict[str, str]
) -> None:
    read = [Line(text, "", level=level, bold=bold) for text, level, bold in lines]
    assert {str(each.id): each.title for each in propose(read).sections} == wanted


def test_each_heading_says_why_it_is_one() -> None:
    for case in SHAPES_OF_NOTICES:
        proposal = outline_of(bare(case["id"]))
        tree = [*explained(proposal)]
        assert len(tree) >= len(proposal.sections)
        assert all(each.why for each in proposal.sections)
        assert all(line.endswith(("〕", "：", "。")) for line in tree)


# --- Any text whatsoever ------------------------------------------------------------------------

ORDINALS = (
    "一、",
    "二、",
    "（一）",
    "(二)",
    "1.",
    "2、",
    "（1）",
    "2)",
    "①",
    "Ⅰ、",
    "第一，",
    "一是",
    "三、",
    "",
)
TITLES = (
    "台账不全", "关于“台账不全”问题的整改情况", "在“作风”方面", "总体情况", "下一步打算",
    "整改措施", "针对“‘甲’ 乙”问题,整改情况如下:", "加强学习。",
    "报销不规范。退回了票据。", "反馈问题1：甲",
    "关于台账的问题。一是补登。二是抽查。", "整改状态：已完成", "整改任务：甲", "虚构局党组",
    "联系电话：0000-0000000", "2020年7月1日", "", " ", "“甲", "{#1}", "## 甲 {#1}",
    "### 甲。{#2} 乙", "|---|", "| 甲 | 乙 |", "#甲", "---", "甲\t乙", "序号\t存在问题\t整改措施",
    "1\t甲\t乙", "\t\t",
    "合计\t\t", "\u3000\u3000甲", "甲\u2028乙", "甲\x0b乙", "\ufeff甲", "甲 {#closing}", "\\|\t\\",
)  # fmt: skip
LINES = st.lists(
    st.one_of(
        st.builds("".join, st.tuples(st.sampled_from(ORDINALS), st.sampled_from(TITLES))),
        st.text(max_size=40),
    ),
    max_size=24,
)


@settings(max_examples=profiles.INPUTS // 2)
@example(["一、甲", "", "## 甲 {#1}"])
@example(["序号\t存在问题\t整改措施", "1\t甲\t乙", "甲\t乙", "丙"])
@given(LINES)
def test_any_text_makes_a_narrative_that_says_it(lines: list[str]) -> None:
    """Or it is refused by name, because only marks may look like that."""
    try:
        draft = draft_of("\n".join(lines))
    except Faulty as fault:
        rules = {each.rule for each in fault.problems}
    else:
        rules = set()
        assert is_said(draft)
    assert rules <= {"import-unmarkable", "import-encoding"}


def shuffled(seed: int) -> str:
    """Return the lines of shapes in another order, some left out, some twice."""
    chance = random.Random(seed)
    lines = [line for case in SHAPES_OF_NOTICES for line in bare(case["id"]).splitlines()]
    return "\n".join(chance.choices(lines, k=chance.randint(1, 60)))


@pytest.mark.parametrize("seed", range(profiles.INPUTS // 20))
def test_whatever_is_proposed_may_be_taken(seed: int) -> None:
    """No proposal, once a person has taken it, is none that the file may have."""
    draft = draft_of(shuffled(seed))
    for path, text in draft.files.items():
        if path.endswith(".yml"):
            kind = model.Item if "/items/" in path else model.Notice
            document, problems = parse_partly(path, accepted(text))
            assert problems == []
            assert document
            assert salvage(document, kind).problems == []
