"""Where the record of a site begins that was started from another one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from notices.catalogue.beginning import own_steps
from notices.catalogue.days import site_at
from notices.history.commits import Step, steps
from notices.history.git import Repository
from publishing import git

SITE = "data/site.yml"
SAMPLE, OWN = "publisher: 样本\n", "publisher: 甲\nstarted_from: '{}'\n"


class Histories:
    """A repository in which somebody commits, each time the one file that is named."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        git(folder, "init", "--quiet", "--initial-branch=main")
        self.sample = [self.commit(SITE, SAMPLE), self.commit("data/a", "样本")]

    def commit(self, path: str, text: str) -> str:
        (self.folder / path).parent.mkdir(exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--message", path)
        return git(self.folder, "rev-parse", "HEAD")

    def start(self) -> str:
        return self.commit(SITE, OWN.format(git(self.folder, "rev-parse", "HEAD")))

    def turn_to(self, *branch: str) -> None:
        git(self.folder, "checkout", "--quiet", *branch)

    def merge(self, other: str, message: str) -> str:
        git(self.folder, "merge", "--quiet", "--no-ff", "--message", message, other)
        return git(self.folder, "rev-parse", "HEAD")

    def told(self) -> dict[str, Sequence[str]]:
        """Return the commits that are told now, and what each is told against."""
        return {step.commit.name: step.before for step in self.own() if step.is_told}

    def own(self) -> Sequence[Step]:
        repository, tip = Repository(self.folder / ".git"), git(self.folder, "rev-parse", "HEAD")
        site = site_at(repository, tip)
        assert site
        return own_steps(repository, tip, steps(repository, tip, "data"), site)


@pytest.fixture
def histories(tmp_path: Path) -> Histories:
    return Histories(tmp_path)


def test_a_site_that_was_not_started_from_another_has_all_of_its_history(
    histories: Histories,
) -> None:
    first, second = histories.sample
    assert histories.told() == {second: [first], first: []}


def test_the_record_begins_with_the_commit_that_says_so_and_tells_it_against_nothing(
    histories: Histories,
) -> None:
    """Though all of it be of one day, and commits in between touch nothing that is public."""
    start = histories.start()
    between = histories.commit("README.md", "x")
    last = histories.commit("data/b", "甲")
    assert histories.told() == {last: [between], start: []}


def test_a_commit_that_cannot_be_read_ends_nothing(histories: Histories) -> None:
    start = histories.start()
    broken = histories.commit(SITE, "publisher: [\n")
    mended = histories.commit(SITE, OWN.format(histories.sample[-1]) + "name: 乙\n")
    assert histories.told() == {mended: [broken], broken: [start], start: []}


def test_what_comes_from_the_software_later_is_not_told_by_itself(histories: Histories) -> None:
    start = histories.start()
    histories.turn_to("-b", "software", histories.sample[-1])
    histories.commit("data/a", "样本，改过")
    histories.commit("data/notices", "样本，另一份")
    histories.turn_to("main")
    merge = histories.merge("software", "Merge remote-tracking branch 'upstream/main'")
    assert histories.told() == {merge: [start], start: []}


def test_a_start_that_was_merged_as_a_request_is_told_with_the_merge(histories: Histories) -> None:
    histories.turn_to("-b", "topic")
    histories.start()
    histories.commit("data/b", "甲")
    histories.turn_to("main")
    merge = histories.merge("topic", "Merge pull request #1 from somebody/topic")
    assert histories.told() == {merge: []}
    last = histories.commit("data/c", "甲")
    assert histories.told() == {last: [merge], merge: []}


def test_a_site_can_be_started_from_one_that_was_started(histories: Histories) -> None:
    histories.start()
    histories.commit("data/b", "甲")
    start = histories.start()
    assert histories.told() == {start: []}
