from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest

from notices.compress import compress

TEXT = "一是加强学习。" * 100


def test_browsers_get_back_what_was_compressed(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"a/index.html": TEXT, "x.js": TEXT * 2})
    compress(site, tmp_path / "cache")
    assert names(site) == [
        "a/index.html", "a/index.html.br", "a/index.html.gz", "x.js", "x.js.br", "x.js.gz",
    ]  # fmt: skip
    assert gzip.decompress((site / "x.js.gz").read_bytes()).decode() == TEXT * 2
    assert brotli.decompress((site / "x.js.br").read_bytes()).decode() == TEXT * 2
    assert (site / "x.js.gz").read_bytes()[4:8] == bytes(4), "no time of making"


def test_what_gets_no_smaller_stays_alone(tmp_path: Path) -> None:
    """So do pictures, which are small already, and files that fit into the head of an answer."""
    site = write(tmp_path / "site", {"short.txt": "一是", "x.png": TEXT, "x.pdf": TEXT})
    compress(site, tmp_path / "cache")
    assert names(site) == ["short.txt", "x.pdf", "x.png"]


@pytest.mark.parametrize("left", [b"", b"something else", brotli.compress(b"another text")])
def test_a_damaged_cache_is_not_used(tmp_path: Path, left: bytes) -> None:
    first = write(tmp_path / "first", {"x.txt": TEXT})
    compress(first, tmp_path / "cache")
    for kept in (tmp_path / "cache").iterdir():
        kept.write_bytes(left)
    second = write(tmp_path / "second", {"x.txt": TEXT})
    compress(second, tmp_path / "cache")
    assert contents(first) == contents(second)


def test_the_cache_holds_what_the_last_site_needs(tmp_path: Path) -> None:
    for words in ("甲", "乙"):
        compress(write(tmp_path / words, {"x.txt": TEXT + words}), tmp_path / "cache")
    assert len(names(tmp_path / "cache")) == 2
    (kept, *_) = (tmp_path / "cache").glob("*.br")
    assert brotli.decompress(kept.read_bytes()).decode() == TEXT + "乙"


def write(site: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    return site


def names(folder: Path) -> list[str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in paths)


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in names(folder)}
