"""What MkDocs renders depends on nothing that a notice says, and is rendered once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from notices.cache import passing_cache
from notices.facts import model
from notices.outputs.pages.frame import Frame
from notices.outputs.pages.page import Heading
from notices.outputs.pages.slots import WrittenPage
from notices.publishing.rendered import AskedPages, Rendered
from notices.publishing.renderer import KeptPages, PageRenderer

ASKED = AskedPages(
    base="https://example.org/",
    site=model.Site(publisher="甲"),
    assets="assets/a",
    pages={"index.md": "# 甲"},
    heads={"index.md": model.Head(description="乙")},
    offered={"feed.xml": "feed.xml"},
    has_notices=True,
)
OTHERS: dict[str, Any] = {
    "base": "https://example.net/",
    "site": model.Site(publisher="乙"),
    "assets": "assets/b",
    "pages": {"index.md": "# 乙"},
    "heads": {"index.md": model.Head(description="甲")},
    "offered": {},
    "has_notices": False,
}
TEXTS = st.text(max_size=9)
HEADINGS: st.SearchStrategy[list[Heading]] = st.recursive(
    st.just([]),
    lambda below: st.lists(st.builds(Heading, TEXTS.map(Markup), TEXTS, below), max_size=2),
    max_leaves=4,
)
PAGES = st.builds(
    WrittenPage,
    TEXTS,
    TEXTS,
    st.builds(Frame, st.tuples(TEXTS, st.just("head"), TEXTS)),
    st.tuples(TEXTS, TEXTS, TEXTS, TEXTS),
    HEADINGS,
)


@settings(max_examples=200)
@given(pages=st.lists(PAGES, max_size=2), files=st.dictionaries(TEXTS, TEXTS, max_size=2))
def test_what_is_rendered_can_be_told_to_another_process(
    pages: list[WrittenPage], files: dict[str, str]
) -> None:
    rendered = Rendered({"text": Frame(("a", "head", "b\n"))}, pages, files)
    told = Rendered.read(rendered.told())
    assert told.frames == rendered.frames
    assert told.files == files
    assert told.pages == pages


def test_what_is_asked_can_be_told_to_another_process() -> None:
    assert AskedPages.read(ASKED.told()) == ASKED


@pytest.mark.parametrize("field", OTHERS)
def test_whatever_else_is_asked_has_another_name(field: str) -> None:
    assert {*OTHERS} == {*AskedPages.__dataclass_fields__}
    assert replace(ASKED, **{field: OTHERS[field]}).name != ASKED.name
    assert replace(ASKED).name == ASKED.name


def test_mkdocs_does_not_even_start_for_what_it_rendered_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it rendered is kept by all that was asked, with the last for each address."""
    room = passing_cache(tmp_path).room("rendered")
    rendered = Rendered({}, [], {"robots.txt": "User-agent: *"})
    started: list[AskedPages] = []

    def render(_: PageRenderer, asked: AskedPages) -> Rendered:
        started.append(asked)
        return rendered

    monkeypatch.setattr(PageRenderer, "_start", lambda _: started.append(ASKED))
    monkeypatch.setattr(PageRenderer, "_render", render)
    with PageRenderer(tmp_path, ASKED.base, room, {}) as renderer:
        assert renderer.ask(ASKED)() == rendered
    assert started == [ASKED, ASKED], "it gets ready before anybody asks"
    KeptPages(ASKED.base, room).keep(ASKED, rendered.told())
    with PageRenderer(tmp_path, ASKED.base, room, {}) as renderer:
        assert renderer.ask(ASKED)() == rendered
        assert started == [ASKED, ASKED]
        other = replace(ASKED, pages={})
        assert renderer.ask(other)() == rendered
    assert started[2:] == [other]
