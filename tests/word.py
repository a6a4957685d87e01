"""Word files written as raw XML: what no library writes, and other programs do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = {
    "w": WORD,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:example:unknown",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
_OFFICE = SPACES["r"]
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_STORE = "{00000000-0000-0000-0000-000000000001}"
PARTS = ("styles", "numbering", "comments", "footnotes", "endnotes", "settings")
MAIN = "word/document.xml"


def part(root: str, content: str) -> str:
    """Return a part of WordprocessingML with all prefixes that these tests use."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}\n<w:{root} {_DECLARED}>{content}</w:{root}>"


def members(
    body: str, parts: Mapping[str, str] | None = None, margins: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the members of a document with this body; ``parts`` are named as in PARTS, and
    ``margins`` are headers and footers by the ids by which the body refers to them.
    """
    told = {name: f"word/{name}.xml" for name in parts or {}}
    written = {told[name]: part(name, content) for name, content in (parts or {}).items()}
    relations = [(f"r-{name}", name, f"{name}.xml") for name in told]
    for name, content in (margins or {}).items():
        kind = name.partition("-")[0]
        written[f"word/{name}.xml"] = part("hdr" if kind == "header" else "ftr", content)
        relations.append((name, kind, f"{name}.xml"))
    relations.append(("picture", "image", "media/picture.png"))
    relations.append(("data", "customXml", "../customXml/item1.xml"))
    return {
        "[Content_Types].xml": _content_types([MAIN, *written]),
        "_rels/.rels": _relations([("main", "officeDocument", MAIN)]),
        MAIN: part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": _relations(relations),
        "customXml/item1.xml": '<all xmlns="urn:a"><title>乙乙</title></all>',
        "customXml/_rels/item1.xml.rels": _relations([("a", "customXmlProps", "props1.xml")]),
        "customXml/props1.xml": f'<ds:datastoreItem xmlns:ds="{_CUSTOM}" ds:itemID="{_STORE}"/>',
        **written,
    }


def packed(files: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def word(
    body: str, parts: Mapping[str, str] | None = None, margins: Mapping[str, str] | None = None
) -> bytes:
    """Return a Word file with this body."""
    return packed(members(body, parts, margins))


def _content_types(names: Iterable[str]) -> str:
    kinds = {
        name: "document.main" if name == MAIN else name.split("/")[1].split(".")[0].split("-")[0]
        for name in names
    }
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{_TYPES}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(relations: Iterable[tuple[str, str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


# --- What stands in a body ----------------------------------------------------------------------


def t(text: str) -> str:
    """Return characters."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(content: str, properties: str = "") -> str:
    """Return a run; what is no XML is its text."""
    inside = content if content.startswith("<") else t(content)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>"


def p(content: str, properties: str = "") -> str:
    """Return a paragraph; what is no XML is its text."""
    inside = content if content.startswith("<") or not content else r(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def numbered(text: str, list_id: int, level: int = 0, properties: str = "") -> str:
    """Return a paragraph that a list numbers."""
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return p(text, place + properties)


def tc(content: str, properties: str = "") -> str:
    """Return a cell of a table."""
    inside = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """Return a row of a table; a cell may be text."""
    inside = "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def tbl(*rows: str, properties: str = "") -> str:
    """Return a table."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid/>{''.join(rows)}</w:tbl>"


def by(name: str, content: str) -> str:
    """Return a tracked change."""
    return f'<w:{name} w:id="1" w:author="甲" w:date="2024-01-01T00:00:00Z">{content}</w:{name}>'


def field(code: str, result: str | None, properties: str = "") -> str:
    """Return a field of several runs; without a result it has none."""
    begin, end = (r(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "end"))
    separate = r('<w:fldChar w:fldCharType="separate"/>')
    shown = "" if result is None else separate + (result and r(result, properties))
    return f"{begin}{r(f'<w:instrText>{escape(code)}</w:instrText>')}{shown}{end}"


# --- Lists --------------------------------------------------------------------------------------


def level(at: int, form: str, text: str, start: int | None = 1, more: str = "") -> str:
    """Return a level of a list."""
    begin = "" if start is None else f'<w:start w:val="{start}"/>'
    return (
        f'<w:lvl w:ilvl="{at}">{begin}<w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(abstract_id: int, *levels: str) -> str:
    """Return the definition of lists."""
    return (
        f'<w:abstractNum w:abstractNumId="{abstract_id}">'
        f'<w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'
    )


def num(list_id: int, abstract_id: int, more: str = "") -> str:
    """Return a list."""
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{abstract_id}"/>{more}</w:num>'


def style(style_id: str, properties: str, kind: str = "paragraph", more: str = "") -> str:
    """Return a style that is called like its id."""
    return (
        f'<w:style w:type="{kind}" w:styleId="{style_id}"{more}><w:name w:val="{style_id}"/>'
        f"{properties}</w:style>"
    )
