"""How the shipped configurations of nginx and Caddy serve a site."""

from __future__ import annotations

import http.client
import re
import shutil
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from notices.assets import is_lasting
from notices.manifest import published
from notices.releases import Releases
from sitehouse import ROOT, SAMPLE
from webserver import caddy, nginx

Serve = Callable[[Path, Path], AbstractContextManager[str]]


@pytest.fixture(scope="module")
def target(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the real site is published."""
    folder = tmp_path_factory.mktemp("published")
    shutil.copytree(site, folder / "site")
    releases = Releases(folder / "srv")
    releases.folder.mkdir(parents=True)
    releases.publish(releases.add(folder / "site", "0" * 40), 1)
    (releases.target / "current/.hidden").write_text("hidden", encoding="utf-8")
    return releases.target


@pytest.fixture(scope="module", params=[nginx, caddy], ids=["nginx", "caddy"])
def server(
    request: pytest.FixtureRequest, target: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    serve: Serve = request.param
    with serve(target, tmp_path_factory.mktemp("web")) as address:
        yield address


def get(address: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers with names in small letters, and the body."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc)
    connection.request(
        "GET", f"/{path}", headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    answer = connection.getresponse()
    named = {name.lower(): value for name, value in answer.getheaders()}
    data = answer.read()
    connection.close()
    return answer.status, named, data


@pytest.mark.parametrize("path", ["", f"notices/{SAMPLE}/", "nothing/", "search/search_index.json"])
def test_every_answer_carries_the_headers_of_security(server: str, path: str) -> None:
    _, headers, _ = get(server, path)
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    page = (ROOT / "theme/main.html").read_text(encoding="utf-8")
    (in_page,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy == f"{in_page}; frame-ancestors 'none'"


def test_names_that_change_with_their_content_are_kept_and_others_are_not(
    server: str, target: Path
) -> None:
    for path in published(target / "current"):
        if path.endswith((".gz", ".br", "index.html")) or path.startswith("."):
            continue
        status, headers, _ = get(server, path)
        lasting = "public, max-age=31536000, immutable"
        expected = lasting if is_lasting(path) else "no-cache"
        assert (status, path, headers["cache-control"]) == (200, path, expected)


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_what_was_compressed_at_the_build_is_sent(server: str, target: Path, encoding: str) -> None:
    suffix = {"br": ".br", "gzip": ".gz"}[encoding]
    for path in ("about/", f"notices/{SAMPLE}/approved.txt", asset(target, "notices.css")):
        _, headers, data = get(server, path, Accept_Encoding=encoding)
        assert headers["content-encoding"] == encoding
        assert "Accept-Encoding" in headers["vary"]
        file = target / "current" / (f"{path}index.html" if path.endswith("/") else path)
        assert data == file.with_name(file.name + suffix).read_bytes()


def test_old_browsers_get_it_plain(server: str, target: Path) -> None:
    _, headers, data = get(server, "about/", Accept_Encoding="identity")
    assert "content-encoding" not in headers
    assert data == (target / "current/about/index.html").read_bytes()


def asset(target: Path, name: str) -> str:
    (path,) = (target / "current/assets").rglob(name)
    return path.relative_to(target / "current").as_posix()


def test_a_page_that_has_not_changed_is_not_sent_again(server: str) -> None:
    _, headers, _ = get(server, "about/")
    status, _, data = get(server, "about/", If_None_Match=headers["etag"])
    assert (status, data) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "assets/",
        "search/texts/",
        ".hidden",
        ".git/config",
        "assets/%2e%2e/lock",
        "kept/",
    ],
)
def test_what_is_not_there_is_the_sites_own_page(server: str, path: str, target: Path) -> None:
    """Folders are not listed, and hidden files are not there."""
    status, headers, data = get(server, path, Accept_Encoding="identity")
    assert status == 404
    assert headers["cache-control"] == "no-cache"
    assert data == (target / "current/404.html").read_bytes()


def test_text_is_told_to_be_utf_8(server: str) -> None:
    for path in ("about/", f"notices/{SAMPLE}/approved.txt"):
        _, headers, _ = get(server, path)
        assert headers["content-type"].lower().endswith("; charset=utf-8")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("notice.pdf", "application/pdf"),
        ("notice.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("items.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("items.csv", "text/csv"),
        ("notice.json", "application/json"),
        ("deadlines.ics", "text/calendar"),
    ],
)
def test_a_download_says_what_it_is(server: str, target: Path, name: str, kind: str) -> None:
    file = target / f"current/notices/{SAMPLE}" / name
    made = not file.exists()
    if made:  # the sample has no deadlines
        file.write_text("BEGIN:VCALENDAR", encoding="utf-8")
    try:
        status, headers, _ = get(server, f"notices/{SAMPLE}/{name}")
    finally:
        if made:
            file.unlink()
    assert (status, headers["content-type"].partition(";")[0]) == (200, kind)


def test_a_folder_without_its_slash_leads_to_it(server: str) -> None:
    status, headers, _ = get(server, "about")
    assert status in (301, 308)
    assert headers["location"] == "/about/"


def test_assets_of_an_earlier_release_are_still_served(server: str, target: Path) -> None:
    style = asset(target, "notices.css")
    gone = target / "current" / style
    saved = shutil.move(gone, gone.with_suffix(".gone"))
    try:
        assert get(server, style)[0] == 200
    finally:
        shutil.move(saved, gone)
