"""Where links lead: to what the site has, named by its source, or to another site.

The site itself is followed when it is built, but then nobody knows which line of which page it was.
"""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Callable, Collection
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from pydantic_core import Url

from ..catalogue.offered import offered
from ..catalogue.summary import Archive, Summary
from ..problem import meant, shown

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_LIKE_A_HOST = re.compile(r"www\.|[\w.-]+\.(?:cn|com|net|org)(?:[/?#]|$)", re.IGNORECASE)
_LIKE_MAIL = re.compile(r"[^/@?#]+@[\w-]+(?:\.[\w-]+)+")
_HOME = "index.html"

Anchors = Callable[[str], Collection[str] | None]
"""Returns the anchors of a page of the catalogue by its path; None when they are not known."""


class _Own(NamedTuple):
    """Where the site stands: its host, and its folder there, which ends with a slash."""

    origin: tuple[str, str | None, int | None]
    folder: str


class Leads:
    """Tells which links of pages lead nowhere in the site of ``archive``, which stands at
    ``address``, "" when that is not known.
    """

    def __init__(self, archive: Archive, of_page: Anchors, address: str = "") -> None:
        self._archive, self._of_page, self._own = archive, of_page, _own(address)

    # What costs time is made when a link asks for it: few do.

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return offered(self._archive)

    @cached_property
    def _sources(self) -> dict[str, str]:
        return {address: source for source, address in self._addresses.items()}

    @functools.cache  # noqa: B019 (it lives as long as one check)
    def _anchors_of(self, source: str) -> Collection[str] | None:
        if f"content/{source}" in self._archive.pages:
            return self._of_page(f"content/{source}")
        if notice := self._notice(source):
            known = notice.sources.get(source)
            return None if known is None else frozenset(known.split())
        # What stands on a page of several notices moves on to the next.
        return frozenset() if source.endswith(".md") else None

    def _is_there(self, source: str) -> bool:
        if f"content/{source}" in self._archive.pages:
            return True
        if notice := self._notice(source):
            return source in notice.sources
        return source in self._addresses

    @cached_property
    def _notices(self) -> dict[str, Summary]:
        return {notice.id: notice for notice in self._archive.notices}

    def _notice(self, source: str) -> Summary | None:
        """Return the notice that has ``source``, if it is one's."""
        folder, _, rest = source.partition("/")
        name = rest.removesuffix(".md").partition("/")[0] if folder == "notices" else ""
        return self._notices.get(name)

    def fault(self, path: str, address: str) -> str:
        """Return what is wrong with the link to ``address`` in the page ``path``, or ""."""
        try:
            split = urlsplit(address)
            absolute = Url(address) if _SCHEME.match(address) else None
        except ValueError:
            return f"链接“{shown(address)}”不是网址，请核对“//”后面的部分"
        if absolute:
            return self._elsewhere(address, absolute)
        source = path.removeprefix("content/")
        if split.path:
            wanted = posixpath.normpath(
                posixpath.join(posixpath.dirname(source), unquote(split.path))
            )
            if not self._is_there(wanted):
                return self._missing(source, address, wanted)
            target = wanted
        else:
            target = source
        return self._anchor(address, target, split.fragment)

    def _elsewhere(self, address: str, url: Url) -> str:
        """Judge an address of any site; that of others is for others to say."""
        own = self._own
        if not own or url.username or (url.scheme, url.host, url.port) != own.origin:
            return ""
        path = unquote(url.path or "/")
        inside = f"{path}/".removeprefix(own.folder).removesuffix("/")
        source = self._source(inside) if f"{path}/".startswith(own.folder) else None
        if source is None:
            if draft := self._draft(inside):
                return _of_draft(address, draft)
            return f"链接“{shown(address)}”：本站没有这个页面或文件，请写文件名，如 about.md"
        return self._anchor(address, source, url.fragment or "")

    def _source(self, address: str) -> str | None:
        """Return the source of what stands at ``address`` of the site, if anything does."""
        address = posixpath.normpath(address)
        return self._sources.get(address) or self._sources.get(
            posixpath.normpath(f"{address}/{_HOME}")
        )

    def _anchor(self, address: str, target: str, anchor: str) -> str:
        known = self._anchors_of(target) if anchor else None
        if known is None or anchor in known:
            return ""
        hint = meant(anchor, sorted(known), "#")
        return f"链接“{shown(address)}”：{target} 里没有可以链接的编号“{shown(anchor)}”{hint}"

    def _draft(self, wanted: str) -> str:
        """Return the draft that a source or an address is of, "" when it is of none."""
        folder, _, rest = posixpath.normpath(wanted).partition("/")
        name = rest.partition("/")[0].removesuffix(".md")
        return name if folder == "notices" and name in self._archive.drafts else ""

    def _missing(self, source: str, address: str, wanted: str) -> str:
        if draft := self._draft(wanted):
            return _of_draft(address, draft)
        split, folder = urlsplit(address), posixpath.dirname(source)
        built = posixpath.dirname(self._addresses.get(source, ""))
        after = f"#{split.fragment}" if split.fragment else ""
        for base in (folder, built):
            if found := self._source(posixpath.join(base, unquote(split.path))):
                right = posixpath.relpath(found, folder or ".") + after
                return f"链接“{shown(address)}”要写文件名，不写网址；请写成“{right}”"
        if _LIKE_A_HOST.match(address):
            return f"链接“{shown(address)}”：别的网站要写全，是不是想写“https://{shown(address)}”？"
        if _LIKE_MAIL.fullmatch(address):
            return f"链接“{shown(address)}”：邮箱前面要写 mailto:，如“mailto:{shown(address)}”"
        known = {posixpath.relpath(each, folder or "."): each for each in self._addresses}
        hint = meant(unquote(split.path), known)
        return f"链接“{shown(address)}”：没有 content/{shown(wanted, 60)}，程序也不生成它{hint}"


def _of_draft(address: str, name: str) -> str:
    return (
        f"链接“{shown(address)}”：通报 {name} 还是草稿，公众看不到；"
        f"先删去 data/notices/{name}/notice.yml 里的 draft: true，或者删去这个链接"
    )


def _own(address: str) -> _Own | None:
    """Return what is at ``address``, as those see it who follow links; None when it is none."""
    try:
        url = Url(address)
    except ValueError:
        return None
    return _Own((url.scheme, url.host, url.port), f"{unquote(url.path or '').rstrip('/')}/")
