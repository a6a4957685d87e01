"""Signatures: who vouches for a file, with the keys that people have for SSH.

The form is that of ``ssh-keygen -Y`` (PROTOCOL.sshsig of OpenSSH), so that anyone can check it with
what comes with his system, without this software.
"""

from __future__ import annotations

import base64
import datetime
import os
import subprocess
from pathlib import Path
from typing import NamedTuple

from ..problem import Faulty, Place, Problem

NAMESPACE = "notices"  # a signature made for something else does not hold here


def sign(file: Path, key: Path, namespace: str = NAMESPACE, *, ask: bool = False) -> None:
    """Write ``file``.sig, the signature of ``file`` with private ``key``; raise Faulty if it fails.

    Unless somebody may be asked for its passphrase at the terminal, the key must need none, or be
    held by an agent.
    """
    file.with_name(f"{file.name}.sig").unlink(missing_ok=True)
    done = _ssh_keygen("sign", "-f", str(key), "-n", namespace, str(file), ask=ask)
    if done.returncode:
        reason = _last_line(done.stderr)
        raise Faulty(Problem(Place(str(key)), "signing-failed", f"签名没有成功：{reason}"))


def verify(data: bytes, signature: Path, signers: Path) -> str:
    """Return who of ``signers`` signed ``data``; raise Faulty when nobody of them did.

    ``signers`` is a file as in ssh-keygen(1), ALLOWED SIGNERS: a name and a public key a line.
    """
    place, among = Place(signature.name), ("-f", str(signers))
    found = _ssh_keygen("find-principals", "-s", str(signature), *among)
    names = found.stdout.decode(errors="replace").splitlines()
    if found.returncode or not names:
        message = f"签名的密钥不在 {signers} 中"
        raise Faulty(Problem(place, "signature-unknown", message))
    wanted = ("-n", NAMESPACE, "-I", names[0], "-s", str(signature))
    if _ssh_keygen("verify", *among, *wanted, data=data).returncode:
        raise Faulty(Problem(place, "signature-wrong", "签名与清单不符：清单在签名以后被改动过"))
    return names[0]


class Claim(NamedTuple):
    """That ``name`` signed for ``namespace`` on ``day``."""

    name: str
    namespace: str
    day: datetime.date


def holds(claim: Claim, data: bytes, signature: Path, signers: Path) -> bool:
    """Tell whether ``signature`` of ``data`` is what ``claim`` says: by one of ``signers``, with a
    key that he had on that day.
    """
    noon = ("-O", f"verify-time={claim.day:%Y%m%d}120000")
    who = ("-f", str(signers), "-I", claim.name, "-n", claim.namespace, "-s", str(signature))
    return not _ssh_keygen("verify", *noon, *who, data=data).returncode


def is_whole(data: bytes, signature: Path, namespace: str) -> bool:
    """Tell whether ``signature`` is one of ``data``, whoever made it."""
    of = ("-n", namespace, "-s", str(signature))
    return not _ssh_keygen("check-novalidate", *of, data=data).returncode


def key_of(signature: bytes) -> str:
    """Return the public key of who made a sound ``signature``, as lists of signers write it."""
    inner = base64.b64decode(b"".join(signature.splitlines()[1:-1]))
    begin = len(b"SSHSIG") + 4  # then comes the version
    length = int.from_bytes(inner[begin : begin + 4])
    return base64.b64encode(inner[begin + 4 : begin + 4 + length]).decode()


def _ssh_keygen(
    action: str, *arguments: str, data: bytes = b"", ask: bool = False
) -> subprocess.CompletedProcess[bytes]:
    command = ["ssh-keygen", "-Y", action, *arguments]
    try:
        # In a session of its own it has no terminal to ask for a passphrase on; in the same zone
        # everywhere, days in lists of signers are the same days.
        return subprocess.run(
            command,
            input=data,
            env={**os.environ, "TZ": "UTC", "LC_ALL": "C"},
            stdout=subprocess.PIPE,
            stderr=None if ask else subprocess.PIPE,
            check=False,
            start_new_session=not ask,
        )
    except OSError as error:
        message = "没有 ssh-keygen 程序，请先安装 OpenSSH 客户端（Debian：openssh-client）"
        raise Faulty(Problem(Place("ssh-keygen"), "program-missing", message)) from error


def _last_line(output: bytes | None) -> str:
    lines = (output or b"").decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "ssh-keygen 没有说明原因"
