"""The bundle: one stylesheet and one script of parts, small, and fit for old phones."""

from __future__ import annotations

import re

import brotli
import pytest

from notices.outputs.pages.assets import place_assets
from notices.outputs.pages.bundle import SCRIPT, STYLE, STYLES, bundled
from sitehouse import ROOT

THEME = ROOT / "theme"
ASSETS = THEME / "assets"
EARLY = "javascripts/chosen.js"
SOURCES = {
    path.relative_to(ASSETS).as_posix(): path.read_bytes() for path in sorted(ASSETS.rglob("*.*"))
}
# What Chrome 88 has not, of what is likely to be written: names of later years, and their grammar.
NEWER = re.compile(
    r"\.(?:at|findLast|findLastIndex|toSorted|toReversed|toSpliced|with|groupBy|checkVisibility|"
    r"isWellFormed|showPopover|hidePopover|moveBefore|setHTML|requestIdleCallback)\("
    r"|Object\.(?:hasOwn|groupBy)\b|structuredClone|randomUUID|AbortSignal\.|URL\.(?:canParse|parse)\b"
    r"|Promise\.withResolvers|Array\.fromAsync|startViewTransition|\bnavigation\.|CSS\.highlights"
    r"|\bscrollend\b|\.inert\b|:has\(|static \{|#\w+ in |^(?:import|export)\b|\bawait import\b"
    r"|/[a-z]*[vd][a-z]*\.(?:test|exec)\(",
    re.MULTILINE,
)


@pytest.fixture(scope="module")
def site_files() -> dict[str, bytes]:
    return place_assets(THEME)[1]


def test_all_parts_are_in_one_file_of_each_sort(site_files: dict[str, bytes]) -> None:
    """And whatever else there is, is a file of its own for the pages that need it."""
    assert {STYLE, SCRIPT, EARLY} <= {*site_files}
    assert not {*STYLES} & {*site_files}
    stylesheets = {path for path in SOURCES if path.endswith(".css")}
    assert stylesheets == {*STYLES}
    scripts = {path for path in SOURCES if path.count("/") == 1} - stylesheets
    joined = scripts - {*site_files}
    assert {EARLY, "javascripts/ledger.js", "javascripts/qr.js"} == scripts - joined


def test_what_a_page_loads_is_little(site_files: dict[str, bytes]) -> None:
    """Eight kilobytes of scripts at most; before the first paint, half of one, and the styles."""
    small = {path: len(brotli.compress(site_files[path])) for path in (STYLE, SCRIPT, EARLY)}
    assert small[SCRIPT] + small[EARLY] <= 8 * 1024
    assert small[EARLY] <= 512
    assert small[STYLE] <= 12 * 1024


def test_nobody_elses_styles_or_scripts_are_in_it(site_files: dict[str, bytes]) -> None:
    for path, content in site_files.items():
        assert b"squidfunk" not in content, path
        assert b"sourceMappingURL" not in content, path


def test_no_name_of_another_theme_is_left() -> None:
    """What is called so is styled by nobody."""
    suffixes = {".html", ".css", ".js"}
    for path in THEME.rglob("*.*"):
        if path.suffix in suffixes:
            assert re.findall(r"\bmd-\w+|__md_\w+", path.read_text(encoding="utf-8")) == [], path


@pytest.mark.parametrize("path", [path for path in SOURCES if path.endswith(".js")])
def test_scripts_are_for_phones_of_2021_too(path: str) -> None:
    """Chrome 88: what it does not know would stop the whole script."""
    assert NEWER.findall(SOURCES[path].decode()) == []


@pytest.mark.parametrize("path", [path for path in SOURCES if path.endswith(".css")])
def test_no_rule_is_stronger_than_whoever_comes_later(path: str) -> None:
    """Save where a reader has asked for no motion, and on paper."""
    text = re.sub(r"@media (?:print|\(prefers-reduced-motion.*?\)) \{.*?\n\}", "",
                  SOURCES[path].decode(), flags=re.DOTALL)  # fmt: skip
    assert "!important" not in text


@pytest.mark.parametrize(
    ("name", "written", "published"),
    [
        ("a.css", "/* no */\na { color: red; /* no */ }", "a { color: red; }"),
        ("a.css", 'a::after { content: "/* yes */"; }', 'a::after { content: "/* yes */"; }'),
        ("a.css", ":root { --dark: ; }", ":root { --dark: ; }"),
        ("a.js", "// no\n  // no\nlet a = 1; // yes\n", "let a = 1; // yes\n"),
        ("a.js", 'let a = "https://b";\n', 'let a = "https://b";\n'),
    ],
)
def test_remarks_are_for_who_writes_it(name: str, written: str, published: str) -> None:
    files = dict.fromkeys(SOURCES, b"") | {name: written.encode()}
    assert bundled(files)[name].decode() == published
