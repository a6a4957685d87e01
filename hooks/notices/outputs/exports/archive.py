"""Archives: XLSX and DOCX are ZIP files, in which nothing tells when and where they were made."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping
from html import escape
from typing import NamedTuple

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


class Properties(NamedTuple):
    """What an archive says of itself: its title, who made it, and the day of all that is in it."""

    title: str
    creator: str
    day: datetime.date

    def written(self) -> bytes:
        """Return them as the part of the archive that has them."""
        title, creator = escape(self.title, quote=False), escape(self.creator, quote=False)
        return _PROPERTIES.format(title=title, creator=creator, day=self.day).encode()


def settle(data: bytes, known: Properties, parts: Mapping[str, bytes] | None = None) -> bytes:
    """Return the archive ``data`` with these properties, and their day as every time; ``parts``
    take the place of its own.
    """
    day, others = known.day, {**(parts or {}), _CORE: known.written()}
    settled = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # whatever system it is
            target.writestr(entry, others.get(name) or source.read(name))
    return settled.getvalue()


def of_edition(edition: Edition) -> Properties:
    """Return the properties of what is made of a notice."""
    facts = edition.notice.facts
    return Properties(facts.title, facts.publisher, edition.stamp)
