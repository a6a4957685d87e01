"""A batch brings all that is needed, and of what comes back nothing is taken but what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from notices.cache import Cache, open_cache
from notices.catalogue.loading import opened
from notices.problem import Faulty, Place, Problem
from notices.proof.approvals.approvers import Approvers
from notices.publishing import bench, notice_output
from notices.publishing.batch import Batches, packed, unpacked
from notices.publishing.notice_output import NoticeMaker
from shapes import SMALL, project_of

ONE, OTHER = SMALL[:2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return project_of([ONE, OTHER], tmp_path / "project")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return open_cache(tmp_path, tmp_path / "cache")


@pytest.fixture
def maker(project: Path, cache: Cache) -> Iterator[NoticeMaker]:
    with opened(project) as loader:
        yield NoticeMaker(loader, "https://notices.example.org/", None, cache, later=True)


def kept(cache: Cache) -> list[str]:
    return [path.name for path in cache.room("notices").folder.iterdir()]


def test_what_comes_back_is_kept_as_if_it_was_made_here(maker: NoticeMaker) -> None:
    batches = Batches(maker)
    [*made] = batches.take([ONE, OTHER], bench.make_batch(batches.pack([ONE, OTHER])))
    assert [maker.kept(output.name) for output in made] == made
    assert made == [maker.make(ONE), maker.make(OTHER)]


def test_files_go_by_the_names_that_git_gives_them_here(project: Path, cache: Cache) -> None:
    """In some repositories they are longer."""
    with opened(project) as loader:
        maker = NoticeMaker(loader, "", None, cache, {"a": "0" * 64}, later=True)
        batches = Batches(maker)
        assert [*batches.take([ONE], bench.make_batch(batches.pack([ONE])))]


def test_nothing_is_taken_that_was_not_asked_for(maker: NoticeMaker, cache: Cache) -> None:
    batches = Batches(maker)
    answer = bench.make_batch(batches.pack([ONE, OTHER]))
    assert [output.name for output in batches.take([OTHER], answer)] == [OTHER]
    assert sorted(kept(cache)) == [maker.key(OTHER), f"{maker.key(OTHER)}.body"]


def test_nothing_is_read_that_was_not_asked_for(maker: NoticeMaker, cache: Cache) -> None:
    """Not even looked at: reading a pickle may run anything."""
    batches = Batches(maker)
    answer = unpacked(bench.make_batch(batches.pack([])))
    answer[f"{'a' * 52}/head"] = b"no pickle"
    assert [*batches.take([ONE], packed(answer))] == []
    assert kept(cache) == []


def test_what_was_made_of_other_files_is_not_taken(
    maker: NoticeMaker, project: Path, cache: Cache
) -> None:
    batches = Batches(maker)
    answer = bench.make_batch(batches.pack([ONE]))
    with (project / f"data/notices/{ONE}/notice.yml").open("a", encoding="utf-8") as file:
        file.write("# 甲\n")
    assert [*batches.take([ONE], answer)] == []
    assert kept(cache) == []


@pytest.mark.parametrize(
    ("theirs", "words"),
    [(("another", ""), "的软件是另一个版本"), (("", "another"), "的字体或者库")],
)
def test_a_worker_that_would_make_something_else_is_refused_by_name(
    maker: NoticeMaker, cache: Cache, monkeypatch: pytest.MonkeyPatch,
    theirs: tuple[str, str], words: str,
) -> None:  # fmt: skip
    batches = Batches(maker)
    made_with = tuple(
        their or our for their, our in zip(theirs, notice_output.made_with(), strict=True)
    )
    monkeypatch.setattr(bench, "made_with", lambda: made_with)
    monkeypatch.setattr("socket.gethostname", lambda: "machine-2")
    with pytest.raises(Faulty, match=words) as raised:
        [*batches.take([ONE], bench.make_batch(batches.pack([ONE])))]
    (problem,) = raised.value.problems
    assert problem.rule == "worker-differs"
    assert problem.place.path.startswith("machine-2/")
    assert kept(cache) == []


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        (Faulty(Problem(Place("ssh-keygen"), "program-missing", "没有")), "program-missing"),
        (OSError(28, "No space left on device"), "unwritable"),
        (KeyError("a"), "software-fault"),
    ],
)
def test_what_a_worker_lacks_is_told_with_its_name(
    maker: NoticeMaker, monkeypatch: pytest.MonkeyPatch, fault: Exception, rule: str
) -> None:
    def fail(_: object, name: str) -> None:
        raise fault

    monkeypatch.setattr(NoticeMaker, "make", fail)
    monkeypatch.setattr("socket.gethostname", lambda: "machine-2")
    batches = Batches(maker)
    with pytest.raises(Faulty) as raised:
        [*batches.take([ONE], bench.make_batch(batches.pack([ONE])))]
    (problem,) = raised.value.problems
    assert problem.rule == rule
    assert "worker machine-2/" in problem.message


def test_a_worker_without_fonts_says_so(
    maker: NoticeMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise Faulty(Problem(Place("fonts"), "program-missing", "没有字体"))

    monkeypatch.setattr(bench, "made_with", fail)
    batches = Batches(maker)
    with pytest.raises(Faulty, match="没有字体（worker "):
        [*batches.take([ONE], bench.make_batch(batches.pack([ONE])))]


def test_what_cannot_be_read_is_not_sent(maker: NoticeMaker, project: Path) -> None:
    """Why not, is told where it is made here: elsewhere it would only be missing."""
    approved = project / f"data/notices/{ONE}/approved.txt"
    approved.rename(project / "elsewhere.txt")
    approved.symlink_to(project / "elsewhere.txt")
    with pytest.raises(Faulty):
        Batches(maker).pack([ONE])


def test_who_must_have_agreed_is_asked_there_too(project: Path, cache: Cache) -> None:
    with opened(project) as loader:
        maker = NoticeMaker(loader, "", Approvers("wang ssh-ed25519 AAAA\n", 1), cache, later=True)
        batches = Batches(maker)
        (output,) = batches.take([ONE], bench.make_batch(batches.pack([ONE])))
    assert [problem.rule for problem in output.problems] == ["approval-missing"]
    assert kept(cache) == []


def test_a_worker_keeps_nothing_of_what_it_has_made(maker: NoticeMaker, tmp_path: Path) -> None:
    batches = Batches(maker)
    bench.make_batch(batches.pack([ONE]))
    last = bench._Bench._last
    assert last
    folder = last[1]._root
    assert [*(folder / "data").glob("notices/*")] == []
    assert [*(folder.parent / "cache").glob("notices/*")] == []
    opened_before = {*Path("/proc/self/fd").iterdir()}
    assert [*batches.take([ONE], bench.make_batch(batches.pack([ONE])))], "and makes it again"
    assert len({*Path("/proc/self/fd").iterdir()}) == len(opened_before)
