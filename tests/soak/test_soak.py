"""The long trials: `make soak`. The short ones are in test_publication.py and
test_search_in_browser.py.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from archives import make_archive, search_exactly
from publishing import Editor, Server
from trials import assert_seen_whole, kill_at_random, read_while_publishing


def test_fifty_publications_are_never_seen_half(
    server: Server, editor: Editor, tmp_path: Path
) -> None:
    assert_seen_whole(read_while_publishing(server, editor, tmp_path, 50), 50)


@pytest.mark.parametrize("seed", range(1000, 1100))
def test_a_hundred_kills_leave_the_site_whole(server: Server, editor: Editor, seed: int) -> None:
    kill_at_random(server, editor, random.Random(seed))


@pytest.mark.parametrize("seed", [20231010, 20240101])
def test_an_archive_of_1000_notices_is_searched_exactly(
    desktop: BrowserContext, site: Path, tmp_path: Path, seed: int
) -> None:
    search_exactly(desktop.new_page(), make_archive(1000, site, tmp_path / "site"), 200, seed)
