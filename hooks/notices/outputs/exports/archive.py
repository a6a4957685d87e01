"""Archives: XLSX and DOCX are ZIP files, in which nothing tells when and where they were made."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from .edition import Edition

_CORE = "docProps/core.xml"
_PROPERTIES = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties\
 xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"\
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"\
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
<dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator><dc:language>zh-CN</dc:language>\
<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified>\
</cp:coreProperties>
"""


def settle(data: bytes, edition: Edition) -> bytes:
    """Return the archive ``data`` with the notice's own properties, and its stamp as every time."""
    day = edition.stamp
    settled = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # whatever system it is
            target.writestr(entry, _properties(edition) if name == _CORE else source.read(name))
    return settled.getvalue()


def _properties(edition: Edition) -> bytes:
    facts = edition.notice.facts
    title, creator = escape(facts.title), escape(facts.publisher)
    return _PROPERTIES.format(title=title, creator=creator, day=edition.stamp).encode()
