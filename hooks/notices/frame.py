"""The frame: Material's styles and script, one file of each, with no more than pages need.

Material brings styles for everything that any site may have: two thirds of them are for what no
page here has. What goes is named, not guessed from pages, and a test sees that every page looks the
same without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

STYLE, SCRIPT = "stylesheets/notices.css", "javascripts/frame.js"
# Scripts of ours that every page loads: what must stand before Material's, and what after.
BEFORE, AFTER = (
    ("javascripts/late.js",),
    tuple(f"javascripts/{name}.js" for name in ("header", "reading", "notice", "speech")),
)

# Beginnings of the classes of Material's parts that this site does not have.
_ABSENT = (
    "abstract|admonition|annotate|arithmatex|bug|cards|critic|danger|emojione|end|example|failure|"
    "filename|footnote|gemoji|giscus|grid|headerlink|highlight|highlighttable|info|inline|keys|"
    "lightgallery|linenodiv|linenos|md-annotation|md-author|md-banner|md-blog|md-clipboard|md-code|"
    "md-consent|md-feedback|md-hero|md-input|md-meta|md-nav--integrated|md-nav__source|"
    "md-pagination|md-path|md-pin|md-post|md-progress|md-rating|md-select|md-skip|md-social|"
    "md-source|md-status|md-tag|md-tooltip|md-tooltip2|md-version|mermaid|note|question|quote|"
    "success|tabbed|task-list|tip|twemoji|warning"
)
_CLASS = re.compile(rf"\.(?:{_ABSENT})(?![a-zA-Z0-9])")
# Text runs from left to right, and the colours are ours.
_ATTRIBUTE = re.compile(r"\[dir=rtl\]|\[data-md-color-(?:primary|accent)=(?!\"?custom)[^]]*\]")
_UNSURE = re.compile(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)")
_TOKEN = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|url\([^\"')]*\)|[{};]", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARED = re.compile(r"\s*(--[\w-]+)\s*:")
_USED = re.compile(r"var\(\s*(--[\w-]+)")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def make_frame(theme: Path, material: Path) -> dict[str, str]:
    """Return the stylesheet and the script that every page loads, by their paths below ``assets/``:
    Material's, and ours after them, from the folders of assets ``material`` and ``theme``.
    """
    styles = [material / "stylesheets" / name for name in ("main.*.min.css", "palette.*.min.css")]
    theirs = "".join(_only(path).read_text(encoding="utf-8") for path in styles)
    ours = (theme / STYLE).read_text(encoding="utf-8")
    bundle = _only(material / "javascripts" / "bundle.*.min.js").read_text(encoding="utf-8")
    before, after = (
        # In blocks of their own, so that their names do not meet.
        "".join(f"{{\n{(theme / name).read_text(encoding='utf-8')}}}\n" for name in names)
        for names in (BEFORE, AFTER)
    )
    return {STYLE: trim(theirs, ours), SCRIPT: before + _SOURCE_MAP.sub("", bundle) + after}


def trim(theirs: str, ours: str) -> str:
    """Return ``theirs`` and ``ours`` as one stylesheet, less what of ``theirs`` can match nothing,
    and less the variables that nothing uses.
    """
    sheet = "".join(_rules(theirs.removeprefix('@charset "UTF-8";'))) + _COMMENT.sub("", ours)
    while True:
        used = set(_USED.findall(sheet))
        smaller = "".join(_without_variables(sheet, used))
        if smaller == sheet:
            return sheet
        sheet = smaller


def _rules(css: str) -> Iterator[str]:
    for prelude, body in _statements(_COMMENT.sub("", css)):
        if prelude.startswith(("@media", "@supports")):
            if inner := "".join(_rules(body)):
                yield f"{prelude}{{{inner}}}"
        elif prelude.startswith("@"):
            yield f"{prelude}{{{body}}}"
        elif selectors := [each for each in _split(prelude) if _may_match(each)]:
            yield f"{','.join(selectors)}{{{body}}}"


def _without_variables(css: str, used: set[str]) -> Iterator[str]:
    for prelude, body in _statements(css):
        if prelude.startswith(("@media", "@supports")):
            inner = "".join(_without_variables(body, used))
        elif prelude.startswith("@"):
            inner = body
        else:
            inner = ";".join(kept for kept in _declarations(body) if _is_wanted(kept, used))
        if inner:
            yield f"{prelude}{{{inner}}}"


def _statements(css: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before each pair of outer braces, and what in them."""
    depth = start = opened = 0
    for match in _TOKEN.finditer(css):
        if match[0] == "{":
            if not depth:
                opened = match.start()
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if not depth:
                yield css[start:opened].strip(), css[opened + 1 : match.start()].strip()
                start = match.end()


def _declarations(body: str) -> Iterator[str]:
    start = 0
    for match in _TOKEN.finditer(body):
        if match[0] == ";":
            yield body[start : match.start()].strip()
            start = match.end()
    yield body[start:].strip()


def _split(selectors: str) -> Iterable[str]:
    """Split at the commas that stand in no brackets."""
    return re.split(r",(?![^(]*\)|[^[]*\])", selectors)


def _may_match(selector: str) -> bool:
    plain = _UNSURE.sub("", selector)
    return not (_CLASS.search(plain) or _ATTRIBUTE.search(plain))


def _is_wanted(declaration: str, used: set[str]) -> bool:
    declared = _DECLARED.match(declaration)
    return bool(declaration) and (declared is None or declared[1] in used)


def _only(pattern: Path) -> Path:
    (path,) = pattern.parent.glob(pattern.name)
    return path
