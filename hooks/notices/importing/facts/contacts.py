"""How the public reaches the body, each as the text has it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..source import Line
from .found import Leaf, leaf

_PHONE = re.compile(
    r"(?<!\d)(?:1[3-9]\d{9}|[48]00-?\d{3}-?\d{4}|(?:[（(]?0\d{2,3}[）)]?[-—－ ]?)?\d{7,8})"
    r"(?!\d)(?:转\d+)?"
)
"""Never a part of a longer run of digits, which is another number."""
_PATTERNS = {
    "office": re.compile(r"联系(?:单位|部门|科室)[:：\t] *(?P<v>[^，。,；;\t]{2,30})"),
    "person": re.compile(
        r"联 *系 *人[:：\t] *(?P<v>[\u4e00-\u9fff·]{2,12}?)(?=联系|电话|手机|[^\u4e00-\u9fff·]|$)"
    ),
    "phone": re.compile(rf"(?P<v>{_PHONE.pattern})"),
    "email": re.compile(r"(?P<v>[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,})"),
    "address": re.compile(
        r"(?:地址|邮政信箱|来信请寄)[:：\t]? *(?P<v>[^，。,；;:：\t]{4,60}?)"
        r"(?=[（(]?邮编|邮政编码|[，。,；;:：\t]|$)"
    ),
    "postcode": re.compile(r"(?:邮编|邮政编码)[:：\t]? *(?P<v>\d{6})(?!\d)"),
}


def contact(tail: Sequence[Line]) -> dict[str, Leaf]:
    """Return what the closing says of how the body is reached."""
    found: dict[str, Leaf] = {}
    for line in tail:
        for key, pattern in _PATTERNS.items():
            match = pattern.search(line.text)
            if match and key not in found:
                found[key] = leaf(match["v"].strip(), line, match[0].strip())
    return {key: found[key] for key in _PATTERNS if key in found}
