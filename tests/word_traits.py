# ruff: noqa: E501 (a trait is a line, however long)
"""Traits that Word files have, each with what it says, what is asked, and what an answer gives.

Each trait has lists, notes and comments of its own, so that all can stand in one document.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from word import (
    SPACES,
    by,
    field,
    numbered,
    p,
    r,
    t,
    tbl,
    tc,
    tr,
)  # fmt: skip

Said = tuple[str, ...]


class Trait(NamedTuple):
    """A piece of a body: the lines it is read as, the rules that are asked, by answers the lines.

    An answer is written as ``changes=accept``, several with blanks between them.
    """

    body: str
    lines: Said = ()
    asked: Said = ()
    answered: Mapping[str, Said] = {}
    pandoc: str = ""
    """Why the second opinion is another one."""


_CHOICE = '<mc:AlternateContent><mc:Choice Requires="{}">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>'
_PICTURE = (
    '<w:drawing><wp:inline><wp:docPr id="1" name="图 1" descr="公章"/><a:graphic>'
    f'<a:graphicData uri="{SPACES["pic"]}"><pic:pic><pic:blipFill><a:blip r:embed="picture"/>'
    "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
)
MERGE = '<w:rPr><w:{} w:id="1" w:author="甲"/></w:rPr>'
MARK_DELETED, MARK_INSERTED = MERGE.format("del"), MERGE.format("ins")
VANISH = "<w:vanish/>"
ACCEPT, REJECT = "changes=accept", "changes=reject"
KEEP, LEAVE = "hidden=keep", "hidden=leave"


def alternate(choice: str, fallback: str, requires: str = "wps") -> str:
    return _CHOICE.format(requires, choice, fallback)


def box(text: str, *, is_old: bool = False) -> str:
    """Return a text box as Word of today, or of long ago, writes it."""
    content = f"<w:txbxContent>{text if text.startswith('<') else p(text)}</w:txbxContent>"
    if is_old:
        return f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    shape = SPACES["wps"]
    return (
        f'<w:drawing><wp:anchor><a:graphic><a:graphicData uri="{shape}"><wps:wsp><wps:txbx>'
        f"{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def deleted(text: str) -> str:
    return by("del", f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>')


def inserted(text: str) -> str:
    return by("ins", r(text))


def sdt(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def bound(name: str) -> str:
    return (
        f"""<w:dataBinding w:prefixMappings="xmlns:ns0='urn:a'" w:xpath="/ns0:all[1]/ns0:{name}[1]\""""
        ' w:storeItemID="{00000000-0000-0000-0000-000000000001}"/>'
    )


def sym(font: str, code: str) -> str:
    return r(f'<w:sym w:font="{font}" w:char="{code}"/>')


