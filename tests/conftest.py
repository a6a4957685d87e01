from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from publishing import Editor, Server, clean, found_repository
from sitehouse import ROOT, build, chromium_path, copy_project, serve

FICTIONAL = ROOT / "tests" / "fictional"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project that a test may break."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built once."""
    return build(ROOT, tmp_path_factory.mktemp("real") / "site")


@pytest.fixture(scope="session")
def two_notices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the sample and, beside it, a fictional notice of another shape."""
    project = copy_project(tmp_path_factory.mktemp("two") / "project")
    shutil.copytree(FICTIONAL, project, dirs_exist_ok=True)
    return project


@pytest.fixture(scope="session")
def two_sites(two_notices: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of both notices, built once."""
    return build(two_notices, tmp_path_factory.mktemp("two") / "site")


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the real site, served on this machine."""
    with serve(site) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path())
        yield browser
        browser.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A window as small as the phones that the site is for."""
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        yield context


@pytest.fixture
def desktop(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1360, "height": 900}) as context:
        yield context


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server as `make server` sets it up, to which the project was pushed once."""
    folder = tmp_path_factory.mktemp("server")
    server = Server.set_up(folder / "srv")
    project = found_repository(folder / "project")
    pushed = subprocess.run(
        ["git", "push", server.repository, "main"],
        cwd=project, env=clean(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert pushed.returncode == 0, pushed.stderr
    return server


@pytest.fixture
def server(first: Server, tmp_path: Path) -> Server:
    """Such a server that a test may break."""
    return first.copy(tmp_path / "srv")


@pytest.fixture
def editor(server: Server, tmp_path: Path) -> Editor:
    return Editor(server, tmp_path / "editor")
