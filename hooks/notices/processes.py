"""Processes: a second one that does a part of the work of this one."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Generic, TypeVar

T = TypeVar("T")


def may_fork() -> bool:
    """Tell whether a copy of this process is sound, and would have a processor of its own: a copy
    itself has been given the one that was left.
    """
    is_sound = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    return is_sound and (os.cpu_count() or 1) > 1 and multiprocessing.parent_process() is None


class Beside(Generic[T]):
    """Lets a copy of this process make something meanwhile, or raise the ``error`` that says why
    it cannot be made.

    Both must be something to pickle. Where no copy can be, is not ``worth`` it, or died, it is made
    here, when it is wanted.
    """

    def __init__(
        self, make: Callable[[], T], error: type[Exception], *, worth: bool = True
    ) -> None:
        self._make, self._error, self._worth = make, error, worth
        self._process: ForkProcess | None = None
        self._is_over = False

    def __enter__(self) -> Beside[T]:
        if self._worth and may_fork():
            self._here, there = multiprocessing.Pipe(duplex=False)
            fork = multiprocessing.get_context("fork")
            self._process = fork.Process(target=_send, args=(self._make, self._error, there))
            self._process.start()
            there.close()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it, when what it makes is not wanted any more."""
        if self._process:
            self._here.close()
        if self._process and not self._is_over:
            self._process.kill()
            self._process.join()

    @property
    def is_made(self) -> bool:
        """Whether there is nothing to wait for."""
        return self._process is None or self._here.poll()

    def made(self) -> T:
        """Return what was made, when it is, or raise the error."""
        if self._process is None:
            return self._make()
        try:
            found, error = self._here.recv()
        except EOFError:
            return self._make()
        self._is_over = True  # to end takes it a while, for which nobody need wait
        if error:
            raise error
        result: T = found
        return result


def _send(make: Callable[[], T], error: type[Exception], there: Connection) -> None:
    """Send what is made; whatever else goes wrong is found when it is made once more."""
    with contextlib.suppress(Exception):
        try:
            there.send((make(), None))
        except error as found:
            there.send((None, found))
    os._exit(0)
