"""The editor's handbook, ``data/README.md``: what it shows works, and what exists it shows."""

from __future__ import annotations

import ast
import re
import shutil
import textwrap
import unicodedata
from pathlib import Path
from typing import TypeVar, get_args

import pytest
from openpyxl import Workbook
from pydantic import BaseModel

from notices.checks import inspect
from notices.checks import table as table_of_rules
from notices.command import main
from notices.facts import model
from notices.facts.salvage import validate
from notices.facts.source import read_yaml
from notices.problem import Faulty, Place
from notices.text.narrative import Line, parse
from notices.text.table import read_row
from sitehouse import ROOT, SAMPLE, SAMPLE_ROOT, copy_project

HANDBOOK = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
EXAMPLE = "moumou-2020"
OWN_KEYS = ("stated", "columns", "ledger")
"""Below these, keys are what the notice calls what is counted, and the columns of tables."""
KeyNames = tuple[str, ...]
F = TypeVar("F", bound=model.Facts)


def blocks(language: str) -> list[str]:
    """Return the handbook's fenced blocks of one language, in order, without their indent."""
    fenced = re.compile(rf"^( *)```{language}\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(match[2]) for match in fenced.finditer(HANDBOOK)]


def table(heading: str) -> list[list[str]]:
    """Return the rows of the table whose first column is headed ``heading``."""
    _, found, rest = HANDBOOK.partition(f"\n| {heading} |")
    assert found, f"the handbook has no table headed {heading}"
    lines = rest.split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def code_spans(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


UPDATE, ITEM, NOTICE, KIND, SYNONYMS, PUBLISHER, SITE = blocks("yaml")
NARRATIVE, OUTLINES, TABLE = blocks("markdown")


def keys_of(kind: type[BaseModel]) -> set[KeyNames]:
    """Return the path of every key that ``kind`` knows, at every depth."""
    keys: set[KeyNames] = set()
    for name, field in kind.model_fields.items():
        key = field.alias or name
        keys.add((key,))
        for nested in models_in(field.annotation):
            keys.update((key, *deeper) for deeper in keys_of(nested))
    return keys


def models_in(annotation: object) -> list[type[BaseModel]]:
    """Return the models that stand anywhere in a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for inner in get_args(annotation) for found in models_in(inner)]


def read(folder: Path, text: str, kind: type[F]) -> tuple[F, set[KeyNames]]:
    """Return the facts in ``text`` and the paths of the keys that it uses, numbers left out."""
    (folder / "example.yml").write_text(text, encoding="utf-8")
    document = read_yaml(folder, "example.yml")
    names = {tuple(key for key in path if isinstance(key, str)) for path in document.keys}
    used = {path for path in names if path[0] not in OWN_KEYS or len(path) == 1}
    return validate(document, kind), used


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (ITEM, model.Item), (NOTICE, model.Notice), (KIND, model.Kind),
        (SYNONYMS, model.Synonyms), (PUBLISHER, model.Publisher), (SITE, model.Site),
    ],
)  # fmt: skip
def test_each_example_is_valid_and_shows_every_key(
    text: str, kind: type[model.Facts], tmp_path: Path
) -> None:
    _, used = read(tmp_path, text, kind)
    assert used == keys_of(kind)


def test_each_outline_that_is_shown_has_the_items_that_it_says() -> None:
    shown = [parse("n.md", text) for text in OUTLINES.split("\n\n")]
    found = [[str(section.id) for section in each.items] for each in shown]
    assert found == [["1"], ["1-1"], ["1-1", "1-2-1"]]


def test_the_table_that_is_shown_has_the_items_that_it_says() -> None:
    shown = parse("n.md", TABLE)
    assert [(str(each.id), each.label) for each in shown.items] == [
        ("1", "台账不全"), ("2", "采购没有比价"),
    ]  # fmt: skip
    assert [str(each.id) for each in shown.all_sections] == ["1", "2", "part-1", "closing"]


def approved(narrative: str) -> str:
    """Return the text that ``narrative`` has with marks."""
    rows = {line: read_row(Line(Place("n.md", 1), line)) for line in narrative.splitlines()}
    lines = (row.line.text if row else line for line, row in rows.items() if line != "|---|")
    return re.sub(r"^#+ | \{#[\w-]+\}$", "", "\n".join(lines), flags=re.MULTILINE)


def test_the_lines_of_an_update_can_be_added_to_an_item(tmp_path: Path) -> None:
    item, _ = read(tmp_path, f"title: 某某\n{UPDATE}", model.Item)
    assert [update.status for update in item.updates] == ["completed"]


def test_the_examples_together_are_a_sound_notice(tmp_path: Path) -> None:
    """An editor who copies narrative, notice and item from the handbook is told of no problem."""
    for path, text in {
        f"content/notices/{EXAMPLE}.md": NARRATIVE,
        f"data/notices/{EXAMPLE}/approved.txt": approved(NARRATIVE),
        f"data/notices/{EXAMPLE}/notice.yml": NOTICE,
        f"data/notices/{EXAMPLE}/items/1-1-1.yml": ITEM,
        "data/publishers/moumou.yml": PUBLISHER,
        "data/synonyms.yml": SYNONYMS,
        "data/publishers/moumou-jituan.yml": "name: 某某集团有限公司\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    for name in ("site.yml", "vocabulary.yml"):
        shutil.copy(SAMPLE_ROOT / "data" / name, tmp_path / "data")
    (tmp_path / "content" / "files").mkdir()
    Workbook().save(tmp_path / "content" / "files" / "某某公司整改台账.xlsx")
    shutil.copytree(SAMPLE_ROOT / "data" / "kinds", tmp_path / "data" / "kinds")
    for page in (SAMPLE_ROOT / "content").glob("*.md"):
        shutil.copy(page, tmp_path / "content")
    catalogue, problems = inspect(tmp_path)
    assert problems == []
    assert [item.id for item in catalogue.notices[0].items] == ["1-1-1"]


def test_the_table_of_statuses_is_the_vocabulary() -> None:
    """Ids, labels and definitions agree, whether punctuation is full-width or half-width."""
    vocabulary = validate(read_yaml(SAMPLE_ROOT, "data/vocabulary.yml"), model.Vocabulary)
    assert [[unicodedata.normalize("NFKC", cell) for cell in row] for row in table("填写")] == [
        [f"`{each.id}`", each.label, unicodedata.normalize("NFKC", each.definition)]
        for each in vocabulary.statuses
    ]
    assert table("结论") == [
        [f"`{each.id}`", each.label, each.definition] for each in vocabulary.findings
    ]


def codes_in_source() -> set[str]:
    """Return the codes that are written out where a problem is made: ``Problem(place, "code", …)``.

    The helpers ``refuse`` and ``_refuse`` take theirs as the second argument too, a question of the
    import and what is wrong in a cell as the first.
    """
    codes = set()
    for path in (ROOT / "hooks" / "notices").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="Problem") | ast.Attribute(attr="refuse" | "_refuse"),
                    args=[_, ast.Constant(value=str(code)), *_],
                ):
                    codes.add(code)
                case ast.Call(
                    func=ast.Name(id="Question" | "Inquiry" | "WrongCell"),
                    args=[ast.Constant(str(code)), *_],
                ):
                    codes.add(code)
    return codes


def test_each_picture_is_there_and_soon_loaded() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", HANDBOOK)
    assert pictures
    for picture in pictures:
        assert 0 < (ROOT / "data" / picture).stat().st_size < 200_000


def test_the_table_of_rules_is_the_one_that_the_command_prints(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """When this fails: put what ``notices rules`` prints between the two comments."""
    main(["rules"])
    kept = HANDBOOK.split("<!-- rules: notices rules -->\n")[1].split("<!-- /rules -->")[0]
    assert kept == capsys.readouterr().out


def test_every_code_in_the_source_is_in_a_table() -> None:
    """In those of the handbook, of rules, imports and ledgers, or in that for who runs a server."""
    server = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8").split("## Messages")[1]
    rows = [line.split("|")[1] for line in server.splitlines() if line.startswith("| `")]
    listed = {code for row in rows for code in code_spans(row)}
    for heading in ("导入时的代码", "台账的代码"):
        listed |= {code for row in table(heading) for code in code_spans(row[0])}
    assert codes_in_source() - {code for code, *_ in table_of_rules()} == listed


def test_the_sample_of_a_message_is_what_an_editor_sees(tmp_path: Path) -> None:
    [message] = blocks("text")
    project = copy_project(tmp_path / "project")
    item = project / "data" / "notices" / SAMPLE / "items" / "1-3-2.yml"
    text = item.read_text(encoding="utf-8")
    item.write_text(re.sub("quote: .*", "quote: 已清退", text), encoding="utf-8")
    _, problems = inspect(project)
    assert [f"{problem}\n" for problem in problems] == [message]


def test_each_place_of_the_table_of_folders_exists() -> None:
    places = [place for row in table("位置") for place in code_spans(row[0])]
    missing = {
        place for place in places if not (SAMPLE_ROOT / place.replace("<通报>", SAMPLE)).exists()
    }
    assert missing == {"data/publishers/"}, "a site of one publisher need not have it"


def what_is_said(folder: Path, line: str) -> str | None:
    """Return the value of one line of an item as the program takes it; None when it is refused."""
    line = line.replace("␣", " ").replace("⇥", "\t")
    parent = "" if line[0].isalpha() else "documents:\n" if "-" in line else "responsible:\n"
    try:
        item, _ = read(folder, f"title: 某某\n{parent}{line}\n", model.Item)
    except Faulty:
        return None
    leader = item.responsible.leader if item.responsible else None
    return str(item.goal or item.deadline or leader or item.documents[0])


@pytest.mark.parametrize(("point", "wrong", "right"), table("要点"))
def test_what_is_called_wrong_is_wrong_and_what_is_called_right_is_right(
    point: str, wrong: str, right: str, tmp_path: Path
) -> None:
    """A right line is taken whole, but for its quotes; a wrong one is refused or cut short."""

    def taken_whole(line: str) -> bool:
        said = what_is_said(tmp_path, line)
        return said is not None and line.rstrip("'\"").endswith(said)

    right_lines, wrong_lines = code_spans(right), code_spans(wrong)
    assert right_lines
    assert [line for line in right_lines if not taken_whole(line)] == []
    assert wrong_lines
    assert [line for line in wrong_lines if taken_whole(line)] == []
