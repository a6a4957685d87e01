"""All that the models of the facts admit: every field there is, and values of its type.

A field that comes anew is found here by itself.
"""

from __future__ import annotations

import datetime
import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from annotated_types import Ge, Le
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from notices.facts import model
from notices.text.characters import hidden
from notices.text.glyphs import missing

Keys = tuple[str | int, ...]
LONGEST = 40_000
FILLER = "虚构"
"""What stands where any text may."""
WORD = "问题"
"""What stands where any word may be a key: one that the notices of tests have."""
SEVEN = ["007", "2023-6", "1/2", "=1+1", "+86", "@甲", "-1", "'甲", "1e5", "_x000A_", "_x005F_"]
"""Texts that programs take for something else."""
EDGES = [
    *SEVEN, "{{ 甲 }}", "{% raw %}", "&amp;", "&#0;", "\\", "D:\\backup目录", "[[narrative]]",
    "]]>", "${7*7}", "%s%(a)s{0}", "甲 甲", "甲\u3000甲", "甲\u00a0甲", "甲\u2003甲", "*甲*",
    "`甲`", "- 甲", "# 甲", "1. 甲", "甲 {#1}", "甲: 乙", "甲 #乙", "yes", "null", "~",
    "2020-06-30",
    "甲;乙,丙\\n丁", "a\u0301e\u0323\u0302", "\u0301甲", "ɑ\u0303ʃəɹˈ", "ᾳᾴῷΐ", "שלום", "مرحبا",
    "ไทย", "한국어", "가각", "𠀀𪚥", "𝟙𝒜", "😀", "👨🏽", "☎\ufe0f", "ﬁﬂ", "㈱㍿", "①⑳", "½㎡",
    "葛\U000e0100", "\u0308", "\u20dd甲", "〱", "豈更",
]  # fmt: skip
"""What Markdown, templates, YAML, calendars, fonts or tables may trip over."""
CHARACTERS = st.characters(exclude_categories=("Cs", "Cn"))
PRINTED = st.characters(exclude_categories=("Cs", "Cn", "Cc", "Cf", "Co", "Zl", "Zp"))


