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
from selectolax.lexbor import LexborHTMLParser

from ..catalogue.addresses import NEEDED, Needed
from ..catalogue.summary import Archive
from ..facts.head import body_of, lines_before
from ..problem import Place, shown
from ..software import fragment_names
from .allowed import PAGE_MARKUP, PAGE_MISSING, RAW_HTML, Fault, Judge
from .leads import Leads
from .rendering import OverlongError, Rendering, at_most, renderer
from .rules import Objection

_LONGEST = 200_000  # characters of a page
_SECONDS = 2.0  # of the processor, for all that is done with one page
_ENOUGH = 30  # faults of a page: more of them say nothing more
# All that Markdown or a browser may take for a tag.
_TAG = re.compile(r"<(?=[A-Za-z/!?])")

_TOO_MUCH = Fault(PAGE_MARKUP, "这个页面太复杂，处理不了，请分成几页或者简化")
_TOO_DEEP = Fault(PAGE_MARKUP, "Markdown 处理不了这个页面，多半是一层套一层，套得太深")

Faults = Callable[[str], list[Fault]]


class Pages:
    """Judges the pages of ``archive``, of a site that stands at ``address``, if that is known."""

    def __init__(self, archive: Archive, address: str = "") -> None:
        self.archive = archive
        self._bodies = {path: body_of(page) for path, page in archive.pages.items()}
        self._plain = renderer(fragment_names())
        self._with_html = renderer(fragment_names(), raw=True)
        leads = Leads(archive, self._anchors, address).fault
        self._judge = Judge(frozenset(archive.attachments), fragment_names(), leads)

    def findings(self) -> Iterator[tuple[str, Objection]]:
        """Yield each fault of each page with the code of its rule."""
        for path, page in self.archive.pages.items():
            before = lines_before(page)
            for line, column, fault in self._located(path, self._bodies[path]):
                place = Place(path, max(line - before, 1), column)
                yield fault.rule, Objection(place, fault.message)
        for page, needed in NEEDED.items():
            path = f"content/{page}"
            if message := self._lacks(path, needed):
                yield PAGE_MISSING, Objection(Place(path), message)

    def _lacks(self, path: str, needed: Needed) -> str:
        """Return what links of the software's own need of the page ``path`` and do not find."""
        if path not in self._bodies:
            return "缺少这个页面，每个网页上都有链接指向它，请补回去"
        rendered = self._rendered(path)
        if isinstance(rendered, Fault):
            return ""
        if needed.fragment and needed.fragment not in rendered.fragments:
            return f"缺少单独成段的 [[{needed.fragment}]]，请补回去"
        if needed.anchor and needed.anchor not in (self._anchors(path) or ()):
            return f"缺少标题的编号 {{#{needed.anchor}}}，通报里有链接指向它，请补回去"
        return ""

    def _located(self, path: str, body: str) -> Iterator[tuple[int, int, Fault]]:
        rendered = self._rendered(path)
        if isinstance(rendered, Fault):
            yield 1, 1, rendered
            return
        found: list[Fault] = []
        places: list[tuple[int, int, Fault]] = []
        faults = functools.partial(self._faults, path)
        try:
            with at_most(_SECONDS):
                found = self._judged(path, body, rendered.html)[:_ENOUGH]
                places.extend(_places(body, found, faults))
        except OverlongError:
            found = found or [_TOO_MUCH]
        except Exception:  # whatever Markdown fails with
            found, places = [_TOO_DEEP], []
        yield from places
        yield from ((1, 1, fault) for fault in found[len(places) :])

    @functools.cache  # noqa: B019 (it lives as long as one check)
    def _rendered(self, path: str) -> Rendering | Fault:
        """Return what Markdown makes of the page, or why it makes nothing."""
        body = self._bodies[path]
        if len(body) > _LONGEST:
            return Fault(PAGE_MARKUP, f"页面超过了 {_LONGEST // 10_000} 万字，请分成几页")
        try:
            with at_most(_SECONDS):
                return self._plain.render(body)
        except OverlongError:
            return _TOO_MUCH
        except Exception:  # whatever Markdown fails with
            return _TOO_DEEP

    @functools.cache  # noqa: B019
    def _anchors(self, path: str) -> frozenset[str] | None:
        rendered = self._rendered(path)
        if isinstance(rendered, Fault):
            return None
        return frozenset(str(node.id) for node in LexborHTMLParser(rendered.html).css("[id]"))

    def _faults(self, path: str, body: str) -> list[Fault]:
        """Return what is wrong with what Markdown makes of ``body``, a beginning of the page."""
        return self._judged(path, body, self._plain.render(body).html)

    def _judged(self, path: str, body: str, html: str) -> list[Fault]:
        return [*self._html(body, html), *self._judge.faults(path, html)]

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
