"""What the site says beside the approved text is told once, and shown wherever it belongs."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from drafts import (
    FIELDS,
    ITEM_FILE,
    KIND,
    NOTICE_FILE,
    PUBLISHER,
    SITE,
    WORDS,
    Change,
    Draft,
    changes,
)
from exporting import TEMPLATES, Made, editions_of
from notices.catalogue.annotation import FACTS, Fact
from notices.catalogue.loading import load
from notices.catalogue.notices import Catalogue, Item, Measure, Notice
from notices.facts import model
from notices.outputs.changes import compare
from notices.outputs.exports import shape
from notices.outputs.exports.outputs import OUTPUTS
from notices.outputs.exports.paper import make_paper
from notices.outputs.fragments import Fragments
from notices.outputs.pages.rows import runs
from notices.outputs.search.entries import entries

FICTIONAL = "fictional-2020"
SEEN_BY_NOBODY = {
    (NOTICE_FILE, "stated"),
    (NOTICE_FILE, "kind"),
    (NOTICE_FILE, "draft"),
    (NOTICE_FILE, "columns"),
    (NOTICE_FILE, "accepted"),
    (NOTICE_FILE, "columns"),
    (NOTICE_FILE, "allowed_personal"),
    (ITEM_FILE, "audience"),
}
"""What is for editors; the kind, of which drafts have one; what comes and goes as a whole."""
PLACES = {"rule", "at"}
"""What says where an oddity stands."""
TOLD = [
    name
    for name in FIELDS
    if name[0] in (NOTICE_FILE, ITEM_FILE, PUBLISHER)
    and name[:2] not in SEEN_BY_NOBODY
    and not (name[1] == "known_discrepancies" and name[-1] in PLACES)
]
TEXTS = {"text", "approved-text"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("told")
    (project / Path(ITEM_FILE).parent).mkdir(parents=True)
    (project / KIND).parent.mkdir()
    (project / PUBLISHER).parent.mkdir()
    (project / "content" / "notices").mkdir(parents=True)
    return project


def loaded(project: Path, change: Change) -> Catalogue | None:
    """Return what a draft gives, or None when its facts are none."""
    change.draft().write(project, None)
    catalogue, problems = load(project)
    names = (NOTICE_FILE, ITEM_FILE, SITE, WORDS, KIND, PUBLISHER)
    faulty = any(problem.place.path in names for problem in problems)
    return None if faulty or not catalogue.notices else catalogue


@pytest.mark.parametrize("name", TOLD, ids=".".join)
def test_every_fact_is_told_when_it_changes(project: Path, name: tuple[str, ...]) -> None:
    """Of a fact that is new to the model, a line in FACTS must say how it is told."""
    found: dict[str, Catalogue] = {}

    @settings(max_examples=12)
    @given(changes(name))
    def collect(change: Change) -> None:
        catalogue = loaded(project, change) if len(found) < 4 else None
        if catalogue:
            found[repr(change.value)] = catalogue

    collect()
    if len(found) == 1:  # all there is to say
        Draft().write(project, None)
        found["nothing"] = load(project)[0]
    pairs = itertools.pairwise(found.values())
    assert any({each.kind for each in compare(*pair)} - TEXTS for pair in pairs)


def test_no_particular_is_there_by_default() -> None:
    """What a file does not give is not looked for."""
    own = {Notice: model.Notice, Item: model.Item, Measure: model.Measure}
    for thing, facts in FACTS.items():
        kind = own.get(thing, thing)
        assert issubclass(kind, model.Facts)
        for fact in facts:
            if fact.is_particular and not fact.value:
                field = kind.model_fields[fact.names[0]]
                default = field.get_default(call_default_factory=True)
                assert field.is_required() or not default, fact.key


NEW = {
    Notice: Fact("novel", "虚构的栏目一", value=lambda notice: f"虚构{notice.facts.title[:2]}一"),
    model.Contact: Fact("novel", "虚构的栏目二", value=lambda contact: f"虚构{contact.phone}二"),
    Item: Fact("novel", "虚构的栏目三", value=lambda item: f"虚构{item.facts.title[:2]}三"),
    Measure: Fact("novel", "虚构的栏目四", value=lambda it: f"虚构{it.facts.status[:2]}四"),
    model.Update: Fact("novel", "虚构的栏目五", value=lambda update: f"虚构{update.text[:2]}五"),
}
"""A fact of each thing, whose words follow another one, so that they change with it."""
WORDS_OF_NEW = {"一": "虚构虚构一", "二": "虚构0000-1234567二", "三": "虚构学习三"}
WORDS_OF_NEW |= {"四": "虚构co四", "五": "虚构第一五"}
WHERE_THE_PAGE_SAYS_IT = {"一": "head", "二": "end"} | dict.fromkeys("三四五", "narrative")


@pytest.fixture
def novel(two_notices: Path, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """A catalogue of which there is one fact more to tell, of everything."""
    for thing, fact in NEW.items():
        monkeypatch.setitem(FACTS, thing, (*FACTS[thing], fact))
    return load(two_notices)[0].public()


def fictional(catalogue: Catalogue) -> Notice:
    return next(each for each in catalogue.notices if each.id == FICTIONAL)


def test_a_new_fact_is_on_the_page(novel: Catalogue) -> None:
    notice = fictional(novel)
    fragments = Fragments(novel, TEMPLATES)
    for sign, name in WHERE_THE_PAGE_SAYS_IT.items():
        page = fragments.render(f"notice/{name}", str, notice=notice, runs=runs)
        assert f"虚构的栏目{sign}" in page
        assert WORDS_OF_NEW[sign] in page


def test_a_new_fact_is_found(novel: Catalogue) -> None:
    found = "".join(
        text
        for entry in entries(fictional(novel), novel)
        for text in (*entry.lines, *entry.notes)
    )  # fmt: skip
    for sign, words in WORDS_OF_NEW.items():
        assert f"虚构的栏目{sign}{words}" in found.replace(f"{sign}：", sign)


def test_a_new_fact_is_in_tables_and_on_paper(novel: Catalogue) -> None:
    edition = next(each for each in editions_of(novel) if each.notice.id == FICTIONAL)
    tables = (each for each in OUTPUTS if each.name.startswith("items."))
    made = Made(edition, {each.name: each.make(edition) for each in tables})
    columns = {"三": "问题", "四": "措施", "五": "进展"}
    for sign, sheet in columns.items():
        assert WORDS_OF_NEW[sign] in [row[f"虚构的栏目{sign}"] for row in made.sheet(sheet)]
    for sign in "三四":
        assert WORDS_OF_NEW[sign] in [row[f"虚构的栏目{sign}"] for row in made.csv]
    annex = make_paper(edition).annex
    assert annex
    said = "".join([*annex.notes, *annex.contact, *(d for row in annex.rows for d in row.details)])
    for sign, words in WORDS_OF_NEW.items():
        assert f"虚构的栏目{sign}：{words}" in said


def test_a_new_fact_of_an_item_is_in_the_data() -> None:
    """Programs are given it under its key, as it stands in the file."""
    assert model.ItemParticulars.model_fields.keys() <= shape.Item.model_fields.keys()
    assert issubclass(model.Item, model.ItemParticulars)


def test_a_new_fact_is_told_when_it_changes(novel: Catalogue) -> None:
    notice = fictional(novel)
    records = {
        key: replace(each, facts=_other(each.facts)) for key, each in notice.item_records.items()
    }
    contact = notice.contacts[0].model_copy(update={"phone": "0000-7654321"})
    facts = notice.facts.model_copy(update={"title": "别的标题", "contact": contact})
    other = replace(notice, record=replace(notice.record, facts=facts), item_records=records)
    told = {each.what: each.after for each in compare(novel, replace(novel, notices=[other]))}
    assert told["虚构的栏目一"] == "虚构别的一"
    assert told["虚构的栏目二"] == "虚构0000-7654321二"
    assert told["虚构的栏目三"] == "虚构别的三"
    assert told["措施“二是”的虚构的栏目四"] == "虚构un四"


def _other(facts: model.Item) -> model.Item:
    """Return the facts with another title, and nothing known of measures."""
    return facts.model_copy(update={"title": "别的问题", "measures": {}})
