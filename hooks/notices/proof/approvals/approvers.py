"""The approvers: who may sign, and how many must.

That stands in the settings of the repository on the server, or in variables of a hosted pipeline,
and never in what is pushed. Where neither says anything, nobody need sign.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ...history.git import Repository
from ...history.project import Project
from ...problem import Faulty, Place, Problem, shorten

APPROVERS, APPROVALS = "NOTICES_APPROVERS", "NOTICES_APPROVALS"
"""The variables that name them, or hold them, and say how many must sign; "0": nobody need."""
_SETTINGS = ("notices.approvers", "notices.approvals")
NAME = re.compile(r"[a-z0-9]+(?:[._@-][a-z0-9]+)*")
"""What a reviewer may be called, which is the name of his files, too."""
_LINE = re.compile(r'(?P<who>"[^"]+"|\S+)\s.*?(?P<key>AAAA[0-9A-Za-z+/]{20,}=*)(?:\s.*)?')
_KEY_TYPE = re.compile(r"\s(?:sk-)?(?:ssh|ecdsa)-\S+\s+AAAA")


@dataclass(frozen=True)
class Approvers:
    """Who may sign, as ``ssh-keygen`` lists ALLOWED SIGNERS, and how many of them must at least."""

    signers: str
    least: int

    @cached_property
    def people(self) -> list[set[str]]:
        """The names and keys of each person: who shares one of them with another is the same."""
        people: list[set[str]] = []
        for line in self.signers.splitlines():
            names, key = _parts(line)
            person = {*names, key}
            same = [each for each in people if each & person]
            people = [each for each in people if each not in same]
            people.append(person.union(*same))
        return people

    def owner(self, key: str) -> set[str]:
        """Return the names of the person that has ``key``; none when nobody has it."""
        person = next((each for each in self.people if key in each), set())
        return {each for each in person if not each.startswith("AAAA")}

    def person(self, name: str) -> int:
        """Return the number that all names of one person have; ``name`` must be listed."""
        return next(number for number, each in enumerate(self.people) if name in each)


def approvers_of(project: Project) -> Approvers | None:
    """Return the approvers for ``project``, None where nobody need sign; raise Faulty when the
    settings are wrong.

    Variables go before the settings of the repository: one program of ours tells another by them.
    """
    who, least = (os.environ.get(name, "") for name in (APPROVERS, APPROVALS))
    tops = [project.root.resolve()]
    if project.repository and project.repository.git_dir.name == ".git":
        tops.append(project.repository.git_dir.resolve().parent)
    if who or least:
        return _approvers((APPROVERS, who), (APPROVALS, least), tops)
    return approvers_in(project.repository, *tops) if project.repository else None


def approvers_in(repository: Repository, *tops: Path) -> Approvers | None:
    """Return the approvers that the settings of ``repository`` tell, and nothing else.

    Below ``tops`` stands what people can push, so the list does not.
    """
    said = repository.settings()
    who, least = ((name, said.get(name, "")) for name in _SETTINGS)
    return _approvers(who, least, tops)


def _approvers(
    who: tuple[str, str], least: tuple[str, str], tops: Sequence[Path]
) -> Approvers | None:
    """Return what two settings say, each with its name."""
    if least[1] == "0" or not (who[1] or least[1]):
        return None
    if not who[1]:
        message = f"设了 {least[0]}（要几个人签字），没有设 {who[0]}（谁可以签字）"
        raise Faulty(Problem(Place(who[0]), "setting-missing", message))
    if not re.fullmatch("[1-9][0-9]{0,2}", least[1] or "1"):
        message = f"{least[0]} 是要几个人签字，应是1以上的整数，现在是“{shorten(least[1])}”"
        raise Faulty(Problem(Place(least[0]), "setting-wrong", message))
    signers = who[1] if _KEY_TYPE.search(who[1]) else _read(Path(who[1]), who[0], tops)
    return _sound(signers, int(least[1] or "1"), who[0])


def variables(approvers: Approvers | None) -> dict[str, str]:
    """Return the variables by which another program of ours has the same approvers."""
    if approvers is None:
        return {APPROVERS: "", APPROVALS: "0"}
    return {APPROVERS: approvers.signers, APPROVALS: str(approvers.least)}


def _read(file: Path, name: str, tops: Sequence[Path]) -> str:
    """Return the list in ``file``, which must not be where somebody can push to."""
    if not file.is_absolute() or any(file.resolve().is_relative_to(top) for top in tops):
        message = f"{name} 应是仓库以外的文件的完整路径，现在是“{shorten(str(file))}”"
        raise Faulty(Problem(Place(name), "setting-wrong", message))
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        message = f"{name} 指的名单 {file} 读不了：{getattr(error, 'strerror', '不是 UTF-8')}"
        raise Faulty(Problem(Place(name), "setting-wrong", message)) from error


def _sound(signers: str, least: int, name: str) -> Approvers:
    """Return the approvers of a list without its comments; raise Faulty when it is none."""
    lines = [line.strip() for line in signers.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    if wrong := next((line for line in lines if not _is_sound(line)), None):
        message = (
            f"名单里的这一行不是“名字 公钥”：{shorten(wrong)}"
            "（名字用小写字母、数字和 . _ @ -，不用通配符；不用发证书的钥匙）"
        )
        raise Faulty(Problem(Place(name), "setting-wrong", message))
    found = Approvers("".join(f"{line}\n" for line in lines), least)
    if len(found.people) < least:
        message = f"要 {least} 个人签字，名单里只有 {len(found.people)} 个人"
        raise Faulty(Problem(Place(name), "setting-wrong", message))
    return found


def _is_sound(line: str) -> bool:
    """Tell whether a line names people one by one: of a pattern, nobody knows how many it is."""
    if not _LINE.fullmatch(line) or "cert-authority" in line:
        return False
    return all(map(NAME.fullmatch, _parts(line)[0]))


def _parts(line: str) -> tuple[list[str], str]:
    found = _LINE.fullmatch(line)
    assert found, line
    return found["who"].strip('"').split(","), found["key"]
