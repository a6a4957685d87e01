"""The draft: the files of a notice that nobody but its editors has seen yet.

What people must decide stands in it as comments: a line that begins with ``# `` is a fact that the
text seems to say, and one that begins with ``## `` explains.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..facts import model
from ..facts.salvage import salvage
from ..facts.source import parse_partly
from ..text.narrative import Narrative, parse
from ..text.sections import Section
from .facts.found import Leaf, Tree, scalar, written
from .facts.of_item import proposed_of
from .facts.of_notice import NOTHING_ABOUT, outside, proposed
from .facts.printed import printed_totals, printed_with
from .marking import approved_text, narrative_text
from .outline import Proposal
from .source import About

_NOTICE = """\
# yaml-language-server: $schema=../../schema/notice.json
## 这是从 {name} 导入的草稿：预览里看得到，公开的网站上没有。都核对好以后，删去下面一行，就会公开。
draft: true

## 下面每一行都是程序从正文里找到的，行尾是原话，没有核对过。
## 对的，删去行首的“# ”；不对的，改好或者整行删去。写法见 data/README.md 第 4 节。
## title、publisher、short_name、inspection 里的 by、contact 五样必填。
"""
_ITEM = "# yaml-language-server: $schema=../../../schema/item.json\n"
_LATER = """
## 原文按状态列了数目，要等问题文件里都有了 status 才对得上：那时删去下面各行行首的“## ”。
"""
_FIRST = ("title", "publisher", "short_name")
_TO_FILL_IN = "待补充"  # which nothing publishes, should somebody take it as it is
_REQUIRED: Tree = {
    "title": Leaf(_TO_FILL_IN, "通报的标题，没有找到"),
    "publisher": Leaf(_TO_FILL_IN, "发布单位的全称，没有找到"),
    "short_name": Leaf(_TO_FILL_IN, "发布单位的简称，没有找到"),
    "inspection": {"by": Leaf(_TO_FILL_IN, "由谁检查，没有找到")},
}


class Draft(NamedTuple):
    """The files of a draft by their paths in the project, and the outline that they have."""

    files: Mapping[str, str]
    narrative: Narrative
    proposal: Proposal


class DraftTerms(NamedTuple):
    """What a site calls things: its words for statuses, and what sort of notice a draft is of."""

    kind: model.Kind
    said: str = ""
    """The id of the kind, where that is not the usual one of the site."""
    words: model.Vocabulary | None = None


def drafted(
    proposal: Proposal, notice_id: str, name: str, terms: DraftTerms, about: About = NOTHING_ABOUT
) -> Draft:
    """Return the draft of a text with this outline; Faulty when it has what marks alone may have.

    ``name`` is that of the file it comes from, and ``about`` what that says beside the text.
    """
    path, folder = f"content/notices/{notice_id}.md", f"data/notices/{notice_id}"
    text = narrative_text(proposal, path)
    narrative = parse(path, text, approved_text(proposal))
    files = {
        path: text,
        f"{folder}/approved.txt": approved_text(proposal),
        f"{folder}/notice.yml": _notice(proposal, narrative, name, terms, about),
    }
    titles = {each.id: each.title for each in proposal.items}
    for section in narrative.items:
        files[f"{folder}/items/{section.id}.yml"] = item_text(section, titles.get(section.id, ""))
    return Draft(files, narrative, proposal)


def _notice(
    proposal: Proposal, narrative: Narrative, name: str, terms: DraftTerms, about: About
) -> str:
    tree = proposed(proposal, narrative, terms.kind, about)
    required = {key: value for key, value in _REQUIRED.items() if key not in tree}
    own = settled(narrative, terms.kind, terms.said)
    printed = printed_with([proposed_of(section) for section in narrative.items])
    lines_ = outside(proposal)
    counts, is_due = printed_totals(lines_, terms.words, printed) if terms.words else ([], True)
    whole = {**required, **tree, **({"printed_totals": counts} if counts else {})}
    order = [key for key in _FIRST if key in whole]
    facts = dict(_sound({key: whole[key] for key in (*order, *whole)}, own, model.Notice))
    later = {} if is_due else {key: facts.pop(key) for key in ("printed_totals",) if key in facts}
    lines = [*map(_comment, written(facts)), *(("", *own) if own else ())]
    if later:
        lines += [_LATER.rstrip(), *(f"## {line}" for line in written(later))]
    return _NOTICE.format(name=_plain(name)) + "\n".join(lines) + "\n"


def _plain(name: str) -> str:
    """Return a file's name as a comment can have it."""
    return "".join(sign if sign.isprintable() else "？" for sign in name.rpartition("/")[2])


def _comment(line: str) -> str:
    return f"# {line}"


def settled(narrative: Narrative, kind: model.Kind, said: str) -> list[str]:
    """Return the lines that need no decision: of what kind it is, and how many levels it has."""
    lines = [f"kind: {said}"] if said else []
    if not narrative.items:
        return [*lines, "outline: text"]
    deepest = max((group.depth for group in narrative.groups), default=0)
    if deepest == len(kind.levels):
        return lines
    words = [*kind.levels, *(f"第{_NUMBERS[at]}层" for at in range(len(kind.levels), deepest))]
    why = "## 各层标题叫什么，从外到里，最里面的不算；叫法照原文"
    return [*lines, why, f"outline: {{levels: [{', '.join(words[:deepest])}]}}"]


_NUMBERS = "一二三四五六"


def item_text(section: Section, title: str) -> str:
    """Return the file of an item: its title, ``title`` where no heading says it, and proposals."""
    name = title if not section.heading.text else section.label
    settled = [f"title: {scalar(name or '？')}"]
    facts = _sound(proposed_of(section), settled, model.Item)
    return _ITEM + "\n".join([*settled, *map(_comment, written(facts))]) + "\n"


def _sound(tree: Tree, own: Sequence[str], kind: type[model.Facts]) -> Tree:
    """Return what of ``tree`` is sound together with the lines that are settled."""
    left = dict(tree)
    for _ in range(2 * len(tree) + 1):
        text = "\n".join([*written(left), *own])
        keys = [key for key in _wrong(text, kind) if key in left]
        if not keys:
            return left
        for key in keys:
            # What must be there is asked for, where what was found cannot be it.
            if key in _REQUIRED and left[key] != _REQUIRED[key]:
                left[key] = _REQUIRED[key]
            else:
                del left[key]
    return left


def _wrong(text: str, kind: type[model.Facts]) -> Iterator[str]:
    """Yield the keys whose values are none that ``kind`` may have."""
    document, problems = parse_partly("draft.yml", text)
    if document is None:
        return
    faulty = salvage(document, kind).faulty
    yield from {str(path[0]) for path in faulty if path}
    lines = text.splitlines()
    for problem in problems:
        at = min(problem.place.line, len(lines)) - 1
        while at > 0 and lines[at].startswith((" ", "-")):
            at -= 1
        yield lines[at].partition(":")[0]
