"""The notice as a paper: its number, its day, who signed it, its window of objection."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence

from ...catalogue.windows import days_of, weekdays_of
from ...facts.model import Window
from ...text.endings import DAY_ALONE
from ...text.numerals import number
from ..source import Line
from .days import day_in, plain, span_in
from .found import Leaf, Tree, exact, leaf
from .naming import signers

_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[（(]\d{4}[〕\]）)]第?\d{1,4}号")
_INDEX = re.compile(r"索引号[:：\s]*(?P<v>[\w/.-]{6,40})")
_PUBLISHED = re.compile(r"(?:发布|公布|公开)(?:时间|日期)[:：\s]*(?P<v>\d{4}\D\d{1,2}\D\d{1,2})")
WINDOW = re.compile(r"公示(?:时间|期限|期)")
_DAYS = re.compile(
    r"(?P<days>\d{1,3}|[一二三四五六七八九十]{1,3})个?(?P<work>工作)?[天日](?!至|到)"
)
_FURTHEST = 40  # characters between the word for a window and what is said of it


def document(
    head: Sequence[Line], tail: Sequence[Line], page: Line | None
) -> dict[str, Leaf | Tree | Sequence[Tree | Leaf]]:
    """Return numbers and days of the document, who signed it, and its window; ``page`` has the day
    of its publication that stands outside of the text.
    """
    found: dict[str, Leaf | Tree | Sequence[Tree | Leaf]] = {}
    patterns = {"document_number": _NUMBER, "index_number": _INDEX}
    for key, pattern in patterns.items():
        for line in head[:6]:
            if len(line.text) < 60 and (match := pattern.search(line.text)):
                found[key] = leaf(match["v"] if pattern.groups else match[0], line)
                break
    days = [(line, day_in(line.text)) for line in tail if DAY_ALONE.match(line.text.strip())]
    for line, day in days[-1:]:
        if day:
            found["dated"] = exact(day, line, line.text)
    if page and (day := day_in(page.text)):
        found["published"] = exact(day, page, page.text)
    for line in (*head[:6], *tail):
        published = _PUBLISHED.search(plain(line.text))
        if published and (day := day_in(published["v"])):
            found["published"] = exact(day, line, published[0])
    if windows := [*windows_of((*tail, *head))]:
        found["window"] = windows[0][1]
    own = [line for line, words, text in signers(tail) if words == text]
    if own and days:
        found["signatures"] = [leaf(line.text.strip(), line) for line in own]
    return found


def windows_of(lines: Sequence[Line]) -> Iterator[tuple[Line, Tree]]:
    """Yield the windows that ``lines`` give with both of their days."""
    for line in lines:
        if WINDOW.search(line.text) and (window := _window(line)):
            yield line, window


def _window(line: Line) -> Tree | None:
    text = plain(line.text)
    word = WINDOW.search(text)
    span = span_in(line.text)
    if not word or not span or not (span.first and span.last):
        return None
    found = {
        "from": exact(span.first, line, span.words),
        "to": exact(span.last, line, span.words),
    }
    start = span.end - len(span.words)
    days = _DAYS.search(text, span.end, span.end + _FURTHEST)
    days = days or _DAYS.search(text, word.end(), max(start, word.end()))
    begin = min(word.start(), start)
    end = max(span.end, days.end() if days else 0)
    if re.search("[（(][^）)]*$", text[begin:end]) and text[end : end + 1] in ("）", ")"):
        end += 1
    if days:
        key = "working_days" if days["work"] else "days"
        found[key] = exact(int(number(days["days"])), line, days[0])
    quote = line.text[begin:end]
    whole = quote if "\t" not in quote else span.words
    return {**found, "quote": leaf(whole, line, whole)}


def misdated(window: object) -> str:
    """Return how the days that are printed are not those of the window; "" where they may be."""
    if not isinstance(window, Mapping):
        return ""
    values = {key: each.value for key, each in window.items() if isinstance(each, Leaf)}
    days = {key: datetime.date.fromisoformat(values[key]) for key in ("from", "to")}
    own = Window.model_validate(days)
    for key, most, unit in (
        ("days", days_of(own), "天"),
        ("working_days", weekdays_of(own), "个工作日"),
    ):
        printed = int(values.get(key, most))
        if printed > most or (key == "days" and printed != most):
            counted = f"首尾都算是{most}天" if key == "days" else f"周一至周五只有{most}天"
            return f"原文称{printed}{unit}，{own.from_}至{own.to}{counted}。"
    return ""
