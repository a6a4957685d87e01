"""The judge: which approvals hold for exactly what is there now, and why others do not."""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from ...catalogue.notices import Catalogue, Notice
from ...catalogue.settings import Settings
from ...facts.files import read_bytes
from ...problem import Faulty, Place, Problem
from .. import signature
from .approvers import Approvers
from .statement import NAMESPACE, Statement, public_digest


class Approval(NamedTuple):
    """That a person agreed to a notice as it is."""

    name: str
    day: datetime.date


class Judged(NamedTuple):
    """What approvals come to."""

    problems: list[Problem]
    approvals: dict[str, list[Approval]]
    """Those that hold, of each person one, by the id of their notice."""


def judge(root: Path, catalogue: Catalogue, approvers: Approvers | None) -> Judged:
    """Return the approvals of the notices in ``root`` that hold, and a problem for each notice
    that has too few. Without ``approvers``, nobody need sign, and nothing is said.
    """
    judged = Judged([], {})
    if approvers is None:
        return judged
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as threads:
        court = _Court(root, catalogue, approvers, Path(folder))
        for notice, (valid, problems) in zip(
            catalogue.notices, threads.map(court.hear, catalogue.notices), strict=True
        ):
            judged.approvals[notice.id] = valid
            judged.problems.extend(problems)
    return judged


def judge_notice(
    root: Path, notice: Notice, settings: Settings, approvers: Approvers
) -> tuple[list[Approval], list[Problem]]:
    """Return the approvals of one notice in ``root`` that hold, and what to do when they are too
    few.
    """
    with tempfile.TemporaryDirectory() as folder:
        return _Court(root, settings, approvers, Path(folder)).hear(notice)


class _Court:
    """Hears what was signed of each notice."""

    def __init__(self, root: Path, settings: Settings, approvers: Approvers, folder: Path) -> None:
        self.root, self.settings, self.approvers = root, settings, approvers
        self.folder = folder
        """Where nobody else writes, for what ``ssh-keygen`` reads."""
        self.signers = folder / "signers"
        self.signers.write_text(approvers.signers, encoding="utf-8")

    def hear(self, notice: Notice) -> tuple[list[Approval], list[Problem]]:
        """Return the approvals of ``notice`` that hold, and what to do when they are too few."""
        found: dict[int, Approval] = {}
        problems: list[Problem] = []
        digest = public_digest(notice, self.settings.vocabulary)
        for path in sorted({path.removesuffix(".sig") for path in notice.approvals}):
            try:
                stated = self._signed(path)
                if fault := self._fault(notice, digest, stated):
                    raise Faulty(Problem(Place(path), *fault))
            except Faulty as fault:
                problems += fault.problems
            else:
                person = self.approvers.person(stated.name)
                found.setdefault(person, Approval(stated.name, stated.day))
        valid = sorted(found.values(), key=lambda each: (each.day, each.name))
        if len(valid) >= self.approvers.least:
            return valid, []
        return valid, [self._too_few(notice, valid), *problems]

    def _too_few(self, notice: Notice, valid: list[Approval]) -> Problem:
        names = "、".join(each.name for each in valid) or "还没有人"
        message = (
            f"公开这份通报要 {self.approvers.least} 个人审核签字，现在有效的有 {len(valid)} 个"
            f"（{names}）；请审核人运行 notices approve {notice.id} --key <私钥>，再提交"
        )
        return Problem(Place(f"data/notices/{notice.id}/approvals"), "approval-missing", message)

    def _signed(self, path: str) -> Statement:
        """Return the statement in ``path``; raise Faulty when it is not signed by who it names."""
        data = self._read(path)
        signed = self._read(path, ".sig")
        stated = Statement.read(data)
        if stated is None or path.rpartition("/")[2] != f"{stated.name}.txt":
            message = "这不是 notices approve 写的，或者写好以后改过；请这位审核人重新签字"
            raise Faulty(Problem(Place(path), "approval-altered", message))
        with tempfile.NamedTemporaryFile(dir=self.folder) as file:
            file.write(signed)
            file.flush()
            self._verify(path, data, stated, Path(file.name))
        return stated

    def _verify(self, path: str, data: bytes, stated: Statement, signed: Path) -> None:
        claim = signature.Claim(stated.name, NAMESPACE, stated.day)
        if signature.holds(claim, data, signed, self.signers):
            return
        if not signature.is_whole(data, signed, NAMESPACE):
            message = "签名与这份审核意见不符：签字以后改过，或者签名是别的；请这位审核人重新签字"
            raise Faulty(Problem(Place(path), "approval-altered", message))
        owner = self.approvers.owner(signature.key_of(signed.read_bytes()))
        if stated.name not in owner:
            whose = f"是 {'、'.join(sorted(owner))} 的" if owner else "不在审核人名单里"
            message = f"签名的钥匙{whose}，不能以 {stated.name} 的名义审核；由名单里的人签字"
            raise Faulty(Problem(Place(path), "approval-unlisted", message))
        message = f"{stated.name} 的钥匙在 {stated.day} 不能用来审核（已经停用，或者没有这个用途）"
        raise Faulty(Problem(Place(path), "approval-expired", message))

    def _fault(self, notice: Notice, digest: str, stated: Statement) -> tuple[str, str] | None:
        """Return why what was signed is not what is there now, as a code and a message."""
        again = f"请 {stated.name} 看过以后重新签字"
        if stated.notice != notice.id:
            return "approval-elsewhere", f"这是对通报 {stated.notice} 的签字，不能用在这里"
        if stated.approved != notice.approved_sha256:
            return "approval-outdated", f"签字以后，批准文本 approved.txt 改过；{again}"
        if stated.public != digest:
            message = f"签字以后，批准文本没有变，公开的事实（状态、进展等）改过；{again}"
            return "approval-outdated", message
        as_of = self.settings.as_of
        if as_of and stated.day > as_of:
            return "approval-day", f"签字的日期 {stated.day} 晚于提交的那一天"
        if (last := max(_told(notice), default=None)) and stated.day < last:
            return "approval-day", f"签字的日期 {stated.day} 早于通报里写到的 {last}；{again}"
        return None

    def _read(self, path: str, ending: str = "") -> bytes:
        try:
            return read_bytes(self.root, path + ending)
        except Faulty as fault:
            message = (
                f"缺少 {path.rpartition('/')[2]}{ending}：意见（.txt）和签名（.txt.sig）要一起提交"
            )
            raise Faulty(Problem(Place(path), "approval-unsigned", message)) from fault


def _told(notice: Notice) -> Iterator[datetime.date]:
    """Yield the days of what is told to the public as having happened: nobody agreed before that,
    even if he says so.
    """
    for item in notice.public().items:
        bases = [item.facts.basis, *(measure.facts.basis for measure in item.measures)]
        yield from (each.document.date for each in bases if each and each.document)
        yield from (update.date for update in item.facts.updates)
        if item.facts.verified:
            yield item.facts.verified.date
