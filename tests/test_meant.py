"""What lies in a site is what the build meant to write, file by file, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from notices.proof import manifest
from notices.proof.compress import unpacked
from notices.proof.meant import Meant
from sitehouse import software_of

PAGE, TEXT = "a/index.html", b"<p>" * 100


@pytest.fixture
def meant(tmp_path: Path) -> Meant:
    """What is meant, and stands in ``tmp_path``: a page with its compressed forms."""
    page = tmp_path / PAGE
    page.parent.mkdir()
    page.write_bytes(TEXT)
    (page.parent / "index.html.gz").write_bytes(gzipped(TEXT))
    (page.parent / "index.html.br").write_bytes(brotli.compress(TEXT))
    made = Meant()
    made.add(PAGE, TEXT)
    return made


def gzipped(data: bytes) -> bytes:
    machine = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    return machine.compress(data) + machine.flush()


def told(meant: Meant, site: Path) -> list[str]:
    def unpacks(path: str) -> str | None:
        return unpacked(Path(path).suffix, (site / path).read_bytes())

    problems = meant.differences(manifest.digests(site), unpacks)
    return [f"{problem.place.path} {problem.rule}" for problem in problems]


def test_what_is_meant_may_stand_there_compressed_as_well(meant: Meant, tmp_path: Path) -> None:
    assert told(meant, tmp_path) == []


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file more": (lambda site: (site / "CNAME").touch(), "CNAME file-added"),
    "a page less": (lambda site: (site / PAGE).unlink(), f"{PAGE} file-missing"),
    "another byte": (lambda site: (site / PAGE).write_bytes(b"<b>"), f"{PAGE} file-differs"),
    "other words in gzip": (
        lambda site: (site / f"{PAGE}.gz").write_bytes(gzipped(b"<b>")),
        f"{PAGE}.gz file-added",
    ),
    "no Brotli": (lambda site: (site / f"{PAGE}.br").write_bytes(TEXT), f"{PAGE}.br file-added"),
    "more behind gzip's end": (
        lambda site: (site / f"{PAGE}.gz").write_bytes(gzipped(TEXT)[:-9]),
        f"{PAGE}.gz file-added",
    ),
    "compressed, of nothing": (
        lambda site: (site / "robots.txt.gz").write_bytes(gzipped(TEXT)),
        "robots.txt.gz file-added",
    ),
    "compressed in another way": (
        lambda site: (site / f"{PAGE}.zst").touch(),
        f"{PAGE}.zst file-a",
    ),
    "a signature": (lambda site: (site / "x.sig").touch(), "x.sig file-added"),
}


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES.keys())
def test_whatever_is_other_is_told_by_its_name(
    meant: Meant, tmp_path: Path, change: Callable[[Path], object], expected: str
) -> None:
    change(tmp_path)
    (line,) = [line for line in told(meant, tmp_path) if line.startswith(expected)]
    assert line


MEDDLING = """

_write_search = on_post_build


def on_post_build(config):
    _write_search(config)
    site = Path(config.site_dir)
    (site / "more.js").write_text("alert(1)")
    (site / "robots.txt.gz").write_bytes(b"User-agent")
    (site / "about").mkdir(exist_ok=True)
    (site / "about" / "index.html").write_text("alert(1)")
"""


def test_what_something_else_writes_into_the_pages_of_mkdocs_is_not_published(clone: Path) -> None:
    """Of what MkDocs does, nothing is taken but what our hooks told when it was rendered."""

    def built() -> dict[str, bytes]:
        command = [sys.executable, "-m", "notices", "build", "site", "--no-cache"]
        subprocess.run(command, cwd=clone, env=software_of(clone), check=True, capture_output=True)
        files = (path for path in (clone / "site").rglob("*") if path.is_file())
        # Another software is another version of it, and tells so.
        return {path.name: path.read_bytes() for path in files if "manifest" not in path.name}

    before = built()
    with (clone / "hooks" / "publish.py").open("a", encoding="utf-8") as file:
        file.write(MEDDLING)
    assert built() == before
