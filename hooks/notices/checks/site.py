"""Rules over the site as a whole: the vocabulary and the pages that people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalogue.summary import Archive
from ..facts import model
from ..problem import Place, suggest
from .rules import Objection, site_rule

_MARKER = re.compile(r"\s*\[\[([^\]]*)\]\]\s*$")


@site_rule
def unstated_missing(archive: Archive) -> Iterator[Objection]:
    """状态词汇表里必须有 unstated，它是没有报告时的状态。

    把它补回去
    """
    vocabulary = archive.vocabulary
    ids = [each.id for each in (*vocabulary.statuses, *vocabulary.findings)]
    if ids and model.UNSTATED not in ids:
        message = f"缺少状态“{model.UNSTATED}”，它是没有报告时的状态"
        yield Objection(Place("data/vocabulary.yml"), message)


@site_rule
def repeated_synonym(archive: Archive) -> Iterator[Objection]:
    """搜索用的一个词只写在一组近义词里。

    删去重复的，或者把两组并成一组
    """
    if archive.synonyms:
        words = [word for group in archive.synonyms.facts.synonyms for word in group]
        for word in sorted({each for each in words if words.count(each) > 1}):
            yield Objection(Place("data/synonyms.yml"), f"“{word}”写了不止一次")


@site_rule
def repeated_status(archive: Archive) -> Iterator[Objection]:
    """状态词汇表里一个 id 只写一次，核查结论的也算在内。

    删去重复的，或者改成别的 id
    """
    ids = archive.vocabulary.ids()
    for status_id in sorted({each for each in ids if ids.count(each) > 1}):
        yield Objection(Place("data/vocabulary.yml"), f"状态“{status_id}”写了不止一次")


@site_rule
def navigation_page(archive: Archive) -> Iterator[Objection]:
    """导航里的每一页必须是 content/ 里有的页面，一页只列一次。

    核对 data/site.yml 里 `navigation` 的文件名；不要的删去
    """
    pages = [path.removeprefix("content/") for path in archive.pages]
    listed = [entry.page for entry in archive.site.navigation or ()]
    for number, page in enumerate(listed):
        place = archive.site_document.at("navigation", number, "page")
        if page not in pages:
            yield Objection(place, f"content/ 里没有“{page}”{suggest(page, pages)}")
        elif page in listed[:number]:
            yield Objection(place, f"“{page}”列了不止一次")
