"""Pages as systems for government sites save them: an article, in the furniture of each."""

from __future__ import annotations

import html
from collections.abc import Sequence

FURNITURE = (
    "您当前的位置：首页 > 政务公开 > 巡察整改", "来源：虚构区政府网", "发布时间：2020-07-01 09:00",
    "字号：大 中 小", "打印本页", "分享到：", "浏览次数：128", "上一篇：虚构局部门预算",
    "下一篇：虚构局部门决算", "版权所有：虚构区人民政府办公室",
)  # fmt: skip
TITLE = "虚构局党组关于巡察整改情况的通报"
_HEAD = (
    '<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}</title>'
    "<style>.bdshare{{display:inline}} .gone{{display: none}}</style>"
    "<script>var a='脚本里的字'</script></head>"
)
_NAV = (
    "<div class='nav'><ul><li><a href='/'>首页</a></li>"
    "<li><a href='/x'>政务公开</a></li></ul></div>"
)
_FOOT = "<div class='footer'><p>版权所有：虚构区人民政府办公室</p><p>网站标识码0000000000</p></div>"
_META = (
    "<div class='crumbs'>您当前的位置：<a href='/'>首页</a> &gt; 政务公开 &gt; 巡察整改</div>"
    "<h1>{title}</h1><div class='info'><span>来源：虚构区政府网</span>"
    "<span>发布时间：2020-07-01 09:00</span><span>字号：大 中 小</span>"
    "<a href='#'>打印本页</a></div>"
)
_END = (
    "<div class='bdsharebuttonbox'>分享到：<a>微信</a></div><p>浏览次数：128</p>"
    "<p>上一篇：<a href='1'>虚构局部门预算</a></p><p>下一篇：<a href='2'>虚构局部门决算</a></p>"
)


def _paragraph(line: str) -> str:
    return f"<p style='text-indent:2em'>　　{html.escape(line)}</p>"


def _word(line: str) -> str:
    """Return a paragraph as Word writes it into the editor of such a system."""
    escaped = html.escape(line)
    half = len(line) // 2
    first, second = html.escape(line[:half]), html.escape(line[half:])
    if not escaped.isascii() and "&" not in escaped:
        escaped = f"{first}</span><span style='font-family:仿宋_GB2312'>{second}"
    return (
        '<p class="MsoNormal">\n<span style="font-size:16pt"><o:p></o:p>&nbsp;&nbsp;&nbsp;&nbsp;'
        f"{escaped}</span>\n</p>"
    )


def _broken(line: str) -> str:
    return f"&nbsp;&nbsp;　　{html.escape(line)}<br/><br/>\n"


def _divided(line: str) -> str:
    return f"<div>\n　　{html.escape(line)}\n</div>"


LAYOUTS = {
    "TRS": ("<div id='zoom' class='TRS_Editor'>", _paragraph, "</div>"),
    "Word in an editor": ("<div class='article-content'><div class='view'>", _word, "</div></div>"),
    "breaks": ("<table width='100%'><tr><td class='bt'>", _broken, "</td></tr></table>"),
    "div": ("<article><section>", _divided, "</section></article>"),
    "bare": ("", _paragraph, ""),
    "spans": ("<div id='vsb_content'><span>", _paragraph, "</span></div>"),
}
"""How each lays out what is written: before, a line, after."""


def page_of(lines: Sequence[str], layout: str, *, charset: str = "utf-8") -> bytes:
    """Return a saved page with these lines as its article."""
    before, line, after = LAYOUTS[layout]
    title = "虚构局"
    body = "\n".join(line(each) for each in lines)
    text = (
        _HEAD.format(charset=charset, title=title)
        + f"<body>{_NAV}<div class='main'><div class='box'>{_META.format(title=TITLE)}"
        + f"{before}{body}{after}{_END}</div></div>{_FOOT}</body></html>"
    )
    return text.encode("gb18030" if charset == "gb2312" else charset)
