"""Drafts: a small sound project of which one thing is changed, any field or the approved text."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from admitting import FILLER, SHORT, TEXTS, WORD, Leaf, leaves, put, sound
from notices.catalogue.saying import number
from notices.facts import model
from notices.text.table import write_row
from sitehouse import ROOT, SAMPLE_ROOT

NOTICE = "fictional-2020"
NOTICE_FILE, ITEM_FILE = (
    f"data/notices/{NOTICE}/notice.yml",
    f"data/notices/{NOTICE}/items/1-1-1.yml",
)
TEXT, APPROVED = f"content/notices/{NOTICE}.md", f"data/notices/{NOTICE}/approved.txt"
SITE, WORDS, PAGE = "data/site.yml", "data/vocabulary.yml", "content/about.md"
KIND, SYNONYMS = "data/kinds/inspection.yml", "data/synonyms.yml"
PUBLISHER, ABOVE = "data/publishers/xuni.yml", "data/publishers/above.yml"
MODELS: dict[str, type[model.Facts]] = {
    NOTICE_FILE: model.Notice,
    ITEM_FILE: model.Item,
    SITE: model.Site,
    WORDS: model.Vocabulary,
    KIND: model.Kind,
    PUBLISHER: model.Publisher,
    SYNONYMS: model.Synonyms,
    PAGE: model.Head,
}
VOCABULARY = yaml.safe_load((SAMPLE_ROOT / WORDS).read_text(encoding="utf-8"))
INSPECTION = yaml.safe_load((SAMPLE_ROOT / KIND).read_text(encoding="utf-8"))
FOUND = [each["id"] for each in VOCABULARY["findings"]]
STATUSES = [each["id"] for each in VOCABULARY["statuses"]]
PAGES = sorted(path.name for path in (SAMPLE_ROOT / "content").glob("*.md"))
FRAGMENTS = sorted(path.stem for path in (ROOT / "theme/fragments/site").glob("*.html"))
ABOUT = "\n\n".join(["# 甲 {#verify}", *(f"[[{name}]]" for name in FRAGMENTS)])
"""A page that has all that any page of the site may have."""
DECISION = {"document": {"title": "虚构报告", "date": datetime.date(2020, 5, 6)}}


@dataclass
class Draft:
    """What people wrote: the facts by their file, and the text that was approved."""

    facts: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {
            NOTICE_FILE: sound(model.Notice),
            ITEM_FILE: {"title": "台账不全"},
            SITE: {"publisher": "虚构单位"},
            WORDS: deepcopy(VOCABULARY),
            KIND: deepcopy(INSPECTION),
            PUBLISHER: {"name": FILLER},
            SYNONYMS: {"synonyms": []},
            PAGE: {},
        }
    )
    preamble: str = "本通报为虚构示例。"
    heading: str = "针对“台账不全”的问题"
    paragraphs: list[str] = field(default_factory=lambda: ["一是登记台账。"])
    columns: list[str] = field(default_factory=list)
    """What the head of a table says that stands before all else."""
    is_plain: bool = False
    """Whether it has no items."""

    def narrative(self) -> str:
        head = [write_row(self.columns), "|---|", "甲"] if self.columns else []
        return "\n\n".join([*head, self._narrative()])

    def _narrative(self) -> str:
        if self.is_plain:
            return "\n\n".join([self.preamble, *self.paragraphs, ""])
        groups = "## 虚构的工作 {#1}\n\n### 虚构的台账 {#1-1}"
        parts = [self.preamble, groups, f"#### {self.heading} {{#1-1-1}}", *self.paragraphs]
        return "\n\n".join([*parts, ""])

    def approved(self) -> str:
        head = ["\t".join(self.columns), "甲"] if self.columns else []
        return "\n".join([*head, self._approved()])

    def _approved(self) -> str:
        if self.is_plain:
            return "\n".join([self.preamble, *self.paragraphs, ""])
        parts = [self.preamble, "虚构的工作", "虚构的台账", self.heading, *self.paragraphs]
        return "\n".join([*parts, ""])

    def change(self, name: tuple[str, ...], value: Any) -> None:
        """Give the field, or that part of the text, that is called ``name`` another value."""
        path, *keys = name
        if keys:
            self._fact(path, keys, value)
        elif path == "heading":
            self.heading = self.facts[ITEM_FILE]["title"] = value
        elif path == "paragraphs":
            self.paragraphs += [value, f"二是{value}"]
        else:
            self.preamble = value

    def _fact(self, path: str, keys: list[str], value: Any) -> None:
        if path == WORDS:
            self.facts[path] = {"statuses": []}
        given = tuple(int(key) if key in "01" else key for key in keys)
        put(MODELS[path], self.facts[path], given, value)
        fits = (FITS.get((path, *keys[:end])) for end in range(len(keys), 0, -1))
        if fit := next(filter(None, fits), None):
            fit(self, value)

    def write(self, project: Path, style: str | None) -> None:
        texts = {TEXT: self.narrative(), APPROVED: self.approved()}
        for path, facts in self.facts.items():
            texts[path] = written(facts, style)
        texts[ABOVE] = "name: 上级单位\n"
        texts[PAGE] = f"---\n{texts[PAGE]}---\n\n{ABOUT}\n" if self.facts[PAGE] else f"{ABOUT}\n"
        if self.is_plain:
            del texts[ITEM_FILE]
            (project / ITEM_FILE).unlink(missing_ok=True)
            WRITTEN.pop(project / ITEM_FILE, None)
        if "attachments" in self.facts[NOTICE_FILE]:
            texts["content/fujian.gif"] = "GIF89a"
        for path, text in texts.items():
            write(project / path, text)


WRITTEN: dict[Path, str] = {}


def write(path: Path, text: str) -> None:
    """Write ``text`` unless it stands there already: most files of two drafts are the same."""
    if WRITTEN.get(path) != text:
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        WRITTEN[path] = text


def written(facts: dict[str, Any], style: str | None) -> str:
    """Return ``facts`` as YAML: texts in quotes of that ``style``, or as the library thinks fit."""
    made: str = yaml.dump(facts, Dumper=DUMPERS[style], allow_unicode=style != '"', width=10**9)
    return made


def _dumper(style: str | None) -> type[yaml.SafeDumper]:
    class Quoting(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
        """One of its own, so that the library's stays as it is."""

    Quoting.add_representer(
        str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style)
    )
    return Quoting


