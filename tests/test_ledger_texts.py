"""Whatever a fact says stands in its cell, and whatever is typed there becomes the fact."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import profiles
from ledgers import HEADS, NAME
from notices.catalogue.notices import Notice
from notices.catalogue.settings import Record
from notices.facts import model
from notices.facts.splice import spliced
from notices.importing.ledger import workbook
from notices.importing.ledger.book import read_book
from notices.importing.ledger.cells import terms_of
from notices.importing.ledger.columns import rows_of
from notices.importing.ledger.filled import Filled
from notices.importing.ledger.merging import Merged, Now, merge
from notices.importing.ledger.record import read_record, recorded
from notices.publishing.ledgers import ORDER
from test_exports_tables import LOOKS_LIKE
from test_fuzz import make_notice

WORDS = model.Vocabulary.model_validate({
    "statuses": [
        {"id": id_, "label": label, "definition": "某某", "tone": "neutral"}
        for id_, label in (("unstated", "原文未写明"), ("completed", "已完成"))
    ]
})  # fmt: skip
READABLE = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp"))
HARMFUL = [text for text in LOOKS_LIKE if text.strip() == text and not {*text} & {*"\n\t"}]
LINES = st.one_of(
    st.sampled_from(HARMFUL),
    st.text(READABLE, min_size=1, max_size=12),
).filter(lambda text: text.strip() == text != "")  # fmt: skip
DIGESTS = {("fictional-2020", str(at)): "某" for at in range(1, 1000)}
PATH = "data/notices/fictional-2020/items/1.yml"


@pytest.fixture(scope="module", autouse=True)
def few_rows() -> Any:
    """Free rows take longer than what they are tried for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook, "FREE", 0)
        yield


def notice_of(items: list[model.Item]) -> Notice:
    """Return a notice with these items."""
    numbers = range(1, len(items) + 1)
    notice = make_notice("".join(f"## 某某 {{#{at}}}\n\n一是补登。\n\n" for at in numbers))
    document = notice.item_records["1"].document
    records = {str(at): Record(item, document) for at, item in zip(numbers, items, strict=True)}
    return replace(notice, item_records=records)


def came_back(notice: Notice, typed: dict[str, list[str]]) -> Merged:
    """Return what comes of the ledger of ``notice``, with columns of its items typed anew."""
    rows = [*rows_of(notice, WORDS)]
    terms = terms_of(notice.kind, WORDS)
    offered = workbook.Offered({notice.id: [*terms.statuses]}, [])
    data = workbook.written(rows, {row.key: recorded(row, "某") for row in rows}, offered, WORDS)
    if typed:
        data = filled_in(data, typed)
    sheets = read_book(data, NAME)
    record = read_record(sheets, NAME)
    assert record
    filled = Filled(NAME, sheets, record)
    assert filled.problems == []
    return merge(filled, Now({row.key: row for row in rows}, {notice.id: terms}, DIGESTS))


def filled_in(data: bytes, typed: dict[str, list[str]]) -> bytes:
    """Return the ledger ``data`` with what is typed in the rows of items, one after the other."""
    book = load_workbook(io.BytesIO(data))
    for head, texts in typed.items():
        for number, text in enumerate(texts):
            cell = book["台账"].cell(2 + 2 * number, HEADS["台账"].index(head) + 1)
            cell.value, cell.data_type = text, "s"
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


@settings(max_examples=profiles.INPUTS // 400)
@given(st.lists(st.tuples(LINES, LINES, LINES), min_size=1, max_size=40))
@example([(text, text, text) for text in HARMFUL])
def test_whatever_facts_say_is_no_change(told: list[tuple[str, str, str]]) -> None:
    """Also what a spreadsheet takes for a number, a day, a formula or an escape."""
    items = [
        model.Item.model_construct(
            title="某某", goal=goal, documents=[document, goal],
            basis=model.Basis.model_construct(quote=quote),
        )
        for goal, document, quote in told
    ]  # fmt: skip
    found = came_back(notice_of(items), {})
    assert (found.problems, found.edits) == ([], [])


@settings(max_examples=profiles.INPUTS // 400)
@given(st.lists(LINES.filter(lambda text: "_x" not in text), min_size=1, max_size=40))
@example([text for text in HARMFUL if "_x" not in text])
def test_whatever_is_typed_becomes_the_fact(texts: list[str]) -> None:
    """And stands in the file so that it is read again as what it is; a program escapes _x0041_."""
    notice = notice_of([model.Item(title="某某")] * len(texts))
    found = came_back(notice, {"责任领导": texts, "文中提到的文件": texts})
    assert found.problems == []
    told = {(each.item, each.splice.path): each.splice for each in found.edits}
    for number, text in enumerate(texts, 1):
        splices = [told[str(number), path] for path in (("responsible", "leader"), ("documents",))]
        assert [each.value for each in splices] == [text, [text]]
        spliced(
            PATH, "title: 某某\n", splices, ORDER
        )  # which holds what it writes to what is meant
