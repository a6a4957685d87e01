"""What only a printed page needs: a code that leads a telephone back to it."""

from __future__ import annotations

import segno
from markupsafe import Markup


def qr_code(address: str) -> Markup:
    """Return ``address`` as a QR code (ISO/IEC 18004), an SVG element to stand in a page."""
    code = segno.make_qr(address, error="m")
    return Markup(code.svg_inline(omitsize=True, svgclass="qr", lineclass=None))
