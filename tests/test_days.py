"""Days are the publisher's, whoever's clock wrote a commit, and no clock makes tomorrow true."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from notices import software
from notices.catalogue.days import day_at, day_of, last_second, midnight
from notices.checks import inspect
from notices.command import main
from notices.facts.model import Site
from notices.history.git import Repository
from notices.history.project import Project
from notices.problem import Faulty
from notices.publishing import admission
from notices.publishing.admission import Push
from notices.publishing.server import ServerSettings
from publishing import git
from sitehouse import SAMPLE, SAMPLE_ROOT

ITEM = f"data/notices/{SAMPLE}/items/1-3-2.yml"
DAY = datetime.date(2026, 5, 29)
UPDATE = "updates:\n  - {date: 2026-05-29, text: 虚构进展。, source: 虚构报告}\n"
NOON = datetime.datetime(2026, 5, 29, 4, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


def site(zone: str) -> Site:
    return Site.model_validate({"publisher": "甲", "time_zone": zone})


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A repository without a commit, in which an item has an update of that day."""
    root = tmp_path / "project"
    for name in ("content", "data"):
        shutil.copytree(SAMPLE_ROOT / name, root / name)
    path = root / ITEM
    path.write_text(path.read_text(encoding="utf-8") + UPDATE, encoding="utf-8")
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    return root


def commit(root: Path, moment: str) -> str:
    git(root, "commit", "--quiet", "--allow-empty", "--message", "x", GIT_COMMITTER_DATE=moment)
    return git(root, "rev-parse", "HEAD")


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Asia/Shanghai", 29), ("Asia/Urumqi", 29), ("Asia/Hong_Kong", 29), ("Asia/Macau", 29),
     ("UTC", 28)],
)  # fmt: skip
def test_a_moment_is_on_the_day_of_the_publisher(zone: str, day: int) -> None:
    moment = datetime.datetime(2026, 5, 28, 23, 30, tzinfo=datetime.UTC)
    assert day_of(moment, site(zone)) == datetime.date(2026, 5, day)
    assert day_of(DAY, site(zone)) == DAY


def test_a_day_begins_and_ends_where_it_is_published() -> None:
    assert midnight(DAY, site("Asia/Shanghai")).isoformat() == "2026-05-29T00:00:00+08:00"
    assert last_second(DAY, site("Asia/Urumqi")).isoformat() == "2026-05-29T23:59:59+06:00"


MOMENTS = {
    "2026-05-28T23:30:00+0000": True,  # half past seven in China, on a machine of the world
    "2026-05-29T07:30:00+0800": True,
    "2026-05-28T15:59:59+0000": False,
    "2026-05-29T02:00:00+1400": False,  # where it is the 29th already, and in China is not
    "2026-05-28T12:30:00-1200": True,
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_update_is_of_the_future_by_the_publishers_day_alone(written: Path, moment: str) -> None:
    """Wherever the machine is that wrote the commit, or the one that checks it."""
    name = commit(written, moment)
    told = [problem.rule for problem in inspect(written, Project.at(written).moment)[1]]
    assert told == ([] if MOMENTS[moment] else ["future-date"])
    repository = Repository(written / ".git")
    (found,) = repository.commits([name])
    assert (day_at(repository, found) >= DAY) is MOMENTS[moment]


def test_the_machines_own_time_zone_has_no_say(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(written, "2026-05-28T23:30:00+0000")
    for zone in ("America/New_York", "Pacific/Kiritimati"):
        monkeypatch.setenv("TZ", zone)
        assert inspect(written, Project.at(written).moment)[1] == []


def test_another_moment_can_be_told_for_a_build_and_not_for_a_proof(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SOURCE_DATE_EPOCH; whoever verifies builds what the commit says, whatever is set."""
    name = commit(written, NOON.isoformat())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert Project.at(written).moment == datetime.datetime.fromtimestamp(1700000000, datetime.UTC)
    repository = Repository(written / ".git")
    taken = Project.taken_out(repository, name, tmp_path / "taken")
    assert taken.moment == NOON
    assert "SOURCE_DATE_EPOCH" not in software.variables(), "libraries would obey it, too"
    for variable, value in taken.variables().items():
        monkeypatch.setenv(variable, value)
    assert Project.at(tmp_path / "taken") == taken


def admit(root: Path, push: Push, now: datetime.datetime) -> list[str]:
    """Return the codes for which a server whose clock says ``now`` does not take ``push``."""
    settings = ServerSettings(Repository(root / ".git"), root.parent / "target", "main")
    try:
        admission.admit(settings, push, lambda _: None, now)
    except Faulty as fault:
        return [problem.rule for problem in fault.problems]
    return []


def test_a_server_takes_no_commit_from_the_future(written: Path) -> None:
    """Nor one before the last; clocks may differ by some minutes."""
    first = commit(written, NOON.isoformat())
    commit(written, (NOON + 20 * MINUTE).isoformat())
    last = commit(written, (NOON + MINUTE).isoformat())
    told = admit(written, Push(first, last), NOON + 4 * MINUTE)
    assert told == ["commit-from-future"]
    assert admit(written, Push("", first), NOON - 4 * MINUTE) == []
    assert admit(written, Push("", first), NOON - 6 * MINUTE) == ["commit-from-future"]


def test_no_commit_from_the_future_is_checked_or_built(
    written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a machine of a forge its clock is the bound; the line says what to do."""
    commit(written, "2099-01-01T00:00:00+0000")
    for arguments in (["check"], ["build", str(written.parent / "site")]):
        assert main([*arguments, "--root", str(written)]) == 1
        said = capsys.readouterr().out
        assert "[commit-from-future]" in said
        assert "git rebase --force-rebase" in said
    assert not (written.parent / "site").exists()


def test_what_is_not_committed_yet_is_checked_as_if_it_were_now(
    written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An editor hears of tomorrow's update before he commits it."""
    path = written / ITEM
    text = path.read_text(encoding="utf-8").replace("2026-05-29", "2099-01-01")
    path.write_text(text, encoding="utf-8")
    assert main(["check", "--root", str(written)]) == 1
    assert "[future-date]" in capsys.readouterr().out


def test_a_record_does_not_begin_in_the_future(written: Path) -> None:
    """All that came before would be told no more."""
    path = written / "data/site.yml"
    text = path.read_text(encoding="utf-8")
    for since, told in ((DAY, []), (DAY + datetime.timedelta(days=1), ["record-from-future"])):
        path.write_text(f"changes_since: {since}\n{text}", encoding="utf-8")
        assert [problem.rule for problem in inspect(written, NOON)[1]] == told
