"""Git: asked in one place, and with the same answer on whoever's machine it is.

Which repository it is, is found here and told to git, so that git looks for none and refuses none
for its owner. No setting of a user or a system is read, those of the repository itself that would
change an answer are pinned, and only what is made for programs is asked. What git cannot answer is
a problem, never an empty answer.
"""

from __future__ import annotations

import datetime
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

from ..problem import Faulty, Place, Problem, told_unwritable

_SETTINGS = {
    "core.attributesFile": os.devnull,
    "core.commitGraph": "false",  # what commits say of their parents themselves
    "core.excludesFile": os.devnull,
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.ignoreCase": "false",
    "core.precomposeUnicode": "false",
    "core.quotePath": "false",
    "core.useReplaceRefs": "false",
    "core.warnAmbiguousRefs": "false",
    "color.ui": "false",
    "diff.ignoreSubmodules": "none",
    "diff.renames": "false",
    "gc.auto": "0",
    "i18n.logOutputEncoding": "UTF-8",
    "log.showSignature": "false",
    "maintenance.auto": "false",
}
_VARIABLES = {
    "GIT_ALLOW_PROTOCOL": "none",  # a clone of a part would fetch the rest from wherever it says
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",  # its words are read
}
_OF_A_PUSH = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH")
"""By these a hook of git knows what is being pushed, and not taken yet."""


class TreeEntry(NamedTuple):
    """What a commit holds at one path: a file of one of two modes, a link, or a submodule."""

    mode: str
    name: str
    """The name of its content, as git counts it."""
    path: bytes

    def is_file(self) -> bool:
        """Tell whether it is a plain file."""
        return self.mode in ("100644", "100755")


@dataclass(frozen=True)
class Commit:
    """What a commit says of itself."""

    name: str
    parents: Sequence[str]
    moment: datetime.datetime
    """When it was committed; which day that was depends on where one asks."""
    subject: str


