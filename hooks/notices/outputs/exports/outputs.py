"""The outputs: the files that stand beside a notice's page, in the order in which they are offered.

Each is a module here, named like what it makes, with ``make``. Only those that must be made anew
are imported: their libraries take longer than everything else.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import NamedTuple

from ...catalogue.addresses import exports_of, notice_address
from ...catalogue.filenames import saved_as
from ...catalogue.notices import Notice
from .edition import Edition


class Output(NamedTuple):
    """A file of a notice: its name, the module that makes it, and what readers are told of it.

    ``kept`` is what it is called where a reader keeps it, behind what the notice is called. That
    and ``use`` have gaps for the words of the notice's kind, and for what is said of an annex.
    """

    name: str
    module: str
    label: str
    kept: str
    use: str

    def make(self, edition: Edition) -> bytes:
        """Return the file; raise Faulty when this machine lacks what making it needs."""
        module = importlib.import_module(f".{self.module}", __package__)
        made: bytes = module.make(edition)
        return made


OUTPUTS = (
    Output("notice.pdf", "notice_pdf", "PDF", "全文", "打印、存档：全文按公文格式排版{annex}"),
    Output("notice.docx", "notice_docx", "DOCX", "全文", "用 Word、WPS 打开：排版与 PDF 相同"),
    Output(
        "items.xlsx",
        "items_xlsx",
        "XLSX",
        "{item}清单",
        "用 Excel、WPS 打开：{item}、{measure}和已有的进展",
    ),
    Output("items.csv", "items_csv", "CSV", "{item}清单", "导入其他程序：每条{measure}一行"),
    Output("notice.json", "notice_json", "JSON", "全文和数据", "供程序读取：全文和全部公开的数据"),
)


class Download(NamedTuple):
    """A file that a reader may take away: where it is, what it is, its size in bytes, and what it
    is called then.
    """

    address: str
    label: str
    use: str
    size: int
    name: str = ""


def offered(notice: Notice, sizes: Mapping[str, int]) -> list[Download]:
    """Return the downloads of ``notice``; ``sizes`` are those of all files, by address."""
    folder, kind = notice_address(notice), notice.kind
    annex = f"，后附{kind.item}一览表" if notice.items else ""
    words = {"item": kind.item, "measure": kind.measure, "annex": annex}
    return [
        Download(
            folder + name,
            label,
            use.format(**words),
            sizes[folder + name],
            saved_as(notice.facts.short_name, kept.format(**words), name),
        )
        for name, _, label, kept, use in outputs_of(notice)
    ]


def outputs_of(notice: Notice) -> list[Output]:
    """Return the outputs that ``notice`` has."""
    names = exports_of(notice)
    return [output for output in OUTPUTS if output.name in names]
