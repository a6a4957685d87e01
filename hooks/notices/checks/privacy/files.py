"""What is personal in the files that nobody opens to read: attachments, names of files, remarks."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path

from ...catalogue.notices import Notice
from ...catalogue.summary import Archive
from ...facts.files import read_bytes
from ...importing.ledger.mark import is_ledger
from ...problem import Faulty, Place, Problem
from ..rules import RULES
from .attachments import words_in
from .notices import Contacts, contacts_of
from .personal import plain
from .search import find
from .telling import tell_of_file, tell_of_name

_LARGEST = 20_000_000  # bytes


def in_files(root: Path, archive: Archive) -> Iterator[Problem]:
    """Yield what is personal in the files of the project in ``root`` beyond its texts and facts,
    and those of notices.
    """
    permitted = contacts_of(archive)
    for path in archive.attachments:
        yield from in_name(path, path.removeprefix("content/"), permitted)
        try:
            data = read_bytes(root, path, _LARGEST)
            yield from in_attachment(path, data, permitted)
        except Faulty as fault:
            yield from fault.problems
    for path in archive.pages:
        yield from in_name(path, path.removeprefix("content/"), permitted)
    for record in archive.publishers.values():
        path = record.document.path
        yield from in_name(path, path.rpartition("/")[2], permitted)


def in_names(notice: Notice) -> Iterator[Problem]:
    """Yield what is personal in the names of the files of ``notice``."""
    permitted = Contacts([notice])
    yield from in_name(notice.narrative_path, notice.id, permitted)
    for path in notice.approvals:  # named for who signs, which the public is told
        yield from in_name(path, path.rpartition("/")[2], permitted)


def in_attachment(path: str, data: bytes, permitted: Container[str]) -> Iterator[Problem]:
    """Yield what is personal in an attachment, or that it is none for the public; raise Faulty when
    it cannot be read.
    """
    told, words = set(), words_in(path, data)
    if is_ledger(words):
        message = "这是导出的台账，里面有不公开的内容，藏着的表里也有：移走，不能公开"
        yield Problem(Place(path), "ledger-place", message)
    for found in find(words):
        value = plain(found.value)
        if value not in permitted and value not in told:
            told.add(value)
            yield Problem(Place(path), found.kind, tell_of_file(found), RULES[found.kind].severity)


def in_name(path: str, name: str, permitted: Container[str]) -> Iterator[Problem]:
    """Yield what is personal in the name of a file, which is part of an address."""
    for found in find(name):
        if plain(found.value) not in permitted:
            yield Problem(Place(path), found.kind, tell_of_name(found), RULES[found.kind].severity)
