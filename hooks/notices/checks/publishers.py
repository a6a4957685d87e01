"""Rules over the bodies that publish: who each is, under whom, and which notice is whose."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue.notices import Notice
from ..catalogue.settings import Settings
from ..catalogue.summary import Archive
from ..problem import meant
from .rules import Objection, site_rule, warning

# GB 32100-2015: each character stands for its place here, and counts by its place in the code.
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@site_rule
def unknown_parent(archive: Archive) -> Iterator[Objection]:
    """发布单位的上级（parent）要在 data/publishers/ 里有一个文件。

    核对文件名，不写 .yml；没有的，添一个文件，或者删去 `parent`
    """
    for record in archive.publishers.values():
        parent = record.facts.parent
        if parent and parent not in archive.publishers.keys() | archive.unreadable_publishers:
            hint = meant(parent, sorted(archive.publishers))
            message = f"没有 data/publishers/{parent}.yml 这个单位{hint}"
            yield Objection(record.document.at("parent"), message)


@site_rule
def circle_of_parents(archive: Archive) -> Iterator[Objection]:
    """发布单位的上级（parent）一级一级往上，不能又回到它自己。

    核对说明里列出的几个文件，谁是谁的上级
    """
    for name, record in archive.publishers.items():
        above = [name]
        while parent := archive.parent_of(above[-1]):
            above.append(parent)
            if parent == name:
                message = f"上级绕了一圈：{' → '.join(above)}"
                yield Objection(record.document.at("parent"), message)
            if parent in above[:-1]:
                break


@site_rule
def repeated_publisher(archive: Archive) -> Iterator[Objection]:
    """两个发布单位的全称（name）、统一社会信用代码（credit_code）不能相同。

    并成一个文件；不是同一个单位的，核对全称和代码
    """
    for key in ("name", "credit_code"):
        first: dict[str, str] = {}
        for record in archive.publishers.values():
            said = getattr(record.facts, key)
            if said and said in first:
                message = f"“{said}”已经是 {first[said]} 的了"
                yield Objection(record.document.at(key), message)
            elif said:
                first[said] = record.document.path


@site_rule
def credit_code(archive: Archive) -> Iterator[Objection]:
    """统一社会信用代码的最后一位要与前面的合得上（GB 32100-2015）。

    多半是抄错了一位，照登记证书核对
    """
    for record in archive.publishers.values():
        code = record.facts.credit_code
        if code and check_sign(code[:-1]) != code[-1]:
            message = f"“{code}”的最后一位与前面的合不上，请照登记证书核对"
            yield Objection(record.document.at("credit_code"), message)


def check_sign(digits: str) -> str:
    """Return the last character of the code that begins with ``digits``."""
    total = sum(_SIGNS.index(each) * pow(3, place, 31) for place, each in enumerate(digits))
    return _SIGNS[-total % 31]


@warning
def unlisted_publisher(notice: Notice, settings: Settings) -> Iterator[Objection]:
    """写了 data/publishers/ 的，通报的发布单位（publisher）应在其中，全称一字不差。

    核对全称；确是另一个单位的，给它添一个文件
    """
    if not settings.publishers or settings.unreadable_publishers:
        return
    name = notice.facts.publisher
    if not settings.publishers_of(name):
        known = [record.facts.name for record in settings.publishers.values()]
        message = f"data/publishers/ 里没有叫“{name}”的单位{meant(name, known)}"
        yield Objection(notice.record.document.at("publisher"), message)
