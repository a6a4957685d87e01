from __future__ import annotations

import gzip
from pathlib import Path

import brotli

from notices.proof.compress import compress
from sitehouse import room

TEXT = "一是加强学习。" * 100


def test_browsers_get_back_what_was_compressed(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"a/index.html": TEXT, "x.js": TEXT * 2})
    compress(site, room(tmp_path))
    assert names(site) == [
        "a/index.html", "a/index.html.br", "a/index.html.gz", "x.js", "x.js.br", "x.js.gz",
    ]  # fmt: skip
    assert gzip.decompress((site / "x.js.gz").read_bytes()).decode() == TEXT * 2
    assert brotli.decompress((site / "x.js.br").read_bytes()).decode() == TEXT * 2
    assert (site / "x.js.gz").read_bytes()[4:8] == bytes(4), "no time of making"


def test_what_gets_no_smaller_stays_alone(tmp_path: Path) -> None:
    """So do pictures, which are small already, and files that fit into the head of an answer."""
    site = write(tmp_path / "site", {"short.txt": "一是", "x.png": TEXT, "x.pdf": TEXT})
    compress(site, room(tmp_path))
    assert names(site) == ["short.txt", "x.pdf", "x.png"]


def test_the_cache_gives_what_was_made(tmp_path: Path) -> None:
    first = write(tmp_path / "first", {"x.txt": TEXT})
    compress(first, room(tmp_path))
    second = write(tmp_path / "second", {"x.txt": TEXT})
    compress(second, room(tmp_path))
    assert contents(first) == contents(second)


def test_the_cache_holds_what_the_last_site_needs(tmp_path: Path) -> None:
    kept = room(tmp_path)
    for words in ("甲", "乙"):
        compress(write(tmp_path / words, {"x.txt": TEXT + words}), kept)
    small = {name: kept.get(name) for name in names(kept.folder)}
    assert [Path(name).suffix for name in small] == [".br", ".gz"]
    (brotli_, gzip_) = small.values()
    assert brotli_
    assert gzip_
    assert brotli.decompress(brotli_).decode() == gzip.decompress(gzip_).decode() == TEXT + "乙"


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
