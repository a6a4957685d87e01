"""What lies in a site is what the build meant to write, file by file, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from notices.outputs.pages.frame import Frame
from notices.proof import manifest
from notices.proof.compress import unpacked
from notices.proof.meant import Meant
from notices.publishing.rendered import Rendered
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


def test_what_is_rendered_can_be_told_to_another_process(meant: Meant, tmp_path: Path) -> None:
    rendered = Rendered({"text": Frame(("a", "head", "b\n"))}, meant)
    rendered.write(tmp_path / "rendered.json")
    told = Rendered.read(tmp_path / "rendered.json")
    assert told.frames == rendered.frames
    assert told.meant.files == meant.files


MEDDLING = """

_write_search = on_post_build


def on_post_build(config):
    _write_search(config)
    site = Path(config.site_dir)
    (site / "more.js").write_text("alert(1)")
    (site / "robots.txt.gz").write_bytes(b"User-agent")
    page = site / "about" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("公开", "公布"), encoding="utf-8")
    (site / "feed.json").unlink()
"""


def test_a_site_that_something_else_wrote_into_is_not_put_in_place(clone: Path) -> None:
    with (clone / "hooks" / "publish.py").open("a", encoding="utf-8") as file:
        file.write(MEDDLING)
    command = [sys.executable, "-m", "notices", "build", "site"]
    done = subprocess.run(
        command, cwd=clone, env=software_of(clone), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert [line.partition("]")[0] for line in done.stdout.splitlines()] == [
        "about/index.html:1:1: [file-differs",
        "about/index.html.br:1:1: [file-added",
        "about/index.html.gz:1:1: [file-added",
        "feed.json:1:1: [file-missing",
        "more.js:1:1: [file-added",
        "robots.txt.gz:1:1: [file-added",
    ]
    assert not [path.name for path in clone.iterdir() if "site" in path.name]
