"""Whatever stands in the files of a project: problems in one line each, or a notice to publish.

Never a traceback, never a hang, never more than 500 MB. ``make fuzz`` tries ten times as much.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from types import FrameType
from typing import NamedTuple

import pytest
import yaml
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import profiles
from compiled import COMPILED
from kinds import INSPECTION
from notices.catalogue.notices import Catalogue, Notice
from notices.catalogue.settings import Record
from notices.checks import inspect
from notices.facts import model
from notices.facts.files import decode
from notices.facts.source import read_yaml
from notices.outputs.fragments import Fragments
from notices.outputs.pages.of_notice import notice_pages
from notices.problem import ERROR, Faulty
from notices.text.characters import controls
from notices.text.narrative import parse
from notices.text.numerals import chinese_number
from searching import index_of
from sitehouse import ROOT, SAMPLE, SAMPLE_ROOT

FICTIONAL = ROOT / "tests" / "fictional"
NOTICE = "fictional-2020"
FILES = {
    "data/site.yml": "data/site.yml",
    "data/vocabulary.yml": "data/vocabulary.yml",
    "data/kinds/inspection.yml": "data/kinds/inspection.yml",
    f"data/notices/{NOTICE}/notice.yml": f"data/notices/{SAMPLE}/notice.yml",
    f"data/notices/{NOTICE}/items/1-1-1.yml": f"data/notices/{SAMPLE}/items/2-3-2.yml",
    f"data/notices/{NOTICE}/approved.txt": f"data/notices/{SAMPLE}/approved.txt",
    f"content/notices/{NOTICE}.md": f"content/notices/{SAMPLE}.md",
    "content/contact.md": "content/contact.md",
}
"""The files to spoil, each with one of the real sample to mutate."""
FACTS, TEXT, APPROVED, PAGE = (
    f"data/notices/{NOTICE}/items/1-1-1.yml",
    f"content/notices/{NOTICE}.md",
    f"data/notices/{NOTICE}/approved.txt",
    "content/contact.md",
)
PAGES = ["index.md", "about.md", "accessibility.md", "changes.md", "search.md", "updates.md"]
NEEDED = ["completed", "in-progress", "not-completed", "extended", "unstated"]
"""The statuses of the fictional notice, and the one of what has none."""
LINE = re.compile(r"([^\n]+):([1-9]\d*):([1-9]\d*): \[[a-z]+(-[a-z0-9]+)*\] .+")
SECONDS = 10  # of processor time, however busy the machine is
WAITING = 120  # seconds, for what waits and takes none


def copy_base(project: Path) -> Path:
    """Write a small project: the fictional notice, a page, two files of facts."""
    shutil.copytree(FICTIONAL, project)
    for path in ("data/site.yml", "data/vocabulary.yml", "content/contact.md"):
        shutil.copy(SAMPLE_ROOT / path, project / path)
    shutil.copytree(SAMPLE_ROOT / "data/kinds", project / "data/kinds")
    return project


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound project that each example spoils, and then mends, with no more to read than it needs:
    what needs it is tried as often in the same time.
    """
    project = copy_base(tmp_path_factory.mktemp("fuzz") / "project")
    for path in (project / "data/kinds").iterdir():
        if f"data/kinds/{path.name}" not in FILES:
            path.unlink()
    words = yaml.safe_load((project / "data/vocabulary.yml").read_text(encoding="utf-8"))
    statuses = [each for each in words["statuses"] if each["id"] in NEEDED]
    least = yaml.dump({"statuses": statuses}, allow_unicode=True)
    (project / "data/vocabulary.yml").write_text(least, encoding="utf-8")
    for name in PAGES:
        marker = name.removesuffix(".md")
        text = f"[[{marker}]]" if marker in ("changes", "search") else "甲"
        head = "甲 {#verify}" if marker == "about" else "甲"
        (project / "content" / name).write_text(f"# {head}\n\n{text}\n", encoding="utf-8")
    assert inspect(project)[1] == []
    return project


