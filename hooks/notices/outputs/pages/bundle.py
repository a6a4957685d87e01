"""The bundle: one stylesheet and one script of our parts, which every page loads.

A part is a file for one concern; readers get all of them in one, without the remarks that are for
who writes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

STYLE, SCRIPT = "stylesheets/notices.css", "javascripts/frame.js"
# Of what they are made, in this order: of styles, what comes later may overrule.
STYLES = tuple(
    f"stylesheets/{name}.css"
    for name in (
        "colours", "type", "status", "notice", "rows", "ledger", "pages", "frame", "search",
        "print", "access",
    )
)  # fmt: skip
_BASE = "javascripts/base.js"
_SCRIPTS = tuple(
    f"javascripts/{name}.js" for name in ("panes", "here", "settings", "notice", "speech")
)
_REMARKS = {
    # A text may hold what looks like one.
    ".css": re.compile(r"""("[^"\n]*"|'[^'\n]*')|/\*.*?\*/\s*""", re.DOTALL),
    # By the line, so that it need not be known what is a text or a pattern.
    ".js": re.compile(r"()^[ \t]*//.*\n", re.MULTILINE),
}


def bundled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return ``files`` of the theme's assets, by their paths, as the site has them: the parts of
    the bundle in one file of each sort, and all of them without remarks.
    """
    texts = {path: _plain(path, content) for path, content in files.items()}
    style = "".join(texts.pop(path) for path in STYLES)
    base = texts.pop(_BASE)
    # In blocks of their own, so that their names do not meet.
    parts = "".join(f"{{\n{texts.pop(path)}}}\n" for path in _SCRIPTS)
    script = f'(() => {{\n"use strict";\n{base}{parts}}})();\n'
    made = {path: text.encode() for path, text in texts.items()}
    return made | {STYLE: style.encode(), SCRIPT: script.encode()}


def _plain(path: str, content: bytes) -> str:
    """Return the text of a style or script without its remarks."""
    remark = _REMARKS[path[path.rindex(".") :]]
    return remark.sub(lambda found: found[1] or "", content.decode())
