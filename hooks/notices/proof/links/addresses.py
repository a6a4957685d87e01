"""Addresses: where each leads in a site, decided from the address alone, whatever the site has."""

from __future__ import annotations

import functools
import os
import re
from itertools import accumulate
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin

from pydantic_core import Url

from ...problem import Place, Problem

HOME = "index.html"
_NOWHERE = "https://site.invalid/"  # where a site stands that does not know where
_WEB = ("http", "https")
# What browsers leave out of an address, and what they take for a slash in it.
_UNREAD = str.maketrans({"\t": None, "\n": None, "\r": None, "\\": "/"})
_AROUND = "".join(map(chr, range(0x21)))
# Begins an address that is whole; after the scheme of the page alone, browsers read a part of one.
_WHOLE = re.compile(r"(?!https?:(?![/\\]{2}))[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PLAIN = re.compile("[A-Za-z0-9._-]*")  # an anchor that is what it says
# Climbs from its page, and leads on by plain names; so do most, from hundreds of folders.
_CLIMBING = re.compile(r"((?:\.\./)+)((?!/)[A-Za-z0-9._/-]*)")
_NAME = re.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*")
_SHOWN_BY_WORDS = ":~:"
"""Behind it an anchor says which words to show, which browsers look for themselves."""


class Target(NamedTuple):
    """A file or page of the site, and an anchor there, "" for none."""

    path: str
    anchor: str


class Astray(Exception):
    """An address is wrong by itself, whatever the site has; says what is wrong."""

    def at(self, place: Place) -> Problem:
        """Return the problem that such an address stands at ``place``."""
        return Problem(place, "dead-link", str(self))


class Foreign(Astray):
    """An address must be one of the site, and is not."""

    def at(self, place: Place) -> Problem:
        """Return the problem that such an address stands at ``place``."""
        return Problem(place, "foreign-address", str(self))


class Addresses:
    """The addresses of a site that stands at ``own``, "" when it does not know where."""

    def __init__(self, own: str) -> None:
        self.own = own = f"{own.rstrip('/')}/" if own else ""
        try:
            base, self._base = Url(own), own
        except ValueError:  # none, or none that anybody could follow
            base, self._base = Url(_NOWHERE), _NOWHERE
        self._origin = (base.scheme, base.host, base.port)
        self._folder = unquote(base.path or "/")
        self._target = functools.lru_cache(maxsize=1024)(self._find)
        self._above = functools.lru_cache(maxsize=64)(self._folders)

    def of(self, file: str) -> str:
        """Return the address of ``file`` of the site."""
        return f"{self._base}{quote(file)}"

    def target(self, address: str, base: str = "", *, own: bool = False) -> Target | None:
        """Return where ``address`` leads, beside ``base``; None when that is not in the site.

        Raise Astray when it is no address, leads to the reader's disk, or when it must be one of
        the site's ``own`` and is not.
        """
        place, anchor = parted(address)
        try:
            found = self.place(place, base, own=own)
        except Astray:
            return self._target(address.strip(_AROUND), base, own)  # which says so of all of it
        return found if anchor is None or not found else Target(found.path, anchor)

    def place(self, place: str, base: str = "", *, own: bool = False) -> Target | None:
        """Return where an address leads that is :func:`parted` from its anchor."""
        return self._target(*self._nearer(place, base), own)

    def _nearer(self, place: str, base: str) -> tuple[str, str]:
        """Return an address and its base without the folders out of which it climbs at once."""
        climbing = _CLIMBING.fullmatch(place)
        if not climbing:
            return place, "" if _WHOLE.match(place) else base
        above, climbs = self._above(base), len(climbing[1]) // len("../")
        return (climbing[2], above[-1 - climbs]) if climbs < len(above) else (place, base)

    def _folders(self, base: str) -> list[str]:
        """Return the folders of the site in which ``base`` is, outermost first, if it is plain."""
        *names, file = base.removeprefix(self._base).split("/")
        plain = base.startswith(self._base) and not any(each in self._base for each in "?#;")
        if not plain or not all(map(_NAME.fullmatch, [*names, file or "-"])):
            return []
        return list(accumulate(names, lambda folder, name: f"{folder}{name}/", initial=self._base))

    def _find(self, address: str, base: str, own: bool) -> Target | None:
        try:
            url = Url(_joined(base or self._base, address))
        except ValueError as error:
            raise Astray(f"{address} 不是网址") from error
        if url.scheme == "file":
            raise Astray(f"{address} 在写它的人的电脑上，不在网站上")
        if (url.scheme, url.host, url.port) != self._origin:
            if own and url.scheme in _WEB:
                stands = self.own or "没有说明的地方"
                raise Foreign(f"{address} 不是本站的网址：本站在 {stands}")
            return None
        path = os.path.relpath(unquote(url.path or "/"), self._folder)
        return Target(path, unquote((url.fragment or "").partition(_SHOWN_BY_WORDS)[0]))


def parted(address: str) -> tuple[str, str | None]:
    """Return an address without its anchor, which most have in common with many others, and that
    anchor, if it is what it says.
    """
    address = address.strip(_AROUND)
    place, mark, anchor = address.partition("#")
    return (place, anchor) if mark and _PLAIN.fullmatch(anchor) else (address, None)


def _joined(base: str, address: str) -> str:
    """Return ``address`` as it is, read beside ``base``; raise ValueError when it is none."""
    if _WHOLE.match(address):
        return address
    path, mark, rest = address.partition("#")
    return urljoin(base, path.translate(_UNREAD) + mark + rest)
