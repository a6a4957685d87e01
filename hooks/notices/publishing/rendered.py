"""What MkDocs rendered for a build: the pages that people wrote, and the frame of each other type.

The build starts it, tells it of the notices by its standard input, and takes this from a file.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ..outputs.pages.frame import Frame
from ..problem import Faulty, Place, Problem
from ..proof.meant import Meant
from .notices_made import Gathered

NAMES_FILE = "NOTICES_RENDERED"
"""The variable that tells our hooks in MkDocs where to write this.

Whoever sets it tells them of sound notices, makes all that is made of them, and uses nothing that
was rendered before all went well.
"""


class Rendered(NamedTuple):
    """The frames by the type of their pages, and what the other pages and files are meant to be."""

    frames: Mapping[str, Frame]
    meant: Meant

    def write(self, file: Path) -> None:
        """Write it down for the process that started this one."""
        frames = {kind: frame.parts for kind, frame in self.frames.items()}
        told = {"frames": frames, "files": self.meant.files}
        file.write_text(json.dumps(told), encoding="utf-8")

    @classmethod
    def read(cls, file: Path) -> Rendered:
        """Return what was written to ``file``."""
        told = json.loads(file.read_bytes())
        frames = {kind: Frame(tuple(parts)) for kind, parts in told["frames"].items()}
        return cls(frames, Meant(told["files"]))


def gathered(told: BinaryIO) -> Gathered:
    """Return what the build told of the notices; raise Faulty when it ended before it did.

    Nobody but who started this process can write there.
    """
    try:
        found: Gathered = pickle.load(told)
    except EOFError as error:
        message = "生成已经中断，没有要生成的内容"
        raise Faulty(Problem(Place("mkdocs.yml"), "mkdocs", message)) from error
    return found
