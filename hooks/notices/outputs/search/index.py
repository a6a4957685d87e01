"""The files of the index: what the browser reads when somebody searches.

Every page may fetch ``search/search_index.json`` (or ``.js``), which only names the head:

- ``<digest>.js``, the head: how much there is, and what it is called;
- ``texts/<digest>.<n>.js``: some sections of a notice, under the digest of the whole notice;
- ``pairs/<digest>/<n>.js``: a bucket of the index of pairs, under the digest of all of them;
- ``same.<digest>.js``: the characters that are written for one another.

What a name with a digest holds never changes, but it is gone once the site has it no more. Each of
these files is a script that assigns JSON: it can be read as text, or loaded where nothing may be
fetched (file://).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ...cache import Drawer
from ...digest import digest
from ...facts import model
from .fold import same_characters
from .texts import Rows, Texts, to_json, write_texts

# Up to here a visitor's first query is sooner answered by all texts than by the index of pairs.
TEXT_ALONE = 100_000  # characters
SECTIONS_A_FILE = 10
CHARACTERS_A_BUCKET = 2_000
_NAME = 12  # characters of a digest in a name
_SHORT_NAME = 7  # the same for notices, whose names are all in the head


def index_files(
    found: Iterable[Rows], vocabulary: model.Vocabulary, room: Drawer | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield (path in the site, content) of every file of the index of what can be ``found``.

    Notices are numbered from the newest, those that tell no day last. ``room`` is where the index
    of pairs may be kept from one build to the next; what is yielded is the same without it.
    """
    notices = sorted(found, key=lambda each: (-each.day.toordinal(), each.address))
    size = sum(each.characters for each in notices)
    large = size > TEXT_ALONE
    texts = [write_texts(each, SECTIONS_A_FILE if large else 0) for each in notices]
    buckets = _buckets(texts, number_of_buckets(size), room) if large else []
    names = _short([digest(*each.files) for each in texts])
    same = to_json([*map("".join, zip(*same_characters().items(), strict=True))])
    head = {
        "buckets": len(buckets),
        "pairs": digest(*buckets)[:_NAME],
        "same": f"same.{digest(same)[:_NAME]}.js",
        "sectionsInFile": SECTIONS_A_FILE if large else 0,
        "sections": [each.sections for each in texts],
        "texts": names,
        "statuses": {status.id: status.label for status in vocabulary.statuses},
    }
    files = itertools.chain(
        (
            (f"texts/{name}.{n}.js", file)
            for name, each in zip(names, texts, strict=True)
            for n, file in enumerate(each.files)
        ),
        ((f"pairs/{head['pairs']}/{n}.js", bucket) for n, bucket in enumerate(buckets)),
        [(head["same"], same), (f"{digest(to_json(head))[:_NAME]}.js", to_json(head))],
    )
    for path, data in files:
        yield f"search/{path}", f'searchFiles["{path}"]='.encode() + data
    name = to_json({"config": {"head": path}, "docs": []})
    yield "search/search_index.json", name
    yield "search/search_index.js", b"var __index=" + name


def _buckets(texts: Sequence[Texts], count: int, room: Drawer | None) -> list[bytes]:
    from .update import kept_buckets  # noqa: PLC0415 (with NumPy, which only archives wait for)

    return kept_buckets(texts, count, room)


def write_files(site: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write ``files``, each a path in ``site`` and its content."""
    made: set[Path] = set()
    for path, data in files:
        target = site / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_bytes(data)


def number_of_buckets(characters: int) -> int:
    """Return how many buckets an index of so many characters has.

    Only the first three binary digits count, so that few edits change the number.
    """
    wanted = characters // CHARACTERS_A_BUCKET
    step = 1 << max(wanted.bit_length() - 3, 0)
    return max(wanted // step * step, 1)


def _short(digests: Sequence[str]) -> list[str]:
    """Return the digests cut to where they still differ as much as they did."""
    lengths = itertools.count(_SHORT_NAME)
    length = next(n for n in lengths if len({each[:n] for each in digests}) == len({*digests}))
    return [each[:length] for each in digests]
