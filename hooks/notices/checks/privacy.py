"""Rules: no one's identity number, bank card, mobile number or home stands on the site.

``find`` looks into any text. The rules ask it about notices and pages, ``scan_built`` about the
files of a built site, where a leak may come from anywhere.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import re
import string
from bisect import bisect_right
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ..catalogue import Catalogue, Notice
from ..problem import Place, Problem
from ..source import Document, KeyPath
from .rules import RULES, SITE_RULES, Finding, SiteRule, rule

IDENTITY, CARD, MOBILE, HOME = "identity-number", "bank-card", "mobile-number", "home-address"
BUILT_SUFFIXES = frozenset({".html", ".json", ".xml", ".txt", ".md", ".csv", ".yml", ".svg"})
WITHOUT_DATA = ("assets/", "manifest.json")

_MESSAGES = {
    IDENTITY: "身份证号没有打码，请改成“{}”",
    CARD: "银行卡号没有打码，请改成“{}”",
    MOBILE: "手机号没有打码，请改成“{}”；是单位公开的号码，请写进 contact",
    HOME: "住址写到了门牌号（“{}”），请只写到乡镇、街道",
}

# What is told apart in a number: digits, an X, and what may stand between two groups of digits.
_GAPS = " \u00a0\u2009\u200b\u3000-\u2010\u2011\u2012\u2013\u2014\u2015\uff0d"
_WIDE = {0xFF10 + digit: str(digit) for digit in range(10)}
_PLAIN = {**_WIDE, **{ord(gap): "-" for gap in _GAPS}, **{ord(x): "X" for x in "xＸｘ"}}

# Runs of digits long enough to be looked at; everything else costs one pass of this pattern.
_DIGIT, _GAP = "[0-9\uff10-\uff19]", f"[{re.escape(_GAPS)}]{{0,3}}"
_RUN = re.compile(f"{_DIGIT}(?:{_GAP}{_DIGIT}){{10,}}(?:{_GAP}[XxＸｘ])?")

# A word of dwelling, and in the same clause a house number. Left out are the words that speak of
# planning and ministries (国家住建部, 出现住房, 居住区), numbers of days, papers and metro lines.
_HOME = re.compile(
    "(?:住址|家庭地址|家住(?<!国家住)(?![房宅建])|现住(?![房宅建户院])|住在|租住|暂住(?!证)|户口所在地|户籍所在地|户籍地"
    "|居住(?!证|区|用|地块|建|小区|社区|环境|条件|房|楼|单元|点|面积|权|项目))"
    r'[^，,。；;、！!？?<>"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]{0,40}'
    "(?<![0-9０-９一二三四五六七八九十百月第同])"
    "(?:[0-9０-９]+(?:[-－][0-9０-９]+)*[A-Za-z]?(?:号(?!文|令|公告|通知|地块|线)|栋|幢|单元|室(?!.?厅))"
    "|[一二三四五六七八九十百]+(?:号(?!文|令|公告|通知|地块|线)|单元))"
)
_HOUSE_NUMBER = re.compile(
    "[0-9０-９一二三四五六七八九十百]+(?=[A-Za-z]?(?:号|栋|幢|单元|室|[-－]))"
)

# Issuers by ISO/IEC 7812 prefix, each at the lengths it uses: UnionPay, ICBC's old debit cards,
# Visa, Mastercard. Rarer prefixes would let one serial number in ten through as a card.
_ISSUED = re.compile(
    r"62\d{14,17}|9558\d{15}|4\d{15}|5[1-5]\d{14}|(?:222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}"
)

# Around a number: an address of a page that it is part of, a digest, a fraction, an amount.
_ADDRESS = re.compile(r"://|\bwww\.|\A[:=]?\.{0,2}/[^/]+/|\b0\.\Z")
_NAME_CHARACTERS = string.ascii_letters + string.digits
_ADDRESS_CHARACTERS = f"{_NAME_CHARACTERS}._~:/?#@&%+=-"
_DIGEST_LENGTH = 32
_AMOUNT = re.compile(r"(?:\.\d+)?\s?[亿万]?元")


@dataclass(frozen=True)
class Found:
    """Something personal in a text: what it is, as it is written, and where it begins."""

    kind: str
    value: str
    offset: int


def find(text: str) -> Iterator[Found]:
    """Yield what looks personal in ``text``: numbers first, then homes."""
    for run in _RUN.finditer(text):
        yield from _numbers(text, *run.span())
    for home in _HOME.finditer(text):
        yield Found(HOME, home[0], home.start())


def plain(value: str) -> str:
    """Return ``value`` as it is compared: half-width, without what separates groups."""
    return value.translate(_PLAIN).replace("-", "")


def mask(found: Found) -> str:
    """Return what may stand instead, the way that public offices mask it."""
    number = plain(found.value)
    if found.kind == IDENTITY:
        return f"{number[:2]}{'*' * 13}{number[-3:]}"
    if found.kind == CARD:
        return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}"
    if found.kind == MOBILE:
        return f"{number[:3]}****{number[-4:]}"
    return _HOUSE_NUMBER.sub("*", found.value)


def scan_built(folder: Path, permitted: Container[str] = ()) -> Iterator[Problem]:
    """Yield what is personal in the text files of the site in ``folder``; paths are from there.

    ``permitted`` are the plain values that may show, as :func:`published` gives them. Code and
    the manifest are left out: they are all numbers, and nothing in them comes from our data.
    """
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix not in BUILT_SUFFIXES or name.startswith(WITHOUT_DATA):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for place, found in _search(_lines(name, text)):
            if plain(found.value) not in permitted:
                yield Problem(place, found.kind, _message(found), RULES[found.kind].severity)


def published(catalogue: Catalogue) -> frozenset[str]:
    """Return, plain, all that looks personal and may stand on the site all the same."""
    return frozenset().union(*map(_permitted, catalogue.notices))


@rule
def identity_number(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """通报和页面里不能有完整的18位身份证号。

    按说明打码，批准文本也要打码后重新报批；经同意公开的，写进 `allowed_personal`
    """
    # GB 11643-1999.
    yield from _in_notice(notice, IDENTITY)


@rule
def bank_card(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """通报和页面里不能有完整的银行卡号。

    按说明打码，批准文本也要打码后重新报批；经同意公开的，写进 `allowed_personal`
    """
    # ISO/IEC 7812-1.
    yield from _in_notice(notice, CARD)


@rule
def mobile_number(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """通报和页面里不能有完整的手机号，`contact` 里公开的除外。

    按说明打码；单位公开的写进 `contact`，其他经同意公开的写进 `allowed_personal`
    """
    yield from _in_notice(notice, MOBILE)


@rule
def home_address(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """个人住址只写到乡镇、街道，不写门牌号；单位和项目的地址不限。

    删去门牌号，批准文本也要改好后重新报批；经同意公开的，写进 `allowed_personal`
    """
    yield from _in_notice(notice, HOME)


@rule
def stale_allowance(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """allowed_personal 里的每个值必须真的出现在这份通报的文字或数据里。

    核对 `value`，要与文中一致；文中已经没有的，删去这一条
    """
    if not notice.facts.allowed_personal:
        return
    text = _joined(_pieces(notice))
    found = {plain(each.value) for each in _found(text)}
    for index, allowed in enumerate(notice.facts.allowed_personal):
        if allowed.value not in text and plain(allowed.value) not in found:
            place = notice.record.document.at("allowed_personal", index, "value")
            yield Finding(place, "这份通报里没有这个值，请与文中核对；已经不用的，删去这一条")


def _on_pages(catalogue: Catalogue, kind: str) -> Iterator[Finding]:
    """Check what people wrote around the notices; there only a contact's numbers may show."""
    site = [
        _Piece(value, lambda _: Place("data/site.yml"))
        for value in _strings(catalogue.site.model_dump(mode="json", exclude_none=True))
    ]
    pages = [piece for path, text in catalogue.pages.items() for piece in _lines(path, text)]
    contacts = frozenset().union(*map(_contact, catalogue.notices))
    for place, found in _search([*site, *pages]):
        if found.kind == kind and plain(found.value) not in contacts:
            yield Finding(place, _message(found))


