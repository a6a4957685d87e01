"""``notices check``: every problem of data and text."""

from __future__ import annotations

import argparse
import datetime
import gc
import os

from ..checks import inspect, inspect_drafts
from ..history.project import Project
from ..problem import Faulty, Problem
from ..proof.approvals.approvers import Approvers, approvers_of
from ..proof.approvals.judge import judge
from .ending import add_common, finish


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)
    add_common(parser)
    parser.add_argument(
        "--as-of",
        type=datetime.date.fromisoformat,
        metavar="日期",
        help="晚于这一天的事视为还没有发生；默认是提交的那一天，没有提交的是今天",
    )


def run(options: argparse.Namespace) -> int:
    """List the problems; return 1 when something must be mended."""
    # All that is loaded lives to the end: to look through it for garbage takes a fifth of the time.
    gc.disable()
    now = datetime.datetime.now(datetime.UTC)
    moment, problems = now, list[Problem]()
    approvers: Approvers | None = None
    try:
        project = Project.at(options.root)
        moment, problems = project.moment or now, [*project.problems(), *project.ahead(now)]
        approvers = approvers_of(project)
    except Faulty as fault:
        problems += fault.problems
    day, address = options.as_of or moment, os.environ.get("SITE_URL", "")
    catalogue, found = inspect(options.root, day, address)
    found += judge(options.root, catalogue, approvers).problems
    found += inspect_drafts(options.root, day)
    return finish(options, catalogue, sorted({*problems, *found}))
