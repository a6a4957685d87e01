"""Rules: what was found is a known word and has a basis, and figures stand in their quotes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..catalogue.notices import Notice
from ..catalogue.saying import number
from ..catalogue.settings import Settings
from ..problem import suggest
from .rules import Objection, rule

_NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")


@rule
def unknown_finding(notice: Notice, settings: Settings) -> Iterator[Objection]:
    """核查结论（finding）必须是 data/vocabulary.yml 的 findings 里的一个。

    用第 3 节表里左边的英文词
    """
    known = [each.id for each in settings.vocabulary.findings]
    for item in notice.items:
        finding = item.facts.finding
        if finding and finding.found not in known:
            labels = {each.label: each.id for each in settings.vocabulary.findings}
            hint = suggest(labels.get(finding.found, finding.found), known)
            place = item.record.document.at("finding", "found")
            yield Objection(place, f"没有“{finding.found}”这个核查结论{hint}")


@rule
def finding_without_basis(notice: Notice, _: Settings) -> Iterator[Objection]:
    """核查结论（finding）要有依据：原文里的原话（quote）或注明日期的文件（document）。

    加 `quote` 或者 `document`；没有依据就删去
    """
    for item in notice.items:
        finding = item.facts.finding
        if finding and not (finding.quote or finding.document):
            message = "核查结论没有依据，请写 quote（原话）或者 document（文件）"
            yield Objection(item.record.document.at("finding"), message)


@rule
def figure_not_in_quote(notice: Notice, _: Settings) -> Iterator[Objection]:
    """数字（figures）的数值和单位要与它的原话一致。

    照原话改；12.34万元写成 value: 12.34、unit: 万元
    """
    for item in notice.items:
        for at, figure in enumerate(item.facts.figures):
            quote = unicodedata.normalize("NFKC", figure.quote)
            unit = unicodedata.normalize("NFKC", figure.unit or "")
            said = {
                float(found[0].replace(",", ""))
                for found in _NUMBER.finditer(quote)
                if quote[found.end() :].lstrip().startswith(unit)
            }
            if figure.value not in said:
                message = f"原话“{figure.quote}”里没有“{number(figure.value)}{figure.unit or ''}”"
                yield Objection(item.record.document.at("figures", at, "value"), message)
