"""The long trials of a server: `make soak`. The short ones are in test_publication.py."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from publishing import Editor, Server
from trials import kill_at_random, read_while_publishing


def test_fifty_publications_are_never_seen_half(
    server: Server, editor: Editor, tmp_path: Path
) -> None:
    read_while_publishing(server, editor, tmp_path, 50)


@pytest.mark.parametrize("seed", range(1000, 1100))
def test_a_hundred_kills_leave_the_site_whole(server: Server, editor: Editor, seed: int) -> None:
    kill_at_random(server, editor, random.Random(seed))
