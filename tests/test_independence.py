from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from sitehouse import ROOT

PACKAGE = ROOT / "hooks" / "notices"
# From DESIGN: one parser, many outputs. No module imports one that stands after it.
ORDER = [
    "problem", "inventory", "git", "history", "checkout", "project", "characters", "glyphs",
    "files", "digest", "software", "cache", "fault", "terminal", "scalars", "slips", "source",
    "model", "schema", "salvage", "days", "jsonschema", "measures", "narrative", "head", "dialect",
    "public", "survey", "catalogue", "loading", "signature", "approvals", "documents", "addresses",
    "standing", "timeline", "asking", "phones", "metadata", "qr", "checks", "report", "preview",
    "pages", "changes", "feed", "exports", "merge", "search", "frame", "assets", "readback",
    "compress", "manifest", "meant", "links", "target", "workshop", "build", "releases",
    "publication", "verification", "command",
]  # fmt: skip


def imports(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports, those of its own package with a leading dot."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""] if node.module else [alias.name for alias in node.names]
            yield from ("." * node.level + name for name in names)


def of_package(path: Path) -> Iterator[str]:
    """Yield the modules of the package that a file imports, however deep it stands itself."""
    dots = "." * len(path.relative_to(PACKAGE).parts)
    for name in imports(path):
        if name.startswith(dots):
            yield name.removeprefix(dots).partition(".")[0]


def test_the_domain_knows_no_site_builder() -> None:
    used = {name.split(".")[0] for path in PACKAGE.rglob("*.py") for name in imports(path)}
    assert not used & {"mkdocs", "material", "properdocs", "zensical"}
    assert "yaml" in used, "the test sees imports at all"


def test_modules_import_only_what_stands_before_them() -> None:
    """A package is one module here: what its files import from each other is its own affair."""
    names = {path.stem for path in PACKAGE.iterdir() if path.name[0] not in "_."}
    assert names == set(ORDER)
    for place, module in enumerate(ORDER):
        files = [PACKAGE / f"{module}.py", *(PACKAGE / module).rglob("*.py")]
        own = {name for file in files if file.exists() for name in of_package(file)}
        assert own <= {*ORDER[:place], ""}, module


def test_one_file_knows_the_site_builder() -> None:
    users = [
        path.name for path in (ROOT / "hooks").rglob("*.py")
        if any(name.split(".")[0] == "mkdocs" for name in imports(path))
    ]  # fmt: skip
    assert users == ["publish.py"]
