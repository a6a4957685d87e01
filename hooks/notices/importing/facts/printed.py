"""How many items a text says to be at each status, 已完成整改19个、正在整改6个."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ...facts.model import Vocabulary
from ..source import Line
from .days import plain
from .found import Leaf, Tree, exact, leaf

_NOUN = "(?:问题|任务|事项|整改任务)"
_JOINT = "(?:的|共|有|为|是|[:：])*"
_UNIT = "[个项条件]"
_PARTLY = re.compile("其中|方面")


def printed_totals(
    lines: Sequence[Line], words: Vocabulary, printed: Mapping[str, int]
) -> tuple[list[Tree], bool]:
    """Return what the first sentence says that counts items by their statuses, and whether the
    statuses that are ``printed`` with items, each so often, are just these.
    """
    forms = {form: status.id for status in words.statuses for form in (status.label, *status.forms)}
    longest = sorted(map(re.escape, forms), key=len, reverse=True)
    at = rf"(?:已经|均已|现已|已)?(?P<form>{'|'.join(longest)})"
    patterns = [
        re.compile(rf"(?P<at>{at}){_JOINT}{_NOUN}?{_JOINT}(?P<n>\d{{1,4}}){_UNIT}"),
        re.compile(rf"(?P<n>\d{{1,4}}){_UNIT}{_NOUN}?(?P<at>{at})"),
    ]
    for line, sentence in _sentences(lines):
        for pattern in patterns:
            found = [*pattern.finditer(sentence)]
            if found:
                counts = {each["at"]: int(each["n"]) for each in found}
                same = all(printed.get(name, 0) == count for name, count in counts.items())
                return [_total(line, each, forms, same=same) for each in found], same
    return [], False


def _sentences(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    for line in lines:
        for sentence in re.split("[。\t]", plain(line.text)):
            if not _PARTLY.search(sentence):
                yield line, sentence


def _total(line: Line, found: re.Match[str], forms: Mapping[str, str], *, same: bool) -> Tree:
    words = found[0]
    named = leaf(found["at"], line, words) if same else exact(forms[found["form"]], line, words)
    count: Leaf = exact(int(found["n"]), line, words)
    return {"printed" if same else "status": named, "count": count, "quote": leaf(words, line)}


def printed_with(trees: Sequence[Tree]) -> Counter[str]:
    """Return how often each status is printed with an item, of what is proposed of them all."""
    found = (tree.get("printed") for tree in trees)
    return Counter(each.value for each in found if isinstance(each, Leaf))
