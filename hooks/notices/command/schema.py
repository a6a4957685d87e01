"""``notices schema``: the schemas by which editors complete and underline the data files."""

from __future__ import annotations

import argparse

from ..catalogue.loading import load
from ..facts import jsonschema
from .ending import add_root


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Write them into ``data/schema/``."""
    catalogue, _ = load(options.root)
    jsonschema.write_schemas(options.root / "data" / "schema", catalogue.vocabulary)
    return 0
