# ruff: noqa: E501 (a trait is a line, however long)
"""Lists that Word numbers, and the paragraphs in them: the traits of numbers."""

from __future__ import annotations

from word import abstract, by, level, num, numbered, p, r, style
from word_traits import (
    ACCEPT,
    KEEP,
    LEAVE,
    MARK_DELETED,
    MARK_INSERTED,
    MERGE,
    PLAIN,
    REJECT,
    VANISH,
    Trait,
    box,
    deleted,
    in_list,
    inserted,
)  # fmt: skip


def counted(list_id: int, form: str, *numbers: str, pattern: str = "{}、", asked: int = 0) -> Trait:
    """Return the trait of a list whose ``numbers`` are printed so."""
    body = "".join(numbered("甲", list_id) for _ in range(len(numbers) + asked))
    lines = [pattern.format(number) + "甲" for number in numbers] + ["甲"] * asked
    LISTS.append(abstract(list_id, level(0, form, pattern.format("%1"), FIRST.get(form, 1))))
    INSTANCES.append(num(list_id, list_id))
    return Trait(body, tuple(lines), ("docx-number",) * asked)


LISTS: list[str] = [
    abstract(1, level(0, "chineseCountingThousand", "%1、"), level(1, "chineseCountingThousand", "(%2)"),
             level(2, "decimal", "%3."), level(3, "decimalEnclosedCircleChinese", "%4")),
    abstract(2, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3")),
    abstract(3, level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", more="<w:isLgl/>")),
    abstract(4, level(0, "decimal", "%1."), level(1, "decimal", "(%2)", more='<w:lvlRestart w:val="0"/>')),
    abstract(5, level(0, "decimal", "%1."), level(1, "decimal", "(%2)"), level(2, "decimal", "%3)", more='<w:lvlRestart w:val="1"/>')),
    abstract(6, level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="heading-a"/>'),
             level(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="heading-b"/>')),
    '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="list-style"/></w:abstractNum>',
    f'<w:abstractNum w:abstractNumId="8"><w:styleLink w:val="list-style"/>{level(0, "upperLetter", "%1.")}</w:abstractNum>',
    abstract(9, level(0, "decimal", "%1", more='<w:suff w:val="nothing"/>')),
    abstract(10, level(0, "decimal", "%1")),
    abstract(11, f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:rPr>{VANISH}</w:rPr></w:lvl>'),
    abstract(12, '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf06c"/><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl>',
             '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf077"/><w:rPr><w:rFonts w:ascii="Webdings"/></w:rPr></w:lvl>'),
    abstract(13, '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" '
             'w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
             '</mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>'),
    abstract(14, level(0, "decimal", "%1.", None)),
    abstract(15, level(0, "decimal", "%1、")),
    abstract(16, level(0, "chineseCounting", "%1、")),
    abstract(17, level(0, "chineseCounting", "%1、")),
    abstract(18, level(0, "none", "附件：")),
    abstract(30, level(0, "decimal", "%1.")),
    abstract(31, level(0, "decimal", "%1.")),
    abstract(32, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2")),
    abstract(33, level(0, "decimal", "%1", more='<w:suff w:val="space"/>')),
    abstract(34, level(0, "decimal", "%1.")),
    abstract(35, level(0, "decimal", "%1.")),
    abstract(36, level(0, "decimal", "%1."),
             level(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="heading-c"/>')),
    abstract(37, level(0, "decimal", "%1.")),
    abstract(38, level(0, "decimal", "%1.")),
    abstract(39, level(0, "decimal", "%1.")),
    abstract(90, level(0, "decimal", "%1")),
]  # fmt: skip
FIRST = {"decimalZero": 9, "lowerRoman": 4, "upperLetter": 26, "chineseCountingThousand": 100}
INSTANCES: list[str] = [
    *(num(each, each) for each in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 90)),
    num(20, 15, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
    num(21, 15),
    num(22, 33, f'<w:lvlOverride w:ilvl="0">{level(0, "lowerLetter", "%1)")}</w:lvlOverride>'),
    num(23, 99),
]  # fmt: skip
STYLES = "".join([
    style("hidden", f"<w:rPr>{VANISH}</w:rPr>"),
    style("hidden-child", '<w:basedOn w:val="hidden"/>'),
    style("hidden-run", f"<w:rPr>{VANISH}</w:rPr>", "character"),
    style("heading-a", '<w:pPr><w:numPr><w:numId w:val="6"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>'),
    style("heading-b", '<w:basedOn w:val="heading-a"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr>'),
    style("heading-c", '<w:pPr><w:numPr><w:numId w:val="36"/></w:numPr></w:pPr>'),
    style("heading-a-child", '<w:basedOn w:val="heading-a"/>'),
    style("list-style", '<w:pPr><w:numPr><w:numId w:val="8"/></w:numPr></w:pPr>', "numbering"),
    style("circle-a", '<w:basedOn w:val="circle-b"/>'),
    style("circle-b", '<w:basedOn w:val="circle-a"/>'),
])  # fmt: skip

NUMBERS = {
    "four levels": Trait(
        numbered("甲", 1) + numbered("乙", 1, 1) + numbered("丙", 1, 2) + numbered("丁", 1, 3) + numbered("丁", 1, 3)
        + numbered("乙", 1, 1) + numbered("丙", 1, 2) + numbered("甲", 1) + numbered("乙", 1, 1),
        ("一、甲", "(一)乙", "1.丙", "①丁", "②丁", "(二)乙", "1.丙", "二、甲", "(一)乙"),
    ),
    "numbers of several levels": Trait(
        numbered("甲", 2) + numbered("乙", 2, 1) + numbered("丙", 2, 2) + numbered("乙", 2, 1), ("1 甲", "1.1 乙", "1.1.1 丙", "1.2 乙"),
    ),
    "a level that nothing was counted on": Trait(
        numbered("甲", 32, 1), ("甲",), ("docx-number",), {"numbers=leave": ("甲",)},
    ),
    "legal numbers": Trait(numbered("甲", 3) + numbered("乙", 3, 1), ("第一章 甲", "1.1 乙")),
    "a level that never restarts": Trait(
        numbered("甲", 4) + numbered("乙", 4, 1) + numbered("甲", 4) + numbered("乙", 4, 1), ("1.甲", "(1)乙", "2.甲", "(2)乙"),
    ),
    "a level that restarts after the first": Trait(
        "".join(numbered("甲", 5, at) for at in (0, 1, 2, 1, 2, 0, 1, 2)),
        ("1.甲", "(1)甲", "1)甲", "(2)甲", "2)甲", "2.甲", "(1)甲", "1)甲"),
    ),
    "numbers by styles": Trait(
        p("甲", '<w:pStyle w:val="heading-a"/>') + p("乙", '<w:pStyle w:val="heading-b"/>')
        + p("丙", '<w:pStyle w:val="heading-a-child"/>')
        + p("丁", '<w:pStyle w:val="heading-a"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
        ("一、甲", "（一）乙", "二、丙", "丁"),
    ),
    "a list of a style without its level": Trait(
        p("甲", '<w:pStyle w:val="heading-c"/><w:numPr><w:numId w:val="36"/></w:numPr>'), ("（一）甲",),
    ),
    "numbers by a style of lists": Trait(numbered("甲", 7) + numbered("乙", 8), ("A.甲", "B.乙")),
    "a number that nothing follows": Trait(numbered("甲", 9), ("1甲",)),
    "a number and a letter": Trait(numbered("2个问题", 10), ("1 2个问题",)),
    "a number that is hidden": Trait(numbered("甲", 11), ("甲",), ("docx-uncounted",), {KEEP: ("1.甲",), LEAVE: ("甲",)}),
    "bullets": Trait(numbered("甲", 12), ("●甲",)),
    "a bullet nobody knows": Trait(numbered("甲", 12, 1), ("甲",), ("docx-number",), {"numbers=leave": ("甲",)}),
    "a format of one's own": Trait(numbered("甲", 13), ("001.甲",)),
    "a list that begins with nought": Trait(numbered("甲", 14), ("0.甲",)),
    "lists that count on together, and one that starts again": Trait(
        numbered("甲", 15) + numbered("甲", 21) + numbered("甲", 20) + numbered("甲", 20) + numbered("甲", 21),
        ("1、甲", "2、甲", "5、甲", "6、甲", "7、甲"),
    ),
    "a level that is another one here": Trait(numbered("甲", 33) + numbered("甲", 22), ("1 甲", "b)甲")),
    "a list that nothing defines": Trait(numbered("甲", 23), ("甲",), ("docx-number",), {"numbers=leave": ("甲",)}),
    "a list that is not there": Trait(numbered("甲", 77), ("甲",), ("docx-number",), {"numbers=leave": ("甲",)}),
    "a level that is not there": Trait(numbered("甲", 15, 4), ("甲",), ("docx-number",), {"numbers=leave": ("甲",)}),
    "words for a number": Trait(numbered("甲", 18), ("附件：甲",)),
    "an empty paragraph with a number": Trait(numbered("", 18), ("附件：",)),
    "a paragraph with a number that is inserted": Trait(
        numbered("甲", 16) + p(inserted("乙"), in_list(MARK_INSERTED, 16)) + numbered("丙", 16),
        ("一、甲", "二、乙", "三、丙"), ("docx-inserted", "docx-renumbered"),
        {ACCEPT: ("一、甲", "二、乙", "三、丙"), REJECT: ("一、甲", "二、丙")},
    ),
    "a paragraph with a number that is moved": Trait(
        p(by("moveFrom", r("甲")), in_list(MERGE.format("moveFrom"), 34)) + numbered("乙", 34)
        + p(by("moveTo", r("甲")), in_list(MERGE.format("moveTo"), 34)) + numbered("丙", 34),
        ("1.乙", "2.甲", "3.丙"), ("docx-moved", "docx-moved", "docx-renumbered"),
        {ACCEPT: ("1.乙", "2.甲", "3.丙"), REJECT: ("1.甲", "2.乙", "3.丙")},
    ),
    "a deletion over several paragraphs": Trait(
        numbered("甲", 37) + p(r("乙") + deleted("丙"), in_list(MARK_DELETED, 37)) + p(deleted("丁"), in_list(MARK_DELETED, 37))
        + p(deleted("戊") + r("己"), in_list("", 37)) + numbered("庚", 37),
        ("1.甲", "2.乙己", "3.庚"), ("docx-deleted", "docx-deleted", "docx-deleted", "docx-renumbered", "docx-renumbered"),
        {ACCEPT: ("1.甲", "2.乙己", "3.庚"), REJECT: ("1.甲", "2.乙丙", "3.丁", "4.戊己", "5.庚")},
    ),
    "a hidden paragraph with a number": Trait(
        numbered("甲", 38) + p(r("乙", VANISH), in_list(f"<w:rPr>{VANISH}</w:rPr>", 38)) + numbered("丙", 38),
        ("1.甲", "2.丙"), ("docx-hidden", "docx-uncounted"), {KEEP: ("1.甲", "2.乙", "3.丙"), LEAVE: ("1.甲", "2.丙")},
    ),
    "a list that goes on in a text box": Trait(
        numbered("甲", 39) + p(r("乙") + r(box(numbered("丙", 39)))) + numbered("丁", 39), ("1.甲", "乙", "2.丁"),
        ("docx-box",), {"boxes=leave": ("1.甲", "乙", "2.丁"), "boxes=keep numbers=leave": ("1.甲", "乙", "丙", "2.丁")},
    ),
    "a number before a digit": Trait(numbered("5万元", 35), ("1. 5万元",)),
    "a number that is inserted": Trait(
        p("甲", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="17"/><w:ins w:id="1" w:author="甲"/></w:numPr>') + numbered("乙", 17),
        ("一、甲", "二、乙"), ("docx-renumbered", "docx-renumbered"), {ACCEPT: ("一、甲", "二、乙"), REJECT: ("甲", "一、乙")},
    ),
    "a paragraph that was in a list before": Trait(
        p("甲", by("pPrChange", f"<w:pPr>{in_list('', 30)}</w:pPr>")) + numbered("乙", 30),
        ("甲", "1.乙"), ("docx-renumbered", "docx-renumbered"), {ACCEPT: ("甲", "1.乙"), REJECT: ("1.甲", "2.乙")},
    ),
    "ends joined of which one has a number": Trait(
        numbered("甲", 31, 0, MARK_DELETED) + p("乙"), ("甲乙",), ("docx-deleted", "docx-joined"), {REJECT: ("1.甲", "乙")},
    ),
    "styles that are based on each other": Trait(p("甲", '<w:pStyle w:val="circle-a"/>'), ("甲",)),
    "chineseCounting": counted(40, "chineseCounting", *"一二三四五六七八九十", "十一", pattern="{}、"),
    "chineseCountingThousand": counted(41, "chineseCountingThousand", "一百", "一百零一"),
    "japaneseCounting": counted(42, "japaneseCounting", "一", "二"),
    "ideographDigital": counted(43, "ideographDigital", *"一二三四五六七八九", asked=1),
    "chineseLegalSimplified": counted(44, "chineseLegalSimplified", *"壹贰叁肆伍陆柒捌玖", "壹拾", "壹拾壹"),
    "ideographTraditional": counted(45, "ideographTraditional", *"甲乙丙丁戊己庚辛壬癸", asked=1),
    "ideographZodiac": counted(46, "ideographZodiac", *"子丑寅卯辰巳午未申酉戌亥", asked=1),
    "decimalEnclosedCircleChinese": counted(47, "decimalEnclosedCircleChinese", *"①②③④⑤⑥⑦⑧⑨⑩", pattern="{}", asked=1),
    "decimalFullWidth": counted(48, "decimalFullWidth", "１", "２", pattern="（{}）"),
    "decimalZero": counted(49, "decimalZero", "09", "10", pattern="{}."),
    "upperRoman": counted(50, "upperRoman", "I", "II", "III", "IV", pattern="{}."),
    "lowerRoman": counted(51, "lowerRoman", "iv", "v", pattern="{})"),
    "upperLetter": counted(52, "upperLetter", "Z", "AA", pattern="{}."),
    "decimalEnclosedParen": counted(53, "decimalEnclosedParen", "⑴", "⑵", pattern="{}"),
    "decimalEnclosedFullstop": counted(54, "decimalEnclosedFullstop", "⒈", "⒉", pattern="{}"),
    "ideographEnclosedCircle": counted(55, "ideographEnclosedCircle", "㊀", "㊁", pattern="{}"),
    "numberInDash": counted(56, "numberInDash", "- 1 -", pattern="{}")._replace(pandoc="drops it"),
    "a format nobody knows": counted(57, "hebrew1", asked=1),
}  # fmt: skip

TRAITS = {**PLAIN, **NUMBERS}
PARTS = {
    "styles": STYLES,
    "numbering": "".join([*LISTS, *INSTANCES]),
    "comments": f'<w:comment w:id="7" w:author="甲">{p("请核对")}</w:comment>',
    "footnotes": f'<w:footnote w:id="2">{p(r("<w:footnoteRef/>") + r("脚注的话"))}</w:footnote>'
    f'<w:footnote w:id="3">{p("※另一条")}</w:footnote>',
    "endnotes": f'<w:endnote w:id="2">{p(r("<w:endnoteRef/>") + r("尾注的话"))}</w:endnote>',
}
