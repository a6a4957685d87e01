"""What the operator sees: a build that stops, and a preview that stays up, when data is wrong."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitehouse import SAMPLE, SAMPLE_ROOT, build, mkdocs

ITEM = f"data/notices/{SAMPLE}/items/1-3-2.yml"
NARRATIVE = f"content/notices/{SAMPLE}.md"

FAULTS = {
    "an item without its data": (ITEM, None, "", f"{NARRATIVE}:49:1: [section-without-item]"),
    "a misspelt key": (ITEM, "status: u", "statsu: u", f"{ITEM}:3:1: [unknown-key]"),
    "an unknown status": (ITEM, "completed", "finished", f"{ITEM}:6:13: [unknown-status]"),
    "a broken quote": (ITEM, "已将", "己将", f"{ITEM}:8:14: [quote-not-found]"),
    "one comma": (NARRATIVE, "沟通,采取", "沟通，采取", f"{NARRATIVE}:51:16: [narrative-differs]"),
}


def spoil(clone: Path, file: str, old: str | None, new: str) -> None:
    path = clone / file
    if old is None:
        path.unlink()
    else:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_stops_the_build_with_one_line(
    clone: Path, fault: tuple[str, str | None, str, str]
) -> None:
    """The line names file, line and rule; there is no traceback, and nothing is written."""
    file, old, new, expected = fault
    spoil(clone, file, old, new)
    done = mkdocs(clone, "build")
    output = done.stdout + done.stderr
    assert done.returncode != 0
    assert [line for line in output.splitlines() if ": [" in line] == [
        line for line in output.splitlines() if line.startswith(expected)
    ]
    assert expected in output
    assert "Traceback" not in output
    assert not (clone / "site").exists()


def test_a_fault_leaves_what_is_public_as_it_was(clone: Path) -> None:
    site = build(clone, clone / "site")
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    spoil(clone, ITEM, "completed", "finished")
    assert mkdocs(clone, "build").returncode != 0
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_all_faults_of_all_files_are_told_at_once(clone: Path) -> None:
    spoil(clone, ITEM, "completed", "finished")
    spoil(clone, f"data/notices/{SAMPLE}/items/3-3-3.yml", "title:", "titel:")
    spoil(clone, "data/site.yml", "publisher:", "publsher:")
    output = mkdocs(clone, "build").stderr
    assert [line.split("[")[1].split("]")[0] for line in output.splitlines() if ": [" in line] == [
        "unknown-status",
        "missing-key",
        "unknown-key",
        "missing-key",
        "unknown-key",
    ]


def test_two_builds_are_the_same_bytes(site: Path, tmp_path: Path) -> None:
    """Except for the time in the sitemap's gzip header, which is MkDocs' own."""
    again = build(SAMPLE_ROOT, tmp_path / "again")

    def content(folder: Path) -> dict[str, bytes]:
        files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".gz")
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    assert content(site) == content(again)


@pytest.fixture
def preview(clone: Path) -> Iterator[str]:
    """The address of a live preview of ``clone``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    with (
        (clone / "serve.log").open("w") as log,
        subprocess.Popen(
            command, cwd=clone, env=environment, stdout=log, stderr=subprocess.STDOUT
        ) as process,
    ):
        yield f"http://127.0.0.1:{port}/notices/{SAMPLE}/"
        process.terminate()


def wait_for(condition: str, address: str, text: str) -> None:
    """Wait until the page at ``address`` holds ``text`` ('in') or no longer does ('not in')."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if (text in answer.read().decode()) == (condition == "in"):
                    return
        except OSError:
            pass  # not up yet, or busy rebuilding
        time.sleep(0.2)
    pytest.fail(f"{text!r} was not {condition} the page within a minute")


def wait_for_log(clone: Path, text: str) -> None:
    end = time.monotonic() + 60
    while text not in (clone / "serve.log").read_text(encoding="utf-8"):
        assert time.monotonic() < end, f"the preview never said {text!r}"
        time.sleep(0.2)


def test_the_preview_survives_a_fault_and_follows_its_mending(preview: str, clone: Path) -> None:
    wait_for("in", preview, "已将非法占房的三元鑫酶和磁谷清退完毕")
    spoil(clone, ITEM, "status: completed", "status: finished")
    wait_for("in", preview, "[unknown-status]")
    wait_for("in", preview, "已将非法占房的三元鑫酶和磁谷清退完毕")
    assert "Traceback" not in (clone / "serve.log").read_text(encoding="utf-8")
    spoil(clone, ITEM, "status: finished", "goal: 只为测试的目标\n    status: completed")
    wait_for_log(clone, "[unknown-key]")
    spoil(clone, ITEM, "goal: 只为测试的目标\n    status: completed", "status: completed")
    spoil(clone, ITEM, "title:", "goal: 只为测试的目标\ntitle:")
    wait_for("in", preview, "只为测试的目标")
    wait_for("not in", preview, "数据有")
