"""Watching: Linux tells of files that somebody wrote.

To look at each file time and again takes the longer the more there are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from watchdog.events import (
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers.api import ObservedWatch
from watchdog.observers.inotify import InotifyObserver

_CHANGES = (
    FileClosedEvent, FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent,
)  # fmt: skip
"""What happens to a file that is written; whoever only reads it opens and closes it, too."""


class ChangeObserver(InotifyObserver):
    """Tells of changes, and of nothing else that happens to a file."""

    def schedule(
        self,
        event_handler: FileSystemEventHandler,
        path: str | Path,
        *,
        recursive: bool = False,
        event_filter: list[type[FileSystemEvent]] | None = None,
        follow_symlink: bool = False,
    ) -> ObservedWatch:
        """Let ``event_handler`` be told of changes at or below ``path``."""
        return super().schedule(
            event_handler,
            path,
            recursive=recursive,
            event_filter=event_filter or [*_CHANGES],
            follow_symlink=follow_symlink,
        )


class _Server(Protocol):
    """A server that is told of changes by its observer."""

    _watched_paths: dict[str, int]

    def watch(self, path: str) -> None:
        """Let it be told of changes at or below ``path``."""

    def unwatch(self, path: str) -> None:
        """Let it be told of them no more."""


def tell_changes(server: _Server) -> None:
    """Let the system tell ``server`` of changes, in place of its own observer."""
    watched = [*server._watched_paths]
    for path in watched:
        server.unwatch(path)
    vars(server)["observer"] = ChangeObserver()
    for path in watched:
        server.watch(path)
