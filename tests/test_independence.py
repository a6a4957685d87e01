from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from sitehouse import ROOT

PACKAGE = ROOT / "hooks" / "notices"
# The floors of the house, from the ground up: what stands on one knows only what is below it.
FLOORS = (
    ("digest", "problem", "processes", "progress", "stamp"), ("report", "software"),
    ("cache", "fault", "terminal"), ("history", "text"), ("facts",), ("catalogue",),
    ("importing",), ("checks",), ("outputs",), ("proof",), ("publishing",), ("verification",),
    ("command",),
)  # fmt: skip
# Among the outputs, what others may know of: they come from one catalogue, not from each other.
SHARED = {"outputs.fragments"}


def modules() -> dict[str, set[str]]:
    """Return every module of the package, and those of the package that it imports."""
    files = {name_of(path): path for path in PACKAGE.rglob("*.py")}
    return {name: {*imported(name, path, files)} - {name} for name, path in files.items()}


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(name: str, path: Path, files: Mapping[str, Path]) -> Iterator[str]:
    """Yield the modules of the package that the file ``path`` imports."""
    package = [name] if path.name == "__init__.py" else name.split(".")[:-1]
    package = ".".join(package).split(".") if name else []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*package[: len(package) - node.level + 1], *filter(None, [node.module])]
            for alias in node.names:
                whole = ".".join([*filter(None, base), alias.name])
                yield whole if whole in files else ".".join(filter(None, base))


def packages_of(path: Path) -> Iterator[str]:
    """Yield the packages of others that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_the_domain_knows_no_site_builder() -> None:
    used = {name for path in PACKAGE.rglob("*.py") for name in packages_of(path)}
    assert not used & {"mkdocs", "material", "properdocs", "zensical"}
    assert "yaml" in used, "the test sees imports at all"


def test_each_floor_stands_on_those_below() -> None:
    floor = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
    rooms = {name: name.partition(".")[0] for name in modules()}
    assert {*rooms.values()} - {"", "__main__"} == {*floor}
    uphill = [
        (name, other)
        for name, others in modules().items()
        for other in others
        if rooms[name] in floor and rooms[other] != rooms[name]
        if floor[rooms[name]] <= floor.get(rooms[other], -1)
    ]
    assert uphill == []


def test_no_output_knows_another() -> None:
    def output(name: str) -> str:
        return ".".join(name.split(".")[:2])

    sideways = [
        (name, other)
        for name, others in modules().items()
        for other in others
        if name.startswith("outputs.") and other.startswith("outputs.")
        if output(other) not in SHARED | {output(name)}
    ]
    assert sideways == []


def test_no_imports_go_in_a_circle() -> None:
    """What imports nothing that is left may go; what is left at the end goes in circles."""
    left = modules()
    while free := {name for name, others in left.items() if not others & left.keys()}:
        left = {name: others for name, others in left.items() if name not in free}
    assert left == {}


def test_one_file_knows_the_site_builder() -> None:
    users = [
        path.name for path in (ROOT / "hooks").rglob("*.py")
        if "mkdocs" in packages_of(path)
    ]  # fmt: skip
    assert users == ["publish.py"]


# A thing has one name, and what is known of it, how it stands joined to its text, and how programs
# read it may each be a class of that name: ``model.Item``, ``Item``, ``shape.Item``. So may what a
# file that is imported says of it.
SEEN_THRICE = (
    "facts", "catalogue.notices", "text.sections", "outputs.exports.shape", "importing.source",
)  # fmt: skip


def test_no_class_is_called_like_another_thing() -> None:
    homes: dict[str, list[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        room = name_of(path)
        view = next((each for each in SEEN_THRICE if f"{room}.".startswith(f"{each}.")), room)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(view)
    shared = {name: views for name, views in homes.items() if len(views) > 1}
    assert {
        name: views
        for name, views in shared.items()
        if len(views) > len({*views}) or not {*views} <= {*SEEN_THRICE}
    } == {}
