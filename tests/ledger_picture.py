"""Takes the handbook's picture of a ledger: its first rows, as a spreadsheet shows them.

``python tests/ledger_picture.py`` writes ``tests/ledger.png`` from a workbook that is made anew.
"""

from __future__ import annotations

import datetime
import html
import io
from collections.abc import Iterator

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from playwright.sync_api import sync_playwright

from notices.publishing.ledgers import ledger_of
from sitehouse import ROOT, SAMPLE, SAMPLE_ROOT, open_browser

ROWS = range(13, 20)
COLUMNS = (1, 2, 3, 4, 7, 8, 9, 10, 11, 12, 13)
PICTURE = ROOT / "tests" / "ledger.png"
PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; font: 13px/1.45 "Noto Sans CJK SC", sans-serif; color: #222 }}
table {{ border-collapse: collapse; table-layout: fixed; width: {width}px }}
td, th {{ border: 1px solid #bfbfbf; padding: 2px 5px; text-align: left; vertical-align: top;
  overflow-wrap: anywhere }}
th {{ background: #f3f3f3; color: #666; font-weight: 400; text-align: center }}
b {{ font-weight: 700 }}
</style><table>{columns}<tr><th></th>{letters}</tr>{rows}</table>"""


def drawn(data: bytes) -> tuple[str, int]:
    """Return a page with some rows and columns of a ledger, and how wide it is."""
    sheet = load_workbook(io.BytesIO(data))["台账"]
    widths = [sheet.column_dimensions[get_column_letter(at)].width * 7 for at in COLUMNS]
    width = 36 + int(sum(widths))
    columns = "".join(f'<col style="width:{each}px">' for each in (36, *widths))
    letters = "".join(f"<th>{get_column_letter(at)}</th>" for at in COLUMNS)
    rows = "".join(
        f"<tr><th>{row}</th>{''.join(cells(sheet.cell(row, at) for at in COLUMNS))}</tr>"
        for row in (1, *ROWS)
    )
    return PAGE.format(width=width, columns=columns, letters=letters, rows=rows), width


def cells(found: Iterator[object]) -> Iterator[str]:
    for cell in found:
        assert isinstance(cell, Cell)
        value = cell.value
        words = f"{value:%Y-%m-%d}" if isinstance(value, datetime.datetime) else str(value or "")
        said = html.escape(words).replace("\n", "<br>")
        said = f"<b>{said}</b>" if cell.font.b else said
        yield f'<td style="background:#{cell.fill.fgColor.rgb[-6:]}">{said}</td>'


def main() -> None:
    page_text, width = drawn(ledger_of(SAMPLE_ROOT, SAMPLE).data)
    with sync_playwright() as playwright:
        browser = open_browser(playwright)
        page = browser.new_page(viewport={"width": width, "height": 100})
        page.set_content(page_text)
        page.screenshot(path=PICTURE, full_page=True)
        browser.close()


if __name__ == "__main__":
    main()
