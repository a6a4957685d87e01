"""Whatever the address of a site has escaped in it, its links are followed: decoded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from notices.proof import links
from notices.proof.links.targets import Targets, folder_of
from notices.proof.links.told import Told

FOLDERS = {
    "https://example.org/": "",
    "https://example.org/a/b/": "a/b",
    "https://example.org/%E5%85%AC%E5%BC%80/": "公开",
    "https://example.org/公开/": "公开",
    "https://example.org/a%20b/": "a b",
    "https://example.org/a%2520b/": "a%20b",
    "https://example.org/%5Ba%5D*/": "[a]*",
    "https://example.org/a%2Fb/": "a%2Fb",
    "https://example.org/../%2E%2E/a/": "a",
    "https://example.org/a%00b/": "a%00b",
}
PAGE = """<!doctype html><head><link rel="canonical" href="{address}"></head>
<body><a href="{address}a/#甲">甲</a> <a href="a/#%E7%94%B2">乙</a> <a href="{address}b/">丙</a>"""


@pytest.mark.parametrize(("address", "folder"), FOLDERS.items())
def test_the_folder_is_what_the_address_says(address: str, folder: str) -> None:
    assert folder_of(address) == folder


@pytest.mark.parametrize("address", FOLDERS)
def test_what_programs_are_told_is_found_below_the_address(tmp_path: Path, address: str) -> None:
    (tmp_path / "feed.xml").touch()
    targets = Targets(tmp_path, address)
    text = f"{address}feed.xml {address}food.xml"
    found = [
        targets.judge("index.html", text, Told(f"{address}{name}.xml", 0, own=True))
        for name in ("feed", "food")
    ]
    assert [each and each.rule for each in found] == [None, "dead-link"]


@pytest.mark.parametrize("address", [*FOLDERS][1:7])
def test_links_are_followed_below_the_address(tmp_path: Path, address: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(PAGE.format(address=address), encoding="utf-8")
    (tmp_path / "a" / "index.html").write_text('<h1 id="甲">甲</h1>', encoding="utf-8")
    found = [problem.message for problem in links.check(tmp_path)]
    assert [message.partition("，")[0] for message in found] == ["链接到 b"]
