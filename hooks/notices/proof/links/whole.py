"""The whole: what all files of a site offer, held against what each of them wants."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Mapping

from ...problem import meant
from .addresses import HOME, Target
from .ties import Ties, has_anchor, page_at


class Whole:
    """The files of a site, each with its ties."""

    def __init__(self, ties: Mapping[str, Ties]) -> None:
        self._ties = ties

    def in_vain(self) -> Iterator[str]:
        """Yield each file that wants what is not there, or leads astray by itself."""
        for file, each in self._ties.items():
            if each.astray or any(map(self._lacks, each.wants.items())):
                yield file

    def missing(self, target: Target) -> str:
        """Return what is missing for ``target``, and what may have been meant; "" when nothing."""
        if not self._lacks((target.path, (target.anchor,))):
            return ""
        return self._missing(target)

    def _lacks(self, wanted: tuple[str, Collection[str]]) -> bool:
        path, anchors = wanted
        page = self._page(path)
        there = self._ties.get(page)
        return there is None or not all(
            anchor in there.offers or has_anchor(page, there.offers, anchor) for anchor in anchors
        )

    def _page(self, path: str) -> str:
        return path if path in self._ties else page_at(path)

    @functools.cache  # noqa: B019 (it lives as long as one check)
    def _missing(self, target: Target) -> str:
        page = self._page(target.path)
        if there := self._ties.get(page):
            name = page.removesuffix(HOME) or "首页"
            hint = meant(target.anchor, sorted(there.offers), "#")
            return f"链接到 {name} 的“#{target.anchor}”，那一页没有这个锚点{hint}"
        known = (file.removesuffix(f"/{HOME}") for file in sorted(self._ties))
        return f"链接到 {target.path}，网站上没有这个页面或文件{meant(target.path, known)}"
