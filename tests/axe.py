"""Axe in a page: what it takes for a barrier to somebody."""

from __future__ import annotations

from typing import NamedTuple

from playwright.sync_api import Page

from sitehouse import ROOT

AXE = (ROOT / "tests/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Axe(NamedTuple):
    """What axe says of a page: which rules are broken where, and how many hold."""

    found: list[str]
    passed: int


def axe(page: Page, rules: list[str]) -> Axe:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    # Only what is wrong is fetched out of the browser, not each element with what is right of it.
    result = page.evaluate(
        """(options) => axe.run(document, options).then(({ violations, passes }) => ({
          found: violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
            `${id}: ${html.slice(0, 150)} ${failureSummary}`)),
          passed: passes.length,
        }))""",
        {"runOnly": rules, "resultTypes": ["violations"]},
    )
    return Axe(**result)
