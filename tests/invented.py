"""An archive to measure and to search: any number of invented notices, no two alike.

Sentences have the shape of the sample's, and the words in them are drawn as in a language: a few
very often, most of them seldom, some only in one notice. The same number always gives the same
notice.
"""

from __future__ import annotations

import functools
import itertools
import random
import re
from collections.abc import Iterator
from pathlib import Path

from kinds import INSPECTION
from notices.catalogue.loading import load
from notices.catalogue.notices import Catalogue, Notice
from notices.catalogue.settings import Record
from notices.facts import model
from notices.facts.source import YamlDocument
from notices.text import narrative
from notices.text.numerals import chinese_number
from sitehouse import SAMPLE, SAMPLE_ROOT

ASPECTS = ("1", "2", "3")
SHAPE = {"1": (3, 3, 3), "2": (3, 2, 3, 4), "3": (4, 3, 3)}  # items in each sub-item, as the sample
STATUSES = ("unstated", "unstated", "completed", "in-progress", "continuing", "planned")
WORDS = 30_000
OWN_WORDS = 60


def make_catalogue(notices: int, root: Path = SAMPLE_ROOT) -> Catalogue:
    """Return a catalogue of invented notices, newest first, with the site's own vocabulary."""
    real, _ = load(root)
    made = [make_notice(number) for number in range(notices, 0, -1)]
    return Catalogue(real.site, real.vocabulary, made)


def make_notice(number: int, edition: int = 0) -> Notice:
    """Return invented notice ``number``; another ``edition`` has one other word in its text."""
    writer = _Writer(number)
    place = writer.name()
    text = "\n".join(writer.narrative(place))
    if edition:
        text = text.replace("整改", f"整改{writer.words[edition]}", 1)
    path = f"content/notices/invented-{number}.md"
    outline = narrative.parse(path, text)
    nothing = YamlDocument(path, None)
    records = {
        str(section.id): Record(
            model.Item(title=section.label, status=writer.random.choice(STATUSES)), nothing
        )
        for section in outline.items
    }
    year, month = 2000 + number // 50, 1 + number % 12
    facts = model.Notice(
        title=f"{place}集团有限公司党委巡察整改情况",
        publisher=f"{place}集团有限公司党委",
        short_name=f"{place}集团党委",
        inspection=model.Inspection.model_validate(
            {
                "by": f"区委第{chinese_number(number % 9 + 1)}巡察组",
                "feedback": f"{year}-{month:02}-01",
            },
            strict=False,
        ),
        contact=model.Contact(phone=f"0{number % 800 + 100}-8{number:07}"),
    )
    return Notice(
        f"invented-{number}", Record(facts, nothing), outline, "", "", records, INSPECTION
    )


def paragraphs(number: int) -> list[str]:
    """Return the paragraphs of the narrative of invented notice ``number``, with their marks."""
    writer = _Writer(number)
    return [*writer.narrative(writer.name())]


@functools.cache
def _lexicon() -> tuple[list[str], list[float]]:
    """Return invented words of two or three common characters; and how often each word is used,
    those of a notice's own first.
    """
    # Common characters are the first level of GB 2312: 3,755 of them.
    codes = itertools.product(range(0xB0, 0xD8), range(0xA1, 0xFF))
    hanzi = bytes(itertools.chain.from_iterable(codes)).decode("gb2312", "ignore")
    dice = random.Random(20231010)
    ranks = list(itertools.accumulate(1 / (rank + 30) for rank in range(len(hanzi))))
    hanzi = "".join(dice.sample(hanzi, len(hanzi)))
    words = [
        "".join(dice.choices(hanzi, cum_weights=ranks, k=dice.choice((2, 2, 2, 3))))
        for _ in range(WORDS)
    ]
    weights = [0.02] * OWN_WORDS + [1 / (rank + 5) for rank in range(WORDS)]
    return words, list(itertools.accumulate(weights))


@functools.cache
def _clauses() -> list[str]:
    """Return the clauses of the sample, without what stands between them."""
    text = (SAMPLE_ROOT / "data" / "notices" / SAMPLE / "approved.txt").read_text(encoding="utf-8")
    clauses = re.split(r"[,。;:\n]|[一二三四五]是", text)
    return [
        clause for clause in clauses if 4 <= len(clause) <= 40 and not re.search("[“”]", clause)
    ]


class _Writer:
    """Writes the text of one notice."""

    def __init__(self, number: int) -> None:
        self.random = random.Random(number)
        words, weights = _lexicon()
        own = ["".join(self.random.sample("".join(words[-2000:]), 2)) for _ in range(OWN_WORDS)]
        self.words = [*own, *words]
        self.drawn = iter(self.random.choices(self.words, cum_weights=weights, k=5000))

    def name(self) -> str:
        return self.random.choice(self.words[:OWN_WORDS]) + self.random.choice("江河山海林")

    def word(self) -> str:
        return next(self.drawn)

    def clause(self) -> str:
        """Return a clause of the sample in which some pairs of characters are another word."""
        clause = self.random.choice(_clauses())
        pieces = [clause[at : at + 2] for at in range(0, len(clause), 2)]
        return "".join(self.word() if self.random.random() < 0.45 else piece for piece in pieces)

    def sentence(self) -> str:
        clauses = [self.clause() for _ in range(self.random.randint(2, 5))]
        if self.random.random() < 0.2:
            year, area = self.random.randint(2019, 2026), self.random.randint(10, 9000)
            clauses.append(f"{year}年{self.random.randint(1, 12)}月完成{area}㎡")
        return ",".join(clauses) + "。"

    def measures(self) -> str:
        return "".join(
            f"{chinese_number(number)}是{self.sentence()}"
            for number in range(1, self.random.randint(2, 5) + 1)
        )

    def narrative(self, place: str) -> Iterator[str]:
        yield f"{place}集团有限公司党委现将巡察整改情况予以公布。{self.sentence()}"
        yield "## 一、巡察反馈问题整改落实情况 {#part-1}"
        for aspect, items in SHAPE.items():
            number = chinese_number(int(aspect))
            yield f"### ({number})关于“{self.clause()}”问题的整改情况 {{#{aspect}}}"
            for sub_item, count in enumerate(items, 1):
                yield f"#### {sub_item}.在“{self.clause()}”方面 {{#{aspect}-{sub_item}}}"
                for item in range(1, count + 1):
                    title = self.clause()
                    yield f"##### 针对“{title}”问题,整改情况如下: {{#{aspect}-{sub_item}-{item}}}"
                    yield self.measures()
        yield "## 二、下一步整改计划 {#part-2}"
        yield "".join(self.sentence() for _ in range(12))
