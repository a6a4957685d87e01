"""What a text says of itself as a whole: who inspected whom, when, how many, where to reach it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...facts.model import Kind
from ...text.endings import DAY_ALONE
from ...text.narrative import Narrative
from ...text.outline import CLOSING
from ..outline import Proposal
from ..source import Line
from .days import day_in, plain, span_in
from .found import Leaf, Tree, exact, leaf
from .totals import totals

_PHONE = re.compile(
    r"(?<!\d)(?:1[3-9]\d{9}|[48]00-?\d{3}-?\d{4}|(?:\(?0\d{2,3}\)?[-—－ ]?)?\d{7,8})"
    r"(?!\d)(?:转\d+)?"
)
"""Never a part of a longer run of digits, which is another number."""
_PERSON = r"联 *系 *人[:：] *(?P<v>[\u4e00-\u9fff·]{2,12}?)(?=联系|电话|手机|[^\u4e00-\u9fff·]|$)"
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_TITLE = re.compile(r".*(?:通报|公告|公示|情况|报告|方案|通知|公开|清单|台账)(?:[（(].*[）)])?")
_BY = re.compile(
    r"(?:[,，。;；]|^|日|底|旬|间)(?P<by>[^,，。;；:：、日]{1,30}?(?:巡[视察]组|督察组|检查组|督导组|考核组|工作组|审计组"
    r"|审计[厅局署]|督查组))(?=对|于|向|进驻|在|反馈|开展|派)"
)
_BEFORE_BY = re.compile("^(?:.*关于(?:落实|对)?|根据|按照|由|经)")
_BODY = re.compile(
    r"(?:对|进驻)(?P<body>[^,，。;；:：“”（）()]{2,40}?)(?:[（(]以下[^）)]*[）)])?(?:进行|开展|实施|党委|党组|$)"
)
_WHAT = re.compile(
    r"(?:进行|开展|实施)了?(?:为期[^,，。]{1,14}的)?(?P<kind>[^,，。]{0,10}?(?:巡[视察]|督察|审计|检查|整治)"
    r"(?:“回头看”)?)"
)
_NO_BODY = re.compile("照|于|待|意见|问题|情况|工作|要求|^[我本该]")
_NAMED = re.compile(
    r"(?P<body>.{3,40}?(?:委员会|党委|党组|支部|总支|公司|集团|局|厅|院|中心|学校|大学|政府|办公室|街道|镇|乡))关于"
)
_PLAIN_KIND = re.compile("巡[视察]|督察|审计|检查|整治")
_SHORT = re.compile(r"(?:以下|下文)?简称[:：]?[“\"](?P<short>[^”\"]{2,20})[”\"]")
_FED_BACK = re.compile(r"[^。;；]{0,60}反馈")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[（(]\d{4}[〕\]）)]第?\d{1,4}号")
_WINDOW = re.compile(r"公示(?:时间|期限|期)")
_DAYS = re.compile(r"(?P<days>\d{1,3})个?(?P<work>工作)?[天日]")


def proposed(proposal: Proposal, narrative: Narrative, kind: Kind) -> Tree:
    """Return what the text seems to say of the notice, in the order of its file."""
    head, tail = _ends(proposal)
    tree: dict[str, Leaf | Tree | Sequence[Tree]] = {}
    tree |= _names(head, tail, kind)
    tree |= _document(head, tail)
    inspection = _inspection(head)
    if inspection:
        tree["inspection"] = inspection
    tree |= totals(proposal, narrative, kind)
    tree["contact"] = _contact(tail) or Leaf("{}", "原文没有找到联系方式")
    return tree


def _ends(proposal: Proposal) -> tuple[Sequence[Line], Sequence[Line]]:
    """Return the lines before the first heading, and those of the closing."""
    marked = [each for each in proposal.sections if each.id != CLOSING]
    closing = [each.line for each in proposal.sections if each.id == CLOSING]
    first = min((each.line for each in marked), default=len(proposal.lines))
    head = proposal.lines[: max(first, 1)]
    return head, proposal.lines[closing[0] :] if closing else ()


def _names(head: Sequence[Line], tail: Sequence[Line], kind: Kind) -> dict[str, Leaf]:
    """Return title, publisher and short name."""
    found: dict[str, Leaf] = {}
    titled = _title(head)
    bodies = [*_bodies(head), *_signers(tail)]
    if titled:
        found["title"] = titled
    elif bodies:
        line, words, _ = bodies[0]
        why = f"原文没有标题，照{line.place}拟的"
        found["title"] = leaf(f"{words}{kind.noun}整改情况", None, why)
    bodies = [*bodies, *_titled(head)]
    signed = [*_signers(tail), *bodies]
    if signed:
        is_dated = bool(tail) and bool(DAY_ALONE.match(tail[-1].text))
        line, words, said = signed[0] if is_dated or not bodies else bodies[0]
        found["publisher"] = leaf(words, line, said)
        shorts = [(each, match) for each in head for match in _SHORT.finditer(each.text)]
        found["short_name"] = (
            leaf(shorts[0][1]["short"], shorts[0][0], shorts[0][1][0])
            if shorts
            else leaf(words, line, said)
        )
    return found


def _title(head: Sequence[Line]) -> Leaf | None:
    """Return the title that the text begins with, in one line or several."""
    words = ""
    for line in head[:4]:
        if len(line.text) > 60 or re.search("[。；;：:！]", line.text):
            return None
        words += line.text.strip()
        if _TITLE.fullmatch(words):
            return leaf(words, line, words)
    return None


def _bodies(head: Sequence[Line]) -> Iterator[tuple[Line, str, str]]:
    """Yield who was inspected, as the first paragraphs say, and in which words."""
    for line in head:
        for match in _BODY.finditer(line.text):
            if not _NO_BODY.search(match["body"]):
                yield line, match["body"], match[0]


def _titled(head: Sequence[Line]) -> Iterator[tuple[Line, str, str]]:
    """Yield whose notice the text begins with: 某某局党组关于…的通报."""
    for line in head[:3]:
        if match := _NAMED.match(line.text):
            yield line, match["body"], match[0]


def _signers(tail: Sequence[Line]) -> Iterator[tuple[Line, str, str]]:
    """Yield who signs: short lines without a sign in them, before the day or at the end."""
    for line in tail:
        text = line.text.strip()
        is_name = re.fullmatch(r"[^，。,；;：:！!？?\d\t]{3,40}", text)
        if is_name and not re.match("附|特此|欢迎|联系", text):
            yield line, text, text
        elif edited := re.fullmatch(r"责(?:任)?编(?:辑)?[:：](.{4,40})", text):
            yield line, edited[1], text


def _document(head: Sequence[Line], tail: Sequence[Line]) -> dict[str, Leaf | Tree]:
    """Return number and day of the document, and its window."""
    found: dict[str, Leaf | Tree] = {}
    for line in head[:6]:
        if len(line.text) < 60 and (match := _NUMBER.search(line.text)):
            found["document_number"] = leaf(match[0], line)
            break
    days = [(line, day_in(line.text)) for line in tail if DAY_ALONE.match(line.text)]
    for line, day in days[-1:]:
        if day:
            found["dated"] = exact(day, line, line.text)
    for line in (*tail, *head):
        if _WINDOW.search(line.text) and (window := _window(line)):
            found["window"] = window
            break
    return found


def _window(line: Line) -> Tree | None:
    span = span_in(line.text)
    if not span:
        return None
    found = {"from": exact(span.first, line, span.words), "to": exact(span.last, line, span.words)}
    if days := _DAYS.search(plain(line.text), span.end):
        key = "working_days" if days["work"] else "days"
        found[key] = exact(days["days"], line, days[0])
    return found


def _inspection(head: Sequence[Line]) -> dict[str, Leaf]:
    """Return who inspected, of which kind, from when to when, and when it was fed back."""
    found: dict[str, Leaf] = {}
    year = 0
    for line in head:
        if "by" not in found and (by := _BY.search(line.text)):
            found["by"] = leaf(_BEFORE_BY.sub("", by["by"]), line, by["by"])
        what = _WHAT.search(line.text) if "by" in found and "kind" not in found else None
        if what and not _PLAIN_KIND.fullmatch(what["kind"]):  # which its noun says already
            found["kind"] = leaf(what["kind"], line, what[0])
        span = span_in(line.text)
        if span and "from" not in found and not _WINDOW.search(line.text):
            found["from"] = exact(span.first, line, span.words)
            found["to"] = exact(span.last, line, span.words)
            year = span.last.year
        begin = span.end if span else 0
        if "feedback" not in found and (told := _feedback(line, begin, year)):
            found["feedback"] = told
    order = ("by", "kind", "from", "to", "feedback")
    return {key: found[key] for key in order if key in found} if "by" in found else {}


def _feedback(line: Line, begin: int, year: int) -> Leaf | None:
    """Return the day on which it was fed back; one without a year is of that of the inspection."""
    for match in re.finditer(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日", plain(line.text)[begin:]):
        after = line.text[begin + match.end() :]
        fed_back = _FED_BACK.match(after)
        years = re.findall(r"(\d{4})年", plain(line.text)[: begin + match.start()])
        day = day_in(match[0], year or int(years[-1] if years else 0))
        if fed_back and day and day.year:
            return exact(day, line, match[0] + fed_back[0])
    return None


def _contact(tail: Sequence[Line]) -> dict[str, Leaf]:
    """Return how the public reaches the body, each as the text has it."""
    found: dict[str, Leaf] = {}
    patterns = {
        "office": r"联系(?:单位|部门|科室)[:：] *(?P<v>[^，。,；;]{2,30})",
        "person": _PERSON,
        "phone": rf"(?P<v>{_PHONE.pattern})",
        "email": rf"(?P<v>{_EMAIL.pattern})",
        "address": r"(?:地址|邮政信箱|来信请寄)[:：]? *(?P<v>[^，。,；;:：]{4,60})",
        "postcode": r"(?:邮编|邮政编码)[:：]? *(?P<v>\d{6})(?!\d)",
    }
    for line in tail:
        for key, pattern in patterns.items():
            match = re.search(pattern, line.text)
            if match and key not in found:
                found[key] = leaf(match["v"].strip(), line, match[0])
    return {key: found[key] for key in patterns if key in found}
