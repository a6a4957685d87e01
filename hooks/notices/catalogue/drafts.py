"""Drafts: the notices that say ``draft: true``, and of which the public is told nothing.

They are parted from the others before anything is loaded: nothing later need know of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote_to_bytes

from ..facts.files import Shelf, decode
from ..facts.source import parse_partly
from ..problem import WARNING, Faulty, Problem
from .survey import Public

SHOWN = "【草稿】"
"""What stands before the title of a draft where it is shown at all."""
_KEY = "draft"
# Most files have neither that key nor a way to write it with other characters.
_MENTIONED = re.compile(rb"draft|\\")
# Of a file that cannot be read as a whole, what is not plainly no draft is one.
_DRAFT = re.compile(
    rb"^\?[ \t]+[\"']?draft|(?:^(?:\xef\xbb\xbf)?|[{,])[ \t]*[\"']?draft[\"']?[ \t]*:"
    rb"(?![ \t]*false[ \t]*(?:[#,}]|\r?$))",
    re.MULTILINE,
)
# The file of an attachment, as an entry of `attachments` names it.
_FILE = re.compile(
    rb"\bfile:[ \t]*[\"']?([^\"'\r\n#{},]+?)[\"']?[ \t]*(?=[#},\r\n]|$)", re.MULTILINE
)
# What may be wrong with a draft that is shown: its facts are not there yet, or are to be confirmed.
_BEARABLE = frozenset({
    "bank-card", "closing-unmarked", "contact-not-in-text", "home-address", "identity-number",
    "missing-key", "mobile-number", "placeholder", "printed-ordinal", "printed-total",
    "prose-status", "prose-total", "same-narrative", "stated-total", "tab-in-text", "window-days",
})  # fmt: skip


@dataclass(frozen=True)
class Drafts:
    """What is there of drafts, and what is wrong with files in their folders."""

    public: Public = field(default_factory=Public)
    problems: tuple[Problem, ...] = ()

    def __contains__(self, name: object) -> bool:
        return name in self.public.items

    def holds(self, path: str) -> bool:
        """Tell whether a file, by its path in the project, is of a draft."""
        parts = path.split("/")
        if parts[:2] == ["content", "notices"]:
            return parts[-1].removesuffix(".md") in self
        return parts[:2] == ["data", "notices"] and len(parts) > 3 and parts[2] in self


NO_DRAFTS = Drafts()


def part(shelf: Shelf, public: Public, problems: list[Problem]) -> Drafts:
    """Take the drafts out of ``public``, and what is wrong there out of ``problems``."""
    names = {name for name in public.items if _is_draft(shelf, name)}
    if not names:
        return NO_DRAFTS
    own = Public(items={name: public.items.pop(name) for name in sorted(names)})
    for name in names & public.approvals.keys():
        own.approvals[name] = public.approvals.pop(name)
    found = Drafts(own)
    own.narratives = [path for path in public.narratives if found.holds(path)]
    public.narratives = [path for path in public.narratives if not found.holds(path)]
    own.attachments = [*_only_of(shelf, own, public)]
    public.attachments = [path for path in public.attachments if path not in own.attachments]
    of_drafts = [each for each in problems if found.holds(each.place.path)]
    problems[:] = [each for each in problems if each not in of_drafts]
    return replace(found, problems=tuple(of_drafts))


def _only_of(shelf: Shelf, own: Public, public: Public) -> Iterator[str]:
    """Yield the attachments that drafts name, and nothing else that the public sees."""
    named = b"\n".join(_facts(shelf, name) for name in own.items)
    wanted = [f"content/{each.decode(errors='replace')}" for each in _FILE.findall(named)]
    wanted = [path for path in public.attachments if path in wanted]
    if wanted:
        texts = [_bytes(shelf, path) for path in public.pages]
        texts += [_facts(shelf, name) for name in public.items]
        said = unquote_to_bytes(b"\n".join(texts))
        yield from (path for path in wanted if path.rpartition("/")[2].encode() not in said)


def _facts(shelf: Shelf, name: str) -> bytes:
    return _bytes(shelf, f"data/notices/{name}/notice.yml")


def _bytes(shelf: Shelf, path: str) -> bytes:
    try:
        return shelf.read_bytes(path)
    except Faulty:  # told when it is loaded
        return b""


def bearable(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems of a draft, those as hints that need not keep it from being shown."""
    for each in problems:
        yield as_hint(each) if each.rule in _BEARABLE else each


def as_hint(problem: Problem) -> Problem:
    """Return a problem of a draft as what it is to all others: it stops nothing."""
    message = problem.message
    note = message if message.startswith("草稿：") else f"草稿：{message}"
    return replace(problem, severity=WARNING, message=note)


def _is_draft(shelf: Shelf, name: str) -> bool:
    """Tell whether the facts say so, in whichever way YAML can."""
    data = _facts(shelf, name)
    if not _MENTIONED.search(data):
        return False
    path = f"data/notices/{name}/notice.yml"
    try:
        document, problems = parse_partly(path, decode(path, data))
    except Faulty:
        return bool(_DRAFT.search(data))
    value = document.value if document else None
    said = isinstance(value, dict) and value.get(_KEY, False) is not False
    return said or bool(problems and _DRAFT.search(data))
