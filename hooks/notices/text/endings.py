"""Endings: how lines begin that a body adds to its answers, and that belong to none of them."""

from __future__ import annotations

import re

_YEAR = "(?:[0-9０-９]{4}|[〇零○O一二三四五六七八九]{4})"
_NUMBER = "[0-9０-９一二三四五六七八九十]{1,3}"
DAY_ALONE = re.compile(rf"{_YEAR} *年 *{_NUMBER} *月 *{_NUMBER} *日[。]?$")
"""A line that is a day and nothing else."""
# How to reach it, until when, who signs, when.
_ADDED = re.compile(
    r"(?:(?:联系|监督|举报|办公|咨询)电话|联系方式|联 *系 *人|联系单位|(?:电子)?邮箱|电子邮件"
    r"|邮政信箱|(?:通信|通讯|联系)地址|邮政编码|邮编|公示(?:时间|期限|期)|附[件表]|责(?:任)?编(?:辑)?)"
    r" *(?:[0-9０-９一二三四五六七八九十]*[.、]?)? *[:：]"
    r"|特此(?:公示|通报|公告|公布|报告|说明)|欢迎(?:广大)?(?:党员|干部|群众|社会)[^。]{0,30}监督"
    rf"|{DAY_ALONE.pattern}"
)


def begins_ending(text: str) -> bool:
    """Tell whether a line that begins so is added to the answers: contact, period, signature."""
    return bool(_ADDED.match(text))
