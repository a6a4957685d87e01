"""``notices publish``: make a commit public on a server of one's own, or an earlier one again."""

from __future__ import annotations

import argparse
import signal
import sys

from ..publishing import publication
from ..publishing.admission import pushed
from ..publishing.server import ServerSettings
from .server import add_repository, running, say

NOTHING = "公开网站没有变化。"


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)
    add_repository(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--pushed", action="store_true", help="由 post-receive 调用：推送了发布的分支才发布"
    )
    which.add_argument(
        "--rollback",
        nargs="?",
        const="",
        metavar="提交",
        help="退回前一次发布，或者这个提交的发布",
    )


def run(options: argparse.Namespace) -> int:
    """Publish or roll back; return 1, with the public site as it was, when that is not possible."""
    # Who pushed may go away: what was begun is finished.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with running(NOTHING) as status:
        settings = ServerSettings.read(options.repository)
        if options.rollback is not None:
            publication.roll_back(settings, options.rollback or None, say)
        elif options.pushed and not pushed(sys.stdin, settings.branch):
            say(f"推送的不是发布的分支 {settings.branch}，{NOTHING}")
        else:
            publication.publish(settings, say)
    return status.code
