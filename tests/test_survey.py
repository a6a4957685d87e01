"""The survey: nothing stands in ``content/`` or ``data/`` that is not meant to become public."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from notices.catalogue import public
from notices.catalogue.survey import survey
from notices.checks import inspect
from sitehouse import SAMPLE, SAMPLE_ROOT, copy_project

PNG = b"\x89PNG\r\n\x1a\n"
PDF = b"%PDF-1.7\n"
ITEMS = f"data/notices/{SAMPLE}/items"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound project that each test mends again."""
    return copy_project(tmp_path_factory.mktemp("small") / "project")


@pytest.fixture
def put(small: Path) -> Iterator[Callable[..., None]]:
    """Puts bytes, or a thing of another kind, at a path of ``small`` for one test."""
    new: list[Path] = []

    def put(path: str, content: bytes | Callable[[Path], object] = b"") -> None:
        target = small / path
        missing = [*(each for each in [*target.parents, target] if not os.path.lexists(each))]
        new.extend(sorted(missing, key=lambda each: len(each.parts)))
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            target.write_bytes(content)
        else:
            content(target)

    yield put
    for path in new:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def told(project: Path) -> list[str]:
    return [f"{problem.place.path} {problem.rule}" for problem in survey(project)[1]]


STRAY = [
    f"content/notices/{SAMPLE}/index.md",
    f"content/notices/{SAMPLE}/x.md",
    f"content/notices/{SAMPLE}/notice.pdf",
    f"content/notices/{SAMPLE}/notice.pdf.gz",
    "content/notices/x.pdf",
    "content/evil.js",
    "content/raw.html",
    "content/e.svg",
    "content/note.txt",
    "content/robots.txt",
    "content/robots.txt.gz",
    "content/index.html.br",
    "content/manifest.json",
    "content/manifest.json.sig",
    "content/CNAME",
    "content/favicon.ico",
    "content/.hidden.md",
    "content/.DS_Store",
    "content/.gitattributes",
    "content/x.tar.gz",
    "content/macro.docm",
    "data/.gitattributes",
    f"data/notices/{SAMPLE}/.gitattributes",
    f"data/notices/{SAMPLE}/notice.yaml",
    f"data/notices/{SAMPLE}/scan.pdf",
    f"data/notices/{SAMPLE}/approvals/zhang.pub",
    "data/notices/README.md",
    "data/schema/x.yml",
    "data/backup/site.yml",
    "data/x.pdf",
]


@pytest.mark.parametrize("path", STRAY)
def test_what_is_not_listed_is_told_by_its_name(
    small: Path, put: Callable[..., None], path: str
) -> None:
    """The line says what may stand there, and the check as a whole says it, too."""
    put(path)
    (problem,) = inspect(small)[1]
    assert path.startswith(problem.place.path)
    assert problem.rule == "stray-file"
    assert "这里只放" in problem.message


MISNAMED = [
    "content/About.md",
    "content/README.md",
    "content/x.markdown",
    "content/关于.md",
    "content/a_b.md",
    "content/a--b.md",
    "content/Images/x.png",
    "content/x.PDF",
    "content/X.pdf",
    "content/ｘ.pdf",
    "content/表①.pdf",
    "content/a b.pdf",
    "content/x.html.pdf",
    "content/-x.pdf",
    "content/" + "表" * 66 + ".pdf",
    "content/notices/Shuangd.md",
    "data/notices/Shuangd",
    f"{ITEMS}/1-1-1.yaml",
    f"{ITEMS}/1-1-1 副本.yml",
    f"{ITEMS}/1-1-１.yml",
    "content/a\nb.md",
    "content/\x1b[31m.md",
    "content/a\u200bb.pdf",
    "content/\udcff.md",
]


@pytest.mark.parametrize("path", MISNAMED, ids=ascii)
def test_what_is_named_wrongly_is_told_by_its_name(
    small: Path, put: Callable[..., None], path: str
) -> None:
    put(path, Path.mkdir if "." not in path else PDF)
    first = told(small)[0]
    assert path.startswith(first.removesuffix(" file-name"))
    assert first.endswith(" file-name")
    assert all(str(problem).isprintable() for problem in survey(small)[1])


LINKS = [
    ("content/d", "../data/notices"),
    ("content/d", "../.git"),
    ("content/passwd.pdf", "/etc/passwd"),
    ("content/x.md", "about.md"),
    ("content/loop.md", "loop.md"),
    ("content/nowhere.md", "nowhere"),
    ("content/images/up", ".."),
    ("content/notices/x.md", f"{SAMPLE}.md"),
    ("data/notices/other", SAMPLE),
    ("data/README", "/dev/zero"),
    ("theme/x", "../data"),
    ("theme/assets/stylesheets/x.css", "/etc/passwd"),
]


@pytest.mark.parametrize(("path", "target"), LINKS)
def test_a_link_is_told_and_not_followed_wherever_it_leads(
    small: Path, put: Callable[..., None], path: str, target: str
) -> None:
    put(path, lambda place: place.symlink_to(target))
    assert told(small) == [f"{path} symbolic-link"]


