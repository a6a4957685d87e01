"""Measures ``notices check``: as an archive grows, and beside a bare parse of the same YAML files.

Each figure is that of a whole process; see ``build.py`` for how they are compared.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from copies import make_archive
from measure import Command, compare

CHECK = "import sys; from notices.command import main; sys.exit(main(['check']))"
PARSE = """
import pathlib, yaml
for path in sorted(pathlib.Path("data").rglob("*.yml")):
    yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        large = make_archive(Path(scratch) / "1000", 1000)
        small = make_archive(Path(scratch) / "100", 100)
        check, few, parse = (
            Command(["-c", code], project)
            for code, project in ((CHECK, large), (CHECK, small), (PARSE, large))
        )
        compare("check per notice, 1000 : 100", check, few, 100 / 1000, 1.2)
        compare("check of 1000 : bare parse", check, parse, 1, 3)


if __name__ == "__main__":
    main()
