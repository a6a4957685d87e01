"""The faults of a page, and the lines of its source that they come from.

HTML does not say where it comes from. But the beginning of a page makes the beginning of its HTML:
the line that a fault comes from is the last one of the shortest beginning that has the fault.
"""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator

from markdown.extensions.fenced_code import FencedBlockPreprocessor

from ..catalogue import Catalogue
from ..head import body_of, lines_before
from ..problem import Place, shown
from .allowed import PAGE_MARKUP, RAW_HTML, Fault, Judge
from .rendering import OverlongError, Renderer, at_most
from .rules import Finding

_LONGEST = 200_000  # characters of a page
_SECONDS = 2.0  # of the processor, for all that is done with one page
_ENOUGH = 30  # faults of a page: more of them say nothing more
# All that Markdown or a browser may take for a tag.
_TAG = re.compile(r"<(?=[A-Za-z/!?])")

Faults = Callable[[str], list[Fault]]


class Pages:
    """Judges the pages of ``catalogue``."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._plain = Renderer(catalogue.fragments)
        self._with_html = Renderer(catalogue.fragments, raw=True)
        self._judge = Judge(frozenset(catalogue.attachments), catalogue.fragments)

    def findings(self) -> Iterator[tuple[str, Finding]]:
        """Yield each fault of each page with the code of its rule."""
        for path, page in self.catalogue.pages.items():
            body, before = body_of(page), lines_before(page)
            for line, column, fault in self._located(path, body):
                place = Place(path, max(line - before, 1), column)
                yield fault.rule, Finding(place, fault.message)

    def _located(self, path: str, body: str) -> Iterator[tuple[int, int, Fault]]:
        if len(body) > _LONGEST:
            message = f"页面超过了 {_LONGEST // 10_000} 万字，请分成几页"
            yield 1, 1, Fault(PAGE_MARKUP, message)
            return
        found: list[Fault] = []
        places: list[tuple[int, int, Fault]] = []
        faults = functools.partial(self._faults, path)
        try:
            with at_most(_SECONDS):
                found = faults(body)[:_ENOUGH]
                places.extend(_places(body, found, faults))
        except OverlongError:
            if not found:
                found = [Fault(PAGE_MARKUP, "这个页面太复杂，处理不了，请分成几页或者简化")]
        except Exception:  # whatever Markdown fails with
            message = "Markdown 处理不了这个页面，多半是一层套一层，套得太深"
            found, places = [Fault(PAGE_MARKUP, message)], []
        yield from places
        yield from ((1, 1, fault) for fault in found[len(places) :])

    def _faults(self, path: str, body: str) -> list[Fault]:
        """Return what is wrong with what Markdown makes of ``body``."""
        html = self._plain.render(body).html
        raw = [*self._html(body, html)]
        return [*raw, *self._judge.faults(path, html)]

    def _html(self, body: str, html: str) -> Iterator[Fault]:
        """Yield the tags that are shown as their characters, which nobody wanted."""
        if not _TAG.search(body):
            return
        with_html = self._with_html.render(body)
        tags = [tag for piece in with_html.raw for tag in _tags(piece)]
        for tag in tags:
            message = f"页面里不能写网页代码“{shown(tag)}”，要显示“<”请写“&lt;”"
            yield Fault(RAW_HTML, message, tag.partition("\n")[0])
        if not tags and with_html.html != html:
            yield Fault(RAW_HTML, "页面里不能写网页代码，要显示“<”请写“&lt;”", "<")


def _tags(piece: str) -> Iterator[str]:
    end = 0
    while match := _TAG.search(piece, end):
        end = piece.find(">", match.end()) + 1 or len(piece)
        yield piece[match.start() : end]


def _places(body: str, found: list[Fault], faults: Faults) -> Iterator[tuple[int, int, Fault]]:
    """Yield line, column and fault of each that was ``found`` in ``body``."""
    source = FencedBlockPreprocessor.FENCED_BLOCK_RE.sub(_blanked, body)
    lines = source.split("\n")
    search = _Search(lines, faults)
    seen: Counter[Fault] = Counter()
    for fault in found:
        line = search.line(fault, seen[fault])
        seen[fault] += 1
        yield line + 1, search.column(line, fault), fault


class _Search:
    """Looks for faults in the beginnings of a page."""

    def __init__(self, lines: list[str], faults: Faults) -> None:
        self.lines, self.faults = lines, faults
        # A block stands alone; what a line within one makes may depend on the lines below.
        pairs = itertools.pairwise([*lines, ""])
        self.ends = [n for n, (one, next_) in enumerate(pairs) if one.strip() and not next_.strip()]
        self._used: Counter[tuple[int, str]] = Counter()

    @functools.cache  # noqa: B019 (one search is short)
    def counts(self, line: int) -> Counter[Fault]:
        """Return how often each fault is in the page up to and with ``line``."""
        return Counter(self.faults("\n".join(self.lines[: line + 1])))

    def line(self, fault: Fault, nth: int) -> int:
        """Return the line that makes ``fault`` for the ``nth`` time, counted from 0."""

        def has(line: int) -> bool:
            return self.counts(line)[fault] > nth

        end = bisect_left(self.ends, True, key=has)
        if end == len(self.ends):
            return 0
        begin = self.ends[end - 1] + 1 if end else 0
        block = range(begin, self.ends[end] + 1)
        last = block[min(bisect_left(block, True, key=has), len(block) - 1)]
        # What ends here may have begun on a line above.
        upward = (line for line in range(last, begin - 1, -1) if fault.trace in self.lines[line])
        return next(upward, last)

    def column(self, line: int, fault: Fault) -> int:
        """Return where in ``line`` the fault may stand: 1 when that cannot be told."""
        # Not within the address of another link.
        trace = re.compile(rf"(?<!:){re.escape(fault.trace)}")
        found = [match.start() + 1 for match in trace.finditer(self.lines[line])]
        nth = self._used[line, fault.trace]
        self._used[line, fault.trace] += 1
        return found[nth] if fault.trace and nth < len(found) else 1


def _blanked(match: re.Match[str]) -> str:
    start, end = (offset - match.start() for offset in match.span("code"))
    return match[0][:start] + re.sub(r"\S", " ", match["code"]) + match[0][end:]
