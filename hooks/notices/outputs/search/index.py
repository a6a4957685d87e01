"""The files of the index: what the browser reads when somebody searches.

Every page may fetch ``search/search_index.json`` (or ``.js``), which only names the head:

- ``<digest>.js``, the head: how much there is, and what the pieces of the directory are called;
- ``names/<digest>.js``: a piece of the directory, which names texts or buckets; that of an archive
  so small that all of its texts are read stands in the head;
- ``texts/<digest>.js``: some sections of a notice;
- ``pairs/<n>.<digest>.js``: a bucket of the index of pairs;
- ``spoken/<letters>.<digest>.js``: which pairs begin with these two letters when they are read, and
  ``spoken.<digest>.js``, what these files are called;
- ``same.<digest>.js``: the characters that are written for one another;
- ``sounds.<digest>.js``: how characters are read, and ``synonyms.<digest>.js``: words that mean the
  same; both only when nothing was found that is just as somebody typed it.

What a name with a digest holds never changes, but it is gone once the site has it no more. Each of
these files is a script that assigns JSON: it can be read as text, or loaded where nothing may be
fetched (file://).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...cache import Drawer
from ...digest import digest
from ...facts import model
from .arrangement import TEXT_ALONE, Arrangement, arranged
from .buckets import write_numbers
from .directory import BUCKET_NAME, NAME, Indexed, bucket_pieces, names_in, pieces
from .fold import same_characters
from .kept import KeptBuckets
from .sounds import read_sounds
from .spoken import Groups, Spoken
from .store import Kept, Remembered, Store
from .texts import Findable, Rows, to_json, write_texts


def prepare(rows: Rows, notices: int, room: Drawer) -> None:
    """Find out and keep in ``room`` what :func:`index_files` needs of one of so many ``notices``,
    when that is worth while: so processes can share the work.
    """
    if rows.characters * notices > TEXT_ALONE:
        from .update import kept_postings  # noqa: PLC0415 (with NumPy, which only archives need)

        kept_postings(Store(room), rows.findable, lambda _: rows)


class SiteWords(NamedTuple):
    """What is no notice's own: the words of statuses, and groups of words that mean the same."""

    vocabulary: model.Vocabulary
    synonyms: Sequence[Sequence[str]] = ()


class IndexFile(NamedTuple):
    """A file of the index: where it stands in the site, and what gives its content."""

    path: str
    content: Callable[[], bytes]
    is_lasting: bool = True
    """Whether its name tells what it holds."""


def index_files(
    found: Iterable[Findable],
    rows: Callable[[Findable], Rows],
    words: SiteWords,
    room: Drawer | None = None,
) -> Iterator[IndexFile]:
    """Yield every file of the index of what is ``found``, of which ``rows`` gives all.

    ``words`` are those that notices have in common. ``room`` keeps the index from one build to the
    next: then the rows of what has not changed are asked for only with the content of its files.
    What is yielded has the same content without it.
    """
    archive, store = arranged(found), Store(room)
    kept = store.read()
    listed = []
    for notice, number in archive.notices:
        before = _texts_before(notice, archive, kept)
        texts = _Texts(notice, archive.sections_in_file, rows, before)
        listed.append(Indexed(notice.address, number, notice.sections, "".join(texts.names)))
        yield from texts.files()
    digests, tables = [], _tables(words)
    buckets = KeptBuckets(archive, store, kept, rows, Spoken(read_sounds()))
    for n, bucket in enumerate(buckets.files()):
        digests.append(bucket.digest)
        path = f"pairs/{n}.{bucket.digest[:BUCKET_NAME]}.js"
        yield IndexFile(f"search/{path}", functools.partial(_script, path, bucket.content))
    for path, data in _spoken(buckets.groups, tables):
        yield IndexFile(f"search/{path}", functools.partial(_script, path, _same(data)))
    for path, data in _directory(archive, listed, digests, words.vocabulary, tables):
        yield IndexFile(f"search/{path}", functools.partial(_script, path, _same(data)))
    yield from _name(path)
    own = zip(listed, archive.notices, strict=True)
    notices = {
        each.address: Remembered(each.number, of.digest, each.files) for each, (of, _) in own
    }
    made = Kept(*archive[1:], notices, digests, buckets.entries, buckets.keep_groups())
    if made != kept:
        store.keep(made)


