"""Rule: nothing is left to be filled in, in the text or in the facts.

A placeholder is told wherever it stands. What is masked on purpose is none: 张XX, XX公司.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalogue.notices import Notice
from ..catalogue.settings import Settings
from ..catalogue.summary import Archive
from ..facts import model
from ..facts.source import Key, KeyPath, YamlDocument
from ..problem import Place
from ..text.patterns import later
from .privacy.pages import place_in
from .privacy.shown import words_of_page
from .rules import (
    ACCEPTED,
    ODDITY,
    RULES,
    SAMPLE_NOTE,
    SAMPLE_REASON,
    SITE_RULES,
    Objection,
    SiteRule,
    rule,
)
from .texts import all_text

# Whatever is a placeholder holds one of these: most texts hold none, and are done with. Each begins
# with one certain character, which makes looking for all of them quick.
_SIGNS = re.compile(
    "|".join(
        (
            *(
                "待[补填定完核确]",
                "此处",
                "填写",
                "输入",
                "TODO",
                "FIXME",
                "TB[ACD]",
                "todo",
                "tbd",
            ),
            *(
                "＿＿",
                "__",
                "XX",
                "xx",
                "ＸＸ",
                "××",
                "○○",
                "◯◯",
                "〇〇",
                "\\*\\*",
                "＊＊",
                "\\?\\?",
                "？？",
            ),
            *(f"{each}\\s*[年月日万亿元%％个项条件次名份家人]" for each in "XxＸ×○◯"),
            *(
                "年\\s+月",
                "月\\s+日",
                "\\{\\{",
                "\\[\\s*\\]",
                "\\(\\s*\\)",
                "（\\s*）",
                "【\\s*】",
                "〔\\s*〕",
                "《\\s*》",
            ),
        )
    )
)
_FILLER = "[XxＸ×○◯]"
# 〇 is a digit as well: of 二〇〇三年, and so is ○ at times.
_NOT_IN_YEAR = "(?<![〇○0-9０-９一二三四五六七八九十百千])"
# Names that are masked on purpose follow a surname, and so does 张XX.
_SURNAME = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛"
    "叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔"
    "贺赖龚文倪温莫章鲁葛季包邢洪齐庞樊兰殷施陶洪翟安颜柳牛骆严尚关阮某"
)
# So are bodies and people that a text does not name: XX公司, XX化工.
_BODY = (
    "公司|分公司|有限|股份|科技|实业|贸易|物业|企业|集团|单位|部门|街道|社区|小区|学校|大学|医院|法院|检察院|人民|银行|支行|商行|酒店|饭店"
    "|超市|机构|中心|大厦|花园|工程|项目|产品|支部|党委|党支部|同志|先生|女士|书记|主任|某|等"
    "|[省市区县镇乡村局厅委厂店路号化]"
)
_LATIN = "A-Za-z0-9Ａ-Ｚａ-ｚ０-９×@._/*\\-"
# 于 is a surname too, but not in 关于XX.
_UNMASKED = f"(?<![{_LATIN}{_SURNAME}])(?<![^关由对属至鉴]于)"
_MONEY = "[万亿]?元|[%％]|平方米"
_COUNT = (
    f"(?:{_MONEY}|[万亿条份场]|个(?![人体别])|项(?!目)|件(?!事)|次(?!日)|名(?![单称])"
    "|家(?![属庭中长])|人(?![民员]))"
)
_ENDED = '(?= *(?:[)）\\]】,，。；;、！!"”]|$))'
# What a clerk looks up later. Anything else may be wanting in earnest: 岗位空缺待补充.
_SUBJECT = (
    "(?:金额|款额|数额|数量|数据|数字|总数|内容|情况|时间|日期|期限|年份|姓名|名称|文号|编号|人数|次数|户数|比例|名单|电话|号码|地址|邮箱"
    "|联系人|联系方式|负责人|责任人|领导|责任单位|责任部门|原因|结果|进展|标题|详情|附件|说明|信息|来源|依据|出处)"
)
_PLACEHOLDER = later(
    "|".join(
        (
            # 有待补充 is a finding of the inspection, (待补充) is a placeholder.
            "[(（\\[【〔][^()（）\\[\\]【】]{0,8}(?<![有亟急尚仍])待(?:补充|补|填写|填报|填|核实|确认|完善|更新|定)"
            "[)）\\]】〕]",
            "待(?:完善|核实|确认)后再?(?:补充|填写|填报|补)",
            f"(?<=[:：(（【\\[])待(?:补充|补|填写|填报|填|定){_ENDED}",
            f"(?:^|{_SUBJECT})(?:[:：为是]|暂时?)?(?:待(?:补充|补)|{_FILLER}{{2,}}待定){_ENDED}",
            f"(?<![有亟急尚仍期等])待(?:填写|填报|填|定){_ENDED}",
            "(?<![A-Za-z])(?:TODO|FIXME|TB[ACD]|todo|tbd)(?![A-Za-z])",
            "[(（【\\[](?:此处)?(?:请|需|应|可)?(?:在此处?)?(?:填写|填入|填报|填|输入|插入|补充|粘贴)"
            "[^()（）【】\\[\\]]{0,30}[)）】\\]]",
            "[(（【\\[]此处(?:请|需|应|待|可|插|填|补|添|放|写|加|粘|根据|按)[^()（）【】\\[\\]]{0,30}[)）】\\]]",
            "(?:单击|点击)[^。，,]{0,10}输入(?:文字|内容|日期|标题)",
            # 20XX年, ××年×月, 2023年 月 日; and X年X月, X月X日: a single X alone may be a name.
            f"(?<![A-Za-z{_SURNAME}]){_NOT_IN_YEAR}[0-9]{{0,3}}{_FILLER}{{2,4}}年"
            f"(?:{_FILLER}{{1,2}}月)?(?:{_FILLER}{{1,2}}日)?",
            f"(?<![A-Za-z])20{_FILLER}{{2}}年",
            f"(?<![{_LATIN}]){_NOT_IN_YEAR}{_FILLER}{{1,2}}"
            f"(?:年{_FILLER}{{1,2}}月(?:{_FILLER}{{1,2}}日)?|月{_FILLER}{{1,2}}日)",
            "[0-9]{4}年(?:\\s+月(?:\\s*日)?|[0-9]{0,2}月\\s+日)|年\\s+月\\s+日",
            # XX个, 〇〇万元, **万元, ??万元; XX by itself, unless it hides a name on purpose.
            f"{_UNMASKED}{_NOT_IN_YEAR}{_FILLER}{{2,}} *{_COUNT}",
            f"{_NOT_IN_YEAR}〇{{2,}} *(?:{_MONEY})",
            f"(?<![{_LATIN}?？])(?:[*＊]{{2,}}|[?？]{{2,}}) *(?:{_MONEY})",
            f"{_UNMASKED}{_NOT_IN_YEAR}{_FILLER} *(?:{_MONEY}|项(?!目)|个(?!人))",
            f"{_UNMASKED}{_NOT_IN_YEAR}{_FILLER}{{2,}}(?![{_LATIN}]|{_BODY})",
            # ____, and brackets with nothing in them.
            "(?<![A-Za-z0-9_./@-])[_＿]{2,}(?![A-Za-z0-9_./@-])|(?<![A-Za-z_])[_＿]{3,}(?![A-Za-z_])",
            "(?<![A-Za-z0-9_\\])])(?:\\[\\s*\\]|\\(\\s*\\)|（\\s*）|【\\s*】|〔\\s*〕|《\\s*》)",
            "\\{\\{[^{}]{0,30}\\}\\}",
        )
    )
)


@rule
def placeholder(notice: Notice, _: Settings) -> Iterator[Objection]:
    """正文、数据和页面里没有留空的地方：待补充、TBD、XX、○○万元、××年×月、____、[ ]。张XX 可以。

    填上真实的内容；数据和页面里没有的，把那一项删去
    """
    yield from _samples(notice)
    if not _SIGNS.search(all_text(notice)):
        return
    for at, place, text in _lines(notice):
        for match in placeholders(text):
            message = f"“{match[0]}”像是还没有填的地方，请核对批准的文件"
            yield Objection(Place(place.path, place.line, match.start() + 1), message, at=at)
    # Left out is what explains the approved text, and what other rules hold to it.
    yield from _in_facts(notice.record.document, {ODDITY, ACCEPTED})
    for item in notice.items:
        yield from _in_facts(item.record.document, {"title", "documents"})


def _samples(notice: Notice) -> Iterator[Objection]:
    """Yield what was copied from a message where the editor's own words should stand."""
    facts, document = notice.facts, notice.record.document
    words = [(ODDITY, n, "note", each.note) for n, each in enumerate(facts.known_discrepancies)]
    words += [(ACCEPTED, n, "reason", each.reason) for n, each in enumerate(facts.accepted)]
    for key, number, name, value in words:
        if value in (SAMPLE_NOTE, SAMPLE_REASON):
            place = document.at(key, number, name)
            yield Objection(place, f"“{value}”只是样子，请换成自己的话")


