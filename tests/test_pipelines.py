"""The files for hosted pipelines: sound, and nothing in them but commands of the Makefile."""

from __future__ import annotations

import re
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitehouse import ROOT

PROGRAMS = Path(sysconfig.get_path("scripts"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"
GITEE = sorted((ROOT / ".workflow").glob("*.yml"))
ALL = [*WORKFLOWS, GITLAB, *GITEE]
SCHEMAS = {"github": "vendor.github-workflows", "gitlab": "vendor.gitlab-ci"}


def actionlint(source: str, name: Path) -> subprocess.CompletedProcess[str]:
    # Linters it would also call are off: what is installed here must not change the verdict.
    options = ["-no-color", "-shellcheck=", "-pyflakes=", "-stdin-filename", str(name), "-"]
    return subprocess.run(
        [PROGRAMS / "actionlint", *options],
        input=source, capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_are_clean(workflow: Path) -> None:
    result = actionlint(workflow.read_text(encoding="utf-8"), workflow)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_actionlint_sees_a_mistake() -> None:
    site = ROOT / ".github/workflows/site.yml"
    broken = site.read_text(encoding="utf-8").replace("needs: test", "needs: tests")
    result = actionlint(broken, site)
    assert result.returncode == 1
    assert "tests" in result.stdout


def fits(file: Path, schema: str) -> bool:
    """Tell whether ``file`` fits a schema that comes with the checker: no network is asked."""
    command = [str(PROGRAMS / "check-jsonschema"), "--builtin-schema", schema, str(file)]
    if schema == SCHEMAS["gitlab"]:
        command += ["--data-transform", "gitlab-ci"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("file", [*WORKFLOWS, GITLAB], ids=lambda path: path.name)
def test_files_fit_the_schema_of_their_service(file: Path, tmp_path: Path) -> None:
    """And with a mistake in them they would not."""
    schema = SCHEMAS["gitlab" if file == GITLAB else "github"]
    assert fits(file, schema)
    broken = tmp_path / file.name
    text = file.read_text(encoding="utf-8")
    for key in ("script:\n", "runs-on:"):
        text = text.replace(key, f"x{key}")
    broken.write_text(text, encoding="utf-8")
    assert not fits(broken, schema)


# What the help pages of Gitee Go tell of the form; there is no schema of theirs.
GITEE_KEYS = {
    "": {"version", "name", "displayName", "triggers", "stages", "variables"},
    "triggers": {"trigger", "push", "pr", "schedule"},
    "stage": {"name", "displayName", "strategy", "trigger", "steps"},
    "step": {"step", "name", "displayName", "pythonVersion", "commands", "artifacts"},
}


def wrong_keys(pipeline: dict[str, Any]) -> list[str]:
    """Return the keys of a pipeline that Gitee does not know, and what it lacks."""
    found = set(pipeline) ^ (GITEE_KEYS[""] - {"variables"}) - {"variables"}
    found |= set(pipeline.get("triggers", {})) - GITEE_KEYS["triggers"]
    for stage in pipeline.get("stages", []):
        found |= set(stage) ^ GITEE_KEYS["stage"]
        for step in stage.get("steps", []):
            found |= set(step) - GITEE_KEYS["step"]
            found |= {str(each) for each in step["commands"] if not isinstance(each, str)}
    return sorted(found - {"variables"})


@pytest.mark.parametrize("file", GITEE, ids=lambda path: path.name)
def test_pipelines_of_gitee_have_the_form_of_its_help_pages(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert wrong_keys(yaml.safe_load(text)) == []
    assert wrong_keys(yaml.safe_load(text.replace("displayName", "display"))) != []


@pytest.mark.parametrize("file", ALL, ids=lambda path: path.name)
def test_every_target_that_is_called_is_in_the_makefile(file: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    called = re.findall(r"\bmake (?:--silent )?([a-z-]+)", commands(file))
    assert called
    assert set(called) <= targets


def commands(file: Path) -> str:
    """Return the file without its comments."""
    text = file.read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))


@pytest.mark.parametrize("file", ALL, ids=lambda path: path.name)
def test_the_whole_history_is_there_where_the_site_is_built(file: Path) -> None:
    """Or the page of changes could not be made; when the rest cannot be fetched, that is said."""
    text = commands(file)
    if file.parent.name == "workflows":
        assert text.count("uses: actions/checkout") == text.count("fetch-depth: 0")
        assert text.count("uses: actions/checkout") == text.count("persist-credentials: false")
    else:
        jobs = text.count("- step:")
        assert 'GIT_DEPTH: "0"' in text or text.count("git fetch --unshallow; fi") == jobs
    assert "|| true" not in text


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda path: path.name)
def test_github_is_handed_the_whole_site(file: Path) -> None:
    """Also what a dot hides, as .well-known: else the manifest names what nobody can get."""
    jobs = yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"].values()
    steps = [step for job in jobs for step in job["steps"]]
    uploads = [step["with"] for step in steps if "actions/upload-" in step.get("uses", "")]
    assert uploads or file.name != "site.yml"
    for upload in uploads:
        assert upload["path"] != "site" or upload["include-hidden-files"] is True


@pytest.mark.parametrize("file", [GITLAB, *GITEE], ids=lambda path: path.name)
def test_others_are_handed_whole_folders(file: Path) -> None:
    """They take a folder with all that is in it, and leave out only what a pattern leaves out."""
    paths = [*handed_on(yaml.safe_load(file.read_text(encoding="utf-8")))]
    assert paths
    for path in paths:
        assert re.fullmatch(r"(?:\./)?[a-z.]+/?", path)


def handed_on(node: Any, *, inside: bool = False) -> Iterator[str]:
    """Yield the paths that the artifacts of a pipeline name, and what is excluded of them."""
    if isinstance(node, dict):
        for key, value in node.items():
            taken = inside and key in ("path", "paths", "exclude", "untracked")
            yield from map(str, value) if taken else handed_on(value, inside=key == "artifacts")
    elif isinstance(node, list):
        for each in node:
            yield from handed_on(each, inside=inside)


def test_links_to_others_never_stop_a_publication() -> None:
    for file in ALL:
        text = commands(file)
        if "publish" in text and file.name != "links.yml" and file != GITLAB:
            assert "external-links" not in text, file
    gitlab = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))
    scheduled = '$CI_PIPELINE_SOURCE == "schedule"'
    assert gitlab["external-links"]["rules"] == [{"if": scheduled}]
    assert "schedule" in gitlab["pages"]["rules"][0]["if"]