def in_list(properties: str, list_id: int, at: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/></w:numPr>{properties}'


TEXT = {
    "plain": Trait(p("甲乙"), ("甲乙",)),
    "several runs": Trait(p(r("甲") + r("乙") + r("丙", "<w:b/>")), ("甲乙丙",)),
    "no paragraph marks kept": Trait(p("") + p("　　甲　") + p("   "), ("甲",)),
    "blanks that are kept": Trait(p(r("甲 ") + r(" 乙")), ("甲  乙",)),
    "blanks that are not": Trait(p("<w:r><w:t>甲 </w:t></w:r><w:r><w:t>\n乙</w:t></w:r>"), ("甲乙",)),
    "blanks that something around keeps": Trait(p('<w:r xml:space="preserve"><w:t>a </w:t></w:r><w:r><w:t>b</w:t></w:r>'), ("a b",)),
    "a remark among characters": Trait(p("<w:r><w:t>甲<!-- x -->乙<?y z?>丙</w:t></w:r>"), ("甲乙丙",)),
    "characters as they are": Trait(p("<w:r><w:t><![CDATA[<甲>]]></w:t></w:r>"), ("<甲>",)),
    "two lines in one, with brackets": Trait(p(r("甲") + r("乙", '<w:eastAsianLayout w:combine="1" w:combineBrackets="round"/>')), ("甲乙",), ("docx-unknown",)),
    "characters of XML": Trait(p("a<b&c>“d”"), ("a<b&c>“d”",)),
    "beyond the first plane": Trait(p("𠮷㐂"), ("𠮷㐂",)),
    "entities of characters": Trait(p("<w:r><w:t>&#x7532;&#20057;</w:t></w:r>"), ("甲乙",)),
    "a tab": Trait(p(r("甲<") + r("<w:tab/>") + r("乙")), ("甲< 乙",)),
    "a tab in front": Trait(p(r("<w:tab/>") + r("甲")), ("甲",)),
    "a soft break": Trait(p(r("甲") + r("<w:br/>") + r("乙")), ("甲", "乙")),
    "a page break": Trait(p(r("甲") + r('<w:br w:type="page"/>') + r("乙")), ("甲", "乙")),
    "a carriage return": Trait(p(r("甲") + r("<w:cr/>") + r("乙")), ("甲", "乙")),
    "several in a run": Trait(p(f"<w:r>{t('甲')}<w:br/>{t('乙')}<w:noBreakHyphen/></w:r>"), ("甲", "乙-")),
    "a hyphen that does not break": Trait(p(r("a") + r("<w:noBreakHyphen/>") + r("b")), ("a-b",)),
    "a soft hyphen": Trait(p(r("a") + r("<w:softHyphen/>") + r("b")), ("ab",)),
    "a page that was rendered": Trait(p(r("甲") + r("<w:lastRenderedPageBreak/>") + r("乙")), ("甲乙",)),
    "marks of proofing and bookmarks": Trait(
        p(f'<w:bookmarkStart w:id="0" w:name="a"/>{r("甲")}<w:proofErr w:type="spellStart"/>'
          f'{r("乙")}<w:bookmarkEnd w:id="0"/>'),
        ("甲乙",),
    ),
    "capitals": Trait(p(r("abc", "<w:caps/>")), ("ABC",), pandoc="as it was typed"),
    "bold": Trait(p(r("甲", "<w:b/>")), ("甲",)),
    "a link": Trait(p(f'<w:hyperlink w:anchor="a">{r("甲")}{r("乙")}</w:hyperlink>'), ("甲乙",)),
    "a smart tag": Trait(p(f'<w:smartTag w:element="place">{r("甲")}</w:smartTag>{r("乙")}'), ("甲乙",)),
    "XML of one's own": Trait(f'<w:customXml w:element="a">{p("甲")}</w:customXml>', ("甲",), pandoc="drops it"),
    "XML in a line": Trait(p(f'<w:customXml w:element="a">{r("甲")}</w:customXml>'), ("甲",), pandoc="drops it"),
    "a direction": Trait(p(f'<w:dir w:val="ltr">{r("甲乙")}</w:dir>'), ("甲乙",), pandoc="drops it"),
    "a control in a line": Trait(p(r("甲") + sdt(r("乙")) + r("丙")), ("甲乙丙",)),
    "a control around paragraphs": Trait(sdt(p("甲") + p("乙")), ("甲", "乙")),
    "a control in a control": Trait(sdt(sdt(p(sdt(r("甲"))))), ("甲",)),
    "a box to tick": Trait(
        p(sdt(r("☒", '<w:rFonts w:ascii="MS Gothic"/>'), '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>')),
        ("☒",),
    ),
    "alternate content in a line": Trait(p(r("甲") + r(alternate(t("乙"), t("乙"), "w14"))), ("甲乙",)),
    "alternate content of the unknown": Trait(p(r(alternate("", t("乙"), "x")) + r("甲")), ("乙甲",)),
    "alternate content that only some show": Trait(p(r(alternate(t("丙"), t("乙"), "x")) + r("甲")), ("乙甲",), ("docx-unknown",)),
    "something unknown without text": Trait(p(f'<x:a x:b="丙"/>{r("甲")}'), ("甲",)),
    "a line that is drawn": Trait(p(r("<w:pict><v:line/></w:pict>") + r("甲")), ("甲",)),
    "an initial": Trait(p("根", '<w:framePr w:dropCap="drop" w:lines="2"/>') + p("据统一部署"), ("根据统一部署",)),
    "a heading that is run in": Trait(
        p("甲。", f"<w:rPr>{VANISH}<w:specVanish/></w:rPr>") + p("乙"), ("甲。乙",)
    ),
    "signs of symbol fonts": Trait(p(sym("Wingdings", "F0FC") + sym("Symbol", "F061") + sym("Wingdings", "6C")), ("✓α●",), pandoc="others"),
    "a symbol font for text": Trait(p(r("l甲", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')), ("●甲",)),
    "a symbol nobody knows": Trait(p(r("甲") + sym("Wingdings 3", "F024")), ("甲",), ("docx-symbol",)),
    "a symbol of a font of somebody's": Trait(p(r("甲\ue123")), ("甲",), ("docx-symbol",)),
    "a character that was lost": Trait(p("甲\ufffd"), ("甲\ufffd",), ("docx-symbol",)),
    "one letter of many": Trait(p("".join(map(r, "逐字成为一个运行"))), ("逐字成为一个运行",)),
    "white on black": Trait(
        tbl(tr(tc(p(r("甲", '<w:color w:val="FFFFFF"/>')), '<w:shd w:val="clear" w:fill="1F3864"/>'), "乙")),
        ("甲\t乙",),
    ),
}  # fmt: skip

FIELDS = {
    "a field": Trait(p(r("甲") + field(" REF a ", "乙") + r("丙")), ("甲乙丙",)),
    "a simple field": Trait(p(f'<w:fldSimple w:instr=" AUTHOR ">{r("某人")}</w:fldSimple>'), ("某人",), pandoc="drops it"),
    "a field that is to be made anew": Trait(p(f'<w:fldSimple w:instr=" REF a " w:dirty="1">{r("甲")}</w:fldSimple>'), ("甲",), ("docx-field",)),
    "a day that is always today": Trait(p(field(" DATE ", "2024年")), ("2024年",), ("docx-field",)),
    "a day that stays": Trait(
        p(f'<w:fldSimple w:instr=" DATE " w:fldLock="1">{r("2024年")}</w:fldSimple>'), ("2024年",), pandoc="drops it",
    ),
    "a field in a field": Trait(
        p(
            r('<w:fldChar w:fldCharType="begin"/>') + r("<w:instrText> IF </w:instrText>")
            + field(" MERGEFIELD a ", "丁") + r("<w:instrText> = 1 </w:instrText>")
            + r('<w:fldChar w:fldCharType="separate"/>') + r("乙")
            + r('<w:fldChar w:fldCharType="end"/>')
        ),
        ("乙",), pandoc="takes the inner one, too",
    ),
    "a result of several paragraphs": Trait(
        p(r('<w:fldChar w:fldCharType="begin"/>') + r("<w:instrText> TOC </w:instrText>")
          + r('<w:fldChar w:fldCharType="separate"/>') + r("甲"))
        + p(r("乙") + r('<w:fldChar w:fldCharType="end"/>')),
        ("甲", "乙"),
    ),
    "an entry of an index": Trait(p(r("甲") + field(' XE "乙" ', None)), ("甲",)),
    "a field without a result": Trait(p(r("甲") + field(r" EQ \o\ac(○,1) ", None)), ("甲",), ("docx-field",)),
    "a simple field without a result": Trait(p(f'{r("甲")}<w:fldSimple w:instr=" SEQ a "/>'), ("甲",), ("docx-field",)),
    "the number of a page": Trait(p(r("甲") + r("<w:pgNum/>")), ("甲",), ("docx-field",)),
    "a control that nobody filled in": Trait(p(sdt(r("单击此处"), "<w:showingPlcHdr/>")), ("单击此处",), ("docx-placeholder",)),
    "a file that was put in": Trait(p("甲") + '<w:altChunk r:id="picture"/>', ("甲",), ("docx-chunk",)),
    "a field that is deleted": Trait(
        p(r("甲") + by("del", field(" REF a ", "乙"))), ("甲",), ("docx-deleted",),
        {ACCEPT: ("甲",), REJECT: ("甲乙",)},
    ),
}  # fmt: skip

CHANGED = {
    "inserted": Trait(p(r("甲") + inserted("乙")), ("甲乙",), ("docx-inserted",), {ACCEPT: ("甲乙",), REJECT: ("甲",)}),
    "deleted": Trait(p(r("甲") + deleted("乙")), ("甲",), ("docx-deleted",), {ACCEPT: ("甲",), REJECT: ("甲乙",)}),
    "replaced": Trait(
        p(r("共") + deleted("3") + inserted("5") + r("个")), ("共5个",), ("docx-deleted", "docx-inserted"),
        {ACCEPT: ("共5个",), REJECT: ("共3个",)},
    ),
    "inserted and deleted again": Trait(
        p(r("甲") + by("ins", deleted("乙"))), ("甲",), ("docx-deleted", "docx-inserted"),
        {ACCEPT: ("甲",), REJECT: ("甲",)},
    ),
    "inserted in a link in a control in a cell": Trait(
        tbl(tr(tc(p(sdt(f'<w:hyperlink w:anchor="a">{r("甲")}{inserted("乙")}</w:hyperlink>'))), "丙")),
        ("甲乙\t丙",), ("docx-inserted",), {ACCEPT: ("甲乙\t丙",), REJECT: ("甲\t丙",)},
    ),
    "a control that is inserted": Trait(
        p(r("甲") + by("ins", sdt(r("乙")))), ("甲乙",), ("docx-inserted",), {REJECT: ("甲",)},
    ),
    "deleted with the text of what is not": Trait(
        p(r("甲") + by("del", r("乙"))), ("甲",), ("docx-deleted",), {ACCEPT: ("甲",), REJECT: ("甲乙",)},
    ),
    "deleted text that nothing deletes": Trait(
        p(r("甲") + "<w:r><w:delText>乙</w:delText></w:r>"), ("甲",), ("docx-deleted",), {REJECT: ("甲乙",)}, "shows it",
    ),
    "moved": Trait(
        p(r("甲") + by("moveFrom", r("乙"))) + p(r("丙") + by("moveTo", r("乙"))), ("甲", "丙乙"),
        ("docx-moved", "docx-moved"), {ACCEPT: ("甲", "丙乙"), REJECT: ("甲乙", "丙")},
    ),
    "a paragraph that is inserted": Trait(
        p("甲") + p(inserted("乙"), MARK_INSERTED) + p("丙"), ("甲", "乙", "丙"), ("docx-inserted",),
        {ACCEPT: ("甲", "乙", "丙"), REJECT: ("甲", "丙")},
    ),
    "a paragraph that is deleted": Trait(
        p("甲") + p(deleted("乙"), MARK_DELETED) + p("丙"), ("甲", "丙"), ("docx-deleted",),
        {ACCEPT: ("甲", "丙"), REJECT: ("甲", "乙", "丙")},
    ),
    "the end of a paragraph is deleted": Trait(
        p("甲", MARK_DELETED) + p("乙"), ("甲乙",), ("docx-deleted",), {ACCEPT: ("甲乙",), REJECT: ("甲", "乙")},
    ),
    "the end of a paragraph is inserted": Trait(
        p("甲", MARK_INSERTED) + p("乙"), ("甲", "乙"), ("docx-inserted",), {ACCEPT: ("甲", "乙"), REJECT: ("甲乙",)},
    ),
    "the end before a table is deleted": Trait(
        p("甲", MARK_DELETED) + tbl(tr("乙", "丙")), ("甲", "乙\t丙"), ("docx-deleted",), {REJECT: ("甲", "乙\t丙")},
    ),
    "a row that is inserted": Trait(
        tbl(tr("甲", "乙"), tr("丙", "丁", properties=by("ins", ""))), ("甲\t乙", "丙\t丁"), ("docx-inserted",),
        {ACCEPT: ("甲\t乙", "丙\t丁"), REJECT: ("甲\t乙",)}, "keeps it",
    ),
    "a row that is deleted": Trait(
        tbl(tr("甲", "乙"), tr("丙", "丁", properties=by("del", ""))), ("甲\t乙",), ("docx-deleted",),
        {ACCEPT: ("甲\t乙",), REJECT: ("甲\t乙", "丙\t丁")}, "keeps it",
    ),
    "a cell that is inserted": Trait(
        tbl(tr("甲", tc("乙", by("cellIns", "")), "丙")), ("甲\t乙\t丙",), ("docx-inserted",),
        {ACCEPT: ("甲\t乙\t丙",), REJECT: ("甲\t丙",)}, "keeps it",
    ),
    "a cell that is deleted": Trait(
        tbl(tr("甲", tc("乙", by("cellDel", "")), "丙")), ("甲\t丙",), ("docx-deleted",),
        {ACCEPT: ("甲\t丙",), REJECT: ("甲\t乙\t丙",)}, "keeps it",
    ),
    "a look that hides what was seen": Trait(
        p(r("甲") + r("乙", f"{VANISH}{by('rPrChange', '<w:rPr/>')}")), ("甲",),
        ("docx-changed", "docx-hidden"), {f"{ACCEPT} {LEAVE}": ("甲",), f"{REJECT} {LEAVE}": ("甲乙",)},
        "keeps it",
    ),
    "a look that only looks": Trait(p(r("甲", f"<w:b/>{by('rPrChange', '<w:rPr/>')}")), ("甲",)),
    "deleted and hidden": Trait(
        p(r("甲") + by("del", f"<w:r><w:rPr>{VANISH}</w:rPr><w:delText>乙</w:delText></w:r>")), ("甲",),
        ("docx-deleted", "docx-hidden"), {ACCEPT: ("甲",), f"{REJECT} {KEEP}": ("甲乙",)},
    ),
}  # fmt: skip

HIDDEN = {
    "hidden": Trait(p(r("甲") + r("乙", VANISH)), ("甲",), ("docx-hidden",), {KEEP: ("甲乙",), LEAVE: ("甲",)}),
    "hidden by the style of characters": Trait(
        p(r("甲") + r("乙", '<w:rStyle w:val="hidden-run"/>')), ("甲",), ("docx-hidden",), {KEEP: ("甲乙",)},
    ),
    "hidden by a style that it is based on": Trait(
        p("甲", '<w:pStyle w:val="hidden-child"/>') + p("乙"), ("乙",), ("docx-hidden",), {KEEP: ("甲", "乙")},
    ),
    "hidden twice, and so not": Trait(
        p(r("甲", '<w:rStyle w:val="hidden-run"/>') + r("乙", '<w:vanish w:val="0"/>'), '<w:pStyle w:val="hidden"/>'
          '<w:rPr><w:vanish w:val="false"/></w:rPr>'),
        ("甲乙",),
    ),
    "not hidden": Trait(p(r("甲", '<w:vanish w:val="0"/>')), ("甲",)),
    "hidden in the web": Trait(p(r("甲") + r("乙", "<w:webHidden/>")), ("甲",), ("docx-hidden",), {KEEP: ("甲乙",)}),
    "white": Trait(p(r("甲") + r("乙", '<w:color w:val="FEFEFE"/>')), ("甲",), ("docx-hidden",), {KEEP: ("甲乙",)}),
    "grey by the theme": Trait(
        p(r("甲", '<w:color w:val="7F7F7F" w:themeColor="background1" w:themeShade="7F"/>')), ("甲",),
    ),
    "white on what is shaded through": Trait(
        p(r("甲", '<w:color w:val="FFFFFF"/><w:shd w:val="solid" w:color="000000" w:fill="auto"/>')), ("甲",),
    ),
    "white by the theme": Trait(
        p(r("甲") + r("乙", '<w:color w:val="000000" w:themeColor="background1"/>')), ("甲",), ("docx-hidden",), {KEEP: ("甲乙",)},
    ),
    "white as newer programs say it": Trait(
        p(r("甲") + r("乙", '<w14:textFill><w14:solidFill><w14:schemeClr w14:val="bg1"/></w14:solidFill></w14:textFill>')), ("甲",), ("docx-hidden",), {KEEP: ("甲乙",)},
    ),
    "filled with nothing": Trait(
        p(r("甲") + r("乙", "<w14:textFill><w14:noFill/></w14:textFill>")), ("甲",), ("docx-hidden",), {KEEP: ("甲乙",)},
    ),
    "blackened": Trait(p(r("甲") + r("乙", '<w:highlight w:val="black"/>')), ("甲",), ("docx-hidden",), {KEEP: ("甲乙",)}),
    "marked in yellow": Trait(p(r("甲") + r("乙", '<w:highlight w:val="yellow"/>')), ("甲乙",)),
    "in lines without height": Trait(
        p("甲", '<w:spacing w:line="20" w:lineRule="exact"/>') + p("乙"), ("乙",), ("docx-hidden",), {KEEP: ("甲", "乙")},
    ),
    "in a row without height": Trait(
        tbl(tr("甲", "乙"), tr("丙", "丁", properties='<w:trHeight w:val="1" w:hRule="exact"/>')), ("甲\t乙",), ("docx-hidden",), {KEEP: ("甲\t乙", "丙\t丁")},
    ),
    "black on black": Trait(
        p(r("甲") + r("乙", '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>')), ("甲",), ("docx-hidden",), {KEEP: ("甲乙",)},
    ),
    "of the smallest size": Trait(p(r("甲") + r("乙", '<w:sz w:val="2"/>')), ("甲",), ("docx-hidden",), {KEEP: ("甲乙",)}),
    "of no width": Trait(p(r("甲") + r("乙", '<w:w w:val="1"/>')), ("甲",), ("docx-hidden",), {KEEP: ("甲乙",)}),
    "characters nobody sees": Trait(p("甲\u200b乙\u00ad丙"), ("甲乙丙",), ("docx-hidden",), {KEEP: ("甲\u200b乙\u00ad丙",)}),
    "a row that is hidden": Trait(
        tbl(tr("甲", "乙"), tr("丙", "丁", properties="<w:hidden/>")), ("甲\t乙",), ("docx-hidden",), {KEEP: ("甲\t乙", "丙\t丁")},
    ),
    "the end of a paragraph is hidden": Trait(
        p("甲", f"<w:rPr>{VANISH}</w:rPr>") + p("乙"), ("甲乙",), ("docx-hidden",), {KEEP: ("甲", "乙"), LEAVE: ("甲乙",)},
    ),
    "in a merged cell that another covers": Trait(
        tbl(tr(tc("甲", '<w:vMerge w:val="restart"/>'), "乙"), tr(tc("丙", "<w:vMerge/>"), "丁")), ("甲\t乙", "\t丁"),
        ("docx-hidden",), {KEEP: ("甲\t乙", "丙\t丁")},
    ),
    "struck": Trait(
        p(r("甲") + r("乙", "<w:strike/>")), ("甲",), ("docx-struck",), {"struck=keep": ("甲乙",), "struck=leave": ("甲",)},
    ),
    "struck twice": Trait(p(r("甲") + r("乙", "<w:dstrike/>")), ("甲",), ("docx-struck",), {"struck=keep": ("甲乙",)}),
    "raised": Trait(
        p(r("10m") + r("2", '<w:vertAlign w:val="superscript"/>')), ("10m2",), ("docx-raised",),
        {"raised=raised": ("10m²",), "raised=flat": ("10m2",)},
    ),
    "lowered": Trait(
        p(r("CO") + r("2", '<w:vertAlign w:val="subscript"/>')), ("CO2",), ("docx-raised",), {"raised=raised": ("CO₂",)},
    ),
}  # fmt: skip

BESIDE = {
    "a text box": Trait(
        p(r("甲") + r(alternate(box("乙"), box("乙", is_old=True)))), ("甲",), ("docx-box",),
        {"boxes=keep": ("甲", "乙"), "boxes=leave": ("甲",)},
    ),
    "alternates in a text box": Trait(
        p(r("甲") + r(alternate(box(p(r(alternate(t("乙"), t("乙"), "w14")))), box("乙", is_old=True)))), ("甲",), ("docx-box",),
        {"boxes=keep": ("甲", "乙")},
    ),
    "a text box of long ago": Trait(p(r("甲") + r(box("乙", is_old=True))), ("甲",), ("docx-box",), {"boxes=keep": ("甲", "乙")}),
    "a text box in a cell": Trait(
        tbl(tr(tc(p(r("甲") + r(box("乙")))), "丙")), ("甲\t丙",), ("docx-box",), {"boxes=keep": ("甲 乙\t丙",)},
    ),
    "a change in a text box": Trait(
        p(r("甲") + r(f"<w:pict><v:shape><v:textbox><w:txbxContent>{p(r('乙') + inserted('丙'))}</w:txbxContent></v:textbox></v:shape></w:pict>")),
        ("甲",), ("docx-box", "docx-inserted"), {f"boxes=keep {REJECT}": ("甲", "乙"), "boxes=leave": ("甲",)},
    ),
    "a frame": Trait(
        p("甲", '<w:framePr w:w="2000" w:hSpace="180"/>') + p("乙"), ("乙",), ("docx-box",), {"boxes=keep": ("甲", "乙")},
    ),
    "words as art": Trait(
        p(r('<w:pict><v:shape><v:textpath string="机密"/></v:shape></w:pict>') + r("甲")), ("甲",), ("docx-unknown",),
    ),
    "a footnote": Trait(
        p(r("甲") + r('<w:footnoteReference w:id="2"/>') + r("乙")), ("甲乙",), ("docx-note", "docx-note"),
        {"notes=keep": ("甲1乙", "1脚注的话"), "notes=leave": ("甲乙",)},
    ),
    "a note with a mark of its own": Trait(
        p(r("甲") + r('<w:footnoteReference w:customMarkFollows="1" w:id="3"/>') + r("※")), ("甲※",), ("docx-note",),
        {"notes=keep": ("甲※", "※另一条"), "notes=leave": ("甲※",)},
    ),
    "an endnote": Trait(
        p(r("甲") + r('<w:endnoteReference w:id="2"/>')), ("甲",), ("docx-note", "docx-note"), {"notes=keep": ("甲i", "i尾注的话")},
    ),
    "a control that is bound to something else": Trait(
        p(sdt(r("甲"), bound("title"))), ("甲",), ("docx-bound",),
    ),
    "a control that says what it is bound to": Trait(p(sdt(r("乙 乙"), bound("title"))), ("乙 乙",)),
    "a control that is bound to nothing": Trait(p(sdt(r("甲"), bound("other"))), ("甲",)),
    "a comment": Trait(
        p(f'<w:commentRangeStart w:id="7"/>{r("甲")}<w:commentRangeEnd w:id="7"/>{r("<w:commentReference w:id=" + chr(34) + "7" + chr(34) + "/>")}'),
        ("甲",), ("docx-comment",), {"comments=leave": ("甲",)},
    ),
    "a picture": Trait(p(r("甲") + r(_PICTURE)), ("甲",), ("docx-picture",), {"pictures=leave": ("甲",)}),
    "a picture of long ago": Trait(
        p(r("甲") + r('<w:pict><v:shape><v:imagedata r:id="picture"/></v:shape></w:pict>')), ("甲",), ("docx-picture",),
    ),
    "an object": Trait(p(r("甲") + r('<w:object><o:OLEObject Type="Embed"/></w:object>')), ("甲",), ("docx-picture",)),
    "a picture that is deleted": Trait(
        p(r("甲") + by("del", r(_PICTURE))), ("甲",), ("docx-picture",), {ACCEPT: ("甲",), "pictures=leave": ("甲",)},
    ),
    "a formula": Trait(
        p(f"{r('面积')}<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"), ("面积",), ("docx-formula",), {"formulas=keep": ("面积x+1",)},
    ),
    "characters with others above": Trait(
        p(r(f"<w:ruby><w:rubyPr/><w:rt>{r('hàn')}</w:rt><w:rubyBase>{r('汉')}</w:rubyBase></w:ruby>") + r("字")),
        ("汉字",), ("docx-ruby",), {"ruby=keep": ("汉（hàn）字",), "ruby=leave": ("汉字",)},
    ),
    "against the usual direction": Trait(p(f'<w:bdo w:val="rtl">{r("甲乙")}</w:bdo>'), ("甲乙",), ("docx-direction",)),
    "something unknown": Trait(p(f"{r('甲')}<x:a><w:r>{t('乙')}</w:r></x:a>"), ("甲",), ("docx-unknown",)),
    "something unknown among rows": Trait(tbl(tr("甲", "乙"), f"<x:a>{p('丙')}</x:a>"), ("甲\t乙",), ("docx-unknown",)),
}  # fmt: skip

TABLES = {
    "a table": Trait(tbl(tr("序号", "问题"), tr("1", "台账不全")), ("序号\t问题", "1\t台账不全")),
    "an empty cell": Trait(tbl(tr("甲", "", "丙"), tr("", "", "丁")), ("甲\t\t丙", "\t\t丁")),
    "an empty row": Trait(tbl(tr("甲", "乙"), tr("", "")), ("甲\t乙",)),
    "cells merged beside each other": Trait(
        tbl(tr("甲", "乙", "丙"), tr(tc("合计", '<w:gridSpan w:val="2"/>'), "3")), ("甲\t乙\t丙", "合计\t\t3"),
    ),
    "cells merged below each other": Trait(
        tbl(tr(tc("甲", '<w:vMerge w:val="restart"/>'), "乙"), tr(tc(p(""), "<w:vMerge/>"), "丙")), ("甲\t乙", "\t丙"),
    ),
    "columns that no row uses": Trait(
        tbl(tr(tc("甲", '<w:gridSpan w:val="3"/>'), tc("乙", '<w:gridSpan w:val="2"/>')),
            tr(tc("丙", '<w:gridSpan w:val="3"/>'), tc("丁", '<w:gridSpan w:val="2"/>'))),
        ("甲\t乙", "丙\t丁"), pandoc="drops cells",
    ),
    "columns left out before a row": Trait(
        tbl(tr("甲", "乙"), tr("丙", properties='<w:gridBefore w:val="1"/>')), ("甲\t乙", "\t丙"),
    ),
    "several paragraphs in a cell": Trait(tbl(tr(tc(p("一是补登。") + p("二是抽查")), "乙")), ("一是补登。二是抽查\t乙",)),
    "names below each other in a cell": Trait(tbl(tr(tc(p("张三") + p("李四")), "乙")), ("张三 李四\t乙",)),
    "a break and a tab in a cell": Trait(
        tbl(tr(tc(p(r("甲") + r("<w:br/>") + r("乙") + r("<w:tab/>") + r("丙"))), "丁")), ("甲 乙 丙\t丁",),
    ),
    "a table in a table": Trait(
        tbl(tr(tc(p("甲") + tbl(tr("乙", "丙")) + p("")), "丁")), ("甲 乙 丙\t丁",),
    ),
    "a table around a text": Trait(tbl(tr(tc(p("甲") + p("乙")))), ("甲", "乙")),
    "rows and cells in controls": Trait(
        tbl(sdt(tr("甲", "乙")), f"<w:tr>{sdt(tc('丙'))}{tc('丁')}</w:tr>"), ("甲\t乙", "丙\t丁"),
    ),
    "two tables without anything between": Trait(tbl(tr("甲", "乙")) + tbl(tr("丙", "丁")), ("甲\t乙", "丙\t丁")),
    "rows numbered by Word": Trait(
        tbl(tr(tc(numbered("", 90)), "甲"), tr(tc(numbered("", 90)), "乙")), ("1\t甲", "2\t乙"), pandoc="has no numbers",
    ),
}  # fmt: skip

PLAIN = {**TEXT, **FIELDS, **CHANGED, **HIDDEN, **BESIDE, **TABLES}
"""All of them but those of numbers."""
