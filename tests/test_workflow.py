import subprocess
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKFLOW = ROOT / ".github" / "workflows" / "site.yml"


def actionlint(source: str) -> subprocess.CompletedProcess[str]:
    program = Path(sysconfig.get_path("scripts")) / "actionlint"
    # Linters it would also call are off: what is installed here must not change the verdict.
    return subprocess.run(
        [program, "-no-color", "-shellcheck=", "-pyflakes=", "-stdin-filename", WORKFLOW, "-"],
        input=source,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )


def test_workflow_is_clean() -> None:
    result = actionlint(WORKFLOW.read_text(encoding="utf-8"))
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_actionlint_sees_a_mistake() -> None:
    broken = WORKFLOW.read_text(encoding="utf-8").replace("needs: test", "needs: tests")
    result = actionlint(broken)
    assert result.returncode == 1
    assert "tests" in result.stdout
