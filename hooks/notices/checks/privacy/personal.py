"""What counts as personal, how it is compared, and what may stand instead of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .digits import BETWEEN, DIGIT, nearer, value_of

IDENTITY, CARD, MOBILE, HOME = "identity-number", "bank-card", "mobile-number", "home-address"
NAMES = {IDENTITY: "身份证号", CARD: "银行卡号", MOBILE: "手机号", HOME: "住址"}

_PLAIN = re.compile(f"(?P<digit>{DIGIT})|(?P<between>[{BETWEEN}]+)|[xＸｘ]")
_HOUSE_NUMBER = re.compile(rf"(?:{DIGIT}|[十百])+(?=[A-Za-z]?(?:号|栋|幢|单元|室|户|[-－]))")


@dataclass(frozen=True)
class Found:
    """Something personal in a text: what it is, as it is written, and where it begins."""

    kind: str
    value: str
    offset: int


def plain(value: str) -> str:
    """Return ``value`` as it is compared: common digits, without what separates groups."""
    return _PLAIN.sub(_plain, nearer(value))


def _plain(match: re.Match[str]) -> str:
    if match["digit"]:
        return value_of(match["digit"])
    return "" if match["between"] else "X"


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
