"""Furniture: what systems for web pages put around an article, and its author did not write."""

from __future__ import annotations

import re

_LONGEST = 120  # characters of such a line
_NEARLY_ALONE = ".{0,12}"
_DAY = r"\d{4} *[-/.年] *\d{1,2} *[-/.月] *\d{1,2}日?"
_WORDS = (
    r"(?:当前|您|你|现在|所在|的)*位置[:：].*",
    r"(?:首页|主页) *[>＞»/].*",
    rf"[【\[（(]?字[体号] *[:：]? *{_NEARLY_ALONE}[大小中]{_NEARLY_ALONE}",
    r"(?:上|下)一[篇条页].*",
    r"(?:浏览|点击|访问|阅读)(?:次数|量|数)?[:：]? *\d*.{0,8}",
    r".{0,4}分享(?:到|至)?[:：]?.{0,12}",
    rf"[【\[（(]?(?:打印|关闭)(?:本页|窗口|此页)?[】\])）]?{_NEARLY_ALONE}",
    r"(?:信息|文章|稿件)?来源[:：].{0,80}",
    r"(?:发布|更新|发文)(?:时间|日期)[:：].{0,80}",
    rf"(?:时间|日期)[:：] *{_DAY}.{{0,80}}",
    rf"{_DAY}(?: *\d{{1,2}}(?::\d{{2}}){{1,2}})? *(?:阅读|浏览|点击|访问|来源|作者|字号).{{0,60}}",
    r"(?:扫一扫|手机扫码|版权所有|主办单位[:：]|网站地图|返回顶部|收藏本[页站]).{0,60}",
    r"相关(?:链接|文章|阅读|新闻).{0,30}",
)
_ABOUT = re.compile(
    r"(?:信息|文章|稿件)?来源[:：]|(?:发布|更新|发文)?(?:时间|日期)[:：]|\d{4}[-/.年]|【?字[体号]"
)
"""How lines begin that a system puts between the title of an article and its words."""
_PAGE = re.compile("|".join(_WORDS))


def is_furniture(text: str) -> bool:
    """Tell whether a line is what stands around an article, by its words alone."""
    own = text.strip()
    return len(own) <= _LONGEST and bool(_PAGE.fullmatch(own))


def is_below_title(text: str) -> bool:
    """Tell whether a line is what stands between the title of an article and its words."""
    return is_furniture(text) and bool(_ABOUT.match(text.strip()))
