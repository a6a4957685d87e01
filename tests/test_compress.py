from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest

from notices.proof import compress
from notices.proof.files import SiteFiles
from sitehouse import cache_in

TEXT = "一是加强学习。" * 100


def test_browsers_get_back_what_was_compressed(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"a/index.html": TEXT, "x.js": TEXT * 2})
    compressed(site, tmp_path)
    assert names(site) == [
        "a/index.html", "a/index.html.br", "a/index.html.gz", "x.js", "x.js.br", "x.js.gz",
    ]  # fmt: skip
    assert gzip.decompress((site / "x.js.gz").read_bytes()).decode() == TEXT * 2
    assert brotli.decompress((site / "x.js.br").read_bytes()).decode() == TEXT * 2
    assert (site / "x.js.gz").read_bytes()[4:8] == bytes(4), "no time of making"


def test_what_gets_no_smaller_stays_alone(tmp_path: Path) -> None:
    """So do pictures, which are small already, and files that fit into the head of an answer."""
    site = write(tmp_path / "site", {"short.txt": "一是", "x.png": TEXT, "x.pdf": TEXT})
    compressed(site, tmp_path)
    assert names(site) == ["short.txt", "x.pdf", "x.png"]


def test_a_site_that_is_not_packed_can_be_later(tmp_path: Path) -> None:
    """And has nothing packed when it is not any more."""
    expected = {True: ["x.txt", "x.txt.br", "x.txt.gz"], False: ["x.txt"]}
    for number, packed in enumerate((False, True, True, False)):
        site = write(tmp_path / str(number), {"x.txt": TEXT})
        compressed(site, tmp_path, packed=packed)
        assert names(site) == expected[packed]


@pytest.mark.parametrize("settled", [True, False])
def test_the_cache_gives_what_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settled: bool
) -> None:
    """Whether it can be told without a look that nobody wrote to it since, or not."""
    for module in ("proof.register", "proof.files", "cache"):
        monkeypatch.setattr(f"notices.{module}.is_settled", lambda *_: settled)
    first, second, third = (write(tmp_path / name, {"x.txt": TEXT}) for name in "abc")
    compressed(first, tmp_path)
    forbidden = {
        suffix: method._replace(pack=lambda _: b"made anew")
        for suffix, method in compress.METHODS.items()
    }
    monkeypatch.setattr(compress, "METHODS", forbidden)
    for site in (second, third):
        compressed(site, tmp_path)
        assert contents(first) == contents(site)


def test_what_does_not_give_the_same_again_is_not_put_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = {**compress.METHODS, ".gz": compress.METHODS[".gz"]._replace(pack=lambda _: b"x")}
    monkeypatch.setattr(compress, "METHODS", broken)
    site = write(tmp_path / "site", {"x.txt": TEXT})
    compressed(site, tmp_path)
    assert names(site) == ["x.txt", "x.txt.br"]


def test_the_cache_holds_what_the_last_site_needs(tmp_path: Path) -> None:
    for words in ("甲", "乙"):
        compressed(write(tmp_path / words, {"x.txt": TEXT + words}), tmp_path)
    kept = cache_in(tmp_path / "cache").room("compressed")
    small = {name: kept.get(name) for name in names(kept.folder)}
    assert [Path(name).suffix for name in small] == [".br", ".gz"]
    (brotli_, gzip_) = small.values()
    assert brotli_
    assert gzip_
    assert brotli.decompress(brotli_).decode() == gzip.decompress(gzip_).decode() == TEXT + "乙"


def compressed(site: Path, folder: Path, *, packed: bool = True) -> SiteFiles:
    """Compress the files of ``site``, with a cache in ``folder``."""
    files = SiteFiles(site, "", cache_in(folder / "cache"), packed=packed)
    files.look()
    files.complete()
    return files


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
