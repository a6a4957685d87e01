"""Word files: what they show is the text, and what they do not plainly show is asked."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypandoc
import pytest

from exporting import editions
from notices.importing.docx import read_docx
from notices.importing.outline import propose
from notices.importing.readers import read_source
from notices.importing.source import Answers, Source
from notices.outputs.exports import notice_docx
from shapes import ALL, project_of
from sitehouse import SAMPLE
from word import p, word
from word_numbers import PARTS, TRAITS
from word_traits import Trait

NOBODY = Answers()
FICTIONAL = "fictional-2020"


def read(data: bytes, answers: Answers = NOBODY) -> Source:
    return read_docx(data, "notice.docx", answers)


def texts(source: Source) -> list[str]:
    return [line.text for line in source.lines]


@pytest.fixture(scope="module")
def project_of_shapes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project_of(ALL, tmp_path_factory.mktemp("shapes") / "project")


def test_what_was_exported_reads_back_as_it_was_approved(
    project_of_shapes: Path, two_notices: Path
) -> None:
    """Title and annex are no part of it, and say so by their styles; no question is asked. And the
    outline is proposed that it has.
    """
    made = {**editions(project_of_shapes), **editions(two_notices)}
    for notice, edition in made.items():
        source = read(notice_docx.make(edition))
        approved = edition.notice.approved
        if notice == FICTIONAL:  # whose lines have blanks around them, which no paper keeps
            approved = "\n".join(filter(None, map(str.strip, approved.splitlines())))
        assert ("\n".join(texts(source)), source.questions) == (approved.rstrip("\n"), ()), notice
        outline = [str(section.id) for section in edition.notice.narrative.all_sections]
        proposed = [str(section.id) for section in propose(source.lines).sections]
        assert proposed == outline or notice not in (SAMPLE, *ALL), notice
        left = [line.text for line in source.left]
        assert "— 1 —" in left
        assert ("附表" in left) == bool(edition.notice.items)


# --- Traits -------------------------------------------------------------------------------------


def answers_of(text: str) -> Answers:
    return Answers(**dict(each.split("=") for each in text.split()))


@pytest.mark.parametrize("trait", TRAITS.values(), ids=TRAITS.keys())
def test_each_trait_is_read_or_asked_about(trait: Trait) -> None:
    """An answer to its questions gives the text that it says, and asks no more."""
    data = word(trait.body, PARTS)
    source = read(data)
    asked = tuple(sorted(question.rule for question in source.questions))
    assert (tuple(texts(source)), asked) == (trait.lines, trait.asked)
    for said, lines in trait.answered.items():
        answered = read(data, answers_of(said))
        assert (tuple(texts(answered)), answered.questions) == (lines, ()), said
    for question in source.questions:
        assert question.message
        assert bool(question.answer) != ("请在 Word 里" in question.message)


@pytest.mark.parametrize("trait", TRAITS.values(), ids=TRAITS.keys())
def test_no_question_has_readings_that_nobody_can_tell_apart(trait: Trait) -> None:
    for question in read_source(word(trait.body, PARTS), "notice.docx", NOBODY).questions:
        assert all(map(str.strip, question.readings))
        assert len({*question.readings}) == len(question.readings)


def test_all_traits_together_are_what_each_is_alone() -> None:
    between = p("界")
    traits = {name: each for name, each in TRAITS.items() if "note" not in name}
    source = read(word(between.join(each.body for each in traits.values()), PARTS))
    told = "\n".join(texts(source)).split("界")
    assert [part.strip() for part in told] == ["\n".join(each.lines) for each in traits.values()]
    rules = Counter(question.rule for question in source.questions)
    assert rules == Counter(rule for each in traits.values() for rule in each.asked)


# --- A second opinion ---------------------------------------------------------------------------


def by_pandoc(data: bytes, changes: str) -> list[str]:
    """Return the characters that pandoc reads between the paragraphs that divide traits."""
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from=docx", "--to=json", f"--track-changes={changes}"],
        input=data, capture_output=True, check=True,
    )  # fmt: skip
    return "".join(strings(json.loads(done.stdout)["blocks"])).split("界")


def strings(node: object) -> Iterator[str]:
    """Yield the strings in what pandoc has read."""
    if isinstance(node, list):
        for each in node:
            yield from strings(each)
    elif isinstance(node, dict):
        if node.get("t") in ("Str", "Code"):
            yield node["c"] if node["t"] == "Str" else node["c"][1]
        else:
            yield from strings(node.get("c", []))


def plain(text: str) -> str:
    """Return what two programs write alike: no blanks, one kind of hyphen."""
    return "".join(text.split()).replace("\u2011", "-").replace("\u00ad", "")


@pytest.mark.parametrize("changes", ["accept", "reject"])
def test_another_program_reads_the_same_characters(changes: str) -> None:
    """Wherever nothing else is open, but for the numbers, which it does not print."""
    answers = Answers(changes=changes)
    traits = {name: each for name, each in TRAITS.items() if not each.pandoc}
    sources = {name: read(word(each.body, PARTS), answers) for name, each in traits.items()}
    sources = {name: source for name, source in sources.items() if not source.questions}
    assert len(sources) > 60
    body = p("界").join(traits[name].body for name in sources)
    ours = {
        name: plain("".join(line.text[len(line.numbered) :] for line in source.lines))
        for name, source in sources.items()
    }
    theirs = dict(zip(ours, map(plain, by_pandoc(word(body, PARTS), changes)), strict=True))
    assert ours == theirs
