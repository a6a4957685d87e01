"""The feed, and the page of changes, as they stand in a built site."""

from __future__ import annotations

import datetime
import json
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from notices.catalogue.loading import load
from notices.catalogue.summary import Archive
from notices.facts import model
from notices.outputs.changes import Change, PublicRecord, RecordEntry
from notices.outputs.changes.feed import MOST, make_feed
from publishing import git
from sitehouse import SAMPLE, build

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://notices.example.org/below/"
FICTIONAL = "fictional-2020"
FIRST = model.Site(publisher="甲")
ITEM = f"data/notices/{SAMPLE}/items/1-3-2.yml"
UPDATE = """\
updates:
  - {date: 2026-01-02, text: "虚构的 <进展> & 说明", source: 虚构报告, status: completed}
"""


@pytest.fixture(scope="module")
def changed(two_notices: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a repository in which two notices were taken in, and then an item had news."""
    project = shutil.copytree(two_notices, tmp_path_factory.mktemp("changed") / "project")
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
def archive(two_notices: Path) -> Archive:
    return Archive.of(load(two_notices)[0].public())


@pytest.fixture(scope="module")
def feed(changed: Path) -> ET.Element:
    return ET.fromstring((changed / "feed.xml").read_text(encoding="utf-8"))


def text(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def test_the_page_tells_each_day_in_a_sentence_and_folds_old_and_new(changed: Path) -> None:
    """From the newest, with links to what changed, and with no name of a commit to be read."""
    tree = LexborHTMLParser((changed / "changes/index.html").read_text(encoding="utf-8"))
    newest, first = tree.css("section.change")
    assert [each.css(".change__said")[0].text() for each in (newest, first)] == [
        "1个问题更新了进展（shuangd-2023/1-3-2）。",
        "收录2份通报（虚构单位、双D高科党支部）。",
    ]
    for place in newest.css(".change__said a"):
        assert place.attributes["href"] == f"../notices/{SAMPLE}/#1-3-2"
    commits = [str(each.attributes["id"])[2:] for each in tree.css("section.change span[id]")]
    assert len(commits) == 2
    assert not [each for each in commits if each in tree.css("main")[0].text()]
    assert tree.css("details[open]") == []
    assert " ".join(newest.css("details")[0].text(separator=" ").split()) == (
        "改前改后 大连双D高科产业发展有限公司党支部巡察整改情况 "
        "shuangd-2023/1-3-2 清退园区企业非法占房工作迟缓 "
        "整改状态： 原文未写明 → 已完成 依据2026年1月2日的进展（虚构报告） "
        "增加进展： 2026年1月2日：虚构的 <进展> & 说明（状态：已完成；来源：虚构报告）"
    )
    (link,) = newest.css(".change__place a")
    assert link.attributes["href"] == f"../notices/{SAMPLE}/#1-3-2"
    assert first.text().count("收录通报") == 2
    assert "不公开的说明" not in str(tree.html)


def test_home_tells_what_changed_last_and_leads_there(changed: Path) -> None:
    tree = LexborHTMLParser((changed / "index.html").read_text(encoding="utf-8"))
    (line,) = tree.css(".latest-changes")
    assert line.text() == "最近改动：2026年1月3日，1个问题更新了进展（shuangd-2023/1-3-2）。"
    assert line.css("a")[0].attributes["href"] == "changes/#d-2026-01-03"


def test_every_entry_of_the_feed_is_whole(feed: ET.Element, changed: Path) -> None:
    """With an id and a day of its own, an absolute link, and words that need no page."""
    entries = feed.findall(f"{ATOM}entry")
    days = [text(entry, "updated")[:10] for entry in entries]
    assert days == ["2026-01-03", "2026-01-01", "2026-01-01"], "one for each notice and commit"
    assert text(feed, "updated") == "2026-01-03T00:00:00+08:00"
    assert len({text(entry, "id") for entry in entries}) == len(entries)
    for entry in entries:
        assert text(entry, "id").startswith("urn:uuid:")
        assert text(entry, "content")
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.attrib["href"].startswith(BASE)
    change = entries[0]
    title = "2026年1月3日公开内容的改动：大连双D高科产业发展有限公司党支部巡察整改情况"
    assert text(change, "title") == f"{title}（shuangd-2023/1-3-2）"
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
                "required": ["id", "url", "title", "date_published", "content_html"],
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
         item["content_html"])
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
        folder = path.parent.name
        own = [""] if folder.startswith("publisher-") and "_" not in folder else []
        for kind, name in (("atom+xml", "feed.xml"), ("feed+json", "feed.json")):
            found = tree.css(f'link[type="application/{kind}"]')
            links = [str(each.attributes["href"]) for each in found]
            assert len(links) == 1 + len(own)
            assert {each + name for each in own} <= {*links}
            assert all(each.endswith(name) for each in links)


def test_a_publisher_has_a_feed_of_what_changed_of_its_notices(changed: Path) -> None:
    """With entries that the feed of the site has, too, and an id of its own."""
    every = ET.fromstring((changed / "feed.xml").read_text(encoding="utf-8"))
    known = {text(entry, "id"): text(entry, "title") for entry in every.iter(f"{ATOM}entry")}
    ids = set()
    for name, titles in (("shuangd", 2), ("xuni", 1), ("jituan", 0)):
        folder = changed / f"archive/publisher-{name}"
        feed = ET.fromstring((folder / "feed.xml").read_text(encoding="utf-8"))
        entries = {text(each, "id"): text(each, "title") for each in feed.iter(f"{ATOM}entry")}
        assert entries.items() <= known.items()
        assert len(entries) == titles
        as_json = json.loads((folder / "feed.json").read_text(encoding="utf-8"))
        assert [each["id"] for each in as_json["items"]] == [*entries]
        assert as_json["feed_url"] == f"{BASE}archive/publisher-{name}/feed.json"
        ids.add(text(feed, "id"))
    assert len(ids | {text(every, "id")}) == 4


DAY = datetime.date(2026, 1, 2)


def change(notice: str, kind: str = "status") -> Change:
    return Change(kind, notice, "", "整改状态", "原文未写明", "已完成")


def ids(archive: Archive, entries: Sequence[RecordEntry]) -> dict[tuple[str, str], str]:
    """Return the ids in the feed, by commit and notice."""
    feed = make_feed(archive, PublicRecord(entries, archive.titles))
    return {
        (each.change.commit, each.change.changes[0].notice if each.change.changes else ""): each.id
        for each in feed.entries
    }


def test_ids_stay_when_words_are_edited(archive: Archive) -> None:
    """And when the host changes: a reader must not be told the same twice."""
    records = [
        PublicRecord([RecordEntry("a" * 40, DAY, [each], 0, SAMPLE)])
        for each in (change(SAMPLE), change(SAMPLE)._replace(note="甲"))
    ]
    one, other = (make_feed(archive, record) for record in records)
    assert [entry.id for entry in one.entries] == [entry.id for entry in other.entries]


def test_a_feed_stays_the_same_when_the_publisher_is_called_otherwise(archive: Archive) -> None:
    site = archive.site.model_copy(update={"publisher": "虚构单位"})
    feeds = [
        make_feed(replace(archive, site=each), PublicRecord(founder="甲")).id
        for each in (archive.site, site)
    ]
    assert feeds[0] == feeds[1] == make_feed(replace(archive, site=FIRST), PublicRecord()).id


def test_what_was_published_once_has_the_id_that_it_had(archive: Archive) -> None:
    """Those of the sample stand with subscribers already."""
    entry = RecordEntry(
        "cf72aa77fc55b4b65119b42cce7a679dbfea1d73", DAY, [change(SAMPLE)], 0, SAMPLE
    )
    feed = make_feed(archive, PublicRecord([entry]))
    (only,) = feed.entries
    assert feed.id == "urn:uuid:1f6d4cbc-e361-5f62-83b3-2bfc8cfa2360"
    assert only.id == "urn:uuid:af9cb4ce-b1c5-57e2-9bbe-2610ca4283c5"
    assert only.address == "changes/#c-cf72aa77fc55"


def test_each_notice_that_a_commit_changed_has_an_entry(archive: Archive) -> None:
    """And the site outside of all notices, but not the software."""
    changes = [change(FICTIONAL), change(SAMPLE), change("", "page"), change("", "software")]
    feed = make_feed(archive, PublicRecord([RecordEntry("a" * 40, DAY, changes, 0, FICTIONAL)],
                                       archive.titles))  # fmt: skip
    assert [entry.title.partition("：")[2] for entry in feed.entries] == [
        "虚构单位党组织专项巡察整改情况(虚构示例)",
        "大连双D高科产业发展有限公司党支部巡察整改情况",
        "全站",
    ]
    assert [[each.kind for each in entry.change.changes] for entry in feed.entries] == [
        ["status"], ["status"], ["page"],
    ]  # fmt: skip
    assert len({entry.id for entry in feed.entries}) == 3


def test_an_entry_keeps_its_id_when_others_of_its_commit_are_withdrawn(
    archive: Archive,
) -> None:
    commit, both = "a" * 40, [change(FICTIONAL), change(SAMPLE)]
    before = ids(archive, [RecordEntry(commit, DAY, both, 0, FICTIONAL)])
    after = ids(archive, [RecordEntry(commit, DAY, both[1:], 1, FICTIONAL)])
    assert after[commit, SAMPLE] == before[commit, SAMPLE]
    assert after[commit, ""] == before[commit, FICTIONAL], "what is withdrawn is still counted"


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from([SAMPLE, FICTIONAL, ""]), min_size=1, unique=True),
            st.booleans(),
        ),
        max_size=12,
    )
)
@settings(max_examples=300)
def test_ids_stay_whatever_comes_between(
    archive: Archive, history: list[tuple[list[str], bool]]
) -> None:
    """Entries of other commits, before and after, do not change an id."""
    entries = [
        RecordEntry(f"{n:040}", DAY, [*map(change, notices)], 0, next(filter(None, notices), ""))
        for n, (notices, _) in enumerate(history)
    ]
    published = [entry for entry, (_, early) in zip(entries, history, strict=True) if early]
    before, after = ids(archive, published), ids(archive, entries)
    assert before.items() <= after.items()
    assert len({*after.values()}) == len(after)


def test_the_feed_holds_the_newest(archive: Archive) -> None:
    entries = [
        RecordEntry(f"{n:040}", datetime.date(2026, 1, 1 + n % 28), [], 1) for n in range(MOST + 9)
    ]
    feed = make_feed(archive, PublicRecord(entries))
    assert len(feed.entries) == MOST
    moments = [entry.moment for entry in feed.entries]
    assert moments == sorted(moments, reverse=True)
    assert feed.moment == moments[0]


def test_without_a_history_the_page_says_so(site: Path, two_sites: Path) -> None:
    """A copy of the project that is no repository can be built all the same."""
    page = (two_sites / "changes/index.html").read_text(encoding="utf-8")
    assert "没有取得仓库的全部历史" in page
    ET.fromstring((two_sites / "feed.xml").read_text(encoding="utf-8"))
