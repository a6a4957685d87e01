"""The pre-commit hooks: all of them local, all of them ours."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitehouse import ROOT

CONFIG = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
HOOKS: list[dict[str, Any]] = [hook for repo in CONFIG["repos"] for hook in repo["hooks"]]


def test_nothing_is_fetched() -> None:
    assert {repo["repo"] for repo in CONFIG["repos"]} == {"local"}
    assert {hook["language"] for hook in HOOKS} == {"system"}


@pytest.mark.parametrize("hook", HOOKS, ids=[hook["id"] for hook in HOOKS])
def test_the_command_of_each_hook_exists(hook: dict[str, Any]) -> None:
    program, *arguments = shlex.split(hook["entry"])
    assert shutil.which(ROOT / program), program
    options = [argument for argument in arguments if not argument.startswith("-")]
    asked = subprocess.run(
        [ROOT / program, *options, "--help"], capture_output=True, text=True, check=False
    )
    assert asked.returncode == 0, asked.stderr
    assert all(option in asked.stdout for option in arguments if option.startswith("--"))


def test_the_check_runs_as_the_hook_says(project: Path) -> None:
    [entry] = [hook["entry"] for hook in HOOKS if hook["id"] == "notices"]
    program, *arguments = shlex.split(entry)
    done = subprocess.run(
        [ROOT / program, *arguments], cwd=project, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
