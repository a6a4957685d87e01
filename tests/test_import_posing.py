"""Files that are called something else than they are: each is told what it is, in one line."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from notices.importing.readers import read_source
from notices.importing.source import Answers
from notices.problem import Faulty
from word import p, packed, word


def book() -> bytes:
    made, target = Workbook(), io.BytesIO()
    made.worksheets[0].append(["序号", "存在问题"])
    made.save(target)
    return target.getvalue()


PAGE = "<html><body><p>一、甲</p></body></html>"
FILES = {
    "Word 文档": word(p("一、甲")),
    "Excel 工作簿": book(),
    "演示文稿": packed({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}),
    "ODF": packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
    "OFD": packed({"OFD.xml": "<a/>"}),
    "压缩包": packed({"整改.txt": "甲"}),
    "网页": PAGE.encode(),
    "网页，带记号": b"\xef\xbb\xbf\r\n" + PAGE.encode(),
    "单个文件的网页": b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n",
    "PDF": b"%PDF-1.4\n",
    "RTF": b"{\\rtf1 }",
    "纯文字": "一、关于“台账不全”问题\n已经补登。".encode(),
}
OWN = {
    ".txt": {"纯文字"}, ".html": {"网页", "网页，带记号"}, ".xlsx": {"Excel 工作簿"},
    ".docx": {"Word 文档"}, ".xls": {"Excel 工作簿"}, ".csv": {"纯文字"},
}  # fmt: skip


@pytest.mark.parametrize("suffix", OWN)
@pytest.mark.parametrize("what", FILES)
def test_a_file_of_another_name_is_told_what_it_is(what: str, suffix: str) -> None:
    try:
        source = read_source(FILES[what], f"a{suffix}", Answers())
    except Faulty as fault:
        (problem,) = fault.problems
        assert problem.rule == "import-unreadable"
        assert what.partition("，")[0] in problem.message
        assert what not in OWN[suffix]
    else:
        assert source.lines
        assert what in OWN[suffix]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "gb18030", "big5"])
@pytest.mark.parametrize("suffix", [".txt", ".html"])
def test_no_encoding_makes_another_file_of_one(encoding: str, suffix: str) -> None:
    text = "一、關於「臺賬不全」的問題，整改情況如下。經過我們的努力，問題已經整改完成，" * 3
    data = (f"<p>{text}</p>" if suffix == ".html" else text).encode(encoding)
    answers = Answers(encoding=encoding)
    assert [line.text for line in read_source(data, f"a{suffix}", answers).lines] == [text]
