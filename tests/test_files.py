"""Of a built site each file is read once; what is joined of it is what the whole gives."""

from __future__ import annotations

import gzip
import os
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from notices.checks import privacy
from notices.proof import inventory, links, manifest
from notices.proof.compress import unpacked
from notices.proof.files import SiteFiles
from notices.stamp import Stamp
from sitehouse import cache_in

NUMBER = "13900001234"
OWN = "https://notices.example.org/"
TEXTS = {
    "index.html": f'<link rel="canonical" href="{OWN}"><a href="a/#x">甲</a>' + "甲" * 200,
    "a/index.html": f'<p id="x">{NUMBER}</p><a href="../nothing/">乙</a>' + "乙" * 200,
    "a/x.txt": f"{NUMBER}\n",
    "robots.txt": "Sitemap: https://notices.example.org/sitemap.xml\n",
}
TWINS = ["a/index.html.br", "a/index.html.gz", "index.html.br", "index.html.gz"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return written(tmp_path / "site")


def written(site: Path) -> Path:
    for path, text in TEXTS.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    return site


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each file was read."""
    counted: Counter[str] = Counter()
    held_in = inventory.held_in

    def counting(site: Path, path: str) -> tuple[bytes, Stamp] | None:
        counted[path] += 1
        return held_in(site, path)

    monkeypatch.setattr(inventory, "held_in", counting)
    return counted


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file be as if it had been written long ago."""
    for module in ("register", "files"):
        monkeypatch.setattr(f"notices.proof.{module}.is_settled", lambda *_: True)


def files_of(site: Path, address: str = OWN) -> SiteFiles:
    files = SiteFiles(site, address, cache_in(site.parent / "cache"))
    files.look()
    return files


def proven(files: SiteFiles) -> dict[str, object]:
    """Return all that a build asks of a site."""
    files.complete()
    files.look()
    return {
        "digests": files.digests,
        "personal": [*files.personal(())],
        "links": files.dead_links(),
        "unpacked": {path: files.unpacked(path) for path in TWINS},
    }


def test_what_is_joined_is_what_a_look_at_the_whole_gives(site: Path) -> None:
    """Whether it is found out, or was kept."""
    for _ in range(2):
        found = proven(files_of(site))
        assert found["digests"] == manifest.digests(site)
        assert found["personal"] == [*privacy.scan_built(site)]
        assert found["links"] == links.check(site)
        suffixes = {path: (Path(path).suffix, (site / path).read_bytes()) for path in TWINS}
        assert found["unpacked"] == {path: unpacked(*each) for path, each in suffixes.items()}
        assert len(files_of(site).dead_links()) == 2


@pytest.mark.usefixtures("settled")
def test_each_file_is_read_once_in_a_build_and_never_when_it_stands_as_it_did(
    site: Path, reads: Counter[str]
) -> None:
    permitted = {NUMBER}
    for expected in (Counter(TEXTS.keys()), Counter[str]()):
        files = files_of(site)
        files.complete()
        files.look()
        assert [*files.personal(permitted)] == []
        assert [files.unpacked(path) for path in TWINS] != [None] * len(TWINS)
        # Beside the twins, which the cache has; only a place that is told asks for a file again.
        assert reads - Counter(TWINS) == expected
        reads.clear()


def test_what_was_found_out_of_the_same_content_is_not_again(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = proven(files_of(site))
    for name in ("examine", "_Queue.add"):
        monkeypatch.delattr(f"notices.proof.files.{name}")
    other = written(tmp_path / "other")
    assert proven(files_of(other)) == first


def test_processes_find_out_what_one_does(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = proven(files_of(site))
    shutil.rmtree(site.parent / "cache")
    monkeypatch.setattr("notices.proof.files._MANY", 1)
    monkeypatch.setattr("notices.proof.files._SHARE", 2)
    assert proven(files_of(site)) == expected


def test_what_is_permitted_is_asked_each_time(site: Path) -> None:
    permitted: list[set[str]] = [{NUMBER}, set(), {NUMBER}]
    found = [len([*files_of(site).personal(each)]) for each in permitted]
    assert found == [0, 2, 0]


def test_what_is_wanted_depends_on_where_the_site_stands(site: Path) -> None:
    assert len(files_of(site).dead_links()) == 2
    elsewhere = files_of(site, "https://other.example/").dead_links()
    assert [each.rule for each in elsewhere] == ["dead-link", *["foreign-address"] * 2]
    assert len(files_of(site).dead_links()) == 2


def aside(path: Path, data: bytes) -> None:
    """Write what is as long, and set the time of writing back."""
    details = path.stat()
    path.write_bytes(data.ljust(details.st_size))
    os.utime(path, ns=(details.st_atime_ns, details.st_mtime_ns))


WRITES: dict[str, Callable[[Path], object]] = {
    "at once": lambda site: aside(site / "a/x.txt", b"other"),
    "a page less": lambda site: (site / "a/index.html").unlink(),
    "a file more": lambda site: (site / "y.txt").write_text("other", encoding="utf-8"),
    "an anchor less": lambda site: aside(site / "a/index.html", b"<p>"),
    "a twin": lambda site: (site / "index.html.gz").write_bytes(gzip.compress(b"other")),
    "a twin in another way": lambda site: shutil.copy(
        site / "index.html.gz", site / "index.html.br"
    ),
    "a twin of another": lambda site: shutil.copy(site / "index.html.gz", site / "a/index.html.gz"),
    "a twin of nothing": lambda site: (site / "a/x.txt.gz").write_bytes(gzip.compress(b"other")),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_whatever_is_written_later_is_seen(site: Path, write: Callable[[Path], object]) -> None:
    """In this build or the next one, however soon."""
    files = files_of(site)
    files.complete()
    write(site)
    files.look()
    for each in (files, files_of(site)):
        assert each.digests == manifest.digests(site)
        assert each.dead_links() == links.check(site)
        for path in TWINS:
            if (site / path).exists():
                assert each.unpacked(path) == unpacked(
                    Path(path).suffix, (site / path).read_bytes()
                )


def test_no_link_leads_a_compressed_form_elsewhere(site: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("甲", encoding="utf-8")
    (site / "index.html.gz").symlink_to(victim)
    files_of(site).complete()
    assert victim.read_text(encoding="utf-8") == "甲"
    assert gzip.decompress((site / "index.html.gz").read_bytes()).decode() == TEXTS["index.html"]


def test_what_is_not_ours_tells_nothing_of_a_file(site: Path) -> None:
    files_of(site).complete()
    for kept in (site.parent / "cache" / "site").iterdir():
        kept.write_bytes(kept.read_bytes().replace(b"nothing", b"a"))
    assert len(files_of(site).dead_links()) == 2
