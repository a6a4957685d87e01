"""The manifest: what exactly is published, so that anyone can tell whether a site is still it.

``manifest.json`` stands at the root of the site and names every other file with its digests, the
digest of each approved text, the commit that all of it was built from, and the version of the
software that built it. :mod:`notices.proof.signature` may sign it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import to_json

from ..problem import Faulty, Place, Problem, shorten
from . import inventory

NAME, SIGNATURE = inventory.MANIFEST, inventory.SIGNATURE
# SM3 (GB/T 32905) only where OpenSSL has it.
ALGORITHMS = [name for name in ("sha256", "sm3") if name in hashlib.algorithms_available]
_DIGEST = re.compile(r"[0-9a-f]{64}")  # of both

Digests = dict[str, str]
"""Digests of the same bytes in hexadecimal, by the name of their algorithm; sha256 always."""


def _sound_digests(digests: Digests) -> Digests:
    if "sha256" not in digests or digests.keys() - {"sha256", "sm3"}:
        raise ValueError("digests of other algorithms")
    if not all(map(_DIGEST.fullmatch, digests.values())):
        raise ValueError("no digest")
    return digests


def _sound_paths(files: dict[str, _Digests]) -> dict[str, _Digests]:
    for path in files:
        if not inventory.is_fit(path) or path in (NAME, SIGNATURE):
            raise ValueError(f"{path} is no file of a site")
    for path, _ in inventory.alike(files):
        raise ValueError(f"{path} stands there twice")
    return files


_Digests = Annotated[Digests, AfterValidator(_sound_digests)]
_Files = Annotated[dict[str, _Digests], AfterValidator(_sound_paths)]
_Notice = Annotated[str, Field(pattern=r"^[^/\\\s]{1,200}$")]


class StatedApprovers(BaseModel):
    """Who may agree that a notice becomes public, and how many must."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)

    least: Annotated[int, Field(ge=1, le=1_000)]
    signers: Annotated[str, Field(min_length=1, max_length=1_000_000)]
    """As ``ssh-keygen`` lists ALLOWED SIGNERS."""


class Manifest(BaseModel):
    """What is published."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)

    commit: Annotated[str, Field(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")] | None
    """None when something was not committed: then no one can build the same again."""
    address: Annotated[str, Field(pattern=r"^\S{0,2000}$")]
    """The SITE_URL that it was built for, which stands in its pages."""
    software: Annotated[str, Field(pattern=r"^[a-z2-7]{1,100}$")] | None = None
    """The version of the software that built it; None when that did not tell yet."""
    approvers: StatedApprovers | None = None
    """Whose approvals its pages tell of; None when nobody had to approve."""
    approved: dict[_Notice, _Digests]
    """The approved texts, by the id of their notice."""
    files: _Files
    """All other files, by their path in the site."""

    def agrees(self, other: Manifest) -> bool:
        """Tell whether both say the same, on machines that may not have the same algorithms."""
        return all(
            one.keys() == two.keys() and all(agree(one[name], two[name]) for name in one)
            for one, two in ((self.files, other.files), (self.approved, other.approved))
        )

    def written(self) -> bytes:
        """Return the manifest as the bytes of its file."""
        unsaid = {name for name in ("software", "approvers") if getattr(self, name) is None}
        told = self.model_dump(exclude=unsaid)
        return to_json(told, indent=1) + b"\n"


def make(
    found: inventory.Inventory,
    files: Mapping[str, Digests],
    approved: Mapping[str, str],
    *,
    commit: str | None,
    address: str,
    software: str,
) -> Manifest:
    """Return the manifest of a site in which ``files`` were ``found``; ``approved`` are paths there
    by notice.

    Raise Faulty when something stands there that no manifest can name.
    """
    twice = (
        Problem(Place(path), "name-unfit", f"与 {other} 只差大小写，在有的系统上是同一个文件")
        for path, other in inventory.alike(found.files)
    )
    if problems := [*found.strange, *twice]:
        raise Faulty(*problems)
    named = {path: files[path] for path in filter(is_listed, found.files)}
    texts = {notice: named[path] for notice, path in approved.items()}
    try:
        made = Manifest(commit=commit, address=address, software=software, approved=texts, files={})
    except ValidationError as error:  # an address that is none
        raise Faulty(_unreadable(error)) from error
    # What was found is told above where it is unfit, and an archive has ten thousands of files.
    return made.model_copy(update={"files": named})


def digests(site: Path) -> dict[str, Digests]:
    """Return the digests of all regular files in ``site`` that a manifest names, by path."""
    return {path: digest_all((site / path).read_bytes()) for path in published(site)}


def digest_all(data: bytes) -> Digests:
    """Return the digests of ``data``."""
    return {name: hashlib.new(name, data).hexdigest() for name in ALGORITHMS}


def published(site: Path) -> list[str]:
    """Return the paths of all regular files in ``site`` that a manifest names, sorted."""
    return [*filter(is_listed, inventory.look(site).files)]


def is_listed(path: str) -> bool:
    """Tell whether a manifest names the file ``path`` of a site."""
    return path not in (NAME, SIGNATURE)


def read(site: Path) -> Manifest:
    """Return the manifest of ``site``; raise Faulty when there is none."""
    if (data := inventory.read(site, NAME)) is None:
        message = "没有发布清单：这不是一次发布的网站，或者清单被删去了"
        raise Faulty(Problem(Place(NAME), "manifest-missing", message))
    return parse(data)


def parse(data: bytes) -> Manifest:
    """Return the manifest that ``data`` is; raise Faulty when it is not one as we write it."""
    try:
        made = Manifest.model_validate_json(data)
        if made.written() == data:
            return made
        raise Faulty(_unreadable())
    except ValidationError as error:
        raise Faulty(_unreadable(error)) from error
    except ValueError as error:  # half a character, which JSON can say and UTF-8 cannot
        raise Faulty(_unreadable()) from error


def audit(site: Path, expected: Manifest, by: str = "清单") -> Iterator[Problem]:
    """Yield how what stands in the folder ``site`` is not what is ``expected``, of any kind."""
    found = inventory.look(site)
    yield from (*found.strange, *found.closed)
    standing: dict[str, Digests | None] = {}
    for path in found.files:
        if not is_listed(path):
            continue
        try:  # of what was added, nobody need know more than that it is there
            data = (inventory.read(site, path) or b"") if path in expected.files else b""
            standing[path] = digest_all(data)
        except Faulty as fault:
            standing[path] = expected.files[path]
            yield from fault.problems
    yield from differences(expected, standing, by)


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


def _unreadable(error: ValidationError | None = None) -> Problem:
    """Return the problem that this is no manifest of ours, with the place of what is wrong."""
    first = error.errors(include_input=False, include_context=False)[0] if error else {"loc": ()}
    where = shorten("/".join(map(str, first["loc"])))
    message = f"这不是本程序写出的清单，无法核对{f'：“{where}”不对' if where else ''}"
    return Problem(Place(NAME), "manifest-unreadable", message)


def agree(one: Digests, other: Digests) -> bool:
    """Tell whether both are of the same bytes; what only one of them has tells nothing."""
    return all(one[name] == other[name] for name in one.keys() & other.keys())