def _strings(value: object) -> Iterator[str]:
    """Yield every text in what YAML holds, however deep."""
    match value:
        case str():
            yield value
        case dict():
            yield from itertools.chain.from_iterable(map(_strings, value.values()))


# On pages the same rules hold, under the same codes.
for _kind in (IDENTITY, CARD, MOBILE, HOME):
    SITE_RULES[_kind] = SiteRule(
        _kind,
        RULES[_kind].severity,
        RULES[_kind].text,
        functools.partial(_on_pages, kind=_kind),
    )


def _in_notice(notice: Notice, kind: str) -> Iterator[Finding]:
    # Most notices hold nothing of the kind, and text alone is cheaper than text with its places.
    if all(found.kind != kind for found in _found(_all_text(notice))):
        return
    permitted = _permitted(notice)
    for place, found in _search(_pieces(notice)):
        if found.kind == kind and plain(found.value) not in permitted:
            yield Finding(place, _message(found))


def _message(found: Found) -> str:
    # Masked here as well: what a public build prints is as public as the page.
    return _MESSAGES[found.kind].format(mask(found))


def _permitted(notice: Notice) -> frozenset[str]:
    return _contact(notice) | {plain(each.value) for each in notice.facts.allowed_personal}


def _contact(notice: Notice) -> frozenset[str]:
    """Return the plain numbers and addresses by which the publisher wants to be reached."""
    text = "\n".join(notice.facts.contact.model_dump(exclude_none=True).values())
    return frozenset(plain(each.value) for each in find(text) if each.kind in (MOBILE, HOME))


def _documents(notice: Notice) -> list[Document]:
    return [notice.record.document, *(item.document for item in notice.item_records.values())]


