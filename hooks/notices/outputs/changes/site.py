"""What differs between two catalogues outside of notices: words, facts and pages of the site."""

from __future__ import annotations

from collections.abc import Iterator

from ...catalogue import annotation
from ...catalogue.notices import Catalogue
from ...catalogue.words import chinese_date
from ...facts import model
from ...facts.head import body_of
from .change import Change, both

UNSEEN = ("government", "edit_uri", "kind", "precompressed", "started_from")
"""What machines alone are told, or only who edits; of what it begins, the record itself tells."""


def of_site(before: Catalogue, after: Catalogue) -> Iterator[Change]:
    """Yield every change of the vocabulary, of the site itself, of its pages and attachments."""
    yield from _vocabulary(before, after)
    yield from _kinds(before, after)
    old, new = _facts(before.site), _facts(after.site)
    for name in new:
        if old[name] != new[name]:
            yield Change("site", "", "", name, old[name], new[name])
    yield from _publishers(before, after)
    yield from _pages(before, after)
    for path in both(before.attachments, after.attachments):
        name = path.removeprefix("content/")
        if path not in before.attachments:
            yield Change("attachment", "", path, "增加附件", "", name)
        elif path not in after.attachments:
            yield Change("attachment", "", path, "不再提供附件", name, "")


def _vocabulary(before: Catalogue, after: Catalogue) -> Iterator[Change]:
    old, new = (
        {word.id: word for word in (*each.vocabulary.statuses, *_findings(each))}
        for each in (before, after)
    )
    for name in both(old, new):
        a, b = old.get(name), new.get(name)
        labels = a.label if a else "", b.label if b else ""
        if labels[0] != labels[1]:
            yield Change("vocabulary", "", "", "状态的名称", *labels)
        definitions = a.definition if a else "", b.definition if b else ""
        if definitions[0] != definitions[1]:
            what = f"状态“{labels[1] or labels[0]}”的含义"
            yield Change("vocabulary", "", "", what, *definitions)


def _findings(catalogue: Catalogue) -> Iterator[model.Term]:
    """Yield the findings that some item has: no others are told."""
    items = (item for notice in catalogue.notices for item in notice.items)
    found = {item.facts.finding.found for item in items if item.facts.finding}
    yield from (each for each in catalogue.vocabulary.findings if each.id in found)


def _kinds(before: Catalogue, after: Catalogue) -> Iterator[Change]:
    """Yield what kinds call otherwise; the notices of one that is new tell of themselves."""
    for name, record in after.kinds.items():
        if old := before.kinds.get(name):
            words = _words_of(old.facts), _words_of(record.facts)
            if words[0] != words[1]:
                yield Change("vocabulary", "", "", f"“{record.facts.noun}”通报里的叫法", *words)


def _words_of(kind: model.Kind) -> str:
    dates = kind.dates
    days = (dates.from_, dates.to, dates.feedback)
    return "、".join(filter(None, (kind.noun, *kind.levels, kind.item, kind.measure, *days)))


def _facts(site: model.Site) -> dict[str, str]:
    """Return what readers see of ``site``, as it is told."""
    security = site.security
    known = {
        "网站名称": site.title,
        "主办单位": site.publisher,
        "导航": "、".join(entry.title for entry in site.navigation or ()),
        "日期按哪里的时间": site.time_zone,
        "ICP备案号": site.icp,
        "公安备案号": site.police,
        "网站标识码": site.site_code,
        "纠错邮箱": site.corrections,
        "下载的格式": None if site.downloads is None else "、".join(site.downloads) or "没有",
        "仓库的网址": site.repo_url,
        "安全漏洞报告方式": security.contact if security else None,
        "安全漏洞报告方式的有效期": chinese_date(security.expires) if security else None,
        "改动记录的第一天": chinese_date(site.changes_since) if site.changes_since else None,
    }
    return {name: value or "" for name, value in known.items()}


def _publishers(before: Catalogue, after: Catalogue) -> Iterator[Change]:
    """Yield what is known otherwise of publishers; of what cannot be read nothing is told."""
    unknown = before.unreadable_publishers | after.unreadable_publishers
    for name in both(before.publishers, after.publishers):
        old, new = (each.publishers.get(name) for each in (before, after))
        if name in unknown:
            continue
        if old and new:
            words = _of_publisher(before, old.facts), _of_publisher(after, new.facts)
            for key in both(*words):
                if words[0].get(key) != words[1].get(key):
                    what = f"发布单位“{new.facts.name}”的{key}"
                    yield Change("site", "", "", what, words[0].get(key, ""), words[1].get(key, ""))
        elif new:
            yield Change("site", "", "", "增加发布单位", "", new.facts.name)
        elif old:
            yield Change("site", "", "", "不再列出发布单位", old.facts.name, "")


def _of_publisher(catalogue: Catalogue, publisher: model.Publisher) -> dict[str, str]:
    """Return what readers see of ``publisher``, as it is told, by what it is called there."""
    parent = catalogue.publishers.get(publisher.parent or "")
    told = {"上级": parent.facts.name} if parent else {}
    parts = [("", publisher), *((each.office or "", each) for each in publisher.contacts)]
    for name, part in parts:
        for fact in annotation.told(part):
            said = fact.words(catalogue.vocabulary)
            label = f"{name}：{fact.label}" if name else fact.label
            told[label] = f"{told[label]}；{said}" if label in told else said
    return told


def _pages(before: Catalogue, after: Catalogue) -> Iterator[Change]:
    for path in both(before.pages, after.pages):
        old, new = _title(before, path), _title(after, path)
        if path not in before.pages:
            yield Change("page", "", path, "增加页面", "", new)
        elif path not in after.pages:
            yield Change("page", "", path, "不再公开页面", old, "")
        elif (words := _words(before, path)) != (others := _words(after, path)):
            yield Change("page", "", path, f"页面“{new or old}”", words, others)


def _title(catalogue: Catalogue, path: str) -> str:
    head = catalogue.heads.get(path)
    return head.title if head and head.title else path.removeprefix("content/")


def _words(catalogue: Catalogue, path: str) -> str:
    """Return what a reader sees of a page: its title and description, and its text."""
    head = catalogue.heads.get(path, model.Head())
    parts = (head.title, head.description, body_of(catalogue.pages[path]).strip())
    return "\n".join(part for part in parts if part)
