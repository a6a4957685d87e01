from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

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
