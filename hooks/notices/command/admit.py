"""``notices admit``: refuse a push that is not sound, or that rewrites what was public."""

from __future__ import annotations

import argparse
import datetime
import sys

from ..publishing import admission
from ..publishing.server import ServerSettings
from .server import add_repository, running, say


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)
    add_repository(parser)


def run(options: argparse.Namespace) -> int:
    """Check what is pushed to the published branch; return 1 when git must not take it."""
    with running("这次推送没有收下，公开网站没有变化。") as status:
        settings = ServerSettings.read(options.repository)
        if push := admission.pushed(sys.stdin, settings.branch):
            admission.admit(settings, push, say, datetime.datetime.now(datetime.UTC))
    return status.code
