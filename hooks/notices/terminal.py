"""The terminal: what we say is Chinese, whatever characters a terminal says that it has."""

from __future__ import annotations

import io
import os
import sys

_SAMPLE = "已中"


def speak_chinese() -> None:
    """Let both streams take every character, in the terminal's own encoding if that has Chinese."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if _has_chinese(stream.encoding) else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def restart_in_utf8() -> None:
    """Run this process anew if names of files would be misread, as in the locale C."""
    if sys.getfilesystemencoding() != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def _has_chinese(encoding: str) -> bool:
    try:
        _SAMPLE.encode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True