@dataclass(frozen=True)
class Repository:
    """The repository in the folder ``git_dir``; what is published stands in its folder ``prefix``.

    ``prefix`` is "" or ends in a slash.
    """

    git_dir: Path
    prefix: str = ""

    @classmethod
    def around(cls, folder: Path) -> Repository | None:
        """Return the repository that ``folder`` is in, or None when it is in none."""
        place = folder.resolve()
        if (place / "HEAD").is_file() and (place / "objects").is_dir():  # without a work tree
            return cls(place)
        for top in (place, *place.parents):
            if os.path.lexists(top / ".git"):
                prefix = place.relative_to(top).as_posix()
                return cls(_git_dir(top / ".git"), "" if prefix == "." else f"{prefix}/")
        return None

    def resolve(self, name: str) -> str:
        """Return the commit that git calls ``name``; raise Faulty when there is none."""
        try:
            return self.ask("rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
        except Faulty as fault:
            if fault.problems[0].rule != "git":
                raise
            message = f"仓库里没有“{name}”这个提交"
            raise Faulty(Problem(Place(name), "commit-unknown", message)) from fault

    def head(self) -> str | None:
        """Return the commit that the work tree stands at, or None before the first one."""
        unborn = self._run("rev-parse", "--verify", "--quiet", "HEAD", check=False)
        if unborn.returncode == 1 and not unborn.stderr:
            branch = self.ask("symbolic-ref", "HEAD")
            if not self.ask("for-each-ref", "--format=%(refname)", branch):
                return None
        return self.ask("rev-parse", "--verify", "HEAD^{commit}")

    def demand_history(self) -> None:
        """Raise Faulty when only a part of the history is here."""
        if self.ask("rev-parse", "--is-shallow-repository") != "false":
            raise self._incomplete()

    def commits(self, names: Iterable[str]) -> Iterator[Commit]:
        """Yield what each of the commits ``names`` says of itself."""
        for name, data in self.contents(names, "commit"):
            try:
                yield _read_commit(name, data)
            except (ValueError, StopIteration, OverflowError) as error:
                raise Faulty(self._failed(f"提交 {name} 没有写明提交的时间")) from error

    def is_ancestor(self, earlier: str, later: str) -> bool:
        """Tell whether ``later`` goes on from ``earlier``."""
        return self.merge_base(earlier, later) == earlier

    def merge_base(self, one: str, other: str) -> str | None:
        """Return the commit from which both went on, or None when they have none in common."""
        done = self._run("merge-base", one, other, check=False)
        if done.returncode == 1 and not done.stderr:
            return None
        return self._answer(done, "merge-base").decode().strip()

    def differing(self, before: str, after: str, *folders: str) -> list[str]:
        """Return the paths of all files of the project that differ between two commits.

        With ``folders``, only those below; without, all of the repository, named from its top.
        """
        wanted = ("-r", "-z", "--name-only", "--no-renames", "--no-ext-diff", before, after, "--")
        listing = self.ask_bytes("diff-tree", *wanted, *(self.prefix + each for each in folders))
        names = (name.decode(errors="backslashreplace") for name in listing.split(b"\0") if name)
        return [name.removeprefix(self.prefix) if folders else name for name in names]

    def entries(self, commit: str, *paths: str) -> Iterator[TreeEntry]:
        """Yield what stands at or below each of ``paths`` in ``commit``; paths are the project's.

        What does not stand there gives nothing.
        """
        wanted = [self.prefix + path for path in paths or [""] if self.prefix + path]
        listing = self.ask_bytes("ls-tree", "-r", "-z", "--full-tree", commit, "--", *wanted)
        for line in filter(None, listing.split(b"\0")):
            about, _, path = line.partition(b"\t")
            mode, _, name = about.decode().split(" ")
            yield TreeEntry(mode, name, path.removeprefix(self.prefix.encode()))

    def contents(self, names: Iterable[str], kind: str = "blob") -> Iterator[tuple[str, bytes]]:
        """Yield each of ``names`` with the bytes that it names; each must be a ``kind``."""
        with tempfile.TemporaryFile() as wanted, tempfile.TemporaryFile() as said:
            wanted.writelines(f"{name}\n".encode() for name in names)
            wanted.seek(0)
            asked = self._start("cat-file", "--batch", "--buffer", stdin=wanted, stderr=said)
            with asked as process:
                assert process.stdout
                while head := process.stdout.readline().split():
                    if len(head) != 3 or head[1] != kind.encode():
                        process.kill()
                        raise self._incomplete(head[0].decode())
                    data = process.stdout.read(int(head[2]))
                    process.stdout.read(1)  # the end of the line
                    yield head[0].decode(), data
            said.seek(0)
            done = subprocess.CompletedProcess(process.args, process.returncode, b"", said.read())
            self._answer(done, "cat-file")

    def settings(self) -> dict[str, str]:
        """Return the settings of this repository, without those of anybody else.

        Raise Faulty when one of ours has no value: nobody can say whether it was meant to be off.
        """
        listing = self.ask_bytes("config", "--local", "--list", "-z").decode(errors="replace")
        pairs = [each.partition("\n") for each in listing.split("\0") if each]
        empty = {name for name, ends, _ in pairs if name.startswith("notices.") and not ends}
        message = (
            "仓库的设定里有这个名字，没有写等号和值：写上值；不用的，用 git config --unset 删去"
        )
        if empty:
            raise Faulty(
                *(Problem(Place(each), "setting-wrong", message) for each in sorted(empty))
            )
        return {name: value for name, _, value in pairs}

    def ask(self, *arguments: str) -> str:
        """Return what git answers in one line or more; raise Faulty when it cannot."""
        return self.ask_bytes(*arguments).decode(errors="replace").strip()

    def ask_bytes(self, *arguments: str, given: bytes = b"") -> bytes:
        """Return what git answers when it is ``given`` that, byte for byte; raise Faulty when it
        cannot.
        """
        return self._answer(self._run(*arguments, given=given), arguments[0])

    def _run(
        self, *arguments: str, given: bytes = b"", check: bool = True
    ) -> subprocess.CompletedProcess[bytes]:
        with self._start(*arguments, stdin=subprocess.PIPE) as process:
            out, said = process.communicate(given)
        return subprocess.CompletedProcess(process.args, process.returncode, out, said)

    def _start(
        self, *arguments: str, stdin: IO[bytes] | int, stderr: IO[bytes] | int = subprocess.PIPE
    ) -> subprocess.Popen[bytes]:
        pinned = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        try:
            return subprocess.Popen(
                ["git", f"--git-dir={self.git_dir}", *pinned, *arguments],
                cwd=self.git_dir,
                env=self._variables(),
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=stderr,
            )
        except OSError as error:
            if Path(str(error.filename)) == self.git_dir:
                raise Faulty(self._failed(str(error.strerror))) from error
            message = "没有 git 程序，请先安装（Debian：git）"
            raise Faulty(Problem(Place("git"), "program-missing", message)) from error

    def _variables(self) -> dict[str, str]:
        """Return our variables, with those of git's that we want, and no others of git's."""
        kept = alone() | _VARIABLES
        quarantine = os.environ.get("GIT_QUARANTINE_PATH", "")
        if quarantine and Path(quarantine).is_relative_to(self.git_dir.resolve()):
            kept |= {name: os.environ[name] for name in _OF_A_PUSH if name in os.environ}
        return kept

    def _answer(self, done: subprocess.CompletedProcess[bytes], question: str) -> bytes:
        if done.returncode == 0:
            return done.stdout
        said = done.stderr.decode(errors="replace").strip()
        if full := told_unwritable(said, self.git_dir):
            raise Faulty(full)
        if question != "config" and self._is_partial():
            raise self._incomplete()
        reason = said.splitlines()[-1] if said else f"退出码 {done.returncode}"
        raise Faulty(self._failed(f"git {question} 没有成功：{reason}"))

    def _is_partial(self) -> bool:
        return any(
            name == "extensions.partialclone" or name.endswith((".promisor", ".partialclonefilter"))
            for name in self.settings()
        )

    def _failed(self, message: str) -> Problem:
        return Problem(Place(str(self.git_dir)), "git", message)

    def _incomplete(self, name: str = "") -> Faulty:
        what = f"缺少 {name}" if name else "仓库只取了一部分历史"
        message = f"{what}，请取全：git fetch --unshallow，或者不带 --depth、--filter 重新克隆"
        return Faulty(Problem(Place(str(self.git_dir)), "history-missing", message))


def alone() -> dict[str, str]:
    """Return our variables without those by which a hook of git points at its own repository."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}


def _git_dir(place: Path) -> Path:
    """Return the folder that ``place``, the .git of a work tree, is or names."""
    named = place
    if place.is_file():  # of a further work tree, or a submodule
        said = place.read_bytes().decode(errors="replace").strip()
        named = place.parent / said.removeprefix("gitdir: ")
    if not (named / "HEAD").is_file():
        message = "这里有 .git，却不是 git 的仓库，无法知道哪些内容已经提交"
        raise Faulty(Problem(Place(str(place)), "git", message))
    return named.resolve()


def _read_commit(name: str, data: bytes) -> Commit:
    head, _, message = data.decode(errors="replace").partition("\n\n")
    fields = [line.partition(" ")[::2] for line in head.splitlines()]
    parents = [value for key, value in fields if key == "parent"]
    committer = next(value for key, value in fields if key == "committer")
    seconds = int(committer.split()[-2])  # Name <address> 1700000000 +0800
    moment = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    return Commit(name, parents, moment, message.strip().partition("\n")[0])
