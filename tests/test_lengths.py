"""How long a notice may be: what is at the bound passes, and one character more is told."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from kinds import INSPECTION
from notices.catalogue.notices import Catalogue, Notice
from notices.catalogue.settings import Record
from notices.catalogue.summary import Archive
from notices.checks import RULES, SITE_RULES, table
from notices.checks.lengths import ITEMS, LABEL, NAME, NOTICE, PARAGRAPH, PIECES
from notices.facts import model
from notices.facts.source import YamlDocument
from notices.text import narrative

PATH = "content/notices/long.md"
HEADS = ["## 一、甲 {#part-1}", "### (一)甲 {#1}", "#### 1.甲 {#1-1}"]
FACTS: dict[str, Any] = {"publisher": "甲", "short_name": "甲"}


def document(name: str, value: Mapping[str, Any]) -> YamlDocument:
    typed = yaml.safe_dump(dict(value), allow_unicode=True, width=10 * NOTICE)
    return YamlDocument(f"data/notices/long/{name}.yml", value, text=typed)


def long(paragraphs: list[str], items: int = 1, **facts: str) -> Notice:
    """Return a notice of these paragraphs, whose title and items have one character each."""
    heads = [f"##### 甲 {{#1-1-{number}}}" for number in range(1, items + 1)]
    outline = narrative.parse(PATH, "\n".join([*HEADS, *heads, *paragraphs]))
    values = {"title": "甲", **facts}
    known = model.Notice(
        **FACTS,
        title=values["title"],
        inspection=model.Inspection(by="甲", feedback=datetime.date(2020, 1, 1)),
        contact=model.Contact(),
    )
    records = {
        f"1-1-{number}": Record(model.Item(title="甲"), document(str(number), {"title": "甲"}))
        for number in range(1, items + 1)
    }
    return Notice(
        "long", Record(known, document("notice", values)), outline, "", "", records, INSPECTION
    )


def told(notice: Notice) -> list[str]:
    catalogue = Catalogue(model.Site(publisher="甲"), model.Vocabulary.model_construct(statuses=[]))
    return [finding.message for finding in RULES["too-long"].check(notice, catalogue)]


# What the notice above has beside its paragraphs: three heads and one of an item, two titles.
OTHERS = len("一、甲" + "(一)甲" + "1.甲" + "甲" * 3)
FULL = [*["甲" * PARAGRAPH] * 4, "甲" * (NOTICE - 4 * PARAGRAPH - OTHERS)]


@pytest.mark.parametrize(
    ("at", "above", "message"),
    [
        (
            long(FULL), long([*FULL[:-1], FULL[-1] + "甲"]),
            f"这份通报连同数据有{NOTICE + 1}字，超过了{NOTICE}字，请分成几份通报",
        ),
        (
            long(["甲"], ITEMS), long(["甲"], ITEMS + 1),
            f"这份通报有{ITEMS + 1}个问题，超过了{ITEMS}个问题，请分成几份通报",
        ),
        (
            long(["甲"] * (PIECES - 7)), long(["甲"] * (PIECES - 6)),
            f"这份通报的标题、段落、措施和数据里的值有{PIECES + 1}段，超过了{PIECES}段，"
            "请分成几份通报",
        ),
        (
            long(["甲" * PARAGRAPH]), long(["甲" * (PARAGRAPH + 1)]),
            f"这一段有{PARAGRAPH + 1}字，超过了{PARAGRAPH}字，批准的文本不要自己改：重新报批",
        ),
        (
            long(["甲"], goal="甲" * PARAGRAPH), long(["甲"], goal="甲" * (PARAGRAPH + 1)),
            f"这里有{PARAGRAPH + 1}字，超过了{PARAGRAPH}字，请缩短",
        ),
        (
            long(["甲"], title="甲" * NAME), long(["甲"], title="甲" * (NAME + 1)),
            f"这里有{NAME + 1}字，超过了{NAME}字，请缩短",
        ),
        (
            long([f"##### {'甲' * NAME} {{#1-1-2}}"]),
            long([f"##### {'甲' * (NAME + 1)} {{#1-1-2}}"]),
            f"这一标题有{NAME + 1}字，超过了{NAME}字，批准的文本不要自己改：重新报批",
        ),
    ],
    ids=["characters", "items", "pieces", "paragraph", "value", "title", "heading"],
)  # fmt: skip
def test_one_more_than_the_bound_is_told(at: Notice, above: Notice, message: str) -> None:
    assert told(at) == []
    assert told(above) == [message]


@pytest.mark.parametrize(("key", "most"), [("label", LABEL), ("definition", NAME)])
def test_what_every_page_repeats_is_short(key: str, most: int) -> None:
    site = model.Site(publisher="甲")
    words = model.Vocabulary.model_construct(statuses=[])

    def found(length: int) -> list[str]:
        said = document("vocabulary", {"statuses": [{key: "甲" * length}]})
        catalogue = Catalogue(site, words, vocabulary_document=said)
        return [each.message for each in SITE_RULES["too-long"].check(Archive.of(catalogue))]

    assert found(most) == []
    assert found(most + 1) == [f"这里有{most + 1}字，超过了{most}字，请缩短"]


def test_the_rule_says_its_bounds() -> None:
    (said,) = (text for code, _, text, _ in table() if code == "too-long")
    assert all(str(bound) in said for bound in (NOTICE, ITEMS, PIECES, PARAGRAPH, NAME))