def repeated(text: str, length: int) -> str:
    """Return ``text`` over and over, so long."""
    return (text * (length // len(text) + 1))[:length]


def with_glyphs(text: str) -> str:
    """Return ``text`` without what no font has, and nobody would see."""
    unseen = {each for _, each in missing(text)} | {text[at] for at, _ in hidden(text)}
    return "".join(each for each in text if each not in unseen) or "甲"


SHORT = st.one_of(
    st.sampled_from(EDGES),
    st.text(PRINTED, min_size=1, max_size=12).map(with_glyphs),
    st.text(PRINTED, min_size=1, max_size=12).map(with_glyphs),
    st.text(PRINTED, min_size=1, max_size=12),
    st.text(CHARACTERS, min_size=1, max_size=6),
    st.tuples(st.sampled_from(EDGES), st.text(PRINTED, max_size=4)).map("".join),
)
LONG = st.tuples(
    st.sampled_from(["甲", "a", "甲。", "a ", "龘", "😀", *SEVEN]), st.integers(1, LONGEST)
)
TEXTS = st.integers(0, 39).flatmap(
    lambda n: LONG.map(lambda pair: repeated(*pair)) if not n else SHORT
)
DATES = st.one_of(
    st.dates(),
    st.sampled_from([
        datetime.date(*day) for day in (
            (1, 1, 1), (1, 1, 2), (999, 12, 31), (1582, 10, 15), (1899, 12, 30), (1900, 1, 1),
            (1900, 2, 28), (1900, 3, 1), (1969, 12, 31), (1970, 1, 1), (1979, 12, 31),
            (1980, 1, 1), (2000, 2, 29), (2038, 1, 20), (2107, 12, 31), (2108, 1, 1),
            (9999, 12, 30), (9999, 12, 31),
        )
    ]),
)  # fmt: skip


class Leaf(NamedTuple):
    """A value in a file of facts: its keys, and the values that its type admits."""

    keys: Keys
    values: st.SearchStrategy[Any]


def leaves(of: type[BaseModel], before: Keys = ()) -> Iterator[Leaf]:
    """Yield every value that ``of`` may have, at every depth; of a list the first."""
    for name, field in of.model_fields.items():
        keys = (*before, field.alias or name)
        yield from _leaves(field.annotation, [*field.metadata], keys)


def _leaves(kind: Any, about: list[Any], keys: Keys) -> Iterator[Leaf]:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        yield from _leaves(inner[0], [*about, *inner[1:]], keys)
    elif origin in (Union, types.UnionType):
        for each in inner:
            if each is not type(None):
                yield from _leaves(each, about, keys)
    elif origin is list:
        yield from _leaves(inner[0], [], (*keys, 0))
    elif origin is dict:
        key = 1 if get_args(inner[0])[0] is int else WORD
        yield from _leaves(inner[1], [], (*keys, key))
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from leaves(kind, keys)
    else:
        yield Leaf(keys, _values(kind, about))


def _values(kind: Any, about: list[Any]) -> st.SearchStrategy[Any]:
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if kind is datetime.date:
        return DATES
    if kind is bool:
        return st.booleans()
    if kind is int:
        bounds = {type(each): each for each in _constraints(about)}
        return st.integers(bounds[Ge].ge, bounds[Le].le)
    if kind is float:
        return st.integers(0, 10**9).map(lambda cents: cents / 100)
    assert kind is str, f"say here what values {kind} has"
    patterns = [each.pattern for each in _constraints(about) if getattr(each, "pattern", None)]
    if not patterns or "[^<\\r\\n\\t]" in patterns[0]:
        return TEXTS
    return st.from_regex(patterns[0], fullmatch=True, alphabet=PRINTED)


def _constraints(about: list[Any]) -> Iterator[Any]:
    for each in about:
        yield from _constraints(each.metadata) if isinstance(each, FieldInfo) else [each]


def sound(of: type[BaseModel], **given: Any) -> dict[str, Any]:
    """Return the least that is an ``of``, with what is ``given``."""
    made: dict[str, Any] = {}
    for name, field in of.model_fields.items():
        key = field.alias or name
        if key in given:
            made[key] = given[key]
        elif field.is_required():
            made[key] = _least(key, field.annotation)
    return made


def _least(key: str, kind: Any) -> Any:
    if get_origin(kind) in (Annotated, Union, types.UnionType):
        return _least(key, get_args(kind)[0])
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return sound(kind)
    if get_origin(kind) is list:
        return [_least(key, get_args(kind)[0])]
    known = {datetime.date: datetime.date(2020, 5, 6), bool: False, int: 1, float: 1.0}
    return {"status": "completed", "id": "other"}.get(key, known.get(kind, FILLER))


def put(of: type[BaseModel], facts: dict[str, Any], keys: Keys, value: Any) -> None:
    """Write ``value`` into ``facts``, those of an ``of``, with the least it needs beside it."""
    key, rest = str(keys[0]), keys[1:]
    if not rest:
        facts[key] = value
        return
    field = next(each for name, each in of.model_fields.items() if (each.alias or name) == key)
    inner = next(_models(field.annotation), None)
    if inner is None:  # a list of texts, or of such lists, or a mapping
        for each in reversed(rest):
            value = [value] if each == 0 else {each: value}
        facts[key] = value
    elif rest[0] == 0:
        given = facts.get(key)
        entries = given if isinstance(given, list) and given else [sound(inner)]
        facts[key] = entries
        put(inner, entries[0], rest[1:], value)
    elif rest[0] == 1:
        put(inner, facts.setdefault(key, {}).setdefault(1, sound(inner)), rest[1:], value)
    else:
        put(inner, facts.setdefault(key, sound(inner)), rest, value)


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for each in get_args(kind):
        yield from _models(each)


def roots() -> set[type[model.Facts]]:
    """Return the models that stand in a file of their own: in no other model."""
    every = {each for each in _below(model.Facts) if each.__module__.startswith("notices.facts.")}
    held = {
        found
        for each in every
        for field in each.model_fields.values()
        for found in _models(field.annotation)
    }
    return every - held - {each for each in every if each.__subclasses__()}


def _below(kind: type[model.Facts]) -> Iterator[type[model.Facts]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
