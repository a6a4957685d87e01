"""The whole: what all files of a site offer, held against what each of them wants."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Mapping

from ...problem import meant
from .addresses import HOME, Target
from .ties import Ties, has_anchor, page_at


def touched(ties: Mapping[str, Ties], before: Mapping[str, Ties | None]) -> set[str]:
    """Return the files of a site with these ``ties`` in which something may lead nowhere, if
    nothing did when some of them had the ties ``before``, None for those that were not there.
    """
    lost = dict(_lost(ties, before))
    found = before.keys() & ties.keys()
    if lost:
        found |= {
            file
            for file, each in ties.items()
            if not lost.keys().isdisjoint(each.wants.keys()) and _wants(each, lost)
        }
    return found


def _lost(
    ties: Mapping[str, Ties], before: Mapping[str, Ties | None]
) -> Iterator[tuple[str, set[str] | None]]:
    """Yield whatever may lead to a file, and the anchors that it has no more, None when it is not
    there.
    """
    for file, was in before.items():
        now = ties.get(file)
        if was is None or (now and was.offers == now.offers):
            continue
        gone = {*was.offers}.difference(now.offers) if now else None
        yield file, gone
        folder, _, name = file.rpartition("/")
        if name == HOME:
            yield folder or ".", gone


def _wants(ties: Ties, lost: Mapping[str, set[str] | None]) -> bool:
    """Tell whether one who has these ``ties`` wants what was ``lost``."""
    both = ((lost[path], ties.wants[path]) for path in ties.wants.keys() & lost.keys())
    return any(gone is None or not gone.isdisjoint(wanted) for gone, wanted in both)


class Whole:
    """The files of a site, each with its ties."""

    def __init__(self, ties: Mapping[str, Ties]) -> None:
        self._ties = ties

    def in_vain(self, files: Iterable[str]) -> Iterator[str]:
        """Yield each of ``files`` that wants what is not there, or leads astray by itself."""
        for file in files:
            each = self._ties[file]
            if each.astray or any(map(self._lacks, each.wants.items())):
                yield file

    def missing(self, target: Target) -> str:
        """Return what is missing for ``target``, and what may have been meant; "" when nothing."""
        if not self._lacks((target.path, (target.anchor,))):
            return ""
        return self._missing(target)

    def _lacks(self, wanted: tuple[str, Collection[str]]) -> bool:
        path, anchors = wanted
        page, offers = self._offered(path)
        if offers is None:
            return True
        return not all(
            not anchor or anchor in offers or has_anchor(page, offers, anchor) for anchor in anchors
        )

    @functools.cache  # noqa: B019 (it lives as long as one check)
    def _offered(self, path: str) -> tuple[str, Collection[str] | None]:
        """Return the file that ``path`` leads to, and its anchors: None when it is not there."""
        page = path if path in self._ties else page_at(path)
        there = self._ties.get(page)
        return page, there and frozenset(there.offers)

    @functools.cache  # noqa: B019 (it lives as long as one check)
    def _missing(self, target: Target) -> str:
        page, offers = self._offered(target.path)
        if offers is not None:
            name = page.removesuffix(HOME) or "首页"
            hint = meant(target.anchor, sorted(offers), "#")
            return f"链接到 {name} 的“#{target.anchor}”，那一页没有这个锚点{hint}"
        known = (file.removesuffix(f"/{HOME}") for file in sorted(self._ties))
        return f"链接到 {target.path}，网站上没有这个页面或文件{meant(target.path, known)}"
