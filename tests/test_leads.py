"""Links of pages: the check refuses those that lead nowhere in the site, and no others."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from notices.catalogue.addresses import NEEDED
from notices.catalogue.loading import load
from notices.catalogue.notices import Catalogue
from notices.catalogue.offered import offered
from notices.catalogue.summary import Archive
from notices.checks.faults import Pages
from notices.outputs.pages.given import with_anchors
from notices.proof import links
from sitehouse import ROOT, SAMPLE_ROOT, copy_project, copy_software, mkdocs

BASE = "https://notices.example.org/below/"
CASES = yaml.safe_load((ROOT / "tests/cases/leads.yml").read_text(encoding="utf-8"))
ALIVE: list[str] = CASES["alive"]
FATAL: dict[str, str] = dict(CASES["fatal"])
DEAD: dict[str, str] = dict(CASES["dead"]) | FATAL
EVERY = [*ALIVE, *DEAD]
PATH = "content/below/case.md"
TEXT = "# 虚构\n\n看[这里]({}) ok\n\n## 自己的 {{#own}}\n"
UNCHECKED = """
class Leads:
    def __init__(self, *_): ...
    def fault(self, *_): return ""
"""


@pytest.fixture(scope="module")
def project(two_notices: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose check follows no link, with a page for each case."""
    project = copy_software(copy_project(tmp_path_factory.mktemp("leads") / "project"))
    for name in ("content", "data"):
        shutil.copytree(two_notices / name, project / name, dirs_exist_ok=True)
    with (project / "data/notices/fictional-2020/items/2-1-1.yml").open("a") as file:
        file.write("audience: party\n")
    (project / "content/虚构图.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (project / PATH).parent.mkdir()
    (project / PATH).write_text(TEXT.format("#own"), encoding="utf-8")
    for link in EVERY:
        page_of(project, link).write_text(TEXT.format(link), encoding="utf-8")
    (project / "hooks/notices/checks/leads.py").write_text(UNCHECKED, encoding="utf-8")
    return project


def page_of(project: Path, link: str) -> Path:
    return project / PATH.replace("case", f"case-{EVERY.index(link)}")


@pytest.fixture(scope="module")
def whole(project: Path) -> Catalogue:
    return load(project)[0]


@pytest.fixture(scope="module")
def catalogue(whole: Catalogue) -> Catalogue:
    """What the project has without the pages of the cases."""
    pages = {path: text for path, text in whole.pages.items() if "/case-" not in path}
    return replace(whole, pages=pages)


@pytest.fixture(scope="module")
def told(whole: Catalogue) -> dict[str, list[str]]:
    """What the check says of each case."""
    found: dict[str, list[str]] = {link: [] for link in EVERY}
    for code, each in Pages(Archive.of(whole.public()), BASE).findings():
        path, line, column, _ = each.place
        number = re.fullmatch(r"content/below/case-(\d+)\.md", path)
        assert number, each
        message = re.sub(r"case-\d+", "case", each.message)
        found[EVERY[int(number[1])]].append(f"{line}:{column}: [{code}] {message}")
    return found


@pytest.mark.parametrize("link", ALIVE)
def test_a_link_that_leads_somewhere_passes(told: dict[str, list[str]], link: str) -> None:
    assert told[link] == []


@pytest.mark.parametrize("link", DEAD)
def test_a_dead_link_is_told_where_it_stands(told: dict[str, list[str]], link: str) -> None:
    (message,) = told[link]
    assert re.sub(r"链接“[^”]+”：?", "", message, count=1) == f"3:7: [dead-link] {DEAD[link]}"


def test_the_check_refuses_what_the_built_site_would_lack_and_nothing_else(
    project: Path, whole: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Held against what MkDocs and the checker of the built site say of the very same pages."""
    assert whole
    monkeypatch.setenv("SITE_URL", BASE)
    for link in FATAL:
        page_of(project, link).unlink(missing_ok=True)
    done = mkdocs(project, "build")
    assert done.returncode == 0, done.stderr
    told = re.findall(r"below/case-(\d+)\.md", done.stderr)
    told += [
        found[1]
        for each in links.check(project / "site")
        if (found := re.match(r"below/case-(\d+)/", each.place.path))
    ]
    assert [link for number, link in enumerate(EVERY) if str(number) in told] == [
        link for link in DEAD if link not in FATAL
    ]


def test_without_an_address_of_the_site_absolute_links_are_those_of_others(
    catalogue: Catalogue,
) -> None:
    pages = {**catalogue.pages, PATH: TEXT.format(f"{BASE}abuot/")}
    only = replace(catalogue, pages=pages)
    assert [*Pages(Archive.of(only.public())).findings()] == []
    assert [code for code, _ in Pages(Archive.of(only.public()), BASE).findings()] == ["dead-link"]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/%E5%85%AC%E5%BC%80/", "https://example.org/公开/",
        "https://example.org/a%20b/", "https://example.org/a%2520b/", "https://example.org/a%2Fb/",
        "https://example.org", "https://example.org/below",
    ],
)  # fmt: skip
def test_what_is_escaped_in_the_address_of_the_site_is_decoded_once(
    catalogue: Catalogue, address: str
) -> None:
    folder = f"{address.rstrip('/')}/"
    for link, told in (("about/", []), ("abuot/", ["dead-link"])):
        pages = {**catalogue.pages, PATH: TEXT.format(folder + link)}
        found = Pages(Archive.of(replace(catalogue, pages=pages).public()), address).findings()
        assert [code for code, _ in found] == told


def test_what_may_be_led_to_is_what_the_site_has(site: Path) -> None:
    catalogue = load(SAMPLE_ROOT)[0].public()
    known = set(offered(Archive.of(catalogue)).values())
    files = {each.relative_to(site).as_posix() for each in site.rglob("*") if each.is_file()}
    made = {path for path in files if not path.startswith(("assets/", "search/t"))}
    assert known <= files
    others = {"404.html", "robots.txt", "sitemap.xml", "manifest.json"}
    assert {path for path in made - known if not path.endswith((".br", ".gz"))} <= others | {
        path for path in files if path.startswith("search/") and path != "search/index.html"
    }


@pytest.mark.parametrize("page", NEEDED)
def test_a_page_that_every_page_leads_to_may_not_be_missing(
    catalogue: Catalogue, page: str
) -> None:
    path = f"content/{page}"
    pages = {name: text for name, text in catalogue.pages.items() if name != path}
    assert (path, "page-missing") in {
        (found.place.path, code)
        for code, found in Pages(Archive.of(replace(catalogue, pages=pages).public())).findings()
    }


@pytest.mark.parametrize(
    ("page", "old"),
    [("about.md", " {#verify}"), ("changes.md", "[[changes]]"), ("search.md", "[[search]]")],
)
def test_what_others_need_of_a_page_may_not_be_missing(
    catalogue: Catalogue, page: str, old: str
) -> None:
    path = f"content/{page}"
    assert old in catalogue.pages[path]
    pages = {**catalogue.pages, path: catalogue.pages[path].replace(old, "")}
    found = [*Pages(Archive.of(replace(catalogue, pages=pages).public())).findings()]
    assert [(code, each.place.path) for code, each in found] == [("page-missing", path)]


OWN_LINK = re.compile(r"""['"]([a-z]+)/['"][^{}]*\}\}#([\w-]+)""")


def test_no_link_of_the_theme_needs_an_anchor_that_people_may_leave_out() -> None:
    theme = ROOT / "theme"
    links = {
        found
        for file in theme.rglob("*.html")
        for found in OWN_LINK.findall(file.read_text(encoding="utf-8"))
    }
    assert ("about", "statuses") in links
    for page, anchor in links:
        needed = NEEDED[f"{page}.md"]
        if anchor not in (needed.anchor, *needed.given):
            fragment = theme / "fragments" / "site" / f"{needed.fragment}.html"
            assert f'id="{anchor}' in fragment.read_text(encoding="utf-8")


@pytest.mark.parametrize("said", ["<h1>甲</h1>", '<p>id="statuses"</p>'])
def test_a_page_is_given_the_anchors_that_people_left_out(said: str) -> None:
    assert with_anchors("about.md", said) == f'<span id="statuses"></span>\n{said}'
    written = f'{said}<h2 id="statuses">乙</h2>'
    assert with_anchors("about.md", written) == written
    assert with_anchors("contact.md", said) == said