DUMPERS = {style: _dumper(style) for style in (None, "'", '"')}


# --- What a field needs beside it to be sound ---------------------------------------------------

Fit = Callable[[Draft, Any], None]


def with_basis(draft: Draft, _: Any) -> None:
    """A status needs a basis, and a basis a status."""
    for facts in (draft.facts[ITEM_FILE], draft.facts[ITEM_FILE].get("measures", {}).get(1, {})):
        if "basis" in facts:
            facts.setdefault("status", "completed")
        elif facts.get("status", "unstated") != "unstated":
            facts["basis"] = deepcopy(DECISION)


def with_quote(draft: Draft, text: Any) -> None:
    with_basis(draft, text)
    draft.paragraphs = [f"一是{text}。"]


def fill(facts: dict[str, Any], **usual: Any) -> None:
    """Put what is usual where nothing in particular was given."""
    facts |= {key: value for key, value in usual.items() if facts.get(key, FILLER) == FILLER}


def with_oddity(draft: Draft, _: Any) -> None:
    """An oddity that is there: of two items that are stated one can be counted."""
    facts = draft.facts[NOTICE_FILE]
    ((key, count),) = facts.setdefault("stated", {WORD: 2}).items()
    if count != 1:
        (oddity,) = facts.setdefault("known_discrepancies", [{}])
        fill(oddity, rule="stated-total", at=key, note=FILLER)


def with_false_alarm(draft: Draft, _: Any) -> None:
    draft.paragraphs = ["一是登记台账,金额待补充。"]
    fill(draft.facts[NOTICE_FILE]["accepted"][0], rule="placeholder", at="1-1-1")


def with_personal(draft: Draft, _: Any) -> None:
    (facts,) = draft.facts[NOTICE_FILE]["allowed_personal"]
    fill(facts, value="13800138000")
    draft.paragraphs = [f"一是登记台账,电话{facts['value']}。"]


def with_title(draft: Draft, text: Any) -> None:
    draft.heading = f"针对“{text}”的问题"


