"""What stands around digits and says that they are something else than a number of a person."""

from __future__ import annotations

import re
import string

from .personal import IDENTITY, MOBILE

_FAR = 500
_DIGEST_LENGTH = 32
_NAME_CHARACTERS = string.ascii_letters + string.digits
_ADDRESS_CHARACTERS = f"{_NAME_CHARACTERS}._~:/?#@&%+=-"

# An address of a page, which is full of numbers, but for a field that says what its number is.
_ADDRESS = re.compile(r"://|\bwww\.|\A[:=]?\.{0,2}/[^/]+/")
_FIELD = re.compile(r"[?&#;][a-z_]*(?:phone|mobile|tel|sjh?|card|kh|no|id)=\Z", re.IGNORECASE)

# RFC 9562: a feed has one for each entry, and its groups of digits look like those of a telephone.
_UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)
_UUID_LENGTH = 36

# 0.139…, 121.139… and 13912345678元; 1.139… is the first of a list.
_FRACTION = re.compile(r"(?<![0-9.])(?:0|[0-9]{3,})\.\Z")
_DEGREES = re.compile(r"(?:[东西]经|[南北]纬|[经纬]度)[^，,。；;\n]{0,6}\Z")
_MONEY = re.compile(r"(?:[￥¥$]|人民币)\s?\Z")
_AMOUNT = re.compile(
    r"(?:\.[0-9]+)?\s?(?:[亿万千百]*(?:元|美元|港元|欧元|吨|公里|平方|立方|千瓦|公顷|亩|股(?![东份]))|[%％‰°])"
)
_COUNTED = re.compile("[年月日元万亿个人条项次期章页%％‰]")

# What counts papers and goods: 订单号13912345678.
_CODE = re.compile(
    r"(?:编号|[订运货快]单号?|快递单号|流水号?|序列号|代码|合同号|发票号码?|批次?号|凭证号|票据?号|文号"
    r"|索引号|备案号|许可证号|登记号|注册号|版本号?|时间戳|\b(?:No|SN|ID|Order)\.?)\s?[：:为是#]?\s?\Z",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[A-Za-z]+\Z")
_TELEPHONES = re.compile(
    "(?:tel|telephone|phone|mobile|mob|cell|call|sms|hp|sjh?|lxdh|dh|wx|vx|weixin|wechat|qq)$",
    re.IGNORECASE,
)


def is_other(kind: str, text: str, start: int, stop: int, *, joined: bool) -> bool:
    """Tell whether ``text[start:stop]`` only looks like a number of this kind, by what is around.

    ``joined`` says that it is put together from groups.
    """
    before, after = text[max(start - _FAR, 0) : start], text[stop : stop + _DIGEST_LENGTH]
    if joined:
        if _COUNTED.match(after) or _is_in_uuid(text, start, stop):
            return True
    elif _is_name(kind, before, after, stop - start) or _is_fraction(before):
        return True
    if kind == IDENTITY:  # its check leaves nothing to chance, even within an address
        return False
    return _is_in_address(before) or (kind == MOBILE and _is_count(before, after))


def _is_in_uuid(text: str, start: int, stop: int) -> bool:
    around = _UUID.finditer(text, max(stop - _UUID_LENGTH - 1, 0), start + _UUID_LENGTH + 1)
    return any(found.start() <= start and stop <= found.end() for found in around)


def _is_name(kind: str, before: str, after: str, length: int) -> bool:
    """Tell whether the digits are part of a digest, or a mobile number's of another name."""
    left = before[len(before.rstrip(_NAME_CHARACTERS)) :]
    right = after[: len(after) - len(after.lstrip(_NAME_CHARACTERS))]
    if len(left) + length + len(right) >= _DIGEST_LENGTH:
        return True
    if kind != MOBILE:
        return False
    # It has no check digit, so eleven digits in a short digest would pass as one.
    if (left + right).strip("0123456789") and not (left + right).strip("0123456789abcdef"):
        return True
    letters = _LETTERS.search(left)
    is_code = bool(letters and len(letters[0]) > 1 and letters[0].isupper())
    return is_code and not _TELEPHONES.search(left)


def _is_fraction(before: str) -> bool:
    return bool(_FRACTION.search(before) or _DEGREES.search(before))


def _is_in_address(before: str) -> bool:
    address = before[len(before.rstrip(_ADDRESS_CHARACTERS)) :]
    return bool(_ADDRESS.search(address)) and not _FIELD.search(address)


def _is_count(before: str, after: str) -> bool:
    return bool(_AMOUNT.match(after) or _MONEY.search(before) or _CODE.search(before))
