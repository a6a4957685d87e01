"""Workbooks as Excel and WPS write them themselves: parts of XML that no library writes so."""

from __future__ import annotations

from collections.abc import Mapping

from word import packed

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
FORMATS = (0, 57, 31, 176, 177, 14)
"""The formats of the styles of cells: general, 2024年6月, 2024年6月30日, two of our own, a day."""

LOOKS = ((1, 0), (2, 0), (2, 1))
"""Fonts and fills of the styles behind them: struck, white on white, white on a colour."""


def shared(*texts: str) -> str:
    """Return the texts that cells share; one that is no XML is a plain one."""
    items = (each if each.startswith("<") else f"<t>{each}</t>" for each in texts)
    inside = "".join(f"<si>{each}</si>" for each in items)
    return f'<sst xmlns="{MAIN}" count="9" uniqueCount="9">{inside}</sst>'


def rich(*runs: str) -> str:
    """Return a text whose runs look differently, with how it is spoken."""
    inside = "".join(
        f'<r><rPr><b/><sz val="11"/><rFont val="宋体"/></rPr><t xml:space="preserve">{run}</t></r>'
        for run in runs
    )
    return f'{inside}<rPh sb="0" eb="1"><t>pinyin</t></rPh><phoneticPr fontId="1"/>'


def workbook(
    sheets: Mapping[str, str],
    texts: str = "",
    *,
    since_1904: bool = False,
    strict: bool = False,
    more: str = "",
    states: Mapping[str, str] | None = None,
) -> bytes:
    """Return a workbook: what stands in each sheet by its title, and the texts that they share."""
    main, office = (STRICT, _STRICT_OFFICE) if strict else (MAIN, _OFFICE)
    shown = {title: (states or {}).get(title, "visible") for title in sheets}
    told = "".join(
        f'<sheet name="{title}" sheetId="{at}" state="{shown[title]}" r:id="rId{at}"/>'
        for at, title in enumerate(sheets, 1)
    )
    book = (
        f'<workbook xmlns="{main}" xmlns:r="{office}"><workbookPr date1904="{int(since_1904)}"/>'
        f"<bookViews><workbookView/></bookViews><sheets>{told}</sheets>{more}</workbook>"
    )
    numbers = range(1, len(sheets) + 1)
    relations = [(f"rId{at}", "worksheet", f"/xl/worksheets/s{at}.xml") for at in numbers]
    relations += [("t", "sharedStrings", "sharedStrings.xml"), ("s", "styles", "styles.xml")]
    files = {
        "_rels/.rels": _relations(office, [("b", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": _relations(office, relations),
        "xl/styles.xml": _styles(main),
        "xl/sharedStrings.xml": texts.replace(MAIN, main),
    }
    for at, inside in enumerate(sheets.values(), 1):
        files[f"xl/worksheets/s{at}.xml"] = f'<worksheet xmlns="{main}">{inside}</worksheet>'
    return packed({name: text for name, text in files.items() if text})


def _styles(main: str) -> str:
    own = (
        '<numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>'
        '<numFmt numFmtId="177" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;;@"/>'
    )
    used = "".join(f'<xf numFmtId="{each}" applyNumberFormat="1"/>' for each in FORMATS)
    used += "".join(f'<xf fontId="{font}" fillId="{fill}"/>' for font, fill in LOOKS)
    fonts = '<font/><font><strike/></font><font><color rgb="FFFFFFFF"/></font>'
    fills = '<fill><patternFill/></fill><fill><patternFill patternType="solid"/></fill>'
    return (
        f'<styleSheet xmlns="{main}"><numFmts>{own}</numFmts><fonts>{fonts}</fonts>'
        f'<fills>{fills}</fills><cellStyleXfs><xf numFmtId="22"/></cellStyleXfs>'
        f"<cellXfs>{used}</cellXfs></styleSheet>"
    )


def _relations(office: str, relations: list[tuple[str, str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="{name}" Type="{office}/{kind}" Target="{target}"/>'
        for name, kind, target in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}">{told}</Relationships>'


def sheet(*rows: str, before: str = "", after: str = "") -> str:
    """Return what stands in a sheet: its rows, each numbered, and what is before and after them."""
    told = "".join(
        row if row.startswith("<row") else f'<row r="{number}">{row}</row>'
        for number, row in enumerate(rows, 1)
    )
    return f"{before}<sheetData>{told}</sheetData>{after}"
