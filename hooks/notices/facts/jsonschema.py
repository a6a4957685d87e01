"""JSON Schemas of the data files, made from the model: editors complete and underline by them.

They say what one file may hold; what it must agree with elsewhere is for ``checks``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from . import model

_KINDS: dict[str, tuple[type[model.Facts], str]] = {
    "site": (model.Site, "本站的名称、主办单位和导航"),
    "vocabulary": (model.Vocabulary, "整改状态的词汇表"),
    "synonyms": (model.Synonyms, "搜索用的近义词"),
    "kind": (model.Kind, "通报的一个种类"),
    "publisher": (model.Publisher, "一个发布单位"),
    "notice": (model.Notice, "一份通报"),
    "item": (model.Item, "一个问题"),
}

BEYOND = (
    "编辑器按 YAML 1.2 和这个文件划线；notices check 还要拒绝 JSON Schema 看不见的写法："
    "加了引号的日期和加了引号的数字键；“#”后面没有空格的说明（文字会丢掉）；"
    "锚（&）、别名（*）、标签（!）、合并键（<<）和以 % 开头的指令；既不是文字也不是整数的键；"
    "不在行尾的 Tab、以 ? 开头的键；写成几行的值、只有空白的值、看不见的控制字符；"
    "旧式的换行（CR）、空的文件，一个文件里的几份数据。"
)
"""What the checker refuses beyond the schema; editors' programs show it to nobody but who asks."""

# Each day of the calendar, and no other text: programs check the format only in part.
_DAY = (
    "^(?!0000)(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$"
)

_AS_IN_THE_TEXT = re.compile("[，；]与正文一字不差|；联系人只在正文写明时才写")

