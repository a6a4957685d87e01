from __future__ import annotations

import gc
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from notices.catalogue.listings import ON_HOME
from once import once
from publishing import ADDRESS, Editor, Server, clean, found_repository
from sitehouse import (
    MANY_ADDRESS,
    ROOT,
    SAMPLE,
    SAMPLE_ROOT,
    build,
    copy_project,
    copy_software,
    mkdocs,
    open_browser,
    serve,
)
from windows import Windows

FICTIONAL, BODIES = ROOT / "tests" / "fictional", ROOT / "tests" / "bodies"
STILL = "reduce"
"""What moves is drawn again and again; how it looks on its way is no promise of these tests."""


def pytest_collection_finish() -> None:
    """Let nobody look again and again for what could be let go of: a fifth of the time of whatever
    makes many small things. What is loaded now stays to the end.
    """
    gc.freeze()
    gc.set_threshold(20_000)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what is published, which a test may break."""
    return copy_project(tmp_path / "project")


@pytest.fixture
def clone(project: Path) -> Path:
    """The same with software of its own, which a test may break, too."""
    return copy_software(project)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built once."""
    made = once(tmp_path_factory, "real", lambda folder: build(SAMPLE_ROOT, folder / "site"))
    return made / "site"


@pytest.fixture(scope="session")
def two_notices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the sample and, beside it, a fictional notice of another shape, and those who
    publish them.
    """

    def make(folder: Path) -> None:
        project = copy_project(folder / "project")
        for other in (FICTIONAL, BODIES):
            shutil.copytree(other, project, dirs_exist_ok=True)

    return once(tmp_path_factory, "two", make) / "project"


@pytest.fixture(scope="session")
def two_sites(site: Path, two_notices: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of both notices, built once; after the real one, whose exports it has, too."""
    assert site
    made = once(tmp_path_factory, "two-built", lambda folder: build(two_notices, folder / "site"))
    return made / "site"


@pytest.fixture(scope="session")
def many_sites(two_notices: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of so many notices that there are all lists of them, as MkDocs builds it, at
    MANY_ADDRESS.
    """

    def make(folder: Path) -> None:
        project = shutil.copytree(two_notices, folder / "project")
        data, content = project / "data/notices", project / "content/notices"
        for number in range(ON_HOME):
            name = SAMPLE if number else "fictional-2020"
            shutil.copytree(data / name, data / f"{name}-{number}")
            shutil.copy(content / f"{name}.md", content / f"{name}-{number}.md")
        env = {"NOTICES_ROOT": str(project), "SITE_URL": MANY_ADDRESS}
        done = mkdocs(ROOT, "build", "--strict", "--site-dir", str(folder / "site"), **env)
        assert done.returncode == 0, done.stderr

    return once(tmp_path_factory, "many-built", make) / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the real site, served on this machine."""
    with serve(site) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=20_000)  # milliseconds: other tests run at the same time
    with sync_playwright() as playwright:
        browser = open_browser(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    return Windows(browser)


@pytest.fixture
def phone(windows: Windows) -> Iterator[BrowserContext]:
    """A window as small as the phones that the site is for."""
    with windows.context(viewport={"width": 360, "height": 740}, reduced_motion=STILL) as context:
        yield context


@pytest.fixture
def desktop(windows: Windows) -> Iterator[BrowserContext]:
    with windows.context(viewport={"width": 1360, "height": 900}, reduced_motion=STILL) as context:
        yield context


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that holds the project as it stands, in one commit."""

    def make(folder: Path) -> None:
        found_repository(folder / "project")

    return once(tmp_path_factory, "repository", make) / "project"


@pytest.fixture(scope="session")
def first(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server as `make server` sets it up, to which the project was pushed once."""

    def make(folder: Path) -> None:
        server = Server.set_up(folder / "srv", f"SITE_URL={ADDRESS}")
        pushed = subprocess.run(
            ["git", "push", server.repository, "main"],
            cwd=repository, env=clean(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert pushed.returncode == 0, pushed.stderr

    return Server(once(tmp_path_factory, "server", make) / "srv")


@pytest.fixture
def server(first: Server, tmp_path: Path) -> Server:
    """Such a server that a test may break."""
    return first.copy(tmp_path / "srv")


@pytest.fixture
def editor(server: Server, tmp_path: Path) -> Editor:
    return Editor(server, tmp_path / "editor")
