"""Whatever ``check`` accepts is published: exported in every format, read back, and built.

Every field of every model of the facts is filled with all that its type admits, and the approved
text with whatever a text may have. A field that comes anew is tried without a line here.
"""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import profiles
from admitting import roots
from drafts import (
    GROUPS,
    ITEM_FILE,
    MODELS,
    NOTICE,
    NOTICE_FILE,
    PAGE,
    PAGES,
    PUBLISHER,
    SITE,
    Change,
    Draft,
    changes,
)
from issuing import SLOW, Sound, export_together, publish
from notices.catalogue.notices import Catalogue
from notices.checks import inspect
from notices.outputs.exports import shape
from notices.problem import stops
from sitehouse import copy_project, software_of
from test_publication import may_mount

MANY = 99  # items of one notice
LONG = 4_000  # characters
# Some fields have fewer values than that.
EACH = profiles.INPUTS * 14 // 10 // sum(map(len, GROUPS.values()))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose facts and texts each draft writes anew."""
    project = tmp_path_factory.mktemp("sound") / "project"
    (project / "data" / "notices" / NOTICE / "items").mkdir(parents=True)
    (project / "data" / "kinds").mkdir()
    (project / "data" / "publishers").mkdir()
    (project / "content" / "notices").mkdir(parents=True)
    for name in PAGES:
        words = f"[[{name.removesuffix('.md')}]]" if name in ("changes.md", "search.md") else "甲"
        (project / "content" / name).write_text(f"# 甲\n\n{words}\n", encoding="utf-8")
    return project


def accepted(project: Path, change: Change) -> Catalogue | None:
    """Return what is made public of ``change``, or None when ``check`` refuses it."""
    change.draft().write(project, change.style)
    catalogue, problems = inspect(project)
    is_public = catalogue.notices and not stops(problems)  # of a draft, nothing is
    return catalogue.public() if is_public else None


def test_every_model_of_the_facts_is_tried() -> None:
    assert roots() == {*MODELS.values()}


def tried(project: Path, name: tuple[str, ...]) -> list[Sound]:
    """Publish whatever ``check`` accepts of the values of one field; return it."""
    found: list[Sound] = []

    @settings(max_examples=EACH)
    @given(changes(name))
    def alone(change: Change) -> None:
        public = accepted(project, change)
        if public is not None:
            publish(change, public)
            found.append(Sound(change, public))

    alone()
    assert found, f"nothing that was tried for {name} is accepted"
    return found


@pytest.mark.parametrize("group", GROUPS)
def test_whatever_is_accepted_is_published(
    project: Path, group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each alone as far as that is quick, and in paper and workbooks many at once."""
    # It says nothing of what is published, and takes longer than all the rest.
    monkeypatch.setattr(shape, "schema", lambda _: {})
    sound = [each for name in GROUPS[group] for each in tried(project, name)]
    long = [each for each in sound if len(str(each.value)) > LONG]
    short = [each for each in sound if len(str(each.value)) <= LONG]
    # A PDF takes a second for a very long word: it has the first of what is long.
    for drafts, names in ((short, SLOW), (long[:1], SLOW), (long[1:], SLOW[1:])):
        for begin in range(0, len(drafts), MANY):
            export_together(drafts[begin : begin + MANY], names)


EXTREMES: dict[tuple[str, ...], Any] = {
    (NOTICE_FILE, "title"): "'=1+1 {# 甲 #} 单位整改情况",
    (NOTICE_FILE, "published"): datetime.date(1, 1, 1),
    (NOTICE_FILE, "inspection", "from"): datetime.date(1, 1, 1),
    (NOTICE_FILE, "inspection", "kind"): "%s%(a)s{0}",
    (ITEM_FILE, "deadline"): datetime.date(9999, 12, 31),
    (ITEM_FILE, "goal"): "D:\\backup目录",
    (ITEM_FILE, "responsible", "leader"): "007",
    (ITEM_FILE, "responsible", "person"): "龘" * 40_000,
    (ITEM_FILE, "updates", "0", "text"): "2023-6",
    (ITEM_FILE, "updates", "0", "date"): datetime.date(1899, 12, 31),
    (ITEM_FILE, "updates", "0", "source"): "]]> &amp; \\N甲;乙,丙",
    (ITEM_FILE, "verified", "by"): "+86",
    (SITE, "name"): "{% raw %}",
    (SITE, "time_zone"): "UTC",
    (SITE, "security", "expires"): datetime.date(9999, 12, 31),
    (SITE, "changes_since"): datetime.date(1, 1, 1),
    (PUBLISHER, "short_name"): "'{# 甲 #}",
    (PUBLISHER, "contact", "phone"): "]]> 007",
    (PAGE, "description"): "**甲** [[contact]]",
    ("preamble",): "=甲 {#1} &lt;e\u0301 αω 龘",
}


def test_extremes_that_are_accepted_are_built_and_proven(tmp_path: Path) -> None:
    """All at once, as `make site` does, from a folder that nobody may write into."""
    project = copy_project(tmp_path / "project")
    draft = Draft()
    for name, value in EXTREMES.items():
        draft.change(name, value)
    for file in (ITEM_FILE, PUBLISHER):
        (project / file).parent.mkdir(parents=True)
    draft.write(project, '"')
    protect = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && cd "$1" && shift'
    command = [sys.executable, "-m", "notices", "build", str(tmp_path / "site")]
    done = subprocess.run(
        [*may_mount(), "sh", "-ec", f'{protect} && exec "$@"', "sh", str(project), *command],
        env=software_of(project), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "site" / "notices" / NOTICE / "notice.pdf").stat().st_size