# Shown by an editor beside the key, unless a field of the model has a `description` of its own;
# where a key means something else in one model, by both names.
_HELP = {
    "accepted": "程序报告、核对过没有问题的地方；不公开",
    "address": "通信地址，与正文一字不差",
    "allowed_personal": "看起来像个人信息、经同意可以公开的内容",
    "assisting": "配合单位，每行一个",
    "attachments": "附件：放在 content/ 里的文件，和它的标题",
    "bodies": "责任单位，每行一个",
    "count": "原文写的数目",
    "dated": "成文日期",
    "days": "公示几天，首尾都算；照原文写",
    "document_number": "文号，如 某委发〔2024〕1号",
    "file": "content/ 里的文件，如 files/附件1.pdf",
    "index_number": "索引号",
    "draft": "草稿（true）只在预览里看得到，不公开；不写就是公开",
    "joint": "联合发布的其他单位，全称，每行一个",
    "lead": "牵头单位，每行一个",
    "printed": "原文写的状态，与正文一字不差",
    "printed_totals": "原文按状态列出的数目",
    "signatures": "落款的单位，与正文一字不差，每行一个",
    "window": "公示期",
    "website": "单位自己的网站",
    "working_days": "公示几个工作日，照原文写",
    "at": "哪一处：那一节或者那条措施的编号、preamble，或者 stated 里的键",
    "audience": "public 公开；party 不公开，只计数",
    "basis": "状态的依据：原话 quote、文件 document 至少写一样",
    "by": "由谁进行，如哪个组",
    "columns": "表格的一列是什么，从表头看不出来的才写；左边是表头的一格",
    "contact": "联系方式，正文有哪项写哪项；有几个部门的写成列表",
    "dates": "这几天叫什么",
    "date": "日期，写成 2020-06-30 的样子，不加引号",
    "deadline": "完成时限：哪一天、哪个月（2024-06），或者 长期坚持、持续推进、立行立改",
    "credit_code": "统一社会信用代码，十八位，加引号",
    "definition": "什么时候用这个状态",
    "department": "责任部门",
    "document": "文件，不加书名号",
    "edit_uri": "仓库网址与文件路径之间的一段，默认 edit/main/；GitLab 上写 -/edit/main/",
    "expires": "到哪天为止有效",
    "changes_since": "改动记录从哪天的改动开始列；不写就从头列",
    "downloads": "通报提供哪些格式下载；不写就是全部，写 [] 就是都不提供",
    "precompressed": "文字文件旁边是否同时存放压缩好的；网站服务器自己压缩的写 false",
    "corrections": "收网站纠错信的电子邮箱；写了，每页底部就有“纠错”",
    "documents": "文中提到的文件，不加书名号",
    "email": "电子邮箱，与正文一字不差",
    "extension": "分机号，加引号；与正文一字不差",
    "feedback": "反馈意见的日期",
    "forms": "原文里这个状态还有哪些说法；核对句子里的数目时认得",
    "from": "从哪天",
    "figures": "原文里的金额、数量",
    "finding": "核查结论：反映的情况是否属实",
    "findings": "可用的核查结论，没有的不写",
    "found": "核查结论；可用的词见 data/vocabulary.yml 的 findings",
    "goal": "来源写明的整改目标，写在一行里",
    "government": "主办单位是国家机关的写 true",
    "hours": "什么时候有人接听，与正文一字不差",
    "icp": "ICP备案号，照备案的写",
    "id": "英文词，填报时用它",
    "DateNames.feedback": "反馈那天叫什么",
    "DateNames.from": "开始那天叫什么",
    "DateNames.to": "结束那天叫什么",
    "Figure.name": "是什么的数目，如 补登金额",
    "Figure.value": "数值，与原话一致",
    "Inspection.kind": "原文写的种类，如 常规巡察",
    "Kind.ledger": "本单位自己的台账：左边是表头的一格，右边是这一列是什么",
    "Kind.statuses": "用哪些状态；不写就是词汇表里的全部",
    "Publisher.contact": "联系方式，知道哪项写哪项；有几个部门的写成列表",
    "Publisher.name": "全称，与通报的 publisher 一字不差",
    "Publisher.short_name": "简称，用在页面上窄的地方",
    "Security.contact": "网址、mailto: 加邮箱，或者 tel: 加电话",
    "Site.kind": "本站的通报通常是哪一种：data/kinds/ 里的一个文件名",
    "inspection": "由谁、什么时候进行、什么时候反馈",
    "item": "一条要回答的叫什么，如 问题",
    "kind": "种类：data/kinds/ 里的一个文件名；不写就是全站常用的那一种",
    "labels": "与种类里不同的叫法",
    "levels": "各层叫什么，从外到里；没有分层写 []",
    "known_discrepancies": "原文里的出入：原文照旧，在这里说明",
    "label": "网页上显示的词",
    "leader": "责任领导",
    "measure": "一条里的一件事叫什么，如 措施",
    "measures": "各条措施：1 是“一是”，2 是“二是”",
    "mailbox": "邮政信箱，与正文一字不差",
    "name": "网站的名称；不写就是“某某单位整改情况公开”",
    "navigation": "导航里有哪些页面，从左到右；不写就用程序自带的",
    "noun": "做的是什么，如 巡察、审计",
    "note": "说明，写在一行里",
    "outline": "提纲：与种类不同的写各层的叫法；没有分条的写 text",
    "number": "电话号码，加引号；与正文一字不差",
    "office": "联系部门，与正文一字不差",
    "overlapping": "不是状态、原文另外计数的说法，如 立行立改；合计时算不算在内都行",
    "page": "content/ 里的文件名，如 about.md",
    "parent": "上级单位：data/publishers/ 里的一个文件名，不带 .yml",
    "person": "责任人；联系人只在正文写明时才写",
    "phones": "电话有几个、有分机或者接听时间的，逐个写",
    "phone": "联系电话，与正文一字不差",
    "police": "公安备案号，照备案的写，如 辽公网安备21000000000000号",
    "postcode": "邮政编码，加引号；与正文一字不差",
    "published": "公布日期",
    "publisher": "发布单位的全称",
    "quote": "原话，从正文里原样复制",
    "reason": "理由，写在一行里",
    "repo_url": "仓库的网址；写了，每个问题就有“编辑”的链接",
    "responsible": "谁负责，知道哪项写哪项",
    "rule": "哪条规则，写出错信息方括号里的代码",
    "security": "发现网站的安全漏洞，向哪里报告",
    "short_name": "发布单位的简称",
    "site_code": "网站标识码，十位；只有政府网站有",
    "source": "根据哪份文件或哪次会议",
    "started_from": "从哪次提交另起的新站，notices new 写的；改动记录从写下它的那次提交开始",
    "stated": "原文自己说的数目，照原文填：各层的叫法: 数目",
    "status": "状态；可用的词见 data/vocabulary.yml",
    "statuses": "可用的状态，顺序就是显示顺序",
    "synonyms": "近义词，每组一行；搜其中一个，也找同组的其他词",
    "text": "做了什么，写在一行里",
    "time_zone": "按哪里的时间算日期，默认 Asia/Shanghai（北京时间）",
    "title": "标题或名称，原样复制",
    "to": "到哪天",
    "tone": "色调，只管外观",
    "unit": "单位，如 万元；与原话一致",
    "updates": "公开以后的进展，新的加在最下面",
    "value": "可以公开的内容，原样写出",
    "verified": "检查的一方自己核实的结果",
}