def with_document(draft: Draft, text: Any) -> None:
    draft.paragraphs = [f"一是印发《{text}》。"]


def with_page(draft: Draft, _: Any) -> None:
    fill(draft.facts[SITE]["navigation"][0], page="about.md")


def with_levels(draft: Draft, _: Any) -> None:
    """Names for the two levels that the text has."""
    notice, kind = draft.facts[NOTICE_FILE], draft.facts[KIND]
    own = notice.get("outline", {}).get("levels", kind["levels"])
    for levels in (kind["levels"], own):
        levels.extend(["里层"] * (2 - len(levels)))


def with_outline(draft: Draft, outline: Any) -> None:
    draft.is_plain = outline == "text"
    if not draft.is_plain:
        with_levels(draft, outline)


def with_contact(draft: Draft, _: Any) -> None:
    fill(draft.facts[SITE]["security"], contact="mailto:a@b.example")


def with_words(draft: Draft, _: Any) -> None:
    """A word beside those that there are."""
    draft.facts[WORDS]["statuses"] += VOCABULARY["statuses"]


def with_group(draft: Draft, _: Any) -> None:
    """A word that means the same."""
    draft.facts[SYNONYMS]["synonyms"][0].append(FILLER)


def with_way(draft: Draft, _: Any) -> None:
    draft.preamble = "联系我们:" + "".join(texts_in(draft.facts[NOTICE_FILE]["contact"]))


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text in a value of facts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_in(each)


def with_copied(draft: Draft, _: Any) -> None:
    """What is copied from the text stands in it."""
    notice, item = draft.facts[NOTICE_FILE], draft.facts[ITEM_FILE]
    given = (notice.get("signatures"), notice.get("window", {}).get("quote"))
    draft.preamble += "".join(texts_in(list(given)))
    draft.paragraphs[0] += item.get("printed", "")


def with_total(draft: Draft, value: Any) -> None:
    """No item is completed, and one is unstated."""
    (total,) = draft.facts[NOTICE_FILE]["printed_totals"]
    if "printed" not in total:
        total.setdefault("status", "completed")
    if type(value) is not int:
        total["count"] = int(total.get("status") == "unstated")
    fill(total, quote=f"已完成{total['count']}个")
    draft.preamble = total["quote"]


def with_finding(draft: Draft, _: Any) -> None:
    finding = draft.facts[ITEM_FILE]["finding"]
    fill(finding, found="substantiated")
    if not finding.keys() & {"quote", "document"}:
        finding |= deepcopy(DECISION)
    draft.paragraphs[0] += finding.get("quote", "")


def with_figure(draft: Draft, _: Any) -> None:
    (figure,) = draft.facts[ITEM_FILE]["figures"]
    fill(figure, quote=f"追缴{number(figure['value'])}{figure.get('unit', '元')}")
    draft.paragraphs[0] += figure["quote"]


def with_attachment(draft: Draft, _: Any) -> None:
    fill(draft.facts[NOTICE_FILE]["attachments"][0], file="fujian.gif")


def with_columns(draft: Draft, _: Any) -> None:
    draft.columns = [*draft.facts[NOTICE_FILE]["columns"]]


