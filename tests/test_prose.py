"""What is understood of the totals in a sentence: the more important half is what is not."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from notices import software
from notices.checks import arithmetic
from notices.checks.forms import forms_of, usual
from notices.checks.nesting import nested, over
from notices.checks.statuses import groups
from notices.facts import model
from notices.facts.salvage import validate
from notices.facts.source import read_yaml
from notices.text.numerals import number
from sitehouse import SAMPLE_ROOT

VOCABULARY = validate(read_yaml(SAMPLE_ROOT, "data/vocabulary.yml"), model.Vocabulary)
FORMS = forms_of(VOCABULARY)

NUMBERS = {
    "19": 19, "1,250": 1250, "10.5": Fraction(21, 2), "0": 0,
    "十": 10, "十九": 19, "二十": 20, "二十五": 25, "两": 2, "一百零三": 103, "一百二十": 120,
    "三千": 3000, "二〇": 20,
}  # fmt: skip

# Sentence → total = what it falls into, the rate, and … where more may follow.
STATUSES = {
    "反馈的25个问题,已完成整改19个、正在整改6个,整改完成率76%。":
        "25 = completed 19 + in-progress 6; 76%",
    "反馈的４个方面２５个主要问题，截至2023年12月底，已完成整改１９个，完成率７６％。":
        "25 = completed 19; 76%",
    "共反馈25个,完成19个,尚未完成6个。": "25 = completed 19 + not-completed 6",
    "反馈问题二十五项,已完成十九项,持续整改六项,完成率百分之七十六点零。":
        "25 = completed 19 + continuing 6; 76.0%",
    "25个问题中,19个问题已整改到位,6个正在推进整改。": "25 = completed 19 + in-progress 6",
    "25个问题（已办结19个，基本完成3个，申请延期3个）。":
        "25 = completed 19 + partly-completed 3 + extended 3",
    "共梳理整改任务31项,已完成整改30项,仍需长期坚持1项。": "31 = completed 30 + continuing 1",
    "25个问题已全部整改到位,整改完成率达到100%。": "25 = completed 25; 100%",
    "反馈问题25个,已完成或基本完成20个,未整改到位5个。": "25 = completed 20 + not-completed 5",
    "1,250件事项，已完成 1,200 件，正在办理 50 件。": "1250 = completed 1200 + in-progress 50",
    "反馈问题25个,已完成整改19个(其中立行立改8个),正在整改6个。":
        "25 = completed 19 + in-progress 6",
    "25个问题,立行立改8个,已完成11个,正在整改6个。":
        "25 = (apart) 8 + completed 11 + in-progress 6",
    "25个问题,已完成整改19个;制定措施80条,已完成75条,正在推进5条。":
        "25 = completed 19 | 80 = completed 75 + in-progress 5",
    "25个问题,已完成19个。其余正在推进。": "25 = completed 19 …",
    "25个问题,已完成19个,剩余的已列入计划。": "25 = completed 19 …",
    "25个问题,截至6月底,已完成15个,截至年底,已完成24个。": "25 = completed 15 …",
    "25个问题,已完成19个,占76%,正在整改6个。": "25 = completed 19 …",
    "25个问题,已完成整改19个,完成率76%以上。": "25 = completed 19",
    "25个问题,已完成整改19个,正在整改6个左右。": "25 = completed 19 …",
    # Not surely a total of what follows.
    "编制台帐,围绕3大方面10个子项,32个主要问题和巡察意见建议,列出问题清单,已完成整改。": "",
    "反馈的25个问题整改任务中,已完成整改19个。": "",
    "第25个问题,已完成整改19个。": "",
    "近25个问题,已完成19个。": "",
    "20至25个问题,已完成19个。": "",
    "20-25个问题,已完成19个。": "",
    "25余个问题,已完成19个。": "",
    "不足25个问题,已完成19个。": "",
    "25个问题线索,已完成19个。": "",
    "25个问题清单,已完成19个。": "",
    "25个别问题,已完成19个。": "",
    "12项目问题,已完成9项。": "",
    "已完成问题25个,正在整改19个。": "",
    "《25个问题》,已完成19个。": "",
    "“25个问题”,已完成19个。": "",
    # Not surely a part of the total.
    "25个问题,已完成整改80条,正在整改5条。": "",
    "25个问题,已完成整改事项30个。": "",
    "25个问题,已完成19个项目。": "",
    "25个问题,完成制度19个。": "",
    "25个问题,已完成近19个。": "",
    "25个问题,已完成15至19个。": "",
    "25个问题,2023年完成,5月整改到位,3次研究。": "",
    "25个问题。已完成整改19个。": "",
    "25个问题已完成整改,完成率76%。": "",
    "25个问题,整改完成率76%。": "",
    "6项制度进行重新修订,将“网络抄袭”等问题整改完毕。": "",
}  # fmt: skip

# Sentence → total ≥ parts, "or" where the parts may hold one another.
NESTED = {
    "制定制度12项，其中新建5项、修订7项。": "12 >= 5 + 7",
    "制定12项规章制度，其中，新建制度5项、修订制度7项；废止3项。": "12 >= 5 + 7",
    "收缴资金10.5万元,其中甲 4万元、乙 65000元。": "10.5 >= 4 + 6.5",
    "清退1.2亿元（其中甲8,000万元、乙4,000万元），追缴3万元。": "1.2 >= 0.8 + 0.4",
    "召开会议12次,其中2022年5次、2023年7次。": "12 >= 5 + 7",
    "25个问题,其中5个已完成、20个正在整改。": "25 >= 5 or 20",
    "25个问题,其中党建类5个、业务类20个。": "25 >= 5 + 20",
    "制定制度十二项,其中新建五项、修订七项。": "12 >= 5 + 7",
    "制定制度12项,其中:新建5项,修订7项。": "12 >= 5 + 7",
    "制定制度12项,其中新建5项,修订流程20项。": "12 >= 5",
    "问责15人,其中党员10人、领导干部8人。": "15 >= 10 or 8",
    "处分0人,其中党纪处分0人。": "0 >= 0",
    "问题线索12件,其中立案5件、办结8件。": "12 >= 5 or 8",
    # Not surely parts of that total.
    "制定制度12余项,其中新建5项。": "",
    "约12项,其中新建5项。": "",
    "第12项,其中新建5项。": "",
    "12项制度,其中第3项、第5项已修订。": "",
    "12项制度,其中近5项已修订。": "",
    "12项制度,其中5余项已修订。": "",
    "制定制度12项,形成长效机制,其中新建5项。": "",
    "制定制度12项。其中新建5项。": "",
    "检查5个部门,其中发现问题12个。": "",
    "5个方面,其中第一方面12个问题。": "",
    "走访企业5次,其中解决难题12个。": "",
    "成立3人小组,其中走访群众50人。": "",
    "参训120人次,其中党员80人。": "",
    "〔2023〕12号文件,其中5项已落实。": "",
}  # fmt: skip


SUMS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "sums.yml").read_text(encoding="utf-8")
)


def faults(sentence: str) -> list[str]:
    """Return what does not add up in a sentence, as the rule tells it."""
    found = {inner.start: over(inner) for inner in nested(sentence, FORMS)}
    found |= {group.start: arithmetic.fault(group) for group in groups(sentence, FORMS)}
    return [*filter(None, found.values())]


@pytest.mark.parametrize("sentence", SUMS["sound"])
def test_what_adds_up_in_any_way_that_authors_count_is_sound(sentence: str) -> None:
    assert faults(sentence) == []


@pytest.mark.parametrize("case", SUMS["wrong"], ids=[case["sentence"] for case in SUMS["wrong"]])
def test_what_does_not_add_up_is_told(case: dict[str, str]) -> None:
    assert faults(case["sentence"]) == [case["told"]]


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_a_number_is_read(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize(("sentence", "understood"), STATUSES.items())
def test_statuses_are_read(sentence: str, understood: str) -> None:
    told = []
    for group in groups(sentence, FORMS):
        parts = " + ".join(f"{part.status} {part.count}" for part in group.parts)
        rate = f"; {group.rate}%" if group.rate else ""
        told.append(f"{group.total} = {parts}{rate}{'' if group.closed else ' …'}")
    assert " | ".join(told) == understood


def bare(vocabulary: model.Vocabulary) -> model.Vocabulary:
    """Return ``vocabulary`` as it was before there were forms."""
    statuses = [each.model_copy(update={"forms": []}) for each in vocabulary.statuses]
    return vocabulary.model_copy(update={"statuses": statuses, "overlapping": []})


def test_a_vocabulary_without_forms_is_read_as_the_softwares_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(software, "ROOT", SAMPLE_ROOT)
    usual.cache_clear()
    former = forms_of(bare(VOCABULARY))
    for sentence in STATUSES:
        assert [*groups(sentence, former)] == [*groups(sentence, FORMS)]
    usual.cache_clear()


def test_a_site_says_what_it_prints_for_a_status() -> None:
    own = model.Status(
        id="handed-over", label="已移交", definition="甲", tone="neutral", forms=["转交有关部门"]
    )
    statuses = [VOCABULARY["completed"], own]
    (group,) = groups(
        "25个问题,已完成整改19个,已移交4个,转交有关部门2个。",
        forms_of(VOCABULARY.model_copy(update={"statuses": statuses})),
    )
    assert [(part.status, part.count) for part in group.parts] == [
        ("completed", Fraction(19)), ("handed-over", Fraction(4)),
    ]  # fmt: skip


@pytest.mark.parametrize(("sentence", "understood"), NESTED.items())
def test_parts_of_a_total_are_read(sentence: str, understood: str) -> None:
    told = []
    for inner in nested(sentence, FORMS):
        parts = [f"{float(part):g}" for part in inner.parts]
        told.append(
            f"{float(inner.total):g} >= {(' + ' if inner.disjoint else ' or ').join(parts)}"
        )
    assert " | ".join(told) == understood


def test_what_is_found_is_quoted_from_where_it_stands() -> None:
    sentence = "经研究，反馈２５个问题，已完成整改１９个。收缴资金（3万元，其中甲1万元）。"
    (group,), (inner,) = groups(sentence, FORMS), nested(sentence, FORMS)
    assert sentence[group.start :].startswith(group.text)
    assert group.text == "２５个问题，已完成整改１９个"
    assert sentence[inner.start :].startswith(inner.text)


@pytest.mark.parametrize("digits", ["1" * 5000, "九" * 5000, "1," * 5000])
def test_no_number_is_too_long(digits: str) -> None:
    sentence = f"{digits}个问题,已完成{digits}个,完成率{digits}%,其中{digits}个、{digits}个。"
    assert not [*groups(sentence, FORMS), *nested(sentence, FORMS)]
