"""Publishes onto a disk that is too small at first, and then onto one that may not be written.

Run with a repository, an empty folder to publish into, and what is published there already, in a
mount namespace of one's own. Prints how each publication ended, as JSON.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from notices.proof import manifest

FREE = (0, 250, 500, 1_500, 2_500, 3_000, 50_000)  # kilobytes


def main() -> None:
    repository, target, published = map(Path, sys.argv[1:])
    mount(target, "-t", "tmpfs", "tmpfs")
    for name in ("releases", "kept", "cache"):
        shutil.copytree(published / name, target / name)
    (target / "current").symlink_to((published / "current").readlink())
    used = shutil.disk_usage(target).used // 1024
    endings = []
    for free in FREE:
        mount(target, "-o", f"remount,size={used + free}k")
        endings.append(publish(repository, target))
        if endings[-1]["status"] == 0:
            break
    releases = target / "releases"
    refused = []
    for options in (["-t", "tmpfs", "tmpfs"], ["--bind", str(releases)]):
        mount(releases, *options)
        mount(releases, "-o", "remount,bind,ro" if options[0] == "--bind" else "remount,bind")
        refused.append(run(repository))
        subprocess.run(["umount", str(releases)], check=True)
    mount(target, "-o", "remount,ro")
    endings.append(publish(repository, target))
    print(json.dumps({"endings": endings, "refused": refused}))


def publish(repository: Path, target: Path) -> dict[str, object]:
    """Publish; return how that ended and what is public then."""
    ended = run(repository)
    current = target / "current"
    differences = manifest.differences(manifest.read(current), {**manifest.digests(current)})
    return {**ended, "public": current.readlink().name, "whole": not any(differences)}


def run(repository: Path) -> dict[str, object]:
    command = [sys.executable, "-m", "notices", "publish"]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    return {"status": done.returncode, "said": done.stdout + done.stderr}


def mount(folder: Path, *arguments: str) -> None:
    subprocess.run(["mount", *arguments, str(folder)], check=True)


if __name__ == "__main__":
    main()
