"""Saying: the value of a fact in words, as spans that whoever shows them can make more of.

A page makes a day, a status, a quote or a telephone number what it is there; a table or a paper has
the same words plain.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple

from ..facts import model
from .words import chinese_date

Sort = Literal["text", "day", "status", "quote", "phone", "email", "web", "file"]


class Span(NamedTuple):
    """Words of a fact; ``value`` is what they stand for: a day in ISO 8601, the id of a status."""

    text: str
    kind: Sort = "text"
    value: str = ""


Spans = tuple[Span, ...]


class Annotation(NamedTuple):
    """A fact as it is told: under which key and label, and in which lines."""

    key: str
    label: str
    lines: tuple[Spans, ...]
    between: str = "；"
    """What stands between the lines where they stand in one."""

    def words(self, vocabulary: model.Vocabulary) -> str:
        """Return it as one line of plain text, quotes in quotation marks."""
        lines = ("".join(_written(span, vocabulary) for span in line) for line in self.lines)
        return self.between.join(lines)

    def seen(self, vocabulary: model.Vocabulary) -> list[str]:
        """Return its lines as a page has them, where quotation marks are no text."""
        return ["".join(_shown(span, vocabulary) for span in line) for line in self.lines]

    @property
    def day(self) -> datetime.date | None:
        """The day that it is, when it is no more than that; a month is none."""
        first, *others = [span for line in self.lines for span in line]
        alone = first.kind == "day" and not others and len(first.value) == len("0000-00-00")
        return datetime.date.fromisoformat(first.value) if alone else None


def _shown(span: Span, vocabulary: model.Vocabulary) -> str:
    return vocabulary.label(span.value) if span.kind == "status" else span.text


def _written(span: Span, vocabulary: model.Vocabulary) -> str:
    return f"“{span.text}”" if span.kind == "quote" else _shown(span, vocabulary)


Say = Callable[[Any], Iterable[Spans]]


def plainly(value: Any) -> Iterator[Spans]:
    """Say a text, a day, or each of several in a line of its own."""
    if isinstance(value, list):
        for each in value:
            yield from plainly(each)
    elif isinstance(value, datetime.date):
        yield (day(value),)
    elif value:
        yield (Span(str(value)),)


def as_(kind: Sort) -> Say:
    """Return what says a text that is more than words."""
    return lambda value: [(Span(value, kind, value),)] if value else []


def day(date: datetime.date) -> Span:
    return Span(chinese_date(date), "day", date.isoformat())


def basis(value: model.Basis | model.Update | None) -> Iterator[Spans]:
    if isinstance(value, model.Update):
        yield (day(value.date), Span(f"的进展（{value.source}）"))
    elif value:
        if value.quote:
            yield (Span("原文："), Span(value.quote, "quote"))
        if paper := value.document:
            yield (Span(f"文件：《{paper.title}》（"), day(paper.date), Span("）"))


def verified(value: model.Verified | None) -> Iterator[Spans]:
    if value:
        before, status = Span(f"{value.by}："), Span("", "status", value.status)
        yield (before, status, Span(f"（《{value.document}》，"), day(value.date), Span("）"))


def finding(value: model.Finding | None) -> Iterator[Spans]:
    if value:
        yield (Span("", "status", value.found),)
        yield from basis(model.Basis(quote=value.quote, document=value.document))


def number(value: float) -> str:
    """Return a figure without zeros at its end, e.g. 12.34 or 19."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def figures(value: list[model.Figure]) -> Iterator[Spans]:
    """Say each figure, and the words that it stands in."""
    for each in value:
        words = f"{each.name}：{number(each.value)}{each.unit or ''}（原文："
        yield (Span(words), Span(each.quote, "quote"), Span("）"))


def titles(value: list[str]) -> Iterator[Spans]:
    yield from ((Span(f"《{title}》"),) for title in value)


def dialled(value: model.Phone) -> str:
    """Return a telephone number with its extension, as it is dialled."""
    return f"{value.number}转{value.extension}" if value.extension else value.number


def phones(value: list[model.Phone]) -> Iterator[Spans]:
    """Say each number, and when somebody answers it."""
    for each in value:
        hours = [Span(f"（{each.hours}）")] if each.hours else []
        yield (Span(dialled(each), "phone", dialled(each)), *hours)


def deadline(value: model.Deadline | None) -> Iterator[Spans]:
    """Say a day, a month, or what is printed in the place of one."""
    if isinstance(value, str) and value not in model.NO_DAY:
        year, month = map(int, value.split("-"))
        yield (Span(f"{year}年{month}月", "day", value),)
    else:
        yield from plainly(value)


def window(value: model.Window | None) -> Iterator[Spans]:
    """Say from when to when, and how many days that is, as the text counts them."""
    if value:
        days = f"，共{value.days}天" if value.days else ""
        working = f"，共{value.working_days}个工作日" if value.working_days else ""
        yield (day(value.from_), Span("至"), day(value.to), Span(f"{days}{working}"))
        if value.quote:
            yield (Span("原文："), Span(value.quote, "quote"))


def totals(value: list[model.PrintedTotal]) -> Iterator[Spans]:
    """Say how many items the text says to be at which status."""
    for each in value:
        named = Span(each.printed) if each.printed else Span("", "status", each.status or "")
        yield (named, Span(f"{each.count}个（原文："), Span(each.quote, "quote"), Span("）"))


def files(value: list[tuple[str, str]]) -> Iterator[Spans]:
    """Say the titles of files, each with where it stands from here."""
    yield from ((Span(title, "file", address),) for title, address in value)


def outline(value: model.Outline | None) -> Iterator[Spans]:
    """Say which levels of groups a notice has of its own, or that it has no items."""
    if value:
        yield (Span("、".join(value.levels) if isinstance(value, model.Levels) else value),)


def labels(value: model.Labels) -> Iterator[Spans]:
    """Say what a notice calls otherwise than its kind does."""
    dates = value.dates
    words = (value.noun, value.item, value.measure, dates.from_, dates.to, dates.feedback)
    yield from ((Span(word),) for word in words if word)


def inspection(value: model.Inspection) -> Iterator[Spans]:
    """Say who inspected, of which kind, and from when to when."""
    spans = [Span(value.by + (f"（{value.kind}）" if value.kind else ""))]
    if value.from_ or value.to:
        spans.append(Span("，"))
    spans += [day(value.from_)] if value.from_ else []
    spans += [Span("至"), day(value.to)] if value.to else []
    spans += [Span("起")] if value.from_ and not value.to else []
    yield tuple(spans)
