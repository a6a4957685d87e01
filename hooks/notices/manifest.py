"""The manifest: what exactly is published, so that anyone can tell whether a site is still it.

``manifest.json`` stands at the root of the site and names every other file with its digests, the
digest of each approved text, and the commit that all of it was built from. :mod:`notices.signature`
may sign it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from .problem import Faulty, Place, Problem

NAME = "manifest.json"
SIGNATURE = f"{NAME}.sig"
# SM3 (GB/T 32905) only where OpenSSL has it.
ALGORITHMS = [name for name in ("sha256", "sm3") if name in hashlib.algorithms_available]
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")

Digests = dict[str, str]
"""Digests of the same bytes in hexadecimal, by the name of their algorithm; sha256 always."""


@dataclass(frozen=True)
class Manifest:
    """What is published."""

    commit: str | None
    """None when something was not committed: then no one can build the same again."""
    address: str
    """The SITE_URL that it was built for, which stands in its pages."""
    approved: dict[str, Digests]
    """The approved texts, by the id of their notice."""
    files: dict[str, Digests]
    """All other files, by their path in the site."""

    def agrees(self, other: Manifest) -> bool:
        """Tell whether both say the same, on machines that may not have the same algorithms."""
        return all(
            one.keys() == two.keys() and all(agree(one[name], two[name]) for name in one)
            for one, two in ((self.files, other.files), (self.approved, other.approved))
        )

    def written(self) -> bytes:
        """Return the manifest as the bytes of its file."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()


def make(site: Path, approved: Mapping[str, str], commit: str | None, address: str) -> Manifest:
    """Return the manifest of what stands in ``site``; ``approved`` are paths there by notice."""
    files = digests(site)
    texts = {notice: files[path] for notice, path in approved.items()}
    return Manifest(commit, address, texts, files)


def digests(site: Path) -> dict[str, Digests]:
    """Return the digests of all files in ``site`` that a manifest names, by path."""
    return {path: digest_all((site / path).read_bytes()) for path in published(site)}


def digest_all(data: bytes) -> Digests:
    """Return the digests of ``data``."""
    return {name: hashlib.new(name, data).hexdigest() for name in ALGORITHMS}


def published(site: Path) -> list[str]:
    """Return the paths of all files in ``site`` that a manifest names, sorted."""
    paths = (path.relative_to(site).as_posix() for path in site.rglob("*") if not path.is_dir())
    return sorted(path for path in paths if path not in (NAME, SIGNATURE))


def read(site: Path) -> Manifest:
    """Return the manifest of ``site``; raise Faulty when there is none."""
    try:
        return parse((site / NAME).read_bytes())
    except OSError as error:
        message = "没有发布清单：这不是一次发布的网站，或者清单被删去了"
        raise Faulty(Problem(Place(NAME), "manifest-missing", message)) from error


def parse(data: bytes) -> Manifest:
    """Return the manifest that ``data`` is; raise Faulty when it is none."""
    try:
        made = Manifest(**json.loads(data))
        proven = all("sha256" in each for each in made.files.values())
        commit = made.commit is None or _COMMIT.fullmatch(made.commit)
        sound = made.written() == data and proven and commit
    except (TypeError, ValueError, AttributeError, RecursionError):
        sound = False
    if not sound:
        message = "这不是本程序写出的清单，无法核对"
        raise Faulty(Problem(Place(NAME), "manifest-unreadable", message))
    return made


def differences(
    expected: Manifest, found: Mapping[str, Digests | None], by: str = "清单"
) -> Iterator[Problem]:
    """Yield how the files that were ``found`` (None: none there) are not those ``expected``.

    ``by`` says, in the messages, who names what is expected.
    """
    for path in sorted({*expected.files, *found}):
        wanted, there = expected.files.get(path), found.get(path)
        if there is None and wanted:
            yield Problem(Place(path), "file-missing", f"{by}里有这个文件，网站上没有")
        elif there and wanted is None:
            yield Problem(Place(path), "file-added", f"网站上有这个文件，{by}里没有")
        elif there and wanted and not agree(there, wanted):
            message = f"{by}的 SHA-256 是 {wanted['sha256']}，网站上的是 {there['sha256']}"
            yield Problem(Place(path), "file-differs", f"内容不同：{message}")


def agree(one: Digests, other: Digests) -> bool:
    """Tell whether both are of the same bytes; what only one of them has tells nothing."""
    return all(one[name] == other[name] for name in one.keys() & other.keys())
