"""``notices releases``: what is public, and what can be made public again."""

from __future__ import annotations

import argparse
import datetime

from ..publishing.publication import describe
from ..publishing.releases import Releases
from ..publishing.server import ServerSettings
from .server import add_repository, running, say


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)
    add_repository(parser)


def run(options: argparse.Namespace) -> int:
    """List the releases, the newest first; an arrow marks the public one."""
    with running("") as status:
        settings = ServerSettings.read(options.repository)
        releases = Releases(settings.target)
        for release in releases.all():
            mark = "→" if release == releases.current() else "\u3000"
            time = datetime.datetime.fromtimestamp(release.stat().st_mtime).astimezone()
            say(f"{mark} {time:%Y-%m-%d %H:%M} 公开  {describe(settings.repository, release)}")
    return status.code
