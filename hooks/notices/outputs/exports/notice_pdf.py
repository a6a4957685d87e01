"""``notice.pdf``: the approved text on paper, by GB/T 9704-2012, and after it the annex.

Free fonts take the place of the usual ones. The file says what it is to a screen reader (PDF/UA-1):
its language, its outline, and which words are headings, cells of a table or page numbers.
"""

from __future__ import annotations

import logging

from ...catalogue.notices import Catalogue
from ..fragments import Fragments
from . import gbt9704, paper
from .edition import Edition
from .needs import SPARE, font_files, require

_NAME = "notice.pdf"


def make(edition: Edition) -> bytes:
    """Return the file; raise Faulty when fonts or libraries are missing."""
    require(f"notices/{edition.notice.id}/{_NAME}")
    from weasyprint import HTML  # noqa: PLC0415 (fails without what is required)
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    # It warns of what its own style sheet for PDF/UA has no use for.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    document = HTML(string=markup(edition))
    made: bytes = document.write_pdf(
        font_config=FontConfiguration(), pdf_variant="pdf/ua-1", pdf_identifier=False
    )
    return made


def markup(edition: Edition) -> str:
    """Return the paper as HTML, with its style and the places of its fonts."""
    catalogue = Catalogue(edition.site, edition.vocabulary, [edition.notice])
    files = font_files()
    rendered: str = Fragments(catalogue, edition.templates).render(
        "paper/notice.html",
        str,
        notice=edition.notice,
        paper=paper.make_paper(edition),
        annex=paper.ANNEX,
        is_rare=is_rare,
        rule=gbt9704,
        faces={name: face.family for name, face in gbt9704.FACES.items()},
        fonts={file.stem: file.as_uri() for file in files.values()},
        spare=files[SPARE].stem,
    )
    return rendered


def is_rare(text: str) -> bool:
    """Tell whether ``text`` has characters that not every font has.

    They may come from a font that is taller, and must not push the lines apart. The text is not cut
    around them: a mark stands over its letter only where both are set together, and every cut
    takes as long as a paragraph.
    """
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
