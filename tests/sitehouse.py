"""Building and serving sites for the tests, as an operator would."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from notices.cache import ROOMS, Cache, Drawer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).parent.parent
SAMPLE = "shuangd-2023"
MANY_ADDRESS = "https://notices.example.org/below/"
"""Where the site of many notices says to stand."""
_KEPT = ROOT / "tests" / "sample"
SAMPLE_ROOT = _KEPT if _KEPT.is_dir() else ROOT
"""Where the sample stands, which the tests are about: apart, once `make new` has put it there."""


def copy_project(target: Path) -> Path:
    """Copy what a site is made of into ``target``; return it. What makes it is the software that is
    installed, unless one is copied beside.
    """
    for name in ("content", "data"):
        shutil.copytree(SAMPLE_ROOT / name, target / name)
    if SAMPLE_ROOT != ROOT:  # what is for editors is no part of a sample
        shutil.copytree(ROOT / "data" / "schema", target / "data" / "schema")
        shutil.copy(ROOT / "data" / "README.md", target / "data")
    return target


def copy_software(target: Path, *, is_clone: bool = False) -> Path:
    """Copy what makes a site into ``target``; return it.

    As a clone, it has nothing of what Python keeps beside its sources.
    """
    kept = shutil.ignore_patterns("__pycache__") if is_clone else None
    for name in ("theme", "hooks"):
        shutil.copytree(ROOT / name, target / name, ignore=kept)
    shutil.copy(ROOT / "mkdocs.yml", target)
    return target


def mkdocs(project: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run ``mkdocs`` in ``project``; return the finished process with its output as text."""
    command = [sys.executable, "-m", "mkdocs", *arguments]
    env = software_of(project) | variables
    return subprocess.run(
        command, cwd=project, env=env, capture_output=True, text=True, check=False
    )


def build(project: Path, target: Path) -> Path:
    """Build ``project`` into ``target`` as `make site` does; return it, or fail with the output.

    What the real project has in its cache need not be made again for a copy of it.
    """
    if not (project / ".cache").exists():
        with contextlib.suppress(OSError):  # another process may be tidying it up
            shutil.copytree(ROOT / ".cache", project / ".cache")
    command = [sys.executable, "-m", "notices", "build", str(target)]
    done = subprocess.run(
        command, cwd=project, env=software_of(project), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return target


def software_of(project: Path) -> dict[str, str]:
    """Return the variables under which the software of ``project`` runs, if it has its own."""
    hooks = {"PYTHONPATH": str(project / "hooks")} if (project / "hooks").is_dir() else {}
    return {**os.environ, **hooks, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}


def room(folder: Path) -> Drawer:
    """Return a room of a cache below ``folder``, with a key of its own."""
    (folder / "room").mkdir(exist_ok=True)
    return Drawer(folder / "room", b"a key")


def cache_in(folder: Path) -> Cache:
    """Return a cache in ``folder``, with a key of its own."""
    for each in ROOMS:
        (folder / each).mkdir(parents=True, exist_ok=True)
    return Cache(folder, b"a key")


class _QuietHandler(http.server.SimpleHTTPRequestHandler):
    # Browsers ask for many small files.
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests' output is theirs."""


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve ``folder`` on a free port of this machine; yield its address, ending in a slash."""
    handler = functools.partial(_QuietHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


# What Playwright leaves out, as far as it means anything here, because one list takes the place of
# another; and the pages that Chromium makes, in processes of their own, for the bar of every window
# that nobody sees: they take more time than the window itself.
LEFT_OUT = [
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades",
    "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints",
    "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning",
    "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxPopup",
]  # fmt: skip


def open_browser(playwright: Playwright) -> Browser:
    """Open the browser to test with: $CHROMIUM, or the first one that is installed."""
    features = f"--disable-features={','.join(LEFT_OUT)}"
    return playwright.chromium.launch(executable_path=chromium_path(), args=[features])


BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELL = "chromium-headless-shell"  # the same without windows, in two thirds of the time


def chromium_path(*, whole: bool = False) -> str:
    """Return where the browser is; a ``whole`` one if that is wanted and there is one."""
    names = (*BROWSERS, SHELL) if whole else (SHELL, *BROWSERS)
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    assert found, "no Chromium found; 'make test' says how to install it"
    return found
