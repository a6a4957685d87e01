"""What only a printed page needs: a code that leads a telephone back to it."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

_QUIET = 4
"""How many modules around a code stay empty (ISO/IEC 18004)."""


@functools.lru_cache(maxsize=1000)  # a preview asks again and again for the same
def qr_code(address: str) -> Markup:
    """Return ``address`` as a QR code (ISO/IEC 18004), an SVG element to stand in a page."""
    import zxingcpp  # noqa: PLC0415 (only a page that is made anew waits for it)

    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = code.to_image(add_quiet_zones=False)
    modules: Any = memoryview(image).tolist()  # a list for each row
    size = len(modules) + 2 * _QUIET
    path = "".join("".join(_row(number, row)) for number, row in enumerate(modules, _QUIET))
    drawn = Markup('<svg viewBox="0 0 {0} {0}" class="qr"><path stroke="#000" d="{1}"/></svg>')
    return drawn.format(size, path)


def _row(number: int, modules: list[int]) -> Iterator[str]:
    """Yield how the dark modules of a row are drawn: one line for those beside each other."""
    yield f"M{_QUIET} {number}.5"
    for light, run in itertools.groupby(modules):
        yield f"{'m' if light else 'h'}{len([*run])}{' 0' if light else ''}"
