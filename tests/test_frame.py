"""The frame: a page that is rendered once, and filled for each notice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config

from notices.outputs.pages.frame import SLOTS, Frame, token
from notices.outputs.pages.page import TEXT
from notices.publishing.alone import MadeAlone
from notices.publishing.rendered import Rendered
from sitehouse import ROOT, SAMPLE_ROOT

SECRET = "0" * 32
TEXTS = st.text(max_size=30)


@given(
    texts=st.tuples(*[TEXTS] * (len(SLOTS) + 1)),
    said=st.lists(TEXTS, min_size=len(SLOTS), max_size=len(SLOTS)),
)
def test_what_is_filled_is_what_stood_around_and_what_was_put_in(
    texts: tuple[str, ...], said: list[str]
) -> None:
    """Whatever it is: what is put into one slot is looked into for no other."""
    said[0] = said[0] + token(SLOTS[1], SECRET)
    first, *rest = texts
    pairs = list(zip(SLOTS, rest, strict=True))
    page = first + "".join(token(slot, SECRET) + text for slot, text in pairs)
    slots = dict(zip(SLOTS, said, strict=True))
    wanted = first + "".join(slots[slot] + text for slot, text in pairs)
    assert Frame.cut(page, SECRET).filled(slots) == wanted


@pytest.mark.parametrize("slots", [SLOTS[1:], (*SLOTS, SLOTS[0]), ()])
def test_a_frame_has_each_slot_once(slots: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="each slot once"):
        Frame.of_type("".join(token(slot, SECRET) for slot in slots), SECRET)


def test_a_slot_may_stand_in_a_comment_which_goes_with_it() -> None:
    page = f"a<!--{token('site/latest-updates', SECRET)}-->b<!--c-->{token('head', SECRET)}"
    frame = Frame.cut(page, SECRET)
    assert frame.slots == ("site/latest-updates", "head")
    assert frame.filled({"site/latest-updates": "1", "head": "2"}) == "a1b<!--c-->2"


def test_a_page_is_the_same_as_if_it_were_rendered_by_itself(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the last byte: no template makes anything of what stands in a slot."""
    monkeypatch.setenv("NOTICES_ROOT", str(SAMPLE_ROOT))
    monkeypatch.setattr(MadeAlone, "rendered_before", lambda _: None)
    folder = str(tmp_path_factory.mktemp("site"))
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=folder)
    rim = config["hooks"]["hooks/publish.py"]
    build(config)
    process = rim.process
    alone, frames = process.alone, process.frames
    rendered = Rendered(frames, [*process.pages.values()], process.files)
    pages = {page.kind: page for page in alone.slotted_pages()}
    slots = {kind: page.slots for kind, page in pages.items()}
    filled = {part.address: part.content() for part in alone.parts(rendered)}

    frame: Frame = frames[TEXT]
    seen: list[str] = []

    def keep(page: str, _: str) -> Frame:
        seen.append(page)
        return frame

    monkeypatch.setattr(rim.Frame, "of_type", keep)
    monkeypatch.setattr(MadeAlone, "write", lambda *_: None)
    sources = dict(rim.FRAMES)
    for kind, page in pages.items():
        monkeypatch.setattr(rim, "token", lambda slot, _, kind=kind: slots[kind].get(slot, ""))
        monkeypatch.setattr(rim, "FRAMES", {kind: sources[kind]})
        monkeypatch.setattr(rim, "_KINDS", {sources[kind]: kind})
        build(load_config(str(ROOT / "mkdocs.yml"), site_dir=folder))
        assert seen.pop() == filled[page.address].decode()