@pytest.mark.parametrize(
    "place", ["content", "data", "theme", "content/notices", "data/site.yml", ITEMS]
)
def test_nothing_of_the_project_may_be_a_link(clone: Path, tmp_path: Path, place: str) -> None:
    outside = (clone / place).rename(tmp_path / "outside")
    (clone / place).symlink_to(outside)
    lines = [f"{problem.place.path} {problem.rule}" for problem in inspect(clone)[1]]
    assert f"{place} symbolic-link" in lines


def test_an_item_that_is_a_link_is_not_called_missing_as_well(project: Path) -> None:
    item = project / ITEMS / "1-1-1.yml"
    item.rename(item.with_name("1-1-1.md"))
    item.symlink_to("1-1-1.md")
    assert [problem.rule for problem in inspect(project)[1]] == ["file-name", "symbolic-link"]


def make_socket(path: Path) -> None:
    os.chdir(path.parent)  # a socket's path may not be long
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)


@pytest.mark.parametrize("path", ["content/x.md", "content/x.pdf", f"{ITEMS}/9-9-9.yml", "data/x"])
@pytest.mark.parametrize("make", [os.mkfifo, make_socket])
def test_what_is_no_file_is_told_and_not_opened(
    small: Path,
    put: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    make: Callable[[Path], object],
) -> None:
    monkeypatch.chdir(small)
    put(path, make)
    assert told(small) == [f"{path} stray-file"]


def test_folders_of_pages_hold_pages_pictures_and_documents(
    small: Path, put: Callable[..., None]
) -> None:
    put("content/help/index.md")
    put("content/help/how-to/x1.md")
    put("content/help/图_一.png", PNG)
    put("content/附件-2.pdf", PDF)
    put(f"data/notices/{SAMPLE}/approvals/zhang-san.txt")
    put(f"data/notices/{SAMPLE}/approvals/zhang-san.txt.sig")
    found, problems = survey(small)
    assert problems == []
    assert found.attachments == ["content/help/图_一.png", "content/附件-2.pdf"]
    assert {"content/help/index.md", "content/help/how-to/x1.md"} < {*found.pages}
    assert found.items.keys() == {SAMPLE}


TYPES = {
    "png": PNG,
    "jpg": b"\xff\xd8\xff\xe0",
    "jpeg": b"\xff\xd8\xff\xdb",
    "gif": b"GIF89a",
    "webp": b"RIFF\0\0\0\0WEBPVP8 ",
    "pdf": PDF,
    "docx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
}


@pytest.mark.parametrize("ending", public.ATTACHMENTS)
def test_an_attachment_is_what_its_name_says(
    small: Path, put: Callable[..., None], ending: str
) -> None:
    put(f"content/x.{ending}", TYPES[ending])
    assert told(small) == []
    put(f"content/y.{ending}", b"<script>")
    put(f"content/z.{ending}")
    expected = [f"content/{name}.{ending} attachment-type" for name in "yz"]
    assert told(small) == expected


def test_an_attachment_may_not_be_very_large(small: Path, put: Callable[..., None]) -> None:
    put("content/x.pdf", PDF)
    os.truncate(small / "content/x.pdf", 30_000_000)
    assert told(small) == ["content/x.pdf unreadable"]


TAKEN = [
    (["content/about/index.md"], "content/about/index.md"),
    (["content/help.md", "content/help/index.md"], "content/help/index.md"),
    (["content/notices.md"], "content/notices.md"),
    (["content/assets/x.md"], "content/assets/x.md"),
    (["content/schema.md"], "content/schema.md"),
    (["content/search/texts.md"], "content/search/texts.md"),
    (["content/apple-touch-icon.png"], "content/apple-touch-icon.png"),
]


@pytest.mark.parametrize(("paths", "second"), TAKEN)
def test_an_address_has_one_source(
    small: Path, put: Callable[..., None], paths: list[str], second: str
) -> None:
    for path in paths:
        put(path, PNG if path.endswith(".png") else b"")
    assert told(small) == [f"{second} same-address"]


def test_all_that_the_software_makes_is_listed_as_its_own(site: Path) -> None:
    """So that nothing that people put there can take its place."""
    files = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    own = {*map(public.address_of, survey(SAMPLE_ROOT)[0].pages)}
    rest = {path.removesuffix(".gz").removesuffix(".br") for path in files} - own
    assert {address for address in rest if not public.is_made(address)} == set()


def test_a_folder_very_deep_or_wide_is_a_problem_of_its_own(
    small: Path, put: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    put("content/" + "a/" * 500 + "x.md")
    assert told(small) == ["content/" + "a/" * 8 + "a stray-file"]
    monkeypatch.setattr("notices.catalogue.survey._MOST", 20)
    assert f"{ITEMS} stray-file" in told(small)


def test_a_tree_of_nothing_but_faults_is_told_in_so_many_lines(
    small: Path, put: Callable[..., None]
) -> None:
    for number in range(300):
        put(f"content/{number}.js")
    assert len(told(small)) == 200
