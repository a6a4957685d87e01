"""Rendering a page for its checks: by the very Markdown that publishes it, without what it merges.

Markdown takes long over some texts, and fails over others; neither may stop a check.
"""

from __future__ import annotations

import contextlib
import functools
import signal
import threading
from collections.abc import Collection, Iterator
from types import FrameType
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.inlinepatterns import HTML_RE, HtmlInlineProcessor
from markdown.preprocessors import HtmlBlockPreprocessor
from markdown.treeprocessors import Treeprocessor

from ..text import dialect

_LABEL = "data-toc-label"
_KEPT = 200  # pages, of which few have many


class Rendering(NamedTuple):
    """What Markdown made of a page."""

    html: str
    raw: tuple[str, ...] = ()
    """What it took for HTML, where it was let."""
    fragments: tuple[str, ...] = ()
    """The names of the ``[[name]]`` that it found."""


class OverlongError(BaseException):
    """Markdown takes too long. It is no Exception, so that nothing takes it for another fault."""


class Renderer:
    """Renders pages in which ``[[name]]`` is known for ``names``; with ``raw``, HTML as well."""

    def __init__(self, names: Collection[str], *, raw: bool = False) -> None:
        self._only = _Only(names, raw)
        self._markdown: Markdown | None = None
        self.render = functools.lru_cache(_KEPT)(self._render)
        """Return what Markdown makes of a body; it may raise anything."""

    def _render(self, body: str) -> Rendering:
        self._only.raw.clear()
        self._only.fragments.clear()
        try:
            html = self._made().reset().convert(body)
        except BaseException:  # it stopped somewhere within, and does not forget where
            self._markdown = None
            raise
        return Rendering(html, tuple(self._only.raw), tuple(self._only.fragments))

    def _made(self) -> Markdown:
        if not self._markdown:
            self._markdown = Markdown(
                extensions=[*dialect.EXTENSIONS, self._only], extension_configs=dialect.CONFIGS
            )
        return self._markdown


@functools.cache
def renderer(names: frozenset[str], *, raw: bool = False) -> Renderer:
    """Return the renderer for ``names``, which knows what it made: a preview asks again for it."""
    return Renderer(names, raw=raw)


class _Only(Extension):
    """The dialect without what it merges; or, to find HTML, one that notes what HTML there is."""

    def __init__(self, names: Collection[str], raw: bool) -> None:
        super().__init__()
        self.names, self.takes_raw = names, raw
        self.raw: list[str] = []
        self.fragments: list[str] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        if self.takes_raw:
            md.preprocessors.register(_Blocks(md, self.raw), "html_block", 20)
            md.inlinePatterns.register(_Inline(md, self.raw), "html", 90)
        else:
            dialect.forbid_html(md)
        dialect.register_markers(md, self.names.__contains__, self._note)
        # Between attribute lists (8) and the table of contents (5), which takes this away.
        md.treeprocessors.register(_Labels(md), "notices_labels", 6)

    def _note(self, parent: Element, name: str) -> None:
        self.fragments.append(name)
        SubElement(parent, "p")


class _Labels(Treeprocessor):
    """Lets nobody write what an entry of the table of contents says: the theme takes it as HTML."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if _LABEL in element.attrib:
                element.set(f"{_LABEL}-", element.attrib.pop(_LABEL))


class _Blocks(HtmlBlockPreprocessor):
    def __init__(self, md: Markdown, raw: list[str]) -> None:
        super().__init__(md)
        self.raw = raw

    def run(self, lines: list[str]) -> list[str]:
        before = len(self.md.htmlStash.rawHtmlBlocks)
        left = super().run(lines)
        self.raw += map(str, self.md.htmlStash.rawHtmlBlocks[before:])
        return left


class _Inline(HtmlInlineProcessor):
    def __init__(self, md: Markdown, raw: list[str]) -> None:
        super().__init__(HTML_RE, md)
        self.raw = raw

    def handleMatch(self, m: Any, data: str) -> Any:  # type: ignore[override] # noqa: N802
        self.raw.append(m.group(1))
        return super().handleMatch(m, data)


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise OverlongError when what stands inside takes more of the processor's time.

    Only the main thread can be stopped so; in any other one this does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise OverlongError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
