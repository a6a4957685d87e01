"""A server that publishes what is pushed to it, and an editor who pushes."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sitehouse import ROOT, SAMPLE_ROOT, copy_software

ADDRESS = "https://notices.example.org/"
HOME = "content/index.md"
WORDS = (ROOT / HOME).read_text(encoding="utf-8").partition("\n# ")[2].split("\n\n")[1].rstrip("。")
"""What the home page says below its title, which tests change."""


class Server:
    """A folder that `make server` has set up: the repository, and what it publishes."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.repository = target / "repository.git"

    @classmethod
    def set_up(cls, target: Path, *settings: str, before: Sequence[str] = (), **how: Any) -> Server:
        """Do what an operator does; ``before`` and ``how`` say who that is."""
        command = [*before, "make", "--silent", "server", f"TARGET={target}", *settings]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, **{"env": clean()} | how
        )
        assert done.returncode == 0, done.stderr
        return cls(target)

    def copy(self, target: Path) -> Server:
        """Return another server like this one in ``target``."""
        shutil.copytree(self.target, target, symlinks=True)
        other = Server(target)
        other.configure("target", str(target))
        git(other.repository, "config", "core.hooksPath", str(other.repository / "hooks"))
        return other

    def configure(self, name: str, value: str) -> None:
        git(self.repository, "config", f"notices.{name}", value)

    def own_software(self) -> Callable[[int], None]:
        """Let the server run a copy of the software; return what changes the style of that copy, as
        an operator who updates it does.
        """
        software = copy_software(self.target / "software")
        # MkDocs wants the folders that its settings name, before it is told of others.
        for name in ("content", "data"):
            (software / name).mkdir()
        command = self.target / "notices"
        hooks = shlex.quote(str(software / "hooks"))
        run = f'PYTHONPATH={hooks} exec {shlex.quote(sys.executable)} -P -m notices "$@"'
        command.write_text(f"#!/bin/sh\n{run}\n", encoding="utf-8")
        command.chmod(0o755)
        self.configure("command", str(command))

        def update_style(number: int) -> None:
            style = software / "theme/assets/stylesheets/colours.css"
            with style.open("a", encoding="utf-8") as file:
                file.write(f".release-{number} {{ color: red }}\n")

        return update_style

    def notices(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the repository; return the finished process with its output as text."""
        with self.start(*arguments) as process:
            output, _ = process.communicate()
        return subprocess.CompletedProcess(process.args, process.returncode, output)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command in the repository, in a group of its own that can be killed."""
        return subprocess.Popen(
            [sys.executable, "-m", "notices", *arguments],
            cwd=self.repository,
            env=clean(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def page(self, path: str = "index.html") -> str:
        """Return a page as it is public now."""
        return (self.target / "current" / path).read_text(encoding="utf-8")

    def public_commit(self) -> str:
        return self.release().partition("-")[2]

    def release(self) -> str:
        """Return the name of the release that is public."""
        return (self.target / "current").readlink().name


class Editor:
    """A clone of a server's repository, in which somebody writes."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.folder = folder
        git(folder.parent, "clone", "--quiet", str(server.repository), folder.name)

    def write(self, words: str, file: str = HOME, instead_of: str = WORDS) -> str:
        """Write ``words`` into a page and commit; return the commit."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert instead_of in text
        path.write_text(text.replace(instead_of, words), encoding="utf-8")
        return self.commit()

    def commit(self, message: str = "改动") -> str:
        git(self.folder, "commit", "--quiet", "--all", "--allow-empty", "--message", message)
        return git(self.folder, "rev-parse", "HEAD")

    def push(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Push; return what the editor sees in his terminal."""
        command = ["git", "push", *(arguments or ("origin", "main"))]
        return subprocess.run(
            command, cwd=self.folder, env=clean(), capture_output=True, text=True, check=False
        )


def found_repository(folder: Path) -> Path:
    """Make a repository in ``folder`` of the project as it stands, with the sample, in a single
    commit.
    """
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    if SAMPLE_ROOT != ROOT:
        for name in ("content", "data"):
            shutil.rmtree(folder / name / "notices", ignore_errors=True)
            shutil.copytree(SAMPLE_ROOT / name, folder / name, dirs_exist_ok=True)
        shutil.rmtree(folder / SAMPLE_ROOT.relative_to(ROOT))
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "开始")
    return folder


def git(folder: Path, *arguments: str, **variables: str) -> str:
    """Run git in ``folder``; return what it says."""
    command = ["git", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=clean() | variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def clean() -> dict[str, str]:
    """Return our variables with a git that knows nothing of who runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = {"NAME": "Somebody", "EMAIL": "somebody@example.org"}
    roles = ("AUTHOR", "COMMITTER")
    people = {f"GIT_{role}_{key}": value for role in roles for key, value in who.items()}
    return {**kept, **people, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
