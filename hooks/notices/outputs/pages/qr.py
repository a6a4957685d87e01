"""What only a printed page needs: a code that leads a telephone back to it."""

from __future__ import annotations

import functools

import segno
from markupsafe import Markup


@functools.lru_cache(maxsize=1000)  # a preview asks again and again for the same
def qr_code(address: str) -> Markup:
    """Return ``address`` as a QR code (ISO/IEC 18004), an SVG element to stand in a page."""
    code = segno.make_qr(address, error="m")
    return Markup(code.svg_inline(omitsize=True, svgclass="qr", lineclass=None))
