"""The bundle: Material's styles and script, one file of each, with no more than pages need.

Material brings styles for everything that any site may have: two thirds of them are for what no
page here has. What goes is named, not guessed from pages, and a test sees that every page looks the
same without it.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import tinycss2
from tinycss2.ast import AtRule, Declaration, FunctionBlock, IdentToken, Node, QualifiedRule

from ... import software
from ...cache import Drawer
from ...digest import digest

_COMMA = tinycss2.parse_one_component_value(",")
STYLE, SCRIPT = "stylesheets/notices.css", "javascripts/frame.js"
# Of what our stylesheet is made, in this order: what comes later may overrule.
STYLES = tuple(
    f"stylesheets/{name}.css"
    for name in (
        "colours", "type", "status", "notice", "rows", "ledger", "pages", "frame", "print",
        "access",
    )
)  # fmt: skip
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
_CLASS = re.compile(rf"(?:{_ABSENT})(?![a-zA-Z0-9])")
# Text runs from left to right, and the colours are ours.
_ATTRIBUTE = re.compile(r"\[dir=rtl\]|\[data-md-color-(?:primary|accent)=(?!\"?custom)[^]]*\]")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def make_bundle(theme: Path, material: Path, room: Drawer | None = None) -> dict[str, str]:
    """Return the stylesheet and the script that every page loads, by their paths below ``assets/``:
    Material's, and ours after them, from the folders of assets ``material`` and ``theme``.

    ``room`` keeps the stylesheet, which takes a while to make.
    """
    styles = [material / "stylesheets" / name for name in ("main.*.min.css", "palette.*.min.css")]
    theirs = "".join(_only(path).read_text(encoding="utf-8") for path in styles)
    ours = "\n".join((theme / name).read_text(encoding="utf-8") for name in STYLES)
    bundle = _only(material / "javascripts" / "bundle.*.min.js").read_text(encoding="utf-8")
    before, after = (
        # In blocks of their own, so that their names do not meet.
        "".join(f"{{\n{(theme / name).read_text(encoding='utf-8')}}}\n" for name in names)
        for names in (BEFORE, AFTER)
    )
    style = _kept(theirs, ours, room) if room else trim(theirs, ours)
    return {STYLE: style, SCRIPT: before + _SOURCE_MAP.sub("", bundle) + after}


def _kept(theirs: str, ours: str, room: Drawer) -> str:
    """Return the trimmed stylesheet, from ``room`` if it is there."""
    made_by = (software.code(), tinycss2.VERSION)
    name = digest(*(each.encode() for each in (*made_by, theirs, ours)))
    if kept := room.get(name):
        return kept.decode()
    style = trim(theirs, ours)
    room.set(name, style.encode())
    room.forget({name}, spare=1)
    return style


@functools.lru_cache(maxsize=2)
def trim(theirs: str, ours: str) -> str:
    """Return ``theirs`` and ``ours`` as one stylesheet, less what of ``theirs`` can match nothing,
    and less the variables that nothing uses.
    """
    rules = [*_matching(_rules(theirs)), *_rules(ours)]
    return "".join(_written(rules, _used(rules)))


def _rules(css: str | list[Node]) -> list[Node]:
    """Return the rules of ``css``, those within others parsed as well."""
    rules: list[Node] = tinycss2.parse_rule_list(css, skip_comments=True, skip_whitespace=True)
    for rule in filter(_is_group, rules):
        rule.content = _rules(rule.content)
    return rules


def _is_group(rule: Node) -> bool:
    """Tell whether rules stand within a rule."""
    return isinstance(rule, AtRule) and rule.lower_at_keyword in ("media", "supports")


def _matching(rules: Iterable[Node]) -> Iterator[Node]:
    """Yield the rules that may match something, without the selectors that match nothing."""
    for rule in rules:
        if _is_group(rule):
            rule.content = [*_matching(rule.content)]
            if rule.content:
                yield rule
        elif isinstance(rule, QualifiedRule):
            rule.prelude = [*_joined(filter(_may_match, _selectors(rule.prelude)))]
            if rule.prelude:
                yield rule
        elif rule.lower_at_keyword != "charset":
            yield rule


def _used(rules: list[Node]) -> set[str]:
    """Return the variables that something needs, be it by way of others."""
    needs: dict[str, set[str]] = {"": set()}
    for declaration in _declarations(rules):
        name = declaration.name if _is_variable(declaration) else ""
        needs.setdefault(name, set()).update(_variables(declaration.value))
    used, found = set[str](), needs[""]
    while found:
        used |= found
        found = set().union(*(needs.get(name, ()) for name in found)) - used
    return used


def _written(rules: list[Node], used: set[str]) -> Iterator[str]:
    """Yield the rules without declarations of variables that are not ``used``."""
    for rule in rules:
        if _is_group(rule):
            inner = "".join(_written(rule.content, used))
        elif isinstance(rule, QualifiedRule):
            kept = (each for each in _body(rule) if not _is_variable(each) or each.name in used)
            inner = ";".join(map(_declaration, kept))
        else:
            yield _words([rule])
            continue
        if inner:
            keyword = f"@{rule.at_keyword} " if isinstance(rule, AtRule) else ""
            yield f"{keyword}{_words(rule.prelude)}{{{inner}}}"


def _declarations(rules: list[Node]) -> Iterator[Declaration]:
    for rule in rules:
        if _is_group(rule):
            yield from _declarations(rule.content)
        elif isinstance(rule, QualifiedRule):
            yield from _body(rule)


def _body(rule: QualifiedRule) -> list[Declaration]:
    body: list[Declaration] = tinycss2.parse_blocks_contents(
        rule.content, skip_comments=True, skip_whitespace=True
    )
    return body


def _declaration(declaration: Declaration) -> str:
    weight = "!important" if declaration.important else ""
    return f"{declaration.name}:{_words(declaration.value)}{weight}"


def _is_variable(declaration: Declaration) -> bool:
    return bool(declaration.name.startswith("--"))


def _selectors(prelude: list[Node]) -> Iterator[list[Node]]:
    """Split at the commas that stand in no brackets."""
    selector: list[Node] = []
    for token in prelude:
        if token == ",":
            yield selector
            selector = []
        else:
            selector.append(token)
    yield selector


def _joined(selectors: Iterable[list[Node]]) -> Iterator[Node]:
    for number, selector in enumerate(selectors):
        yield from (_COMMA, *selector) if number else selector


def _may_match(selector: list[Node]) -> bool:
    """Tell whether a selector names nothing that is absent; what stands in ``:not()`` may be."""
    pairs = itertools.pairwise(selector)
    classes = [name for dot, name in pairs if dot == "." and isinstance(name, IdentToken)]
    attributes = _words([token for token in selector if token.type == "[] block"])
    return not (any(_CLASS.match(name.value) for name in classes) or _ATTRIBUTE.search(attributes))


def _variables(tokens: Iterable[Node]) -> Iterator[str]:
    """Yield the name in every ``var()``, however deep."""
    for token in tokens:
        if isinstance(token, FunctionBlock):
            if token.lower_name == "var":
                yield next(each.value for each in token.arguments if isinstance(each, IdentToken))
            yield from _variables(token.arguments)
        elif content := getattr(token, "content", None):
            yield from _variables(content)


def _words(tokens: Iterable[Node]) -> str:
    return str(tinycss2.serialize(list(tokens))).strip()


def _only(pattern: Path) -> Path:
    (path,) = pattern.parent.glob(pattern.name)
    return path
