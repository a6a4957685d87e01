"""What is copied into a site is what was checked, or nothing is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from notices.cache import passing_cache
from notices.history.project import Project
from notices.problem import Faulty
from notices.publishing.alone import MadeAlone
from notices.publishing.rendered import Rendered
from sitehouse import SAMPLE

PICTURE, APPROVED = "content/picture.png", f"data/notices/{SAMPLE}/approved.txt"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("path", [PICTURE, APPROVED])
def test_what_changes_before_it_is_copied_is_told(
    two_notices: Path, tmp_path: Path, path: str
) -> None:
    """Else later builds, which know it by the name of what was checked, would never mend it."""
    project = shutil.copytree(two_notices, tmp_path / "project")
    (project / PICTURE).write_bytes(PNG)
    (tmp_path / "cache").mkdir()
    cache = passing_cache(tmp_path / "cache")
    alone = MadeAlone(Project.at(project), "", cache, preview=True)
    addresses = {PICTURE: "picture.png", APPROVED: f"notices/{SAMPLE}/approved.txt"}
    rendered = Rendered({}, [], {})

    def copied() -> Callable[[], bytes]:
        contents, *_, approved, _, _, _ = alone.groups(rendered)
        parts = (*contents(), *approved())
        (content,) = (each.content for each in parts if each.address == addresses[path])
        return content

    assert copied()() == (project / path).read_bytes()
    with (project / path).open("ab") as file:
        file.write(b"\n")
    with pytest.raises(Faulty) as caught:
        copied()()
    (problem,) = caught.value.problems
    assert (problem.place.path, problem.rule) == (path, "changed-meanwhile")