@functools.lru_cache(maxsize=2)
def _all_text(notice: Notice) -> str:
    values = (text for each in _documents(notice) for _, text in each.strings)
    lines = (line.text for line in notice.narrative.lines)
    return "\n".join([*values, *lines, notice.approved])


class _Piece(NamedTuple):
    """Some text, and how to find the place of an offset in it, which costs more than the text."""

    text: str
    locate: Callable[[int], Place]


@functools.lru_cache(maxsize=2)
def _pieces(notice: Notice) -> list[_Piece]:
    """Return all text of a notice: data, narrative, and of the approved text what differs."""
    pieces = [
        _value(document, path, value)
        for document in _documents(notice)
        for path, value in document.strings
        if path[0] != "allowed_personal"
    ]
    narrative = {line.text for line in notice.narrative.lines}
    pieces += [
        _line(line.place.path, line.place.line, line.text) for line in notice.narrative.lines
    ]
    approved = _lines(notice.approved_path, notice.approved)
    return [*pieces, *(each for each in approved if each.text.strip() not in narrative)]


def _value(document: Document, path: KeyPath, text: str) -> _Piece:
    # What is quoted or folded is not the text as it was typed, so an offset would lead astray.
    return _Piece(text, lambda _: document.at(*path))


def _line(path: str, number: int, text: str) -> _Piece:
    return _Piece(text, lambda offset: Place(path, number, offset + 1))


def _lines(path: str, text: str) -> list[_Piece]:
    return [_line(path, number, line) for number, line in enumerate(text.splitlines(), 1)]


def _search(pieces: list[_Piece]) -> Iterator[tuple[Place, Found]]:
    """Yield (place, what was found there), looking through all pieces at once."""
    starts = list(itertools.accumulate((len(piece.text) + 1 for piece in pieces), initial=0))
    for found in _found(_joined(pieces)):
        index = bisect_right(starts, found.offset) - 1
        yield pieces[index].locate(found.offset - starts[index]), found


def _joined(pieces: list[_Piece]) -> str:
    return "\n".join(piece.text for piece in pieces)


@functools.lru_cache(maxsize=2)
def _found(text: str) -> tuple[Found, ...]:
    """Return what is found in ``text``; kept for the rules that ask about it one after another."""
    return tuple(find(text))


def _is_identity(number: str) -> bool:
    """Tell whether 18 characters have a date of birth and the check character of GB 11643-1999."""
    try:
        birth = datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    # ISO/IEC 7064, MOD 11-2.
    total = functools.reduce(lambda sum_, each: sum_ * 2 + "0123456789X".index(each), number, 0)
    return birth.year in range(1900, 2100) and total % 11 == 1


def _is_card(number: str) -> bool:
    """Tell whether a number has a known issuer and the check digit of ISO/IEC 7812-1 (Luhn)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return bool(_ISSUED.fullmatch(number)) and sum(sum(divmod(n, 10)) for n in doubled) % 10 == 0


# Where kinds overlap, the first wins. Each may begin at any group, hence the look ahead.
_NUMBERS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    (IDENTITY, re.compile(r"(?<!\d)(?=(\d(?:-*\d){16}-*[\dX])(?!\d))"), _is_identity),
    (CARD, re.compile(r"(?<!\d)(?=(\d{16,19}|(?:\d{4}-){4}\d{1,3})(?!\d))"), _is_card),
    (CARD, re.compile(r"(?<!\d)(?=((?:\d{4}-){3}\d{4})(?!\d))"), _is_card),
    (MOBILE, re.compile(r"(?<!\d)(?:86-?)?(?=(1[3-9]\d(?:\d{8}|-\d{4}-\d{4}))(?!\d))"), bool),
)


def _numbers(text: str, begin: int, end: int) -> Iterator[Found]:
    """Yield the numbers in a run of digits and gaps."""
    run = text[begin:end].translate(_PLAIN)
    taken = bytearray(len(run))
    for kind, pattern, holds in _NUMBERS:
        for match in pattern.finditer(run):
            start, stop = match.span(1)
            if not any(taken[start:stop]) and holds(match[1].replace("-", "")):
                taken[start:stop] = b"1" * (stop - start)
                if not _is_other(kind, text, begin + start, begin + stop):
                    yield Found(kind, text[begin + start : begin + stop], begin + start)


def _is_other(kind: str, text: str, start: int, stop: int) -> bool:
    """Tell whether the number is part of an address, a digest or a fraction, or is an amount."""
    before, after = text[max(start - 500, 0) : start], text[stop : stop + _DIGEST_LENGTH]
    address = before[len(before.rstrip(_ADDRESS_CHARACTERS)) :]
    name = len(before) - len(before.rstrip(_NAME_CHARACTERS)) + stop - start
    name += len(after) - len(after.lstrip(_NAME_CHARACTERS))
    if _ADDRESS.search(address) or name >= _DIGEST_LENGTH:
        return True
    # A mobile number has no check digit, so eleven digits in a short digest would pass as one.
    hexadecimal = {before[-1:], after[:1]} & set("abcdefABCDEF")
    return kind == MOBILE and bool(hexadecimal or _AMOUNT.match(after))
