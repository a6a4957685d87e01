"""Targets: what a built site has to lead to, and what may have been meant by what it has not."""

from __future__ import annotations

import functools
import os
import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from ...problem import Place, Problem, meant
from .told import Told

HOME = "index.html"
_ID = re.compile(r"""\sid=["']?([^"'\s>]+)""")
_NOWHERE = "https://site.invalid/"  # where a site stands that does not know where


class Targets:
    """The files of the site in ``site``, which stands at ``address``, "" if it knows none."""

    def __init__(self, site: Path, address: str) -> None:
        self._site, self._address = site, address
        self._files = {
            (Path(folder) / name).relative_to(site).as_posix()
            for folder, _, names in os.walk(site)
            for name in names
        }

    def files(self) -> list[str]:
        """Return the paths of all files."""
        return sorted(self._files)

    def judge(self, file: str, text: str, told: Told) -> Problem | None:
        """Return what is wrong with the address that is ``told`` in the ``text`` of ``file``."""
        base = self._address or _NOWHERE
        try:
            target = urlsplit(urljoin(base if told.from_root else base + file, told.address))
            here = target[:2] == urlsplit(base)[:2]
        except ValueError:
            return Problem(place(file, text, told), "dead-link", f"{told.address} 不是网址")
        if not here:
            if told.own and target.scheme in ("http", "https"):
                message = (
                    f"{told.address} 不是本站的网址：本站在 {self._address or '没有说明的地方'}"
                )
                return Problem(place(file, text, told), "foreign-address", message)
            return None
        path = os.path.relpath(unquote(target.path) or "/", unquote(urlsplit(base).path))
        anchor = unquote(target.fragment)
        if self.has(path, anchor):
            return None
        return Problem(place(file, text, told), "dead-link", self.missing(path, anchor))

    def has(self, path: str, anchor: str) -> bool:
        """Tell whether there is such a file or page, with such an anchor."""
        page = self._page(path)
        if page not in self._files:
            return False
        return not anchor or not page.endswith(".html") or anchor in self._anchors(page)

    def missing(self, path: str, anchor: str) -> str:
        """Return what is missing, and what may have been meant."""
        page = self._page(path)
        if page in self._files:
            name = page.removesuffix(HOME) or "首页"
            ids = sorted(self._anchors(page))
            return f"链接到 {name} 的“#{anchor}”，那一页没有这个锚点{meant(anchor, ids, '#')}"
        known = (file.removesuffix(f"/{HOME}") for file in self.files())
        return f"链接到 {path}，网站上没有这个页面或文件{meant(path, known)}"

    def _page(self, path: str) -> str:
        return path if path in self._files else os.path.normpath(f"{path}/{HOME}")

    @functools.cache  # noqa: B019 (it lives as long as one check)
    def _anchors(self, page: str) -> frozenset[str]:
        return frozenset(_ID.findall((self._site / page).read_text(encoding="utf-8")))


def folder_of(address: str) -> str:
    """Return the folder of its host in which a site at ``address`` stands, "" for the host itself.

    What is escaped there is decoded, once, where it is the name of a folder then.
    """
    parts = [(part, unquote(part)) for part in urlsplit(address).path.split("/")]
    names = [part if set(name) & set("/\0") else name for part, name in parts]
    return "/".join(name for name in names if name not in ("", ".", ".."))


def place(file: str, text: str, told: Told) -> Place:
    """Return where in ``file`` an address stands."""
    line = text.count("\n", 0, told.start) + 1
    return Place(file, line, told.start - text.rfind("\n", 0, told.start))
