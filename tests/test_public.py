"""Whatever stands below ``content/`` or ``data/``: it is refused by its name, or it is one page or
attachment more, and nothing else of the site changes.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

import profiles
from notices.catalogue.public import ATTACHMENTS, address_of
from notices.catalogue.survey import survey
from notices.checks import inspect
from sitehouse import ROOT, SAMPLE_ROOT, build

NOTICE = "fictional-2020"
MANY = 40  # files in the one build that is held against the one without them
LISTING = {"manifest.json", "sitemap.xml", "sitemap.xml.gz", "sitemap.xml.br"}
"""What names every page, or every file."""


def paper() -> bytes:
    """Return a PDF with a page on which nothing stands."""
    writer, stream = PdfWriter(), io.BytesIO()
    writer.add_blank_page(72, 72)
    writer.write(stream)
    return stream.getvalue()


def small_project(folder: Path) -> Path:
    """Write a sound project: the real one's pages with a small notice."""
    shutil.copytree(ROOT / "tests" / "fictional", folder)
    for name in ("data/site.yml", "data/vocabulary.yml"):
        shutil.copy(SAMPLE_ROOT / name, folder / name)
    shutil.copytree(SAMPLE_ROOT / "data/kinds", folder / "data/kinds")
    for page in (SAMPLE_ROOT / "content").glob("*.md"):
        shutil.copy(page, folder / "content")
    return folder


class Thing(NamedTuple):
    """Something that somebody puts at a path: bytes, or a thing of another kind."""

    path: str
    content: bytes
    kind: str = "file"

    def put(self, project: Path) -> Path | None:
        """Put it there; return the first that is new of its path, None where it cannot stand."""
        target = project / self.path
        if os.path.lexists(target):
            return None
        new = next(each for each in [*target.parents[::-1], target] if not os.path.lexists(each))
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            KINDS[self.kind](target, self.content)
        except (OSError, UnicodeError):  # this system has no such name
            with contextlib.suppress(OSError, UnicodeError):
                remove(new)
            return None
        return new


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def make_socket(path: Path, _: bytes) -> None:
    with contextlib.chdir(path.parent), socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)


KINDS: dict[str, Callable[[Path, bytes], object]] = {
    "file": Path.write_bytes,
    "folder": lambda path, _: path.mkdir(),
    "pipe": lambda path, _: os.mkfifo(path),
    "socket": make_socket,
    "link to a file": lambda path, _: path.symlink_to("/etc/passwd"),
    "link to a page": lambda path, _: path.symlink_to(SAMPLE_ROOT / "content" / "about.md"),
    "link to a folder": lambda path, _: path.symlink_to("../data"),
    "link to nothing": lambda path, _: path.symlink_to("nothing"),
    "link to itself": lambda path, _: path.symlink_to(path.name),
}

FOLDERS = [
    "content", "content", "content", "content/images", "content/help/more", "content/notices",
    f"content/notices/{NOTICE}", "content/search", "content/assets", "content/schema",
    "content/.well-known", "content/About", "content/" + "a/" * 30, "data",
    "data/schema", "data/notices", f"data/notices/{NOTICE}", f"data/notices/{NOTICE}/items",
    f"data/notices/{NOTICE}/approvals", "data/notices/other-2021", "data/.git", "data/backup",
]  # fmt: skip
STEMS = [
    "a", "b1", "new-page", "index", "README", "about", "About", "CNAME", "robots", "favicon",
    "manifest", "404", "feed", "catalogue", "apple-touch-icon", "sitemap", "notices", "search",
    "assets", "schema", ".hidden", ".DS_Store", ".gitattributes", "..", "...", "~$a", "a b", "-a",
    "_a", "附件", "附件_一", "ｆｕｌｌ", "é", "e\u0301", "ＡＢ", "İ", "ß", "a\u200bb", "a\nb",
    "\x1b[31m", "\udcff", "con", "a" * 190, "a" * 250, "表" * 66, "1-1-1", "9-9-9", "notice",
    "approved", NOTICE,
]  # fmt: skip
ENDINGS = [
    *ATTACHMENTS, *ATTACHMENTS, "md", "md", "md", "MD", "PDF", "markdown", "html", "htm", "js",
    "svg", "txt", "yml", "yaml", "json", "gz", "br", "pdf.gz", "html.br", "sig", "ico", "xml",
    "zip", "docm", "png.md", "md.png", "",
]  # fmt: skip
BEGINNINGS = [
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF1234WEBP", b"%PDF-1.7\n", b"PK\x03\x04",
]  # fmt: skip
MARKDOWN = [
    b"# a\n\nb\n", b"---\ntitle: a\n---\n# a\n", b"---\ntemplate: x\n---\n", b"title: <b>\n\n# a\n",
    b"<script>alert(1)</script>\n", b"`a\nb` <img src=x onerror=a> `c`\n", b"[[contact]]\n",
    b"> [[nothing]]\n", b"[a](javascript:b)\n", b"> [a]: data:b\n\n[a]\n", b"![a](//b.c/d)\n",
    b"a\n{: hidden }\n", b"# a {#b}\n", b"a\r\r<b>\n", b"", b"\xef\xbb\xbf# a\n", b"\xff\xfe",
    b"\0",
    "正文 `<b>`\n\n- 一\n- 二\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n".encode(),
]  # fmt: skip

