"""Rules: what is written is finished, and is this item's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalogue import Catalogue, Notice
from ..narrative import ITEM, Section
from ..problem import Place
from ..source import Document, Key, KeyPath
from .rules import ACCEPTED, ODDITY, SAMPLE_NOTE, SAMPLE_REASON, Finding, rule, warning

# --- Placeholders --------------------------------------------------------------------------------

# Whatever is a placeholder holds one of these: most texts hold none, and are done with.
_SIGNS = re.compile(
    "待补|待填|待完善|待核实|待定|此处|TODO|FIXME|＿＿|__|XX|xx|ＸＸ|××|X年|X月|×年|×月"
)
_FILLER = "[XxＸ×]"
# Names that are masked on purpose follow a surname, and so does 张XX.
_SURNAME = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛"
    "叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔"
    "贺赖龚文倪温莫章鲁葛季包邢洪齐庞樊兰殷施陶洪翟安颜柳牛骆严尚关阮某"
)
# So are bodies and people that a text does not name: XX公司.
_BODY = (
    "公司|分公司|有限|股份|科技|实业|贸易|物业|企业|集团|单位|部门|街道|社区|小区|学校|大学|医院|法院|检察院|人民|银行|支行|商行|酒店|饭店"
    "|超市|机构|中心|大厦|花园|工程|项目|产品|支部|党委|党支部|同志|先生|女士|书记|主任|某"
    "|[省市区县镇乡村局厅委厂店路号]"
)
_LATIN = "A-Za-z0-9Ａ-Ｚａ-ｚ０-９×@._/*\\-"
# 于 is a surname too, but not in 关于XX.
_UNMASKED = f"(?<![{_LATIN}{_SURNAME}])(?<![^关由对属至鉴]于)"
_COUNT = "(?:[万亿]元|[个项条件次名份场亿万元%％]|家(?![属庭中长])|人(?![民员])|平方米)"
_ENDED = "(?= *(?:[)）\\]】,，。；;、]|$))"
_PLACEHOLDER = re.compile(
    "|".join(
        (
            # 有待补充 is a finding of the inspection, (待补充) is a placeholder.
            "[(（\\[【][^()（）\\[\\]【】]{0,8}(?<![有亟急尚仍])待(?:补充|补|填写|填报|填|核实|定)[)）\\]】]",
            "待(?:完善|核实|确认)后再?(?:补充|填写|填报|补)",
            "(?:^|(?<=[:：(（【\\[]))(?:具体|有关|相关)?(?:情况|内容|数据|时间|日期)?"
            f"待(?:补充|填写|填报|定){_ENDED}",
            "(?<![A-Za-z])(?:TODO|FIXME)(?![A-Za-z])",
            "[(（【\\[]此处(?:请|需|应|待|可|插|填|补|添|放|写|加|粘|根据|按)[^()（）【】\\[\\]]{0,30}[)）】\\]]",
            # XXXX年, 20XX年, ××年×月; and X年X月, X月X日, where a single X alone may be a name.
            f"(?<![A-Za-z{_SURNAME}])[0-9]{{0,3}}{_FILLER}{{2,4}}年"
            f"(?:{_FILLER}{{1,2}}月)?(?:{_FILLER}{{1,2}}日)?",
            f"(?<![{_LATIN}]){_FILLER}{{1,2}}"
            f"(?:年{_FILLER}{{1,2}}月(?:{_FILLER}{{1,2}}日)?|月{_FILLER}{{1,2}}日)",
            # XX个; XX by itself, unless it hides a name on purpose.
            f"{_UNMASKED}{_FILLER}{{2,}} *{_COUNT}",
            f"{_UNMASKED}{_FILLER}{{2,}}(?![{_LATIN}]|{_BODY})",
            "(?<![A-Za-z0-9_./@-])[_＿]{2,}(?![A-Za-z0-9_./@-])",
        )
    )
)


@rule
def placeholder(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """正文和数据里不能留着没有填的地方：待补充、XX、××年×月、TODO、____（张XX 这样的隐名可以）。

    填上真实的内容；数据里没有的，把那一项删去
    """
    for at, place, text in _lines(notice):
        if _SIGNS.search(text):
            for match in _PLACEHOLDER.finditer(text):
                message = f"“{match[0]}”像是还没有填的地方，请核对批准的文件"
                yield Finding(Place(place.path, place.line, match.start() + 1), message, at=at)
    # Left out is what explains the approved text, and what other rules hold to it.
    yield from _placeholders(notice.record.document, {ODDITY, ACCEPTED})
    yield from _samples(notice)
    for item in notice.items:
        yield from _placeholders(item.record.document, {"title", "documents"})


def _samples(notice: Notice) -> Iterator[Finding]:
    """Yield what was copied from a message where the editor's own words should stand."""
    facts, document = notice.facts, notice.record.document
    words = [(ODDITY, n, "note", each.note) for n, each in enumerate(facts.known_discrepancies)]
    words += [(ACCEPTED, n, "reason", each.reason) for n, each in enumerate(facts.accepted)]
    for key, number, name, value in words:
        if value in (SAMPLE_NOTE, SAMPLE_REASON):
            place = document.at(key, number, name)
            yield Finding(place, f"“{value}”只是样子，请换成自己的话")


