"""Trials of a server that publishes: short ones in the tests, long ones in `make soak`."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from notices.proof import manifest
from publishing import WORDS, Editor, Server, git
from sitehouse import ROOT
from webserver import nginx


def kill_at_random(server: Server, editor: Editor, dice: random.Random, times: int = 1) -> None:
    """Kill so many publications, alone or with all that they have started, and publish again.

    What a killed one has left must not stop the next, which is killed in its turn.
    """
    command = git(server.repository, "config", "notices.command")
    server.configure("command", "true")
    commits = [server.public_commit()]
    for number in range(times):
        commits.append(editor.write(f"第{number}次{WORDS}"))
        editor.push()
        with server.start("publish") as process:
            time.sleep(dice.random() * 2)
            if dice.random() < 0.5:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        assert process.returncode in (0, -signal.SIGKILL)
        assert server.public_commit() in commits
        assert_whole(server)
    done = server.notices("publish")
    assert done.returncode == 0, done.stdout
    assert server.public_commit() == commits[-1]
    assert_whole(server)
    server.configure("command", command)


def read_while_publishing(
    server: Server, editor: Editor, folder: Path, times: int, rest: float = 0
) -> dict[str, Any]:
    """Publish so many times, with other words and other assets each, while a client reads, who may
    rest some seconds after each page; return what it tells.
    """
    update_style = server.own_software()
    with nginx(server.target, folder / "nginx") as address:
        client = [sys.executable, str(ROOT / "tests" / "reader.py"), address, str(rest)]
        with subprocess.Popen(client, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            for number in range(times):
                update_style(number)
                editor.write(f"{WORDS}。第{number}次", instead_of=WORDS)
                assert editor.push().returncode == 0
                git(editor.folder, "checkout", "--quiet", "HEAD~1", "--", "content")
            output, _ = process.communicate(b"enough\n")
    return dict(json.loads(output))


def assert_seen_whole(told: dict[str, Any], times: int) -> None:
    """Hold what a client tells to so many publications that it has read through."""
    assert told["faults"] == [], "\n".join(told["faults"][:5])
    assert told["pages"] > 10 * times
    assert told["releases"] >= times


def assert_whole(server: Server) -> None:
    """Hold the public site against its own manifest, and the assets that are kept beside it."""
    current = server.target / "current"
    made = manifest.read(current)
    assert made.commit == server.public_commit()
    assert list(manifest.differences(made, {**manifest.digests(current)})) == []
    kept = manifest.digests(server.target / "kept")
    assert kept.items() <= {**kept, **made.files}.items()
    assert {name for name in made.files if name.startswith("assets/")} <= kept.keys()
