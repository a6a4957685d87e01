# ruff: noqa: E501 (pages have lines as long as systems write them)
"""Whole pages as systems for government sites of different ages write them, word for word theirs
but for the names: what stands in their heads, around their articles and between their paragraphs.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

TITLE = "虚构局党组关于巡察整改情况的通报"
DAY = "2023-12-01"
_ICON = '<img src="{}" width="20" height="20" alt="">'
_FOOT = "主办单位：虚构区人民政府办公室 备案号：京ICP备00000000号 网站标识码：0000000000"


def _old(lines: Sequence[str]) -> str:
    """Return a page of tables within tables, as made in the year 2000."""
    body = "<BR>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{html.escape(line)}" for line in lines)
    return f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312">
<TITLE>{TITLE}-虚构区政务网</TITLE><META content="MSHTML 6.00.2900.5726" name=GENERATOR></HEAD>
<BODY leftMargin=0 topMargin=0 onselectstart="return false">
<TABLE cellSpacing=0 cellPadding=0 width=778 align=center border=0><TBODY><TR>
<TD><A href="index.asp">网站首页</A> | <A href="a.asp">政务公开</A> | <A href="b.asp">办事指南</A></TD>
<TD>今天是2023年12月5日 星期二</TD></TR></TBODY></TABLE>
<TABLE width=778 align=center><TBODY><TR><TD vAlign=top width=180>
<TABLE><TBODY><TR><TD>热点新闻</TD></TR><TR><TD><A href="1">虚构区召开会议</A></TD></TR>
<TR><TD><A href="2">虚构区部署防汛工作</A></TD></TR></TBODY></TABLE></TD>
<TD vAlign=top width=598><TABLE width="100%"><TBODY><TR><TD height=25>您现在的位置：
<A href="/">首页</A> &gt;&gt; <A href="/x">巡察整改</A> &gt;&gt; 正文</TD></TR>
<TR><TD class=title align=middle><FONT size=4><STRONG>{TITLE}</STRONG></FONT></TD></TR>
<TR><TD align=middle>发布时间：{DAY} 来源：虚构局 点击数：<SCRIPT src="hits.asp?id=1"></SCRIPT>
【字体：<A href="javascript:a(16)">大</A> <A href="javascript:a(14)">中</A> 小】</TD></TR>
<TR><TD id=zoom class=content><FONT face=宋体>{body}</FONT></TD></TR>
<TR><TD align=right>【<A href="javascript:window.print()">打印本页</A>】
【<A href="javascript:window.close()">关闭窗口</A>】</TD></TR></TBODY></TABLE></TD></TR></TBODY></TABLE>
<TABLE width=778 align=center><TBODY><TR><TD align=middle>{_FOOT}</TD></TR></TBODY></TABLE>
</BODY></HTML>"""


def _metas() -> str:
    told = {
        "SiteName": "虚构区人民政府", "SiteDomain": "www.example.gov.cn", "ColumnName": "巡察整改",
        "ColumnType": "政府信息公开", "ArticleTitle": TITLE, "PubDate": f"{DAY} 09:30",
        "ContentSource": "虚构局", "Keywords": "", "Author": "", "Description": "虚构局党组巡察整改情况",
        "Url": "http://www.example.gov.cn/art/2023/12/1/art_1.html",
    }  # fmt: skip
    return "\n".join(f'<meta name="{name}" content="{text}">' for name, text in told.items())