def _placeholders(document: Document, left_out: set[Key]) -> Iterator[Finding]:
    for path, value in _strings(document, left_out):
        if _SIGNS.search(value) and (match := _PLACEHOLDER.search(value)):
            message = f"“{match[0]}”像是还没有填的地方，请填上真实的内容；没有就删去这一项"
            yield Finding(document.at(*path), message)


def _lines(notice: Notice) -> Iterator[tuple[str, Place, str]]:
    """Yield (id of the section or ``preamble``, place, text) of every line, headings too."""
    for line in notice.narrative.preamble:
        yield "preamble", line.place, line.text
    for section in notice.narrative.all_sections:
        for line in (section.heading, *section.paragraphs):
            yield section.id, line.place, line.text


def _strings(document: Document, left_out: set[Key]) -> Iterator[tuple[KeyPath, str]]:
    """Yield each text of a file with its path, without quotes and the keys that are left out."""
    for path, value in document.strings:
        if path[0] not in left_out and path[-1] != "quote":
            yield path, value


# --- Narratives pasted twice ---------------------------------------------------------------------

_STOPS = re.compile("[。；;！？!?\n]")
_ORDINAL = re.compile("^(?:[一二三四五六七八九十]{1,3}是|[(（][一二三四五六七八九十0-9]{1,3}[)）])")
# Shorter sentences are stock phrases, and so is what few of them add up to.
_TELLING = 15
_SHARED_CHARACTERS = 30
_SHARED_PERCENT = 60


@warning
def same_narrative(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """两个问题的叙述不应雷同：相同的句子不到较短一篇的六成。

    核对是不是贴错了地方；at 写后一个问题的编号
    """
    items = [section for section in notice.narrative.of_depth(ITEM) if section.paragraphs]
    texts = [_sentences(section.text) for section in items]
    for first, second in sorted(_sharing(texts)):
        shared = sum(map(len, {*_telling(texts[first])} & {*_telling(texts[second])}))
        shorter = min(sum(map(len, texts[first])), sum(map(len, texts[second])))
        percent = 100 * shared // shorter
        if shared >= _SHARED_CHARACTERS and percent >= _SHARED_PERCENT:
            theirs, mine = items[first], items[second]
            message = (
                f"问题 {mine.id} 与 {theirs.id}（{theirs.paragraphs[0].place}）的叙述雷同："
                f"相同的句子占较短一篇的 {percent}%，请核对是不是贴错了"
            )
            yield Finding(mine.paragraphs[0].place, message, at=mine.id)


def _sentences(text: str) -> list[str]:
    """Return the sentences of ``text``, each once, without the ordinals that count them off."""
    pieces = (_ORDINAL.sub("", piece.strip()) for piece in _STOPS.split(text))
    return list(dict.fromkeys(piece for piece in pieces if piece))


def _telling(sentences: list[str]) -> list[str]:
    return [sentence for sentence in sentences if len(sentence) >= _TELLING]


def _sharing(texts: list[list[str]]) -> set[tuple[int, int]]:
    """Return the pairs of texts that share a sentence, each with the first that has it.

    Only with the first: a sentence that stands everywhere would else make every pair one.
    """
    first: dict[str, int] = {}
    pairs = set()
    for index, sentences in enumerate(texts):
        for sentence in _telling(sentences):
            if (other := first.setdefault(sentence, index)) != index:
                pairs.add((other, index))
    return pairs


# --- Sections without text -----------------------------------------------------------------------


@rule
def empty_section(notice: Notice, _: Catalogue) -> Iterator[Finding]:
    """每个问题下面要有正文；方面、子项下面要有正文或下一层。

    补上漏贴的正文；核对标题的 `#` 个数
    """
    for section in notice.narrative.all_sections:
        if section.depth and not (section.paragraphs or _filled(section)):
            kind = {1: "方面", 2: "子项", 3: "问题"}[section.depth]
            message = f"{kind} {section.id} 下面没有正文，请核对批准的文件"
            yield Finding(section.heading.place, message, at=section.id)


def _filled(section: Section) -> bool:
    """Tell whether what stands under a heading without text is enough: for an item, text."""
    if section.depth == ITEM:
        return any(child.paragraphs for child in section.walk())
    return bool(section.children)