def publish(catalogue: Catalogue) -> None:
    """Make all that a build makes of each notice, and see that the page says its text."""
    public = catalogue.public()
    assert list(index_of(public))
    fragments = Fragments(public, ROOT / "theme" / "fragments", COMPILED)
    for notice in public.notices:
        assert said(fragments, notice, public.vocabulary) == written(notice)


def said(fragments: Fragments, notice: Notice, vocabulary: model.Vocabulary) -> str:
    """Return what the page of ``notice`` says, without annotations and white space."""
    html = next(notice_pages(notice, vocabulary)).render(fragments)
    tree = LexborHTMLParser(f"<article>{html}</article>")
    for annotation in tree.css("[data-annotation]"):
        annotation.decompose()
    assert tree.body
    return "".join(tree.body.text().split())


def written(notice: Notice) -> str:
    return "".join("".join(line.text for line in notice.narrative.lines).split())


class HungError(BaseException):
    """Not an Exception, so that nothing takes it for a fault of its own."""


@contextlib.contextmanager
def limited() -> Iterator[None]:
    """Fail, rather than wait, when what stands inside takes longer than SECONDS, or waits."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise HungError

    limits = (
        (signal.SIGPROF, signal.ITIMER_PROF, SECONDS),
        (signal.SIGALRM, signal.ITIMER_REAL, WAITING),
    )
    gc.disable()  # to look through all that was tried before is none of the checker's time
    before = [signal.signal(name, stop) for name, *_ in limits]
    for _, timer, seconds in limits:
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        for (name, timer, _), earlier in zip(limits, before, strict=True):
            signal.setitimer(timer, 0)
            signal.signal(name, earlier)
        gc.enable()


def hold(project: Path) -> None:
    """Inspect ``project``: what comes must be problems as promised, or something to publish."""
    with limited():
        catalogue, problems = inspect(project)
        for problem in problems:
            hold_line(str(problem))
        if not any(problem.severity == ERROR for problem in problems):
            publish(catalogue)


def hold_line(line: str) -> None:
    match = LINE.fullmatch(line)
    assert match, line
    assert line.encode(), "it can be printed"
    assert not {unicodedata.category(char) for char in line} & {"Cc", "Cs", "Zl", "Zp"}, line
    path = PurePosixPath(match[1])
    assert not path.is_absolute()
    assert ".." not in path.parts


# --- What may stand in a file -------------------------------------------------------------------

CONTROLS = ["\0", "\x07", "\x0b", "\x0c", "\x1b[31m", "\x1c", "\x1d", "\x1e", "\x7f", "\x85"]
ODD = [*CONTROLS, "\ufeff", "\ufffe", "\u2028", "\u2029", "\u202e", "\u200b", "\u3000", "\r", "\t"]
TOKENS = [
    *ODD, *"-?:,[]{}#&*!|>'\"%@`~<=.\\\n\n\n   ", "\\e", "\\n", "- ", ": ", "? ", "\n  ", "\n    ",
    "---\n", "...\n", "%YAML 1.1\n", "&a ", "*a", "<<: *a", "!!binary ", "!!python/name:os.system ",
    "!!set ", "!!timestamp ", "null", "yes", "1", "-0", "0x1f", "1_0", "1:30:00", "1e9", ".inf",
    ".nan", "2023-13-45", "2023-02-30T25:00:00Z", "9" * 5000, "甲", "😀", "：", "\U0010ffff",
    "title", "status", "basis", "quote", "measures", "updates", "date", "statuses", "contact",
    "stated", "items", "known_discrepancies", "rule", "at", "publisher", "id", "from", "audience",
    "party", "completed", "unstated", "stated-total", "2020-04-01", "第2个虚构问题",
    "# ", "## ", "###### ", " {#1}", " {#1-1}", " {#1-1-1}", " {#part-1}", "{#0}", "一是", "二是",
    "。", "十是", "(一)", "1.", "《", "》", "“", "”", "[[", "]]", "[[narrative]]", "[[contact]]",
    "<script>", "javascript:", "](", "&amp;", "&#0;", "\x02wzxhzdk:0\x03", "\x02", "\x03",
    "138****1234", "11010519491231002X", "13800000000", "6222020000000000000", "XX", "100%", "0个",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(TOKENS) | st.text(max_size=4), max_size=40).map("".join)


class Edit(NamedTuple):
    """What befalls one span of a text: where it begins and how long it is, what comes for it."""

    begin: float  # 0 to 1, as the next
    end: float
    longest: int
    new: Callable[[str], str]
    at: float | None  # or where it was


def instead(text: str) -> Callable[[str], str]:
    return lambda _: text


PLACES_IN_TEXT = st.integers(0, 10_000).map(lambda number: number / 10_000)
EDITS = st.lists(
    st.builds(
        Edit,
        PLACES_IN_TEXT,
        PLACES_IN_TEXT,
        st.sampled_from([0, 1, 2, 8, 80, 10_000]),
        st.sampled_from([
            lambda _: "", lambda span: span * 2, lambda span: span * 40, lambda span: span[::-1],
            lambda span: span.replace("\n", " "),
        ])
        | (st.sampled_from(TOKENS) | TEXTS).map(instead),
        st.sampled_from([None, None, 0.0, 1.0]),
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


def mutant(text: str, edits: list[Edit]) -> str:
    """Return ``text`` with spans of it taken out, moved, repeated or overwritten."""
    for edit in edits:
        start, stop = sorted(round(len(text) * place) for place in (edit.begin, edit.end))
        stop = min(stop, start + edit.longest)
        rest = text[:start] + text[stop:]
        at = start if edit.at is None else round(len(rest) * edit.at)
        text = rest[:at] + edit.new(text[start:stop]) + rest[at:]
    return text


def contents(path: str) -> st.SearchStrategy[bytes]:
    """Draw what may stand in ``path``: any bytes, the tokens of our files, or mutations."""
    seeds = [(FICTIONAL / path), SAMPLE_ROOT / FILES[path]]
    texts = [seed.read_text(encoding="utf-8") for seed in seeds if seed.exists()]
    return st.one_of(
        st.binary(max_size=200),
        TEXTS.map(str.encode),
        *[
            st.tuples(st.just(text[:4000]), EDITS).map(lambda pair: mutant(*pair).encode())
            for text in texts
        ],
        st.tuples(st.sampled_from(texts), st.sampled_from(["gb18030", "utf-16", "utf-8-sig"])).map(
            lambda pair: pair[0].encode(pair[1])
        ),
    )


SPOILT = st.one_of([st.tuples(st.just(path), contents(path)) for path in sorted(FILES)])


@settings(max_examples=profiles.INPUTS)
@given(SPOILT)
@example((FACTS, b"!!timestamp title: 1"))
@example((FACTS, b"title: \n- !!bool a"))
@example((FACTS, b"measures: {a: {b: 1}}"))
@example((f"content/notices/{NOTICE}.md", b"\0"))
def test_any_bytes_in_any_file(base: Path, spoilt: tuple[str, bytes]) -> None:
    path, data = spoilt
    sound = (base / path).read_bytes()
    (base / path).write_bytes(data)
    try:
        hold(base)
    finally:
        (base / path).write_bytes(sound)


# --- What may become of files -------------------------------------------------------------------

PLACES = sorted(
    {*FILES, *(parent.as_posix() for path in FILES for parent in PurePosixPath(path).parents)}
    - {"."}
)
NAMES = [
    "1-1-1.yml", "1-1-2.yml", "9-9-9.yml", "1-1-1.yaml", "0-1-1.yml", "1-1.yml", ".hidden",
    "notice.yml", "NOTICE.YML", "approved.txt", "items", "second-2021", "某通报", "a\nb.md",
    "x.md", "\x1b[31m.yml", "\udcff.yml", "9" * 200 + "-1-1.yml", "１-１-１.yml", "con.md", "-",
]  # fmt: skip


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def replace_by(make: Callable[[Path], None]) -> Callable[[Path, Path], None]:
    def change(path: Path, _other: Path) -> None:
        remove(path)
        make(path)

    return change


def copy(path: Path, other: Path) -> None:
    remove(other)
    if path.is_dir():
        shutil.copytree(path, other, symlinks=True)
    else:
        shutil.copy(path, other)


def link(path: Path, other: Path) -> None:
    remove(other)
    other.symlink_to(path.name)


def rename(path: Path, other: Path) -> None:
    remove(other)
    path.rename(other)


CHANGES: dict[str, Callable[[Path, Path], None]] = {
    "delete": lambda path, _: remove(path),
    "make it a folder": replace_by(Path.mkdir),
    "make it a file": replace_by(Path.touch),
    "make it a pipe": replace_by(os.mkfifo),
    "make it a loop of links": replace_by(lambda path: path.symlink_to(path.name)),
    "make it a link to its folder": replace_by(lambda path: path.symlink_to(".")),
    "make it a link to nothing": replace_by(lambda path: path.symlink_to("nothing")),
    "make it a link outside": replace_by(lambda path: path.symlink_to("/etc")),
    "make it a device": replace_by(lambda path: path.symlink_to("/dev/zero")),
    "copy": copy,
    "rename": rename,
    "link": link,
}


@settings(max_examples=profiles.INPUTS // 4)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(PLACES), st.sampled_from(sorted(CHANGES)), st.sampled_from(NAMES)
        ),
        min_size=1,
        max_size=3,
    )
)
@example([(f"data/notices/{NOTICE}", "make it a loop of links", "-")])
def test_any_change_to_files_and_folders(base: Path, changes: list[tuple[str, str, str]]) -> None:
    project = base.with_name("changed")
    shutil.copytree(base, project)
    try:
        for place, change, name in changes:
            path = project / place
            if path.name != name and path.exists() and not path.is_symlink():
                with contextlib.suppress(OSError):  # a pipe cannot be copied
                    CHANGES[change](path, path.with_name(name))
        hold(project)
    finally:
        remove(project)


# --- What is large, deep or long ----------------------------------------------------------------

NUMBERED = "".join(f"{chinese_number(number)}是某某。" for number in range(1, 100))
HEADINGS = "## 甲 {#1}\n### 乙 {#1-1}\n#### 丙 {#1-1-1}\n"
# By night just under what is read at all.
LARGE = 990_000 if profiles.PROFILE == "nightly" else 49_000
BOMBS = {
    "brackets": (FACTS, "title: " + "[" * LARGE),
    "closed brackets": (FACTS, "title: " + "[" * 2000 + "]" * 2000),
    "closed brackets, less deep": (FACTS, "title: " + "[" * 300 + "]" * 300),
    "braces": (FACTS, "{a: " * (LARGE // 4)),
    "closed braces": (FACTS, "{a: " * 900 + "}" * 900),
    "dashes": (FACTS, "title:\n" + "- " * (LARGE // 2)),
    "indentation": (FACTS, "".join(" " * depth + "a:\n" for depth in range(1300))),
    "aliases": (FACTS, "a0: &a0 甲\n" + "".join(
        f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40)
    )),
    "an alias of itself": (FACTS, "title: &a [*a]\n"),
    "merge keys": (FACTS, "a: &a {b: 甲}\ntitle: {<<: [" + "*a, " * (LARGE // 4) + "]}\n"),
    "a long word": (FACTS, "title: " + "甲" * (LARGE // 3)),
    "a long key": (FACTS, "a" * LARGE + ": 甲"),
    "a long number": (FACTS, "title: " + "9" * LARGE),
    "a long number of sixties": (FACTS, "title: " + "1" + ":59" * (LARGE // 3)),
    "a long number as key": (FACTS, "measures:\n  " + "9" * 1000 + ": {}\n"),
    "many keys": (FACTS, "".join(f"k{number}: 1\n" for number in range(LARGE // 12))),
    "many keys, mistyped": (FACTS, "".join(f"titel{number}: 1\n" for number in range(LARGE // 16))),
    "the same key": (FACTS, "title: 甲\n" * (LARGE // 14)),
    "many entries": (FACTS, "title: [" + "甲," * (LARGE // 4) + "]"),
    "many measures": (FACTS, "title: 甲\nmeasures:\n" + "".join(
        f"  {number}: {{}}\n" for number in range(LARGE // 14)
    )),
    "empty lines": (FACTS, "\n" * LARGE),
    "carriage returns": (FACTS, "title: 甲\r" * (LARGE // 14)),
    "comments": (FACTS, "title: 甲 #x\n" * (LARGE // 20)),
    "ampersands": (FACTS, "title: " + "&" * LARGE),
    "full-width colons": (FACTS, "title：甲\n" * (LARGE // 20)),
    "a long line": (TEXT, "甲" * (LARGE // 3)),
    "many lines": (TEXT, "甲\n" * (LARGE // 4)),
    "many lines that differ": (TEXT, "".join(f"{number}\n" for number in range(LARGE // 7))),
    "many lines approved": (APPROVED, "".join(f"{number}\n" for number in range(LARGE // 7))),
    "many lines approved, all the same": (APPROVED, "甲\n" * (LARGE // 4)),
    "many headings": (TEXT, "".join(f"## 甲 {{#part-{n}}}\n" for n in range(LARGE // 22))),
    "the same heading": (TEXT, "## 甲 {#part-1}\n" * (LARGE // 20)),
    "no headings": (TEXT, "#\n" * (LARGE // 2)),
    "a heading of spaces": (TEXT, "## 甲" + " " * LARGE),
    "a heading of braces": (TEXT, "## 甲" + " {#1" * (LARGE // 5)),
    "a hundred measures": (TEXT, HEADINGS + NUMBERED + "一百是某某。"),
    "the hundredth measure": (TEXT, HEADINGS + NUMBERED + "是某某。"),
    "the first measure again": (TEXT, HEADINGS + "一是" * (LARGE // 6)),
    "white space before measures": (
        TEXT, HEADINGS + " " * (LARGE // 3) + "一是。二是" * (LARGE // 20),
    ),
    "quotation marks": (TEXT, HEADINGS + "“" * (LARGE // 7) + "”" * (LARGE // 7)),
    "percentages": (TEXT, HEADINGS + "25个问题,已完成整改19个、" * (LARGE // 40)),
    "digits": (TEXT, HEADINGS + "1" * LARGE),
    "digits in groups": (TEXT, HEADINGS + "1101051949 " * (LARGE // 12)),
    "numbers to add up": (TEXT, HEADINGS + "1个、" * (LARGE // 8)),
    "book titles": (TEXT, HEADINGS + "《" * (LARGE // 3 - 100)),
    "angle brackets": (TEXT, HEADINGS + "<" * (LARGE // 2)),
    "brackets in a page": (PAGE, "[" * LARGE),
    "markers": (PAGE, "[[contact]]\n" * (LARGE // 20)),
    "unknown markers": (PAGE, "[[contakt]]\n\n" * (LARGE // 20)),
    "tags in a page": (PAGE, "<a " * (LARGE // 3)),
    "comments in a page": (PAGE, "<!--" * (LARGE // 4)),
    "links in a page": (PAGE, "[a](" * (LARGE // 4)),
    "too much": (PAGE, "甲" * 990_000),
}  # fmt: skip


@pytest.fixture(scope="module")
def scales(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """A process that weighs checks; what goes wrong in them is in ``errors`` beside."""
    with (
        (tmp_path_factory.mktemp("scales") / "errors").open("w") as errors,
        subprocess.Popen(
            [sys.executable, ROOT / "tests" / "weighing.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        yield process


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_what_is_large_takes_neither_time_nor_memory(
    base: Path, scales: subprocess.Popen[str], bomb: tuple[str, str]
) -> None:
    path, text = bomb
    sound = (base / path).read_bytes()
    (base / path).write_bytes(text.encode())
    try:
        taken = weigh(scales, base)
    finally:
        (base / path).write_bytes(sound)
    assert taken["status"] == 0, taken
    assert taken["megabytes"] < 500
    for line in json.loads(base.with_name("problems.json").read_text()):
        hold_line(line)


def weigh(scales: subprocess.Popen[str], project: Path) -> dict[str, float]:
    """Return what checking ``project`` took: ``status``, ``seconds``, ``megabytes``."""
    assert scales.stdin
    assert scales.stdout
    print(project, file=scales.stdin, flush=True)
    taken: dict[str, float] = json.loads(scales.stdout.readline())
    return taken


# --- The merge ----------------------------------------------------------------------------------

# What a text may hold at all: what is refused as it is read says nothing of the merge.
READABLE = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co", "Cf", "Zl", "Zp"))
PIECES = [
    *(token for token in TOKENS if not any(controls(token))),
    "一是", "二是", "三是", "。", "&", "<b>", "*a*", "_b_", "`c`", "![](", "| 甲 | 乙 |", "|---|",
]  # fmt: skip
PROSE = st.lists(st.sampled_from(PIECES) | st.text(READABLE, max_size=6), min_size=1, max_size=8)
PARAGRAPHS = st.lists(PROSE.map("".join), max_size=2).map("\n\n".join)
SECTIONS = st.tuples(PARAGRAPHS, PARAGRAPHS, PROSE.map("".join), PARAGRAPHS)


@st.composite
def narratives(draw: st.DrawFn) -> str:
    """Draw a narrative: an outline with any words in its headings and paragraphs."""
    lines = [draw(PARAGRAPHS)]
    sections = draw(st.lists(SECTIONS, min_size=1, max_size=2))
    for number, (outer, inner, title, text) in enumerate(sections, 1):
        lines += [f"## 甲{title} {{#{number}}}", outer, f"### 乙 {{#{number}-1}}", inner]
        lines += [f"#### {title} {{#{number}-1-1}}", text]
    return "\n\n".join(lines)


def make_notice(text: str) -> Notice:
    """Return a notice by hand whose narrative is ``text``, with the least facts; raise Faulty."""
    outline = parse(TEXT, decode(TEXT, text.encode()), text)
    facts = model.Notice.model_validate(
        {"title": "甲", "publisher": "乙", "short_name": "丙", "inspection": {"by": "丁"},
         "contact": {}}
    )  # fmt: skip
    document = read_yaml(SAMPLE_ROOT, "data/site.yml")  # its places are not looked at
    items = {str(section.id): Record(model.Item(title="戊"), document) for section in outline.items}
    return Notice(NOTICE, Record(facts, document), outline, text, "0" * 64, items, INSPECTION)


@settings(max_examples=profiles.INPUTS // 2)
@given(narratives())
@example("#1库房\n# 1\n##号\n## 甲 {#1}\n### 乙 {#1-1}\n#### 丙 {#1-1-1}\n#1库房。\n## 二号")
@example("## - {#1}\n### - {#1-1}\n#### - {#1} {#1-1-1}\n- {: #1}")
def test_any_words_are_on_the_page_as_they_are(text: str) -> None:
    try:
        notice = make_notice(text)
    except Faulty:
        reject()
    status = {"id": "unstated", "label": "己", "definition": "庚", "tone": "neutral"}
    vocabulary = model.Vocabulary.model_validate({"statuses": [status]})
    catalogue = Catalogue(model.Site(publisher="辛"), vocabulary, [notice])
    fragments = Fragments(catalogue, ROOT / "theme" / "fragments", COMPILED)
    assert said(fragments, notice, vocabulary) == written(notice)