def _templated(lines: Sequence[str]) -> str:
    """Return a page of a template whose places are marked by comments."""
    body = "".join(
        f'<p style="text-indent: 2em; line-height: 2; font-size: 16pt;">'
        f'<span style="font-family: 仿宋;">　　{html.escape(line)}</span></p>'
        for line in lines
    )
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
<title>虚构区人民政府 巡察整改 {TITLE}</title>{_metas()}
<style>.ewm{{display:none}} .tc{{ display : none; }}</style><script>var _hmt = [];</script></head>
<body><div class="top-bar"><a href="#main">无障碍</a><a href="#">长者版</a></div>
<header class="header"><h1 class="logo"><a href="/">虚构区人民政府</a></h1>
<form action="/search"><input name="q"><button>搜索</button></form></header>
<div class="container"><div class="bread">当前位置： <a href="/">首页</a> &gt; <a href="/x">巡察整改</a></div>
<div class="article"><!--<$[标题名称]>begin--><div class="article-title">{TITLE}</div>
<!--<$[标题名称]>end--><ul class="info"><li>发布日期：{DAY} 09:30</li><li>信息来源：虚构局</li>
<li>浏览次数：<span id="hits">1024</span>次</li><li class="zt">字号：[ <a>大</a> <a>中</a> <a>小</a> ]</li></ul>
<!--ZJEG_RSS.content.begin--><meta name="ContentStart"><div id="zoom">{body}</div>
<meta name="ContentEnd"><!--ZJEG_RSS.content.end-->
<div class="bdsharebuttonbox"><a>分享到微信</a><a>微博</a></div><div class="ewm">扫一扫在手机打开当前页</div>
<div class="pr"><a href="javascript:window.print()">打印</a><a href="javascript:window.close()">关闭</a></div>
<div class="pn"><p>上一篇：<a href="1">关于预算的公示</a></p><p>下一篇：<a href="2">关于决算的公示</a></p></div>
</div></div><div class="footer"><p>{_FOOT}</p><p>{_ICON.format("police.png")} 京公网安备 00000000000000号</p>
</div><div class="tc">您访问的链接即将离开网站，是否继续？</div></body></html>"""


def _pasted(lines: Sequence[str]) -> str:
    """Return a page into which somebody pasted what Word had copied."""

    def paragraph(line: str) -> str:
        half = len(line) // 2
        first, second = html.escape(line[:half]), html.escape(line[half:])
        return (
            '<p class="MsoNormal" style="text-indent:32.0pt;mso-char-indent-count:2.0"><a '
            'name="_GoBack"></a><span style="font-size:16.0pt;font-family:仿宋_GB2312;mso-hansi-'
            f'font-family:仿宋">{first}<span\nlang="EN-US">{second}<o:p></o:p></span></span></p>'
        )

    body = "\n".join(map(paragraph, lines))
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta charset="gb2312"><title>{TITLE}_虚构局</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
</head><body><div class="w1200"><div class="nav"><a href="/">首页</a><a href="/gk">信息公开</a></div>
<h2 class="wz_title">{TITLE}</h2><p class="wz_info"><span>时间：{DAY}</span><span>来源：虚构局办公室</span>
<span>作者：佚名</span></p><div class="wz_con"><!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/>
</o:OfficeDocumentSettings></xml><![endif]--><!--[if !supportLists]--><!--[endif]--><style>
<!-- /* Style Definitions */ p.MsoNormal {{mso-style-parent:""; margin:0cm;}} --></style>
<div class="WordSection1" style="layout-grid:15.6pt">{body}</div></div>
<p>责任编辑：<a>张某</a></p><p>附件：<a href="1.xlsx">整改台账.xlsx</a></p></div>
<div class="copyright">{_FOOT}</div></body></html>"""


def _new(lines: Sequence[str]) -> str:
    """Return a page of an application, of which the article stands in sections."""
    body = "".join(f"<section><p><span>{html.escape(line)}</span></p></section>" for line in lines)
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>{TITLE}|虚构集团</title>
<meta property="og:title" content="{TITLE}"><meta name="publishdate" content="{DAY}T01:30:00Z"></head>
<body><div id="app"><div class="header-wrap"><span>虚构集团有限公司</span></div><main class="detail">
<h1 class="detail__title">{TITLE}</h1><div class="detail__meta"><time>{DAY}</time>
<span>阅读量 88</span></div><div class="detail__body rich-text">{body}
<p><br></p><p>&nbsp;</p></div><div class="detail__actions"><button>分享</button><button>打印</button>
</div></main><aside class="recommend"><h3>相关推荐</h3><ul><li><a href="1">虚构集团召开年度工作会议</a></li>
</ul></aside><footer>{_FOOT}</footer></div><script type="application/ld+json">{{}}</script></body></html>"""


PAGES: dict[str, tuple[Callable[[Sequence[str]], str], str]] = {
    "tables within tables, of 2000": (_old, "gb18030"),
    "a template with its comments": (_templated, "utf-8"),
    "pasted from Word": (_pasted, "gb18030"),
    "an application": (_new, "utf-8"),
}


def saved(name: str, lines: Sequence[str]) -> bytes:
    """Return the page of that ``name`` with these lines as its article."""
    make, encoding = PAGES[name]
    return make(lines).encode(encoding)
