"""Formats: changes for a terminal, for a pull request and for a program."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from .change import FILES, Change
from .differences import ToldChange, by_place, say

Titles = Mapping[tuple[str, str], str]
"""The titles of notices, as (id, ""), and of sections, as (id of the notice, id of the section)."""

NOTHING = "公众看到的内容没有变化。"
_SITE = "全站"
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&!])")


def text(changes: Sequence[Change], titles: Titles) -> str:
    """Return a few lines for each notice, indented."""
    if not changes:
        return f"{NOTHING}\n"
    lines = []
    for notice, groups in _by_notice(changes):
        lines.append(titles.get((notice, ""), notice) or _SITE)
        for place, group in groups:
            if place:
                lines.append(f"  {_named(place, notice, group[0], titles)}")
            indent = "    " if place else "  "
            said = (_line(say(each), "〔删：{}〕", "〔增：{}〕", str) for each in group)
            lines += [f"{indent}{line}" for line in said]
    return "\n".join([*lines, _total(changes)]) + "\n"


def markdown(changes: Sequence[Change], titles: Titles) -> str:
    """Return headings and lists for the summary of a pull request."""
    if not changes:
        return f"{NOTHING}\n"
    lines = [_total(changes), ""]
    for notice, groups in _by_notice(changes):
        lines += [f"### {_escape(titles.get((notice, ''), notice) or _SITE)}", ""]
        for place, group in groups:
            name = _escape(_named(place, notice, group[0], titles))
            lines += [f"**{name}**", ""] if place else []
            lines += [f"- {_line(say(each), '~~{}~~', '**{}**', _escape)}" for each in group]
            lines.append("")
    return "\n".join(lines)


def json_(changes: Sequence[Change], titles: Titles) -> str:
    """Return a JSON array of objects with the fields of :class:`Change`."""
    return json.dumps([each._asdict() for each in changes], ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Callable[[Sequence[Change], Titles], str]] = {
    "text": text,
    "markdown": markdown,
    "json": json_,
}


def _by_notice(
    changes: Sequence[Change],
) -> Iterator[tuple[str, Iterator[tuple[str, list[Change]]]]]:
    for notice in dict.fromkeys(change.notice for change in changes):
        yield notice, by_place([change for change in changes if change.notice == notice])


def _named(place: str, notice: str, change: Change, titles: Titles) -> str:
    title = titles.get((notice, place)) if change.kind not in FILES else None
    return f"{place}（{title}）" if title else place


def _line(said: ToldChange, gone: str, come: str, escape: Callable[[str], str]) -> str:
    marks = {"gone": gone, "come": come, "same": "{}"}
    if said.arrow:
        words = " → ".join(escape(piece.text or "（无）") for piece in said.pieces)
    else:
        words = "".join(marks[each.kind].format(escape(_flat(each.text))) for each in said.pieces)
    note = f"（依据{escape(said.note)}）" if said.note else ""
    return f"{escape(said.what)}：{words}{note}" if words else escape(said.what)


def _flat(words: str) -> str:
    return words.replace("\n", "⏎")


def _escape(words: str) -> str:
    return _MARKUP.sub(r"\\\1", words)


def _total(changes: Sequence[Change]) -> str:
    sections = {(each.notice, each.at) for each in changes if each.notice and each.at}
    return f"共 {len(changes)} 处改动，涉及 {len(sections)} 处正文。"