NAMES = st.builds(
    lambda stem, ending: f"{stem}.{ending}" if ending else stem,
    st.sampled_from(STEMS)
    | st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=12),
    st.sampled_from(ENDINGS) | st.from_regex(r"[a-z]{1,5}", fullmatch=True),
)
CONTENTS = (
    st.sampled_from(MARKDOWN)
    | st.sampled_from(BEGINNINGS)
    | st.builds(bytes.__add__, st.sampled_from(BEGINNINGS), st.binary(max_size=20))
    | st.builds(bytes.__add__, st.sampled_from(MARKDOWN), st.sampled_from(MARKDOWN))
    | st.binary(max_size=40)
)
THINGS = st.builds(
    lambda folder, name, content, kind: Thing(f"{folder}/{name}", content, kind),
    st.sampled_from(FOLDERS),
    NAMES,
    CONTENTS,
    st.sampled_from(["file"] * 12 + [*KINDS]),
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound project that each example adds to, and then mends."""
    return small_project(tmp_path_factory.mktemp("public") / "project")


@pytest.fixture(scope="module")
def accepted(small: Path) -> dict[str, bytes]:
    """What the check let pass, of all that was tried."""
    found: dict[str, bytes] = {}

    @settings(max_examples=profiles.INPUTS)
    @given(THINGS)
    @example(Thing("content/more.md", MARKDOWN[-1]))
    @example(Thing("content/images/图_1.png", BEGINNINGS[0]))
    @example(Thing("content/help/index.md", MARKDOWN[1]))
    @example(Thing("content/help/附件.pdf", paper()))
    def try_one(thing: Thing) -> None:
        new = thing.put(small)
        if new is None:
            return
        try:
            if is_sound(small, thing, new):
                found[thing.path] = thing.content
        finally:
            remove(new)

    try_one()
    return found


def is_sound(project: Path, thing: Thing, new: Path) -> bool:
    """Hold what the check says of ``thing``; tell whether it becomes public."""
    public, strange = survey(project)
    problems = strange or inspect(project)[1]
    named = new.relative_to(project).as_posix()
    places = [problem.place.path for problem in problems]
    path = os.path.normpath(thing.path)
    if problems:
        assert any(f"{path}/".startswith(f"{place}/") for place in places), (thing, places)
        assert any(f"{place}/".startswith(named.split("/")[0]) for place in places)
        assert all(str(problem).isprintable() for problem in problems)
        return False
    if thing.kind == "folder" or path.startswith("data/"):
        assert path not in {*public.pages, *public.attachments}  # it adds nothing
        return False
    assert thing.kind == "file", thing
    assert path in {*public.pages, *public.attachments}, thing
    return True


def test_whatever_is_put_there_is_refused_by_its_name_or_is_a_page_or_attachment(
    accepted: dict[str, bytes],
) -> None:
    assert {Path(path).suffix for path in accepted} >= {".md", ".png", ".pdf"}


def leads_nowhere(content: bytes) -> bool:
    """Tell whether a page may have links, of which the build sees that they lead somewhere."""
    return b"](" in content or b"]:" in content


def test_what_is_accepted_changes_nothing_else_of_the_site(
    accepted: dict[str, bytes], small: Path, tmp_path: Path
) -> None:
    """All of it in one build, held against the build without: byte for byte."""
    project = shutil.copytree(small, tmp_path / "project")
    added: dict[str, str] = {}
    for path, content in sorted(accepted.items()):
        address = address_of(path)
        if len(added) < MANY and address not in added and not leads_nowhere(content):
            (project / path).parent.mkdir(parents=True, exist_ok=True)
            (project / path).write_bytes(content)
            added[address] = path
    before = contents(build(small, tmp_path / "before"))
    after = contents(build(project, tmp_path / "after"))
    beside = {f"{address}{twin}" for address in added for twin in ("", ".gz", ".br")}
    assert set(added) <= after.keys() - before.keys() <= beside
    changed = {path for path in before if after.get(path) != before[path]}
    assert changed <= LISTING
    for address, path in added.items():
        if not path.endswith(".md"):
            assert after[address] == accepted[path]


def contents(site: Path) -> dict[str, bytes]:
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}
