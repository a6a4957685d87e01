"""The feed, and the page of changes, as they stand in a built site."""

from __future__ import annotations

import datetime
import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest
from selectolax.lexbor import LexborHTMLParser

from notices.catalogue import load
from notices.changes import Change, Entry, Record
from notices.feed import MOST, make_feed
from publishing import git
from sitehouse import SAMPLE, build

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://notices.example.org/below/"
ITEM = f"data/notices/{SAMPLE}/items/1-3-2.yml"
UPDATE = """\
updates:
  - {date: 2026-01-02, text: "虚构的 <进展> & 说明", source: 虚构报告, status: completed}
"""


@pytest.fixture(scope="module")
def changed(two_notices: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a repository in which two notices were taken in, and then an item had news."""
    project = shutil.copytree(two_notices, tmp_path_factory.mktemp("changed") / "project")
    shutil.copy(two_notices / "mkdocs.yml", project)
    (project / ".gitignore").write_text("/.cache/\n/.*.new/\n", encoding="utf-8")
    git(project, "init", "--quiet", "--initial-branch=main")
    for day, text in (("2026-01-01", ""), ("2026-01-03", UPDATE)):
        path = project / ITEM
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
        git(project, "add", "--all")
        when = {"GIT_COMMITTER_DATE": f"{day}T09:00:00+0800"}
        git(project, "commit", "--quiet", "--message", "不公开的说明", **when)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", BASE)
        return build(project, tmp_path_factory.mktemp("changed") / "site")


@pytest.fixture(scope="module")
def feed(changed: Path) -> ET.Element:
    return ET.fromstring((changed / "feed.xml").read_text(encoding="utf-8"))


def text(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def test_the_page_tells_old_and_new_side_by_side(changed: Path) -> None:
    tree = LexborHTMLParser((changed / "changes/index.html").read_text(encoding="utf-8"))
    newest, first = tree.css("section.change")
    assert " ".join(newest.text(separator=" ").split()).startswith(
        "2026年1月3日 大连双D高科产业发展有限公司党支部巡察整改情况 "
        "1-3-2 清退园区企业非法占房工作迟缓 "
        "整改状态： 未标注 → 已完成 依据2026年1月2日的进展（虚构报告） "
        "增加进展： 2026年1月2日：虚构的 <进展> & 说明（状态：已完成；来源：虚构报告）"
    )
    (link,) = newest.css(".change__place a")
    assert link.attributes["href"] == f"../notices/{SAMPLE}/#1-3-2"
    assert first.text().count("收录通报") == 2
    assert "不公开的说明" not in str(tree.html)


def test_every_entry_of_the_feed_is_whole(feed: ET.Element, changed: Path) -> None:
    """With an id and a day of its own, an absolute link, and words that need no page."""
    entries = feed.findall(f"{ATOM}entry")
    days = [text(entry, "updated")[:10] for entry in entries]
    assert days[:3] == ["2026-01-03", "2026-01-02", "2026-01-01"]
    assert text(feed, "updated") == "2026-01-03T00:00:00+08:00"
    assert len({text(entry, "id") for entry in entries}) == len(entries)
    for entry in entries:
        assert text(entry, "id").startswith("urn:uuid:")
        assert text(entry, "content")
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.attrib["href"].startswith(BASE)
    change, update = entries[:2]
    assert text(update, "title") == "进展：1-3-2 清退园区企业非法占房工作迟缓"
    assert "2026年1月2日：虚构的 <进展> & 说明（状态：已完成）来源：虚构报告" in text(
        update, "content"
    )
    words = LexborHTMLParser(text(change, "content")).text()
    assert "虚构的 <进展> & 说明" in words
    page = (changed / "changes/index.html").read_text(encoding="utf-8")
    anchor = change.find(f"{ATOM}link")
    assert anchor is not None
    assert f'id="{anchor.attrib["href"].partition("#")[2]}"' in page


# https://www.jsonfeed.org/version/1.1/
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string"},
        "home_page_url": {"type": "string", "format": "uri"},
        "feed_url": {"type": "string", "format": "uri"},
        "language": {"const": "zh-CN"},
        "authors": {"items": {"type": "object", "required": ["name"]}, "minItems": 1},
        "items": {
            "items": {
                "type": "object",
                "required": ["id", "url", "title", "date_published"],
                "oneOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "properties": {
                    "url": {"type": "string", "pattern": f"^{BASE}"},
                    "date_published": {
                        "type": "string",
                        "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+]08:00$",
                    },
                },
            }
        },
    },
}


def test_the_json_feed_has_the_same_entries(changed: Path, feed: ET.Element) -> None:
    made = json.loads((changed / "feed.json").read_text(encoding="utf-8"))
    jsonschema.validate(made, JSON_FEED)
    assert (made["home_page_url"], made["feed_url"]) == (BASE, f"{BASE}feed.json")
    told = [
        (item["id"], item["url"], item["title"], item["date_published"],
         item.get("content_html") or item["content_text"])
        for item in made["items"]
    ]  # fmt: skip
    expected = []
    for entry in feed.findall(f"{ATOM}entry"):
        link = entry.find(f"{ATOM}link")
        assert link is not None
        words = [text(entry, name) for name in ("title", "updated", "content")]
        expected.append((text(entry, "id"), link.attrib["href"], *words))
    assert told == expected


def test_every_page_names_the_feeds(changed: Path) -> None:
    for path in changed.rglob("*.html"):
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        for kind, name in (("atom+xml", "feed.xml"), ("feed+json", "feed.json")):
            (link,) = tree.css(f'link[type="application/{kind}"]')
            assert str(link.attributes["href"]).endswith(name)


def test_ids_stay_when_words_are_edited(two_notices: Path) -> None:
    """And when the host changes: a reader must not be told the same twice."""
    catalogue = load(two_notices)[0].public()
    day = datetime.date(2026, 1, 2)
    change = Change("status", SAMPLE, "1-3-2", "整改状态", "未标注", "已完成")
    records = [
        Record([Entry("a" * 40, day, [each], 0)]) for each in (change, change._replace(note="甲"))
    ]
    one, other = (make_feed(catalogue, record) for record in records)
    assert [entry.id for entry in one.entries] == [entry.id for entry in other.entries]


def test_the_feed_holds_the_newest(two_notices: Path) -> None:
    catalogue = load(two_notices)[0].public()
    entries = [
        Entry(f"{n:040}", datetime.date(2026, 1, 1 + n % 28), [], 1) for n in range(MOST + 9)
    ]
    feed = make_feed(catalogue, Record(entries))
    assert len(feed.entries) == MOST
    assert [e.day for e in feed.entries] == sorted((e.day for e in feed.entries), reverse=True)
    assert feed.day == feed.entries[0].day


def test_without_a_history_the_page_says_so(site: Path, two_sites: Path) -> None:
    """A copy of the project that is no repository can be built all the same."""
    page = (two_sites / "changes/index.html").read_text(encoding="utf-8")
    assert "没有取得仓库的全部历史" in page
    ET.fromstring((two_sites / "feed.xml").read_text(encoding="utf-8"))
