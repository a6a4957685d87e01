"""Dead links: each kind is found, and nothing else is taken for one."""

from __future__ import annotations

import http.server
import json
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from notices.command import main
from notices.problem import Faulty
from notices.proof import links
from once import once
from sitehouse import ROOT, SAMPLE, SAMPLE_ROOT, build

BASE = "https://notices.example.org/below/"
PAGE = "about/index.html"
CASES = yaml.safe_load((ROOT / "tests/cases/links.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built for an address below a path."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", BASE)
        made = once(tmp_path_factory, "linked", lambda folder: build(SAMPLE_ROOT, folder / "site"))
    return made / "site"


def test_the_real_site_has_no_dead_link(site: Path, linked: Path) -> None:
    """Whether it knows its address or not, and where it is below a path."""
    assert links.check(site) == []
    assert links.check(linked) == []


@pytest.mark.parametrize("case", CASES["dead"], ids=[case["name"] for case in CASES["dead"]])
def test_a_dead_link_is_found(linked: Path, tmp_path: Path, case: dict[str, str]) -> None:
    """With its line, and what it leads to."""
    site = plant(linked, tmp_path / "site", case)
    (problem,) = links.check(site)
    file = site / problem.place.path
    line = file.read_text(encoding="utf-8").splitlines()[problem.place.line - 1]
    assert case.get("at", case["new"].splitlines()[-1]) in line
    assert problem.place.path == case.get("file", PAGE)
    assert problem.rule == case.get("rule", "dead-link")
    assert problem.message == case["message"]


@pytest.mark.parametrize("case", CASES["alive"], ids=[case["name"] for case in CASES["alive"]])
def test_a_link_that_leads_somewhere_is_none(
    linked: Path, tmp_path: Path, case: dict[str, str]
) -> None:
    assert links.check(plant(linked, tmp_path / "site", case)) == []


def plant(source: Path, site: Path, case: dict[str, str]) -> Path:
    """Return a copy of ``source`` in which the change of ``case`` is made."""
    shutil.copytree(source, site)
    file = site / case.get("file", PAGE)
    if file.exists():
        text, old = file.read_text(encoding="utf-8"), case.get("old", "</article>")
        assert text.count(old) == 1
        file.write_text(text.replace(old, case["new"]), encoding="utf-8")
    else:
        file.parent.mkdir(exist_ok=True)
        file.write_text(case["new"], encoding="utf-8")
    return site


DOCUMENTS = ("items.xlsx", "notice.docx")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_address_in_a_document_is_found(linked: Path, tmp_path: Path, name: str) -> None:
    """Written there as text or as a link."""
    site = shutil.copytree(linked, tmp_path / "site")
    path = f"notices/{SAMPLE}/{name}"
    with zipfile.ZipFile(site / path, "a") as archive:
        archive.writestr("x.rels", f'<Relationship Target="{BASE}nothing/"/>')
    (problem,) = links.check(site)
    assert (problem.place.path, problem.rule) == (path, "dead-link")
    assert problem.message == "链接到 nothing，网站上没有这个页面或文件"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_that_is_none_has_no_address(tmp_path: Path, name: str) -> None:
    for data in (b"", b"PK\x03\x04", b"0" * 400):
        (tmp_path / "notices").mkdir(exist_ok=True)
        (tmp_path / "notices" / name).write_bytes(data)
        assert links.check(tmp_path) == []


def test_an_address_in_a_pdf_is_found(linked: Path, tmp_path: Path) -> None:
    site = shutil.copytree(linked, tmp_path / "site")
    path = f"notices/{SAMPLE}/notice.pdf"
    with (site / path).open("ab") as file:
        file.write(f"<< /S /URI /URI ({BASE}nothing/) >>".encode())
    assert [problem.place.path for problem in links.check(site)] == [path]


def test_documents_of_others_are_not_opened(linked: Path, tmp_path: Path) -> None:
    """What an editor attached may be damaged, or hold addresses that are no affair of ours."""
    site = shutil.copytree(linked, tmp_path / "site")
    for name in ("x.docx", "x.xlsx", "x.pdf"):
        (site / "about" / name).write_bytes(b"PK\x03\x04" + f"({BASE}nothing/)".encode())
    assert links.check(site) == []


def test_a_site_that_knows_no_address_gives_none(site: Path, tmp_path: Path) -> None:
    change = {"file": "catalogue.json", "old": '"url": "./"', "new": '"url": "https://x.example/"'}
    (problem,) = links.check(plant(site, tmp_path / "site", change))
    assert problem.rule == "foreign-address"
    assert problem.message == "https://x.example/ 不是本站的网址：本站在 没有说明的地方"


def test_a_site_without_a_manifest_stands_where_its_home_page_says(
    linked: Path, tmp_path: Path
) -> None:
    site = shutil.copytree(linked, tmp_path / "site")
    (site / "manifest.json").unlink()
    assert links.own_address(site) == links.own_address(linked) == BASE


def test_a_dead_link_stops_the_build(clone: Path) -> None:
    fragment = clone / "theme/fragments/site/proof.html"
    fragment.write_text("<a href='../nothing/'>甲</a>", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"about/index.html:\d+:\d+: \[dead-link\] 链接到 no"):
        build(clone, clone / "site")
    assert not (clone / "site").exists()


def test_a_copy_under_another_name_gives_the_same_list(linked: Path, tmp_path: Path) -> None:
    case = {"new": '<a href="../b/">甲</a><a href="../a/">乙</a></article>'}
    lists = [links.check(plant(linked, tmp_path / name, case)) for name in ("x", "y")]
    assert lists[0] == lists[1]
    assert len(lists[0]) == 2


class Others(http.server.BaseHTTPRequestHandler):
    """Other sites: one that is gone, one that answers the third time, one that refuses programs."""

    asked = 0

    def do_GET(self) -> None:
        if self.path == "/at-last":
            Others.asked += 1
        gone = self.path == "/gone" or (self.path == "/at-last" and Others.asked < 3)
        status = 403 if self.path == "/refuses" else 503 if gone else 200
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815 (the name that the library asks for)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def others() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Others) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


SETTINGS = {"lychee.toml": "exclude = ['.*']", ".lycheeignore": ".*"}


def test_links_to_others_are_reported_and_stop_nothing(
    linked: Path,
    others: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Who answers after some tries is there, and so is who refuses programs; what is set for lychee
    where it is run changes nothing.
    """
    monkeypatch.setattr("notices.proof.links.others._PAUSE", 0)
    monkeypatch.chdir(tmp_path)
    for name in ("lychee.toml", ".lycheeignore"):
        (tmp_path / name).write_text(SETTINGS[name], encoding="utf-8")
    Others.asked = 0
    names = ("gone", "at-last", "refuses", "there")
    new = "".join(f'<a href="{others}{name}">甲</a>' for name in names)
    site = plant(linked, tmp_path / "site", {"new": f"{new}</article>"})
    assert links.check(site) == []
    report = tmp_path / "report.md"
    arguments = ["links", str(site), "--external", "--report", str(report), "--format", "json"]
    assert main([*arguments, "--root", str(tmp_path)]) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["path"], found["rule"]) == (PAGE, "dead-external-link")
    assert f"打不开 {others}gone" in found["message"]
    assert f"- `{PAGE}` 打不开 {others}gone" in report.read_text(encoding="utf-8")
    assert Others.asked == 3


def test_a_checker_that_is_not_there_or_fails_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path))
    with pytest.raises(Faulty, match=r"\[program-missing\] 用不了检查链接的 lychee"):
        links.check_others(tmp_path)
    (tmp_path / "lychee").write_text("#!/bin/sh\necho no >&2\nexit 3\n", encoding="utf-8")
    (tmp_path / "lychee").chmod(0o755)
    with pytest.raises(Faulty, match=r"\[program-failed\] lychee 没有检查完：no"):
        links.check_others(tmp_path)


def test_no_report_is_written_when_all_is_well(site: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    arguments = ["links", str(site), "--external", "--report", str(report)]
    assert main([*arguments, "--root", str(tmp_path)]) == 0
    assert not report.exists()
