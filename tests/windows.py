"""Windows of the browser that one test uses after the other.

A new window for each test is a new process that fetches, reads and compiles every script again: it
takes four times as long as the page itself. So windows stay open, and what a test leaves in one
goes before the next test gets it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Route

# Of the same site as what the tests serve, so that its process is theirs.
_EMPTY = "http://127.0.0.1/"

Scheme = Literal["light", "dark"]


class Windows:
    """The windows of ``browser``."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: dict[str, _Window] = {}

    @contextlib.contextmanager
    def context(self, **options: Any) -> Iterator[BrowserContext]:
        """Yield a window in which nothing was opened yet, with ``options`` as Playwright has them.

        A test may change it as it likes, but for scripts that run in all its pages.
        """
        with self._window(options) as window:
            yield window.context
            window.close_pages()

    @contextlib.contextmanager
    def page(
        self,
        viewport: dict[str, int],
        *,
        color_scheme: Scheme = "light",
        reduced_motion: Literal["reduce", "no-preference"] = "no-preference",
        forced_colors: Literal["active", "none"] = "none",
        contrast: Literal["more", "no-preference"] = "no-preference",
        **options: Any,
    ) -> Iterator[Page]:
        """Yield a page to look at, in which no test routes, listens or adds scripts."""
        with self._window(options | {"for": "looking"}) as window:
            window.page.set_viewport_size(viewport)  # type: ignore[arg-type]
            window.page.emulate_media(
                media="screen",
                color_scheme=color_scheme,
                reduced_motion=reduced_motion,
                forced_colors=forced_colors,
                contrast=contrast,
            )
            yield window.page

    @contextlib.contextmanager
    def _window(self, options: dict[str, Any]) -> Iterator[_Window]:
        """Yield an idle window that is empty, or a new one; afterwards it is idle, if nothing went
        wrong.
        """
        kind = repr(sorted(options.items()))
        made_so = {name: value for name, value in options.items() if name != "for"}
        window = self._idle.pop(kind, None) or _Window(self._browser.new_context(**made_so))
        window.forget()
        try:
            yield window
        except BaseException:
            window.context.close()
            raise
        if kind in self._idle:  # two were open at once
            window.context.close()
        else:
            self._idle[kind] = window


def turn(page: Page, scheme: Scheme) -> None:
    """Let a reader of an open page turn to ``scheme``."""
    page.emulate_media(color_scheme=scheme)


def choose(page: Page, *names: str) -> None:
    """Press the buttons of these ``names`` among the settings of an open page."""
    opener = page.get_by_role("button", name="字号", exact=True)
    opener.click()
    for name in names:
        page.get_by_role("button", name=name, exact=True).click()
    opener.click()


class _Window:
    """A window, and the page that stays open in it."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page = context.new_page()
        self.page.route(_EMPTY, _answer_nothing)
        self.page.goto(_EMPTY)
        self._session: CDPSession = context.new_cdp_session(self.page)

    def close_pages(self) -> None:
        for page in self.context.pages:
            if page != self.page:
                page.close()
        self.context.unroute_all()
        self._session.send("Network.clearBrowserCache")

    def forget(self) -> None:
        """Leave nothing of what was open: what pages keep, cookies, permissions, the focus."""
        if self.page.url != _EMPTY:
            self.page.goto(_EMPTY)
        self._session.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
        self.context.clear_cookies()
        self.context.clear_permissions()


def _answer_nothing(route: Route) -> None:
    route.fulfill(content_type="text/html", body="<!doctype html>")
