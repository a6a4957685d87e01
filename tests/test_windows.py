"""A window that was used before is to a test as a new one."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import BrowserContext

from windows import Windows

LEAVE = """() => {
  localStorage.left = sessionStorage.left = 1;
  document.cookie = "left=1";
  caches.open("left");
}"""
LEFT = """async () => [
  localStorage.length, sessionStorage.length, document.cookie, (await caches.keys()).length,
  history.length, Notification.permission,
]"""


def left_in(context: BrowserContext, address: str) -> object:
    page = context.new_page()
    page.goto(f"{address}manifest.json")  # runs no scripts that would keep something themselves
    found = page.evaluate(LEFT)
    page.evaluate(LEAVE)
    context.grant_permissions(["notifications"])
    context.route("**/*", lambda route: route.abort())
    return found


def test_nothing_is_left_of_the_test_before(windows: Windows, address: str) -> None:
    found = []
    used = []
    for _ in range(2):
        with windows.context(viewport={"width": 400, "height": 400}) as context:
            used.append(context)
            found.append(left_in(context, address))
    assert used[0] == used[1]
    assert found[0] == found[1]
    assert len(used[0].pages) == 1


def test_a_page_looks_as_it_is_asked_for(windows: Windows, address: str) -> None:
    asked = "['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(width: 300px)']"
    seen = []
    looks: list[tuple[dict[str, int], dict[str, Any]]] = [
        ({"width": 300, "height": 300}, {"color_scheme": "dark", "contrast": "more"}),
        ({"width": 500, "height": 300}, {}),
    ]
    for viewport, more in looks:
        with windows.page(viewport, **more) as page:
            page.goto(address)
            seen.append(page.evaluate(f"{asked}.map((query) => matchMedia(query).matches)"))
    assert seen == [[True] * 3, [False] * 3]
