"""From a YAML document to typed facts, or to problems in words that an editor understands."""

from __future__ import annotations

import datetime
import re
import typing
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from ..problem import Problem, shorten, suggest
from .model import Facts
from .refused import KEY
from .source import Key, YamlDocument

# pydantic's error types (https://docs.pydantic.dev/latest/errors/validation_errors/) → 中文
_FULL_WIDTH_COLON = re.compile("([a-z_]+|[0-9]+)\uff1a")
_EXPECTED = {
    "string_type": "应为文字",
    "int_type": "应为整数",
    "date_type": "应为日期，写成 2023-10-10 的样子",
    "dict_type": "应为下一层的“键: 值”",
    "model_type": "应为下一层的“键: 值”",
    "list_type": "应为列表，每项一行，以“- ”开头",
    "string_too_short": "不能为空",
    "too_short": "不能为空",
    "string_pattern_mismatch": "写法不符（只能是一行文字，不含 <b> 之类的标记；电子邮箱须含 @）",
    "literal_error": "不在可用的词中",
    "bool_type": "应为 true 或 false",
}
_WORD = "应为一个词，不超过20个字，只用汉字和字母"
# How a value is written, by its key, where a pattern says more than "one line of text".
_WRITTEN = {
    "credit_code": "应为18位的统一社会信用代码，字母大写，加引号",
    "parent": "应为 data/publishers/ 里的一个文件名，不带 .yml",
    "website": "应为网址，以 https:// 开头",
    "police": "应为公安备案号，如 辽公网安备21000000000000号",
    "site_code": "应为10位的网站标识码",
    "repo_url": "应为网址，以 https:// 开头",
    "edit_uri": "应为仓库网址与文件路径之间的一段，以 / 结尾，如 edit/main/",
    "started_from": "应为完整的提交号，由 notices new 写出",
    "page": "应为 content/ 里的页面，如 about.md",
    "corrections": "应为电子邮箱，须含 @",
    "noun": _WORD,
    "item": _WORD,
    "measure": _WORD,
    "levels": _WORD,
    "forms": _WORD,
    "synonyms": "应为一个词，不超过20个字，不带空格",
    "overlapping": _WORD,
    "deadline": "应为日期（2024-06-30）、月份（2024-06），或者 长期坚持、持续推进、立行立改",
    "file": "应为 content/ 里的文件，如 files/附件1.pdf",
    "contact": "应以 https://、mailto: 或者 tel: 开头",
}


def problem(document: YamlDocument, model: type[Facts], error: ErrorDetails) -> Problem:
    """Return the problem that ``error`` is to who edits ``document``, a ``model``."""
    if error["loc"][-1] is KEY:
        return _key_problem(document, error)
    path = error["loc"]
    name = f"第 {path[-1] + 1} 项" if isinstance(path[-1], int) else shorten(str(path[-1]))
    if error["type"] == "extra_forbidden":
        hint = suggest(str(name), key_names(model, path[:-1]))
        if str(name).startswith("\u3000"):
            hint = "：缩进用了全角空格，请改成半角空格"
        return Problem(document.at_key(*path), "unknown-key", f"不认识“{name}”{hint}")
    if error["type"] == "missing":
        return Problem(document.at(*path[:-1]), "missing-key", f"缺少必填的“{name}”")
    if isinstance(error["input"], str) and (slip := _FULL_WIDTH_COLON.match(error["input"])):
        message = f"“{slip[1]}”后面是全角冒号，请改成半角冒号加空格：“{slip[1]}: ”"
        return Problem(document.at(*path), "full-width-colon", message)
    expected = _too_few(error) or _EXPECTED.get(error["type"], f"不符合要求（{error['msg']}）")
    if error["type"] == "string_pattern_mismatch":
        key = next(str(each) for each in reversed(path) if isinstance(each, str))
        expected = _WRITTEN.get(key, expected)
    if error["type"] == "literal_error" and path[-1] in _WRITTEN:
        expected = _WRITTEN[str(path[-1])]
    elif choices := error.get("ctx", {}).get("expected"):
        expected = f"应为 {choices.replace(' or ', ', ')} 之一"
    message = f"“{name}”{expected}，现在是{_describe(error['input'])}"
    if error["type"].startswith("date") and isinstance(error["input"], str):
        message = _no_date(name, error["input"]) or message
    return Problem(document.at(*path), "wrong-value", message)


def _too_few(error: ErrorDetails) -> str:
    """Say how many a list must have, when that is more than one; else return ""."""
    least = error.get("ctx", {}).get("min_length", 1) if error["type"] == "too_short" else 1
    return f"至少要有{least}个" if least > 1 else ""


def _no_date(name: str, text: str) -> str:
    """Say what is wrong with a text that is written like a date, or return ""."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return ""
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return f"“{name}”不对：没有“{text}”这样的日期"
    return f"“{name}”是日期，不加引号：去掉引号，写成 {name}: {text}"


def _key_problem(document: YamlDocument, error: ErrorDetails) -> Problem:
    path = error["loc"][:-1]
    given = error["input"]
    if not error["type"].startswith(("int", "greater", "less")):
        message = f"键应为一行文字，现在是{_describe(given)}"
        return Problem(document.at_key(*path), "wrong-value", message)
    message = f"键应为数字，如 1 表示“一是”，现在是{_describe(given)}"
    if isinstance(given, str) and re.fullmatch("[0-9]+", given):
        message = f"键是数字，不加引号：去掉引号，写成 {shorten(given)}:"
    return Problem(document.at_key(*path), "wrong-value", message)


def _describe(value: Any) -> str:
    """Say in Chinese what YAML made of what the editor typed."""
    match value:
        case None:
            return "空的"
        case bool():
            return "真假值（true、false 须加引号才是文字）"
        case int() | float():
            return f"数字 {value}（是文字的话请加引号）"
        case datetime.date():
            return f"日期 {value}（是文字的话请加引号）"
        case dict():
            return "“键: 值”"
        case list():
            return "列表"
    return f"“{shorten(str(value))}”"


def key_names(model: type[BaseModel], path: tuple[Key, ...]) -> list[str]:
    """Return the keys that ``model`` allows at ``path``, those that must be there first."""
    annotation: Any = model
    for key in path:
        nested = _model_in(annotation)
        field = nested.model_fields.get(str(key)) if nested else None
        # An index, or a key of a mapping, is no field: the model stands in the same annotation.
        annotation = field.annotation if field else annotation
    nested = _model_in(annotation)
    fields = [*nested.model_fields.items()] if nested else []
    fields.sort(key=lambda each: not each[1].is_required())
    return [field.alias or name for name, field in fields]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = map(_model_in, typing.get_args(annotation))
    return next((model for model in inner if model), None)
