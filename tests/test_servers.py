"""How the shipped configurations of nginx and Caddy serve a site."""

from __future__ import annotations

import gzip
import http.client
import itertools
import re
import shutil
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import brotli
import pytest

from notices.outputs.pages.assets import is_lasting
from notices.proof.manifest import published
from notices.publishing.releases import Releases
from sitehouse import ROOT, SAMPLE, build, copy_project
from webserver import caddy, judge_caddy, judge_nginx, nginx

Serve = Callable[[Path, Path], AbstractContextManager[str]]


def publish(target: Path, site: Path) -> Releases:
    """Publish a copy of ``site`` into ``target``."""
    releases = Releases(target)
    with releases.locked(lambda: None):
        new = shutil.copytree(site, releases.work / "site")
        releases.publish(releases.add(new, "0" * 40), 5)
    return releases


HIDDEN = [
    ".hidden", ".git/config", ".git/x.ics", "about/.git/x.csv", ".well-known/.git/config",
    ".well-known/.hidden", "about/.well-known/x.txt",
]  # fmt: skip


@pytest.fixture(scope="module")
def target(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the real site is published, with files beside it that nobody may see."""
    target = publish(tmp_path_factory.mktemp("published") / "srv", site).target
    assets = asset(target, "notices.css").rpartition("/")[0]
    places = [f"current/{path}" for path in (*HIDDEN, ".well-known/x.txt")]
    for path in (*places, f"kept/{assets}/.git/a.csv"):
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text("hidden", encoding="utf-8")
    return target


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
    """All but the theme's own files are asked for anew each time, the texts of the search too."""
    for path in published(target / "current"):
        if path.endswith((".gz", ".br", "index.html")) or "/." in f"/{path}":
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
        ".well-known/",
        ".well-known/nothing",
        "assets/%2e%2e/lock",
        "assets/%2egit/config",
        "%2egit/config",
        "kept/",
        "releases/",
        *HIDDEN,
    ],
)
def test_what_is_not_there_is_the_sites_own_page(server: str, path: str, target: Path) -> None:
    """Folders are not listed, and hidden files are not there."""
    status, headers, data = get(server, path, Accept_Encoding="identity")
    assert status == 404
    assert headers["cache-control"] == "no-cache"
    assert data == (target / "current/404.html").read_bytes()


def test_hidden_files_are_not_there_among_what_is_kept_either(server: str, target: Path) -> None:
    folder = asset(target, "notices.css").rpartition("/")[0]
    assert get(server, f"{folder}/.git/a.csv")[0] == 404


def test_files_of_well_known_are_there(server: str) -> None:
    assert get(server, ".well-known/x.txt")[2] == b"hidden"


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


WITHDRAWN = ("虚构的只写一次的话", "虚构编号甲七八九")
MASKED = "虚构编号甲**九"
ITEM = f"data/notices/{SAMPLE}/items/1-3-2.yml"


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A site with words in an item and a page, and the one after these words were withdrawn."""
    project = copy_project(tmp_path_factory.mktemp("withdrawn") / "project")
    item, page = project / ITEM, project / "content/about.md"
    words, plain_number = WITHDRAWN
    given = [path.read_text(encoding="utf-8") for path in (item, page)]
    item.write_text(f"goal: {words}\n{given[0]}", encoding="utf-8")
    page.write_text(f"{given[1]}\n{plain_number}。\n", encoding="utf-8")
    before = build(project, project.parent / "before")
    item.write_text(f"audience: party\n{given[0]}", encoding="utf-8")
    page.write_text(f"{given[1]}\n{MASKED}。\n", encoding="utf-8")
    return before, build(project, project.parent / "after")


@pytest.mark.parametrize("serve", [nginx, caddy], ids=["nginx", "caddy"])
def test_words_that_are_withdrawn_can_be_fetched_under_no_address(
    before_and_after: tuple[Path, Path], serve: Serve, tmp_path: Path
) -> None:
    """Each name of the release before, in each encoding, gives what the site has now, or nothing;
    only the theme's own files stay.
    """
    before, after = before_and_after
    target = tmp_path / "srv"
    publish(target, before)
    with serve(target, tmp_path / "web") as address:
        old = published(before)
        for words in WITHDRAWN:
            assert any(words.encode() in (before / path).read_bytes() for path in old)
        publish(target, after)
        for path, encoding in itertools.product(old, ("identity", "gzip", "br")):
            status, headers, data = get(address, path, Accept_Encoding=encoding)
            if status != 404:
                now = (target / "kept" if is_lasting(path) else after) / path
                assert plain(data, headers) == now.read_bytes(), (path, encoding)
            assert not any(words.encode() in plain(data, headers) for words in WITHDRAWN)


def plain(data: bytes, headers: dict[str, str]) -> bytes:
    """Return what was sent as it was before it was compressed."""
    decode: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.decompress, "br": brotli.decompress}
    return decode.get(headers.get("content-encoding", ""), bytes)(data)


@pytest.mark.parametrize("judge", [judge_nginx, judge_caddy], ids=["nginx", "caddy"])
def test_the_server_finds_nothing_to_warn_of(
    judge: Callable[[Path, Path], str], target: Path, tmp_path: Path
) -> None:
    said = judge(target, tmp_path)
    assert "warn" not in said.lower()
    assert re.search("successful|Valid configuration", said)
