"""Rules: nothing is longer than what all outputs are known to bear.

The paper is what takes longest: at these bounds its PDF takes some seconds and half a gigabyte.
What stands beside each item again and again, a heading, a name, a label, is shorter.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue.notices import Notice
from ..catalogue.settings import Settings
from ..catalogue.summary import Archive
from ..facts.source import YamlDocument
from ..problem import Place
from .rules import RULES, SITE_RULES, Objection, SiteRule, rule
from .texts import documents

# Characters: of a notice, text and facts together; of a paragraph or a value; of a heading or a
# name; of the label of a status.
NOTICE, PARAGRAPH, NAME, LABEL = 200_000, 40_000, 300, 40
ITEMS = 1_000
# Headings, paragraphs, measures, and texts in the facts.
PIECES = 5_000

_COUNTING = "是.．、，,)）：:①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_NAMES = frozenset({"title", "publisher", "short_name"})
_REPORT_AGAIN = "批准的文本不要自己改：重新报批"


@rule
def too_long(notice: Notice, _: Settings) -> Iterator[Objection]:
    """一份通报连同数据不超过200000字、1000个问题、5000段；一段、一个值不超过40000字，标题、名称不超过300字。

    太长的通报分成几份；数据里的值缩短；批准的文本里的，重新报批
    """
    yield from _whole(notice)
    yield from _lines(notice)
    for document in documents(notice):
        # A value that goes on in the next line is refused as such.
        long = len(document.text) > NAME
        if long and any(len(line) > NAME for line in document.text.split("\n")):
            yield from _values(document, PARAGRAPH)


def _whole(notice: Notice) -> Iterator[Objection]:
    """Yield where a notice as a whole is more than paper bears."""
    if _surely_small(notice):
        return
    texts = [line.text for line in notice.narrative.pieces]
    texts += [text for document in documents(notice) for _, text in document.strings]
    pieces = len(texts) + sum(len(item.measures) for item in notice.items)
    place = Place(notice.narrative_path)
    for what, count, most, unit in (
        ("连同数据", sum(map(len, texts)), NOTICE, "字"),
        ("", len(notice.item_records), ITEMS, "个问题"),
        ("的标题、段落、措施和数据里的值", pieces, PIECES, "段"),
    ):
        if count > most:
            message = f"这份通报{what}有{count}{unit}，超过了{most}{unit}，请分成几份通报"
            yield Objection(place, message)


def _surely_small(notice: Notice) -> bool:
    """Tell that no bound of a notice is near, without looking at each value.

    A value is no longer than it was typed, and the next one stands behind a comma or a line's end.
    """
    files, lines = documents(notice), notice.narrative.pieces
    text = "\n".join(line.text for line in lines)
    typed = sum(len(file.text) for file in files) + len(text)
    values = sum(file.text.count("\n") + file.text.count(",") + 1 for file in files)
    # A measure is counted off or named with one of these, or is all that its item says.
    signs = sum(map(text.count, _COUNTING))
    measures = signs + len(notice.item_records)
    pieces, items = values + len(lines) + measures, len(notice.item_records)
    return typed <= NOTICE and pieces <= PIECES and items <= ITEMS


def _lines(notice: Notice) -> Iterator[Objection]:
    """Yield the headings and paragraphs that are too long."""
    if all(len(line.text) <= NAME for line in notice.narrative.pieces):
        return
    headings = {section.heading.place for section in notice.narrative.all_sections}
    for line in notice.narrative.pieces:
        most = NAME if line.place in headings else PARAGRAPH
        if len(line.text) > most:
            what = "标题" if line.place in headings else "段"
            message = f"这一{what}有{len(line.text)}字，超过了{most}字，{_REPORT_AGAIN}"
            yield Objection(line.place, message)


def _values(document: YamlDocument, most: int) -> Iterator[Objection]:
    """Yield the values of a file that are too long; ``most`` is for those that are no names."""
    for path, text in document.strings:
        if len(text) <= LABEL:  # the least of all bounds
            continue
        key = str(path[-1]) if path else ""
        limit = LABEL if key == "label" else NAME if path and key in _NAMES else most
        if len(text) > limit:
            message = f"这里有{len(text)}字，超过了{limit}字，请缩短"
            yield Objection(document.at(*path), message)


def _of_the_site(archive: Archive) -> Iterator[Objection]:
    for document in archive.written:
        yield from _values(document, NAME)


_rule = RULES["too-long"]
SITE_RULES[_rule.code] = SiteRule(_rule.code, _rule.severity, _rule.text, _of_the_site)
"""Names, labels and definitions that stand on every page."""
