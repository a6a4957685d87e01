"""What commands on a server have in common: which repository, and words that always arrive."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..problem import Faulty, unwritable


@dataclass
class Ending:
    """How a command ended."""

    code: int = 0


def add_repository(parser: argparse.ArgumentParser) -> None:
    """Add ``--repository``; a hook of git finds its own."""
    parser.add_argument(
        "--repository",
        type=lambda given: Path(given).absolute(),
        default=Path(os.environ.get("GIT_DIR", ".")).absolute(),
        metavar="目录",
        help="服务器上的仓库，默认当前目录",
    )


def say(line: str) -> None:
    """Print ``line`` in UTF-8, as git and terminals of today expect; nobody may be listening."""
    with contextlib.suppress(OSError):
        sys.stdout.buffer.write(f"{line}\n".encode())
        sys.stdout.buffer.flush()


@contextlib.contextmanager
def running(ending: str) -> Iterator[Ending]:
    """Turn what goes wrong into lines, ``ending`` the last, and a status of 1."""
    status = Ending()
    try:
        yield status
    except Faulty as fault:
        problems = fault.problems
    except OSError as error:
        problems = (unwritable(error, tempfile.gettempdir()),)
    else:
        return
    status.code = 1
    for line in (*problems, ending):
        say(str(line))
