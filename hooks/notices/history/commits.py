"""The history: which commits there are, what each of them touched, and which are told one by one.

What was public once is told for ever, and a graph of commits does not say which of them the public
has seen: after `git pull`, what others have published stands beside the main line. So every commit
has its say, on whatever side it was merged. Only a branch that a forge merged as a request is told
as one change: the merge itself says so, and what such a branch held was not public before.
"""

from __future__ import annotations

import functools
import marshal
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from ..cache import Drawer
from .git import Commit, Repository

# As GitHub, Gitea and Gitee put it, as GitLab does, as Gitee did once, as Bitbucket does. What git
# writes by itself has no quotes around the second name.
_REQUEST = re.compile(
    r"Merge pull request [#!'].*|Merge branch '.+' into '.+'|![0-9]+ .*"
    r"|Merged in .+ \(pull request #[0-9]+\)"
)

TOUCHED = "touched"
"""The entry that keeps what commits have touched."""
Graph = dict[str, list[str]]
"""The parents of each commit, those of the newest first."""


@dataclass(frozen=True)
class Step:
    """A commit, and the paths at which it differs from any of its parents."""

    commit: Commit
    paths: frozenset[str]
    is_told: bool = True
    """Whether it is told by itself, and not as a part of a request."""
    before: Sequence[str] = ()
    """The commits that it is told against; for a request, what was there before it."""


def steps(
    repository: Repository, tip: str, *folders: str, after: str = "", kept: Drawer | None = None
) -> list[Step]:
    """Return the commits up to ``tip`` that touched ``folders``, newest first, or of those only the
    ones that ``after`` does not know yet.

    Whatever is added to the history later, each of them stays one of them, and told if it was.
    ``kept`` is a room that keeps, as TOUCHED, what each of them touched.
    """
    repository.demand_history()
    range_ = f"{after}..{tip}" if after else tip
    listing = repository.ask("rev-list", "--parents", "--date-order", "--end-of-options", range_)
    graph = {name: parents for name, *parents in map(str.split, listing.splitlines())}
    ask = functools.partial(_known, kept=kept) if kept else _touched
    touched = ask(repository, graph, folders)
    line = _line(repository, tip, graph)
    return [
        Step(commit, frozenset(touched[commit.name]), commit.name in line, _before(commit))
        for commit in repository.commits(name for name in graph if name in touched)
    ]


def begun(repository: Repository, tip: str, begins: Callable[[str], bool]) -> set[str]:
    """Return the commits up to ``tip`` that begin something, and whatever went on from them.

    ``begins`` is asked of a commit that goes on from none of those.
    """
    listing = repository.ask(
        "rev-list", "--parents", "--topo-order", "--reverse", "--end-of-options", tip
    )
    found: set[str] = set()
    for name, *parents in map(str.split, listing.splitlines()):
        if not found.isdisjoint(parents) or begins(name):
            found.add(name)
    return found


def revisions(known: Iterable[Step]) -> dict[str, set[str]]:
    """Return which commits touched each path: more of them whenever what stands there changes."""
    found: dict[str, set[str]] = {}
    for step in known:
        for path in step.paths:
            found.setdefault(path, set()).add(step.commit.name)
    return found


def _known(
    repository: Repository, graph: Graph, folders: Sequence[str], kept: Drawer
) -> Mapping[str, Set[str]]:
    """Return the same as :func:`_touched`, and ask git only of commits that are new: what one has
    touched stays the same.
    """
    said = (sys.version, repository.prefix, *folders)
    found = kept.get(TOUCHED)
    of, known = marshal.loads(found) if found else ((), {})
    known = {name: known[name] for name in graph if name in known} if of == said else {}
    if new := {name: parents for name, parents in graph.items() if name not in known}:
        touched = _touched(repository, new, folders)
        known |= {name: frozenset(touched.get(name, ())) for name in new}
        kept.set(TOUCHED, marshal.dumps((said, known)))
    return {name: paths for name, paths in known.items() if paths}


def _touched(
    repository: Repository, graph: Graph, folders: Sequence[str]
) -> Mapping[str, Set[str]]:
    """Return the paths below ``folders`` at which commits differ from any of their parents."""
    how = ("--stdin", "-r", "-m", "--root", "--name-only", "-z", "--no-renames", "--no-ext-diff")
    wanted = [repository.prefix + folder for folder in folders]
    names = "".join(f"{name}\n" for name in graph).encode()
    listing = repository.ask_bytes("diff-tree", *how, "--", *wanted, given=names)
    touched: dict[str, set[str]] = {}
    paths: set[str] = set()
    for entry in listing.decode(errors="backslashreplace").split("\0"):
        if entry in graph:
            paths = touched.setdefault(entry, set())
        elif entry:
            paths.add(entry.removeprefix(repository.prefix))
    return touched


def _line(repository: Repository, tip: str, graph: Graph) -> set[str]:
    """Return the commits up to ``tip`` but for those that came as a part of a request."""
    merges = (name for name, parents in graph.items() if len(parents) > 1)
    requests = {each.name for each in repository.commits(merges) if _is_request(each)}
    line: set[str] = set()
    pending = [tip]
    while pending:
        name = pending.pop()
        if name in graph and name not in line:
            line.add(name)
            pending += graph[name][:1] if name in requests else graph[name]
    return line


def _before(commit: Commit) -> Sequence[str]:
    return commit.parents[:1] if _is_request(commit) else commit.parents


def _is_request(commit: Commit) -> bool:
    return len(commit.parents) > 1 and bool(_REQUEST.fullmatch(commit.subject))
