"""The manifest of a site: whatever it is, it is understood or refused in one line."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.problem import Faulty
from notices.proof import manifest
from smallsite import FILES, small_site

DIGEST = {"sha256": "0" * 64}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_site(tmp_path_factory.mktemp("small") / "site", "https://www.example.org/")


def sound() -> dict[str, Any]:
    return {
        "commit": "1" * 40,
        "address": "https://www.example.org/",
        "software": "abc",
        "approved": {"sample": DIGEST},
        "files": {"index.html": DIGEST},
    }


def written(**values: Any) -> bytes:
    return (json.dumps(sound() | values, ensure_ascii=False, indent=1) + "\n").encode()


def test_what_is_written_is_read_again(site: Path) -> None:
    """Also where the software did not tell its version yet."""
    made = manifest.read(site)
    assert manifest.parse(made.written()) == made
    assert sorted(made.files) == sorted(FILES)
    older = manifest.Manifest(**made.model_dump(exclude={"software"}))
    assert b"software" not in older.written()
    assert manifest.parse(older.written()) == older


def files(*paths: str) -> dict[str, Any]:
    return {"files": dict.fromkeys(paths, DIGEST)}


REFUSED = {
    "a file of the system": written(**files("/etc/passwd")),
    "a way out": written(**files("../x")),
    "a way out and in": written(**files("a/../../x")),
    "a part that is empty": written(**files("a//x")),
    "a part that is here": written(**files("./x")),
    "a folder": written(**files("a/")),
    "no name": written(**files("")),
    "a backslash": written(**files("a\\x")),
    "a line break": written(**files("a\nx")),
    "a NUL": written(**files("a\0x")),
    "the manifest itself": written(**files("manifest.json")),
    "one file twice by case": written(**files("a/X.html", "a/x.html")),
    "a digest that is a word": written(files={"x": "sha256"}),
    "a digest too short": written(files={"x": {"sha256": "0" * 63}}),
    "a digest in capitals": written(files={"x": {"sha256": "A" * 64}}),
    "a digest of another kind": written(files={"x": {"md5": "0" * 64}}),
    "an algorithm besides": written(files={"x": DIGEST | {"md5": "0" * 64}}),
    "no digest": written(files={"x": {}}),
    "a list of files": written(files=["x"]),
    "a number of files": written(files=1),
    "an approved text that is a path": written(approved={"../x": DIGEST}),
    "an option for git": written(commit="--help"),
    "a name for a commit": written(commit="HEAD"),
    "a commit that is a number": written(commit=1),
    "a huge number": written().replace(b'"abc"', b"9" * 5000),
    "an address with a line break": written(address="https://x/\nX: y"),
    "an address that is no text": written(address=None),
    "another key": written(more=1),
    "a key that is missing": b"{}",
    "a list": b"[]",
    "a word": b'"sha256"',
    "nothing": b"",
    "deep nesting": b"[" * 100_000,
    "deep nesting inside": written().replace(b'"abc"', b'{"a":' * 50_000),
    "no UTF-8": written().replace(b"abc", b"\xff"),
    "half a character": written().replace(b"index.html", b"\\ud800"),
    "a key twice": written().replace(b"{\n", b'{\n "commit": null,\n', 1),
    "a file twice": written().replace(b'"index.html": {', b'"index.html": {},\n  "index.html": {'),
    "other spaces": written().replace(b"\n ", b"\n  "),
    "something behind": written() + b"{}",
}  # fmt: skip


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_manifest_is_one_line(data: bytes) -> None:
    with pytest.raises(Faulty) as caught:
        manifest.parse(data)
    (problem,) = caught.value.problems
    assert (problem.rule, problem.place.path) == ("manifest-unreadable", "manifest.json")
    assert "\n" not in str(problem)
    assert len(str(problem)) < 200


def test_the_line_says_where() -> None:
    with pytest.raises(Faulty, match="“approved/sample/sha256”不对"):
        manifest.parse(written(approved={"sample": {"sha256": 1}}))


@given(st.binary())
def test_any_bytes_are_a_manifest_or_refused(data: bytes) -> None:
    with pytest.raises(Faulty):
        manifest.parse(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(key=st.sampled_from([*sound()]), value=JSON)
def test_any_value_is_understood_as_it_stands_or_refused(key: str, value: Any) -> None:
    text = json.dumps(sound() | {key: value}, indent=1) + "\n"
    try:
        made = manifest.parse(text.encode())
    except Faulty:
        return
    assert made.model_dump()[key] == value


@pytest.mark.parametrize("name", ["a\nb.html", "a\\b.html", b"\xff.html", "ABOUT/index.html"])
def test_a_site_that_no_manifest_can_name_is_not_sealed(name: str | bytes, tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    file = Path(os.fsdecode(os.path.join(os.fsencode(site), os.fsencode(name))))  # noqa: PTH118
    file.parent.mkdir(exist_ok=True)
    file.write_text("甲", encoding="utf-8")
    with pytest.raises(Faulty, match=r"\[name-unfit\]"):
        small_site(site)


def test_an_address_that_is_none_is_not_sealed(tmp_path: Path) -> None:
    with pytest.raises(Faulty, match="“address”不对"):
        small_site(tmp_path / "site", "https://www.example.org/ x")