def described(facts: type[model.Facts], key: str) -> str:
    """Return what an editor is told of a key of ``facts``; "" where its name says it all."""
    field = facts.model_fields.get(key)
    own = field.description if field else None
    return own or _HELP.get(f"{facts.__name__}.{key}", _HELP.get(key, ""))


def schemas(vocabulary: model.Vocabulary | None = None) -> dict[str, JsonSchemaValue]:
    """Return the JSON Schema (draft 7, which every editor knows) of each kind of file, by its name.

    Statuses and findings must be among those of ``vocabulary``; without one, they may be any text.
    """
    statuses = vocabulary.ids() if vocabulary else []
    findings = [each.id for each in vocabulary.findings] if vocabulary else []
    words = {"status": statuses, "statuses": statuses, "found": findings}
    return {kind: _schema(facts, title, words) for kind, (facts, title) in _KINDS.items()}


def schema_files(vocabulary: model.Vocabulary | None = None) -> Iterator[tuple[str, str]]:
    """Yield (file name, text) of each schema, as they are kept in ``data/schema/``."""
    for kind, schema in schemas(vocabulary).items():
        yield f"{kind}.json", json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path, vocabulary: model.Vocabulary | None = None) -> None:
    """Write each schema into ``folder``, which is made if it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_files(vocabulary):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _schema(
    facts: type[model.Facts], title: str, words: Mapping[str, Sequence[str]]
) -> JsonSchemaValue:
    """Return the schema of a file of ``facts``; ``words`` are those that a key may have."""
    made = facts.model_json_schema(
        by_alias=True, ref_template="#/definitions/{model}", schema_generator=_Generator
    )
    definitions = made.pop("$defs", {})
    if not facts.quotes_approved:
        _without_the_text([made, *definitions.values()])
    for each in [made, *definitions.values()]:
        for key in each["properties"].keys() & words.keys():
            for node in _strings(each["properties"][key]) if words[key] else ():
                node["enum"] = [*words[key]]
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title}
    head["$comment"] = BEYOND
    return {**head, **made, **({"definitions": definitions} if definitions else {})}


def _without_the_text(models: Sequence[JsonSchemaValue]) -> None:
    """Let no description speak of an approved text, of which such a file has no words."""
    for field in (field for each in models for field in each["properties"].values()):
        if said := field.get("description"):
            field["description"] = _AS_IN_THE_TEXT.sub("", said)


def _strings(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the parts of a field's schema that stand for a text, or for the texts of a list."""
    for part in (schema, *schema.get("anyOf", ())):
        text = part.get("items", part)
        if text.get("type") == "string":
            yield text


class _Generator(GenerateJsonSchema):
    """Leaves out titles, docstrings and defaults, which are not for the editors of the data."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        made = super().model_schema(schema)
        for key, field in made["properties"].items():
            if known := described(schema["cls"], key):
                field["description"] = known
        return {key: made[key] for key in made if key not in ("title", "description")}

    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:
        return {**super().date_schema(schema), "pattern": _DAY, "$comment": "日期不加引号"}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Keys that are the numbers of measures, JSON can only write as text."""
        made = super().dict_schema(schema)
        if schema["keys_schema"]["type"] != "int":
            return {
                "type": "object",
                "additionalProperties": self.generate_inner(schema["values_schema"]),
            }
        value = made["additionalProperties"]
        return {
            "type": "object",
            "patternProperties": {"^[1-9][0-9]?$": value},
            "additionalProperties": False,
            "$comment": "数字不加引号",
        }

    def function_before_schema(
        self, schema: core_schema.BeforeValidatorFunctionSchema
    ) -> JsonSchemaValue:
        """What is made a text before it is looked at may be the number of a section as well."""
        number = {"type": "integer", "minimum": 1, "maximum": model.LARGEST}
        return {"anyOf": [super().function_before_schema(schema), number]}