def _texts_before(notice: Findable, archive: Arrangement, kept: Kept | None) -> Remembered | None:
    """Return a notice of the index before, if its texts were written in the same way."""
    alike = kept is not None and kept.sections_in_file == archive.sections_in_file
    return kept.notices.get(notice.address) if kept and alike else None


class _Texts:
    """The texts of a notice, so many sections in a file: their names and files.

    ``rows`` gives all that there is of it, ``before`` is what it was in the index before.
    """

    def __init__(
        self,
        notice: Findable,
        sections_in_file: int,
        rows: Callable[[Findable], Rows],
        before: Remembered | None,
    ) -> None:
        self._written = functools.cache(lambda: write_texts(rows(notice), sections_in_file))
        if before and before.digest == notice.digest:
            self.names = names_in(before.files)
        else:
            self.names = [digest(text)[:NAME] for text in self._written()]

    def files(self) -> Iterator[IndexFile]:
        """Yield the files; of a notice that has not changed no content is made but when read."""
        for n, name in enumerate(self.names):
            path = f"texts/{name}.js"
            content = functools.partial(_script, path, functools.partial(self._text, n))
            yield IndexFile(f"search/{path}", content)

    def _text(self, n: int) -> bytes:
        return self._written()[n]


def _directory(
    archive: Arrangement,
    listed: Sequence[Indexed],
    digests: Sequence[str],
    vocabulary: model.Vocabulary,
    tables: Mapping[str, bytes],
) -> Iterator[tuple[str, bytes]]:
    """Yield what leads to texts and buckets, each its path and content: the pieces of the directory
    and, at last, the head. ``tables`` are what else queries may need, by their names.
    """
    of_notices = [*pieces(listed)]
    apart = [to_json(piece) for _, piece in of_notices] if archive.buckets else []
    of_buckets = [*map(to_json, bucket_pieces(digests))]
    named = {name: f"{name}.{digest(each)[:NAME]}.js" for name, each in tables.items()}
    head = {
        "buckets": archive.buckets,
        "pairs": _names(of_buckets),
        **named,
        "sectionBits": archive.section_bits,
        "sectionsInFile": archive.sections_in_file,
        "firsts": write_numbers(first for first, _ in of_notices),
        "notices": _names(apart) if apart else [piece for _, piece in of_notices],
        "statuses": {status.id: status.label for status in vocabulary.statuses},
    }
    data = to_json(head)
    files = {f"names/{digest(each)[:NAME]}.js": each for each in (*apart, *of_buckets)}
    files |= {named[name]: each for name, each in tables.items()}
    files[f"{digest(data)[:NAME]}.js"] = data
    yield from files.items()


def _spoken(groups: Groups, tables: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of groups of pairs by how they sound, and let ``tables`` say what they are
    called.
    """
    files = {letters: to_json(group.pairs) for letters, group in groups.items()}
    if files:
        names = [digest(data)[:BUCKET_NAME] for data in files.values()]
        tables["spoken"] = to_json(["".join(files), "".join(names)])
        for (letters, data), name in zip(files.items(), names, strict=True):
            yield f"spoken/{letters}.{name}.js", data


def _tables(words: SiteWords) -> dict[str, bytes]:
    """Return what is the same for all notices: a table of each sort by its name."""
    same = to_json([*map("".join, zip(*same_characters().items(), strict=True))])
    tables = {"same": same, "sounds": to_json(read_sounds())}
    return tables | ({"synonyms": to_json(words.synonyms)} if words.synonyms else {})


def _name(head: str) -> Iterator[IndexFile]:
    """Yield what says where the head is."""
    name = to_json({"config": {"head": head}, "docs": []})
    yield IndexFile("search/search_index.json", _same(name), is_lasting=False)
    yield IndexFile("search/search_index.js", _same(b"var __index=" + name), is_lasting=False)


def _names(pieces: Iterable[bytes]) -> str:
    return "".join(digest(piece)[:NAME] for piece in pieces)


def _same(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def _script(path: str, content: Callable[[], bytes]) -> bytes:
    return f'searchFiles["{path}"]='.encode() + content()