FITS: dict[tuple[str, ...], Fit] = {
    (ITEM_FILE, "title"): with_title,
    (ITEM_FILE, "status"): with_basis,
    (ITEM_FILE, "documents"): with_document,
    (ITEM_FILE, "basis", "quote"): with_quote,
    (ITEM_FILE, "basis", "document"): with_basis,
    (ITEM_FILE, "measures", "1", "basis", "quote"): with_quote,
    (ITEM_FILE, "measures"): with_basis,
    (NOTICE_FILE, "stated"): with_oddity,
    (NOTICE_FILE, "known_discrepancies"): with_oddity,
    (NOTICE_FILE, "accepted"): with_false_alarm,
    (NOTICE_FILE, "contact"): with_way,
    (NOTICE_FILE, "outline"): with_outline,
    (NOTICE_FILE, "columns"): with_columns,
    (KIND, "levels"): with_levels,
    (NOTICE_FILE, "allowed_personal"): with_personal,
    (NOTICE_FILE, "window", "quote"): with_copied,
    (NOTICE_FILE, "signatures"): with_copied,
    (NOTICE_FILE, "printed_totals"): with_total,
    (NOTICE_FILE, "attachments"): with_attachment,
    (ITEM_FILE, "printed"): with_copied,
    (ITEM_FILE, "finding"): with_finding,
    (ITEM_FILE, "figures"): with_figure,
    (SITE, "navigation"): with_page,
    (SITE, "security"): with_contact,
    (WORDS, "statuses"): with_words,
    (WORDS, "findings"): with_words,
    (WORDS, "overlapping"): with_words,
    (SYNONYMS, "synonyms"): with_group,
}
DONE = SHORT.map(lambda text: f"{text}已经完成")
PERSONAL = st.from_regex("1[3-9][0-9]{9}", fullmatch=True)
LIKELY: dict[tuple[str, ...], st.SearchStrategy[Any]] = {
    (ITEM_FILE, "basis", "quote"): DONE,
    (ITEM_FILE, "measures", "1", "basis", "quote"): DONE,
    (NOTICE_FILE, "known_discrepancies", "0", "rule"): st.just("stated-total"),
    (NOTICE_FILE, "known_discrepancies", "0", "at"): st.just(WORD),
    (NOTICE_FILE, "accepted", "0", "rule"): st.just("placeholder"),
    (NOTICE_FILE, "accepted", "0", "at"): st.just("1-1-1"),
    (NOTICE_FILE, "allowed_personal", "0", "value"): PERSONAL,
    (NOTICE_FILE, "kind"): st.just("inspection"),
    (SITE, "kind"): st.just("inspection"),
    (KIND, "statuses", "0"): st.sampled_from(STATUSES),
    (ITEM_FILE, "finding", "found"): st.sampled_from(FOUND),
    (ITEM_FILE, "figures", "0", "quote"): SHORT.map(lambda text: f"{text} 1元"),
    (NOTICE_FILE, "window", "to"): st.dates(datetime.date(2020, 5, 6)),
    (NOTICE_FILE, "window", "days"): st.just(1),
    (NOTICE_FILE, "window", "working_days"): st.just(1),
    (NOTICE_FILE, "printed_totals", "0", "count"): st.just(0),
    (NOTICE_FILE, "printed_totals", "0", "quote"): SHORT.map(lambda text: f"{text}0个"),
    (NOTICE_FILE, "attachments", "0", "file"): st.just("fujian.gif"),
    (SITE, "navigation", "0", "page"): st.sampled_from(PAGES),
    (PUBLISHER, "parent"): st.just("above"),
    (PUBLISHER, "credit_code"): st.sampled_from(["91110000000000000E", "11000000000000000U"]),
}
"""Values without which a field would hardly ever be sound, beside those of its type."""


def named(path: str, leaf: Leaf) -> tuple[str, ...]:
    return (path, *map(str, leaf.keys))


def values(path: str, leaf: Leaf) -> st.SearchStrategy[Any]:
    likely = LIKELY.get(named(path, leaf))
    if leaf.keys[-1] == "status":
        likely = st.sampled_from(STATUSES)
    return leaf.values if likely is None else likely | leaf.values


FIELDS: dict[tuple[str, ...], st.SearchStrategy[Any]] = {}
for each, kind in MODELS.items():
    for form in leaves(kind):  # of a value that is written in several there are several
        known = FIELDS.get(named(each, form))
        FIELDS[named(each, form)] = (
            values(each, form) if known is None else known | values(each, form)
        )


@dataclass(frozen=True)
class Change:
    """One thing that is changed of a sound project."""

    name: tuple[str, ...]
    value: Any
    style: str | None = None

    def draft(self) -> Draft:
        """Return a project that is sound but for the change, if that is not."""
        draft = Draft()
        draft.change(self.name, self.value)
        return draft


def changes(name: tuple[str, ...]) -> st.SearchStrategy[Change]:
    """Draw what may be typed into the field, or that part of the text, that is called ``name``."""
    if name in FIELDS:
        return st.builds(Change, st.just(name), FIELDS[name], st.sampled_from([*DUMPERS]))
    return st.builds(Change, st.just(name), TEXTS)


GROUPS = {path: [name for name in FIELDS if name[0] == path] for path in MODELS}
GROUPS["the approved text"] = [("preamble",), ("heading",), ("paragraphs",)]
