"""A fault of the software itself: one line for whoever meets it, the details for who mends it."""

from __future__ import annotations

import contextlib
import platform
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from . import software
from .problem import Place, Problem, told_unwritable

_FOLDER = "notices/faults"
_MOST = 20  # faults that are kept; the oldest go
_MEANWHILE = (
    "这是程序的错误，不是数据写错了，公开的网站没有变化；可以先撤回刚才的改动，过后再加上。"
)


def tell(error: BaseException) -> Problem:
    """Return what to tell of an ``error`` that nobody foresaw; its details are kept in a file.

    A disk that takes nothing is no fault of the software.
    """
    if isinstance(error, OSError) and (full := told_unwritable(str(error), error.filename or ".")):
        return full
    details = "".join(traceback.format_exception(error))
    said = str(error).strip().splitlines()[:1]
    return _told(_place(error.__traceback__), [type(error).__name__, *said], details)


def in_place_of_a_trace(
    _: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Say in one line what nobody foresaw, as ``sys.excepthook`` in place of Python's many."""
    print(tell(error.with_traceback(trace)), file=sys.stderr)


def tell_output(program: str, output: str, status: int) -> Problem:
    """Return what to tell of a ``program`` that ended with ``status`` and an ``output`` of which
    nothing is a problem; a negative status is the signal that ended it.
    """
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    ended = [f"被信号 {-status} 停止，可能内存不够"] if status < 0 else lines[-1:]
    return _told(Place(program), ended or [f"退出状态 {status}"], output)


def _told(place: Place, said: list[str], details: str) -> Problem:
    kept = _keep(details)
    where = f"详情在 {kept}，请发给维护的同事" if kept else "详情没有地方保存，请告诉维护的同事"
    return Problem(place, "software-fault", f"{_MEANWHILE}{where}（{'：'.join(said)[:200]}）")


def _place(trace: TracebackType | None) -> Place:
    """Return the innermost place of ``trace`` that is ours, or else the package as a whole."""
    place = Place("hooks/notices")
    for frame, line in traceback.walk_tb(trace):
        with contextlib.suppress(ValueError):
            path = Path(frame.f_code.co_filename).relative_to(software.ROOT)
            if path.parts[0] == "hooks":
                place = Place(path.as_posix(), line)
    return place


def _keep(details: str) -> Path | None:
    """Return the file where the details are kept, which only this user may read."""
    about = [software.code(), platform.python_version(), platform.platform(), repr(sys.argv)]
    text = "\n".join([*about, "", details])
    for folder in _folders():
        try:
            with tempfile.NamedTemporaryFile(
                "w", prefix="fault-", suffix=".txt", dir=folder, delete=False,
                encoding="utf-8", errors="backslashreplace",
            ) as file:  # fmt: skip
                file.write(text)
        except OSError:
            continue
        return Path(file.name)
    return None


def _folders() -> Iterator[Path]:
    """Yield where the details may stand, the best place first."""
    with contextlib.suppress(OSError):
        folder = software.state_folder() / _FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = sorted(folder.glob("fault-*.txt"), key=lambda path: path.stat().st_mtime)
        for old in kept[: 1 - _MOST]:
            old.unlink(missing_ok=True)
        yield folder
    with contextlib.suppress(OSError):
        yield Path(tempfile.gettempdir())
