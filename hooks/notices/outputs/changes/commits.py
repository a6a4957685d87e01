"""Commits: what one changed for the public, against one before it or against those it merged."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from pathlib import Path

from ...catalogue.loading import opened
from ...catalogue.notices import Catalogue
from ...catalogue.summary import section_titles
from ...history.checkout import extract
from ...history.git import Repository
from ...history.project import PUBLIC, SOFTWARE
from .change import Change
from .compare import compare
from .fixed import of_software
from .formats import Titles
from .former import SETTINGS, as_shown
from .merges import own

_OF_NOTICE = re.compile(r"(?:data|content)/notices/([^/]+?)(?:\.md|/.*)?")
_SITE = ""  # where changes have the id of a notice
_ALWAYS = ("data/site.yml", "data/vocabulary.yml", "data/kinds", "data/publishers", SETTINGS)


def between(repository: Repository, before: str | None, after: str) -> tuple[list[Change], Titles]:
    """Return the changes between two commits, and the titles of what they speak of.

    ``before`` is None before the first commit. What today's software cannot read is a change of
    kind "unreadable", and not compared. Of a notice that comes or goes no more is read than what
    is told of it.
    """
    paths, software = [*PUBLIC, SETTINGS], list[Change]()
    if before:
        differing = repository.differing(before, after, *PUBLIC, *SOFTWARE)
        paths = _paths(differing)
        software += of_software(repository, before, after, differing)
    if not paths:
        return software, {}
    both = _notices_in(repository, after, paths)
    both &= _notices_in(repository, before, paths) if before else set()
    with tempfile.TemporaryDirectory() as folder:
        there, here = Path(folder) / "before", Path(folder) / "after"
        new, unreadable = _load(repository, after, paths, both, here)
        if before:
            old, more = _load(repository, before, paths, both, there)
        else:
            old, more = replace(new, notices=[]), set()
        unreadable |= more
        old, new = _without(old, unreadable), _without(new, unreadable)
        gaps = [Change("unreadable", each, "", "数据", "", "") for each in sorted(unreadable)]
        if _SITE in unreadable or not all(map(_knows_site, (old, new))):
            old = replace(old, site=new.site, vocabulary=new.vocabulary)
        replaced = _replaced(old, new, there, here) if before else ()
        found = [*gaps, *compare(old, new), *replaced, *software]
        return found, {**titles(old), **titles(new)}


def of_commit(repository: Repository, commit: str, before: Sequence[str]) -> list[Change]:
    """Return what ``commit`` itself changed; where ``before`` are several, it merged them."""
    if len(before) > 1:
        return own(repository, commit, before, lambda *pair: between(repository, *pair)[0])
    return between(repository, before[0] if before else None, commit)[0]


def titles(catalogue: Catalogue) -> dict[tuple[str, str], str]:
    """Return the titles of notices and their sections, by what :data:`Titles` has them."""
    found = {}
    for notice in catalogue.notices:
        found[notice.id, ""] = notice.facts.title
        titles = section_titles(notice).items()
        found |= {(notice.id, section): title for section, title in titles}
    return found


def _paths(differing: Iterable[str]) -> list[str]:
    """Return the files and folders to compare where those differ: a notice's are all its own.

    What all are read with comes along where there is anything.
    """
    names = [name for name in differing if name.startswith((*PUBLIC, SETTINGS))]
    paths = set(_ALWAYS if names else ())
    for name in names:
        notice = _OF_NOTICE.fullmatch(name)
        if notice:
            paths |= {f"data/notices/{notice[1]}", f"content/notices/{notice[1]}.md"}
        else:
            paths.add(name)
    return sorted(paths)


def _notices_in(repository: Repository, commit: str, paths: list[str]) -> set[str]:
    """Return the names of the notices that ``commit`` has at or below ``paths``."""
    names = (os.fsdecode(entry.path) for entry in repository.entries(commit, *paths))
    return {found[1] for name in names if (found := _OF_NOTICE.fullmatch(name))}


def _load(
    repository: Repository, commit: str, paths: list[str], whole: Set[str], folder: Path
) -> tuple[Catalogue, set[str]]:
    """Return what ``paths`` say at ``commit``, and the notices that cannot be read, or the site;
    only of those in ``whole`` more is read than what they are called.
    """

    def is_read(path: str) -> bool:
        notice = _OF_NOTICE.fullmatch(path)
        return not notice or notice[1] in whole or path.endswith("/notice.yml")

    folder.mkdir()
    unwritable = extract(repository, commit, folder, *paths, wanted=is_read)
    with opened(folder) as loader:
        read = (
            loader.notice(name) if name in whole else loader.head(name)
            for name in loader.public.items
        )
        notices = [notice for notice in read if notice]
        pages, heads = loader.pages()
        catalogue = Catalogue(**loader.settings.shared, notices=notices, pages=pages, heads=heads)
    broken = {problem.place.path for problem in (*unwritable, *loader.problems)}
    found = (_OF_NOTICE.fullmatch(path) for path in broken)
    unreadable = {match[1] for match in found if match}
    catalogue = replace(catalogue, site=as_shown(catalogue.site, folder))
    site = {_SITE for path in _ALWAYS if path in broken and (folder / path).exists()}
    return catalogue.public(), unreadable | site


def _knows_site(catalogue: Catalogue) -> bool:
    """Tell whether facts of the site and the vocabulary were there and could be read."""
    return catalogue.site_document.value is not None and bool(catalogue.vocabulary.statuses)


def _without(catalogue: Catalogue, unreadable: set[str]) -> Catalogue:
    notices = [notice for notice in catalogue.notices if notice.id not in unreadable]
    return replace(catalogue, notices=notices)


def _replaced(old: Catalogue, new: Catalogue, there: Path, here: Path) -> Iterator[Change]:
    """Yield each attachment that has another content now."""
    for path in old.attachments:
        if path in new.attachments:
            digests = [
                hashlib.sha256((each / path).read_bytes()).hexdigest() for each in (there, here)
            ]
            if digests[0] != digests[1]:
                what = f"附件“{path.removeprefix('content/')}”的 SHA-256"
                yield Change("attachment", "", path, what, *digests)
