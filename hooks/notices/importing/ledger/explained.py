"""The sheet that says what each column means, in the words by which the model is explained."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from ...facts import model
from ...facts.jsonschema import described
from .columns import (
    AUDIENCE,
    ITEM,
    NOTICE,
    NUMBER,
    PATH,
    SHOWN,
    TABLES,
    TEXT,
    FactColumn,
    LedgerTable,
)

EXPLAINED = "说明"
HEAD = ("表", "列", "填什么", "可以填的")
_FIRST = (
    "浅黄色的格可以填，灰色的格不要改；锁住没有密码，只是防止误改。",
    "没有的就空着，不要填“无”。把一格清空，就是删去这一项。",
    "状态要有依据：从正文里原样复制的原话，或者文件的标题和日期。",
    "行可以重新排列、筛选，不要删行、加行、合并单元格，不要改表头，不要写公式。",
    "新的进展写在“进展”表最下面的空行里：通报、编号照抄，第几次不填。",
    "填好以后交给管网站的同事，运行 notices ledger 这本台账.xlsx，先看公众会看到什么变化。",
    "这本台账里有不公开的内容，只在单位内部用，不要发到网上。",
)
# What is said of files of YAML, and means nothing here.
_OF_FILES = re.compile(
    "，不加引号|，每行一个|；可用的词见 data/vocabulary.yml[^；]*| quote| document"
)
_FIXED = {
    NOTICE: "哪一份通报：它的文件夹名",
    ITEM: "问题的编号；照样是文字，不要让表格软件改成日期",
    NUMBER: "第几条措施，或者第几次、第几个；新加的不填",
    TEXT: "问题的名称；下面几行是它的各条措施的原文",
    PATH: "在提纲里的位置",
    AUDIENCE: "公开的还是不公开的；在问题文件里改",
    SHOWN: "网页上现在显示的状态：有进展写了状态的，以最后一次为准",
}
_FORMS = {
    "text": "一行文字，里面不换行",
    "lines": "文字；有几个的，在格子里换行（Alt+回车），一行一个",
    "day": "日期，如 2024-06-30",
    "deadline": f"日期（2024-06-30）、月份（2024-06），或者{'、'.join(model.NO_DAY)}",
    "number": "数字",
    "status": "从列表里选",
    "finding": "从列表里选",
    "fixed": "不填",
}


def explanation(words: model.Vocabulary) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the sheet."""
    yield ("怎样填",)
    for line in _FIRST:
        yield ("", line)
    yield ()
    yield HEAD
    for table in TABLES:
        for column in table.all:
            yield (table.title, column.head, told(table, column), _FORMS[column.form])
    yield ()
    yield ("状态", "什么时候用")
    for term in (*words.statuses, *words.findings):
        yield (term.label, term.definition)


def told(table: LedgerTable, column: FactColumn) -> str:
    """Return what is to be filled in a column, as the schema says it of the fact."""
    if column.form == "fixed":
        return _FIXED[column.key]
    facts: Any = table.facts
    *way, last = column.names
    words = [described(facts, name) for name in way[:1]]
    for name in way:
        facts = _model_in(facts.model_fields[name].annotation)
    words.append(described(facts, last))
    said = "；".join(dict.fromkeys(filter(None, words)))
    return _OF_FILES.sub("", said)


def _model_in(annotation: Any) -> type[BaseModel]:
    """Return the model that stands in the type of a field."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(_model_in(each) for each in typing.get_args(annotation) if each is not type(None))
