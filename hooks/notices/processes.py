"""Processes: whether a second one may do a part of the work of this one."""

from __future__ import annotations

import multiprocessing
import os
import threading


def may_fork() -> bool:
    """Tell whether a copy of this process is sound, and would have a processor of its own."""
    can = "fork" in multiprocessing.get_all_start_methods()
    return can and threading.active_count() == 1 and (os.cpu_count() or 1) > 1
