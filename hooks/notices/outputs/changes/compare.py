"""What differs between two catalogues, item by item, in the order of the text.

Both are the public's: what is withheld in one of them is not in it, and so comes or goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...catalogue import annotation
from ...catalogue.notices import Catalogue, Item, Measure, Notice
from ...facts import model
from ...facts.model import Vocabulary as Words
from ...text.outline import Id
from .cells import NOTHING, Passages, changed
from .change import Change, both
from .site import of_site
from .updates import paired


def compare(before: Catalogue, after: Catalogue) -> list[Change]:
    """Return every change from ``before`` to ``after``."""
    return [*_notices(before, after), *of_site(before, after)]


def _notices(before: Catalogue, after: Catalogue) -> Iterator[Change]:
    old = {notice.id: notice for notice in before.notices}
    new = {notice.id: notice for notice in after.notices}
    for name in both(old, new):
        if name not in old:
            yield Change("notice-added", name, "", "收录通报", "", new[name].facts.title)
        elif name not in new:
            yield Change("notice-removed", name, "", "不再公开", old[name].facts.title, "")
        else:
            yield from _notice(old[name], new[name], before.vocabulary, after.vocabulary)


def _notice(old: Notice, new: Notice, was: Words, now: Words) -> Iterator[Change]:
    if old.approved_sha256 != new.approved_sha256:
        digests = old.approved_sha256, new.approved_sha256
        yield Change("approved-text", new.id, "", "批准文本的 SHA-256", *digests)
    about = Change("", new.id, "", "", "", "")
    yield from _facts(about, _told(old, was), _told(new, now))
    before, after = _offices(old), _offices(new)
    for name in both(before, after):
        pair = _told(before.get(name), was), _told(after.get(name), now)
        yield from _facts(about._replace(what=name and f"{name}的"), *pair)
    yield from _oddities(old, new)
    items: dict[str, Item] = {each.id: each for each in old.items}
    others: dict[str, Item] = {each.id: each for each in new.items}
    texts, words = _texts(old), _texts(new)
    for section in both(texts, words):
        if section in others and section not in items:
            title = others[section].facts.title
            yield Change("item-added", new.id, section, "新增", "", title)
        elif section in items and section not in others:
            title = items[section].facts.title
            yield Change("item-removed", new.id, section, "不再公开", title, "")
        else:
            if section in items:
                yield from _item(new.id, items[section], others[section], was, now)
            said, says = texts.get(section, NOTHING), words.get(section, NOTHING)
            for what, a, b in changed(said, says):
                yield Change("text", new.id, section, what, a, b)


def _offices(notice: Notice) -> dict[str, model.Contact]:
    """Return the contacts of ``notice`` by what they are called, "" for the only one."""
    several = len(notice.contacts) > 1
    return {
        (each.office or f"第{number}个联系方式") if several else "": each
        for number, each in enumerate(notice.contacts, 1)
    }


def _oddities(old: Notice, new: Notice) -> Iterator[Change]:
    """Yield what is said otherwise of an oddity, each at the section that it stands in."""
    notes, others = _notes(old), _notes(new)
    # One that is only called otherwise, and says the same, is no news.
    for key in [key for key in notes if key not in others]:
        same = (each for each in others if each not in notes and others[each] == notes[key])
        if (other := next(same, None)) is not None:
            del notes[key], others[other]
    for key in dict.fromkeys((*notes, *others)):
        at = _section_at(key[1], old, new)
        a, b = notes.get(key, ""), others.get(key, "")
        if a != b:
            yield Change("fact", new.id, at, "原文中的出入", a, b)


def _section_at(at: str, *notices: Notice) -> str:
    """Return the section that the place ``at`` of a note is, or whose measure it is, or ""."""
    known = {section.id for notice in notices for section in notice.narrative.all_sections}
    return next((each for each in (Id(at), *reversed(Id(at).path)) if each in known), "")


def _notes(notice: Notice) -> dict[tuple[str, str], str]:
    return {(each.rule, each.at): each.note for each in notice.facts.known_discrepancies}


def _item(notice: str, old: Item, new: Item, was: Words, now: Words) -> Iterator[Change]:
    about = Change("", notice, new.id, "", "", "")
    stood = _standing(old, was), _standing(new, now)
    yield from _status(about._replace(what="整改状态"), *stood)
    measures = {each.id: each for each in old.measures}
    for measure in new.measures:
        before = measures.get(measure.id)
        name = f"措施“{annotation.measure_name(measure)}”的"
        of_measure = about._replace(what=name, measure=measure.id)
        stood = _standing(before, was), _standing(measure, now)
        yield from _status(of_measure._replace(what=f"{name}状态"), *stood)
        yield from _facts(of_measure, _told(before, was), _told(measure, now))
    for one, other in paired(old.facts.updates, new.facts.updates):
        what = "改正进展" if one and other else "增加进展" if other else "删去进展"
        pair = ((one, was), (other, now))
        words = (annotation.sentence(each, vocabulary) if each else "" for each, vocabulary in pair)
        yield Change("update", notice, new.id, what, *words)
    yield from _facts(about, _told(old, was), _told(new, now))


def _status(about: Change, old: tuple[str, str], new: tuple[str, str]) -> Iterator[Change]:
    """Yield what differs of a status and its basis, as ``about`` with that filled in."""
    (before, why), (after, since) = old, new
    if before != after:
        yield about._replace(kind="status", before=before, after=after, note=since)
    elif why != since:
        what = f"{about.what}不变，依据"
        yield about._replace(kind="basis", what=what, before=why, after=since)


_Told = Mapping[str, tuple[str, str]]


def _facts(about: Change, old: _Told, new: _Told) -> Iterator[Change]:
    """Yield what differs of other facts, as ``about`` with that filled in."""
    for key in both(old, new):
        (label, a), (called, b) = old.get(key, ("", "")), new.get(key, ("", ""))
        if a != b:
            what = f"{about.what}{called or label}"
            yield about._replace(kind="fact", what=what, before=a, after=b)


def _texts(notice: Notice) -> dict[str, Passages]:
    """Return what stands in each section, but for the sections in it."""
    sections = notice.narrative.all_sections
    preamble = Passages(notice.narrative.preamble)
    return {"": preamble, **{each.id: Passages.of(each) for each in sections}}


def _told(thing: Any, words: Words) -> dict[str, tuple[str, str]]:
    """Return label and words of what is known of ``thing`` by its key, but for where it stands."""
    known = annotation.told(thing) if thing else []
    known = [each for each in known if each.key not in annotation.STANDING]
    return {each.key: (each.label, each.words(words)) for each in known}


def _standing(thing: Item | Measure | None, words: Words) -> tuple[str, str]:
    """Return the status of ``thing`` and why it holds; without a reason, that is ""."""
    known = {each.key: each.words(words) for each in annotation.standing(thing)} if thing else {}
    return known.get("status", words.label(model.UNSTATED)), known.get("basis", "")
