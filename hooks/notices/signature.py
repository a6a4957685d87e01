"""Signatures: who vouches for a manifest, with the keys that people have for SSH.

The form is that of ``ssh-keygen -Y`` (PROTOCOL.sshsig of OpenSSH), so that anyone can check it with
what comes with his system, without this software.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from .problem import Faulty, Place, Problem

NAMESPACE = "notices"  # a signature made for something else does not hold here


def sign(file: Path, key: Path) -> None:
    """Write ``file``.sig, the signature of ``file`` with private ``key``; raise Faulty if it fails.

    The key must need no passphrase, or be held by an agent: nobody is asked.
    """
    file.with_name(f"{file.name}.sig").unlink(missing_ok=True)
    done = _ssh_keygen("sign", "-f", str(key), "-n", NAMESPACE, str(file))
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


def _ssh_keygen(
    action: str, *arguments: str, data: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    command = ["ssh-keygen", "-Y", action, *arguments]
    try:
        # In a session of its own it has no terminal to ask for a passphrase on.
        return subprocess.run(
            command, input=data, capture_output=True, check=False, start_new_session=True
        )
    except OSError as error:
        message = "没有 ssh-keygen 程序，请先安装 OpenSSH 客户端（Debian：openssh-client）"
        raise Faulty(Problem(Place("ssh-keygen"), "program-missing", message)) from error


def _last_line(output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "ssh-keygen 没有说明原因"
