"""Which commits are told: nothing that was public once is lost, whatever is merged later."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from notices.history.commits import revisions, steps
from notices.history.git import Repository
from profiles import INPUTS
from publishing import clean, git

HISTORIES = INPUTS // 16
REQUESTS = (
    "Merge pull request #12 from somebody/topic",
    "Merge pull request !12 from somebody/topic",
    "Merge pull request '虚构' (#12) from topic into main",
    "Merge branch 'topic' into 'main'",
    "!12 虚构",
    "Merged in topic (pull request #12)",
)
OTHERS = (
    "Merge branch 'main' of https://git.example.org/notices",
    "Merge remote-tracking branch 'origin/main'",
    "Merge branch 'main' into work",
    "Merge branch 'other'",
    "合并",
)
FILES = ("data/a", "data/b", "content/c", "other/d")

Content = dict[str, int]
Names = dict[int, str]


class History:
    """A history that people make who commit, pull, merge requests and push, and its tips."""

    def __init__(self, number: int, marks: Iterator[int]) -> None:
        self.stream: list[str] = []
        self.tips: list[int] = []
        self._chance = random.Random(number)
        self._marks, self._ref = marks, f"refs/heads/{number}"
        self._contents: dict[int, Content] = {}
        tip = self._commit("first", [], dict.fromkeys(FILES, 0))
        for _ in range(self._chance.randint(1, 6)):
            self.tips.append(tip)
            tip = self._chance.choice((self._push, self._pull, self._pull, self._request))(tip)
        self.tips.append(tip)

    def _push(self, tip: int) -> int:
        for _ in range(self._chance.randint(1, 3)):
            tip = self._edit(tip)
        return tip

    def _pull(self, tip: int) -> int:
        """Let somebody who has not seen the last that was public merge it into his own."""
        mine = self._push(self._chance.choice(self.tips))
        return self._merge(self._chance.choice(OTHERS), mine, tip)

    def _request(self, tip: int) -> int:
        topic = self._push(self._chance.choice(self.tips))
        return self._merge(self._chance.choice(REQUESTS), tip, topic)

    def _edit(self, tip: int) -> int:
        path = self._chance.choice(FILES)
        return self._commit("x", [tip], self._contents[tip] | {path: self._chance.randint(0, 2)})

    def _merge(self, message: str, one: int, other: int) -> int:
        """Take each file from either side, as people do who settle what conflicts."""
        sides = [self._contents[one], self._contents[other]]
        return self._commit(
            message, [one, other], {path: self._chance.choice(sides)[path] for path in FILES}
        )

    def _commit(self, message: str, parents: list[int], content: Content) -> int:
        mark = next(self._marks)
        self._contents[mark] = content
        when = 1_700_000_000 + self._chance.randint(0, 10**6)  # clocks go wrong
        self.stream += [
            f"commit {self._ref}", f"mark :{mark}", f"committer a <a@b> {when} +0000",
            f"data {len(message.encode())}", message,
            *(f"{word} :{each}" for word, each in zip(("from", "merge"), parents, strict=False)),
        ]  # fmt: skip
        for path, number in content.items():
            self.stream += [f"M 100644 inline {path}", "data 1", str(number)]
        return mark

    def content(self, tip: int) -> Content:
        """Return what stands in the files at ``tip``."""
        return self._contents[tip]


@pytest.fixture(scope="module")
def histories(tmp_path_factory: pytest.TempPathFactory) -> tuple[Repository, list[History], Names]:
    """Many histories in one repository, and the name of each commit by its mark."""
    folder = tmp_path_factory.mktemp("histories")
    git(folder, "init", "--quiet", "--bare", ".")
    marks = iter(range(1, 1_000_000))
    made = [History(number, marks) for number in range(HISTORIES)]
    stream = "\n".join(line for history in made for line in history.stream) + "\n"
    subprocess.run(
        ["git", "fast-import", "--quiet", "--export-marks=marks"],
        cwd=folder, env=clean(), input=stream.encode(), check=True,
    )  # fmt: skip
    lines = (folder / "marks").read_text(encoding="ascii").splitlines()
    names = {int(mark[1:]): name for mark, name in map(str.split, lines)}
    return Repository(folder), made, names


def test_no_published_entry_is_lost(histories: tuple[Repository, list[History], Names]) -> None:
    """Whoever pulls, merges and pushes: what one public state tells, each later one tells, too.

    And a file that is another one then has more revisions.
    """
    repository, made, names = histories
    merged = 0
    for history in made:
        told: set[str] = set()
        counted: dict[str, set[str]] = {}
        content: Content = {}
        for tip in history.tips:
            found = steps(repository, names[tip], "data", "content")
            now = {step.commit.name for step in found if step.is_told}
            assert told <= now
            told = now
            merged += sum(not step.is_told for step in found)
            after = revisions(found)
            for path in FILES[:3]:
                before = counted.get(path, set())
                assert before <= after[path]
                changed = content and content[path] != history.content(tip)[path]
                assert not changed or len(after[path]) > len(before)
            counted, content = after, history.content(tip)
    assert merged > HISTORIES / 10, "there are requests among them"


def test_each_commit_names_what_it_touched(
    histories: tuple[Repository, list[History], Names],
) -> None:
    """Of the folders that are asked for, and of no others."""
    repository, made, names = histories
    for step in steps(repository, names[made[0].tips[-1]], "data", "content"):
        assert step.paths
        assert step.paths <= {*FILES[:3]}


@pytest.mark.parametrize("message", [*REQUESTS, *OTHERS])
def test_only_what_a_forge_says_of_itself_makes_a_request(tmp_path: Path, message: str) -> None:
    """A branch of a request is one change; all else that is merged is told commit by commit."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    for branch, path in (("main", "a"), ("topic", "b"), ("main", "c")):
        if branch == "topic":
            git(tmp_path, "checkout", "--quiet", "-b", branch)
        elif path == "c":
            git(tmp_path, "checkout", "--quiet", branch)
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data" / path).write_text(path, encoding="utf-8")
        git(tmp_path, "add", "--all")
        git(tmp_path, "commit", "--quiet", "--message", f"Merge pull request #1 from {path}")
    git(tmp_path, "merge", "--quiet", "--no-ff", "--message", message, "topic")
    found = steps(Repository(tmp_path / ".git"), git(tmp_path, "rev-parse", "HEAD"), "data")
    own = {step.commit.subject: step for step in found}
    assert own["Merge pull request #1 from b"].is_told is (message in OTHERS)
    assert own["Merge pull request #1 from a"].is_told
    assert own["Merge pull request #1 from c"].is_told
    assert len(own[message].before) == (1 if message in REQUESTS else 2)
