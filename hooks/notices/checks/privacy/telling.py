"""What an editor is told: never to change an approved text by himself, nor the value itself.

What a public build prints is as public as the page, so it is masked here as well.
"""

from __future__ import annotations

from .personal import HOME, MOBILE, NAMES, Found, mask

APPROVED, FACT, COMMENT, PAGE = "approved", "fact", "comment", "page"
"""Where it stands: in approved words, in other facts of a notice, in a remark, on the site."""


def tell(found: Found, where: str) -> str:
    """Return what is wrong with what was ``found`` there, and what may be done."""
    if found.kind == HOME:
        wrong, instead = f"住址写到了门牌号（“{mask(found)}”）", "只写到乡镇、街道"
    else:
        wrong, instead = f"{NAMES[found.kind]}没有打码", f"改成“{mask(found)}”"
    if where == APPROVED:
        return f"{wrong}。批准的文本不要自己改：重新报批，{instead}；{_allowed(found)}"
    if where == FACT:
        return f"{wrong}，请{instead}；{_allowed(found)}"
    if where == COMMENT:
        return f"备注里的{wrong}，请{instead}或者删去"
    contact = "；是单位公开的号码，请写进通报的 contact" if found.kind == MOBILE else ""
    return f"{wrong}，请{instead}{contact}"


def tell_of_file(found: Found) -> str:
    """Return what is wrong with an attachment in which it was ``found``."""
    shown = f"{NAMES[found.kind]}（{mask(found)}）"
    return f"附件里有没有打码的{shown}，请换成打了码的附件"


def tell_of_name(found: Found) -> str:
    """Return what is wrong with the name of a file in which it was ``found``."""
    return f"文件名里有没有打码的{NAMES[found.kind]}（{mask(found)}），请改名"


def _allowed(found: Found) -> str:
    if found.kind == MOBILE:
        return "单位公开的号码写进 contact，其他经同意公开的写进 allowed_personal"
    return "经同意公开的，写进 allowed_personal"