def placeholders(text: str) -> Iterator[re.Match[str]]:
    """Yield what looks left to be filled in."""
    if _SIGNS.search(text):
        yield from _PLACEHOLDER.finditer(text)


def _in_facts(document: YamlDocument, left_out: set[Key]) -> Iterator[Objection]:
    for path, value in _strings(document, left_out):
        if match := next(placeholders(value), None):
            message = f"“{match[0]}”像是还没有填的地方，请填上真实的内容；没有就删去这一项"
            yield Objection(document.at(*path), message)


def _lines(notice: Notice) -> Iterator[tuple[str, Place, str]]:
    """Yield (id of the section or ``preamble``, place, text) of every line, headings too."""
    for line in notice.narrative.preamble:
        yield "preamble", line.place, line.text
    for section in notice.narrative.all_sections:
        for line in section.lines:
            yield section.id, line.place, line.text


def _strings(document: YamlDocument, left_out: set[Key]) -> Iterator[tuple[KeyPath, str]]:
    """Yield each text of a file with its path, without quotes and the keys that are left out."""
    for path, value in document.strings:
        if path[0] not in left_out and path[-1] != "quote":
            yield path, value


def _on_site(archive: Archive) -> Iterator[Objection]:
    """Check what people wrote around the notices, pages as they are read."""
    for document in archive.written:
        yield from _in_facts(document, set())
    for path, page in archive.pages.items():
        if _SIGNS.search(page):
            head = archive.heads.get(path, model.Head())
            lines = [head.title or "", head.description or "", *words_of_page(page).splitlines()]
            for match in (each for line in lines for each in placeholders(line.strip())):
                message = f"“{match[0]}”像是还没有填的地方，请填上真实的内容；没有就删去"
                yield Objection(place_in(path, page, match[0]), message)


_rule = RULES["placeholder"]
SITE_RULES[_rule.code] = SiteRule(_rule.code, _rule.severity, _rule.text, _on_site)
