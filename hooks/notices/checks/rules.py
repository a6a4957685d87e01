"""What a rule is, and the table of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..catalogue.notices import Notice
from ..catalogue.settings import Settings
from ..catalogue.summary import Archive
from ..problem import ERROR, WARNING, Place


@dataclass(frozen=True)
class Objection:
    """What a rule found; ``at`` names its place where an editor may acknowledge it."""

    place: Place
    message: str
    at: str = ""


Check = Callable[[Notice, Settings], Iterator[Objection]]
SiteCheck = Callable[[Archive], Iterator[Objection]]


@dataclass(frozen=True)
class Rule:
    """A rule over each notice; ``text`` says in Chinese what must hold and, below, what to do."""

    code: str
    severity: str
    text: str
    check: Check


@dataclass(frozen=True)
class SiteRule:
    """A rule over the site as a whole."""

    code: str
    severity: str
    text: str
    check: SiteCheck


# The keys of notice.yml by which a finding is acknowledged: an oddity of the approved text, which
# the public is told, and a decision of the editors about a rule, which nobody else is.
ODDITY, ACCEPTED = "known_discrepancies", "accepted"
STALE = {ODDITY: "stale-discrepancy", ACCEPTED: "stale-acceptance"}

# Whatever is acknowledged, and by which key. Rules that only count are never wrong about the text;
# those that read its meaning may be. What nobody may acknowledge is not listed.
ACKNOWLEDGED: dict[str, tuple[str, ...]] = {
    "basis-says-otherwise": (ACCEPTED,),
    "closing-unmarked": (ACCEPTED,),
    "completed-but-planned": (ACCEPTED,),
    "empty-section": (ODDITY,),
    "invisible-character": (ODDITY,),
    "no-glyph": (ODDITY,),
    "placeholder": (ODDITY, ACCEPTED),
    "printed-ordinal": (ODDITY, ACCEPTED),
    "printed-total": (ODDITY,),
    "prose-status": (ODDITY, ACCEPTED),
    "prose-total": (ODDITY, ACCEPTED),
    "same-narrative": (ACCEPTED,),
    "stated-total": (ODDITY,),
    "tab-in-text": (ACCEPTED,),
    "window-days": (ODDITY, ACCEPTED),
}

# What is found while files are loaded, before any rule can run. A test holds this to the code.
FILE_RULES = {
    "unreadable": (
        "每个文件都要有，并且读得了。",
        "看文件名，补上；多半是名字打错了",
    ),
    "encoding": (
        "文件要存成 UTF-8。",
        "用记事本另存，编码选 UTF-8",
    ),
    "control-character": (
        "文件和值里没有控制字符。",
        "删去说明所指的那个字符；双引号里有反斜杠的，改用单引号；批准的文本里的，重新报批",
    ),
    "blank-value": (
        "值不能只有空白，全角空格也是空白。",
        "填上内容；没有就删去这一项",
    ),
    "folded-value": (
        "值写在一行里，不折成几行。",
        "并成一行，长一些没有关系；不用竖线、大于号开头的多行写法",
    ),
    "byte-order-mark": (
        "YAML 和 Markdown 文件开头没有 BOM（批准文本原样不动）。",
        "用记事本另存，编码选 UTF-8，不选“带有 BOM 的 UTF-8”",
    ),
    "full-width-colon": (
        "键后面是半角冒号加一个空格。",
        "把全角的“：”改成半角的“: ”",
    ),
    "file-name": (
        "问题文件以编号命名（1-3-2.yml）；页面、文件夹用小写字母、数字和连字符，附件还可以用汉字。",
        "按说明改名；问题文件用编号，如 `1-3-2.yml`",
    ),
    "stray-file": (
        "content/ 和 data/ 里只有第 1 节列出的几种文件。",
        "移走；要给公众下载的，存成列出的类型，放进 `content/`",
    ),
    "symbolic-link": (
        "content/、data/、theme/ 里没有链接（快捷方式）。",
        "换成文件或者文件夹本身",
    ),
    "attachment-type": (
        "图片和附件的内容与扩展名一致。",
        "用软件打开，另存为那种类型；只改扩展名没有用",
    ),
    "same-address": (
        "一个网址只有一个来源，程序自己用的网址不占用。",
        "按说明换一个文件名，或者并成一个页面",
    ),
    "page-head": (
        "页面开头的标题和说明写在两行“---”中间。",
        "两行都要有；见第 1 节的例子",
    ),
    "narrative-without-data": (
        "content/notices/ 里的叙述要有同名的 data/notices/ 文件夹。",
        "两边的名字改成一样；多余的文件移走",
    ),
    "yaml": (
        "文件要合乎 YAML 的写法，是一组“键: 值”；不用别名和标签。",
        "对照第 5 节，先看这一行，再看上一行",
    ),
    "duplicate-key": (
        "同一层里一个键只写一次。",
        "并成一个；`updates:` 只写一次",
    ),
    "unknown-key": (
        "只用程序认识的键。",
        "多半是拼错了，或者缩进错了；说明里列出了可用的词",
    ),
    "missing-key": (
        "必填的键要有。",
        "补上；见第 3、4 节的例子",
    ),
    "wrong-value": (
        "值要合乎要求：文字、整数、日期、列表各有写法。",
        "按说明改：日期的写法、要不要引号、是否留空",
    ),
    "heading": (
        "标题写成“##### 标题文字 {#1-3-2}”，编号不重复。",
        "写成 `##### 标题 {#1-3-2}`，两处空格都不能少",
    ),
    "table-row": (
        "表格的一行写成“| 甲 | 乙 |”，各行格数相同；有编号的行下面不再有没有编号的行。",
        "照说明里的写，见第 4 节“表格”",
    ),
    "page-differs": (
        "建好的页面去掉标注以后，逐字等于批准文本（notices verify-text）。",
        "这是程序的错误，请告诉维护的同事",
    ),
    "output-differs": (
        "供下载的 PDF、DOCX、XLSX、CSV、JSON 和搜索里的文字，逐字等于批准文本和数据。",
        "这是程序的错误，请告诉维护的同事",
    ),
    "approval-missing": (
        "设定了要审核签字的，每份通报要有足够多的人签字，签的就是现在公开的内容。",
        "请审核人看过以后签字，见第 8 节；下面各行说明已有的签字为什么不算",
    ),
    "approval-unsigned": (
        "审核意见（.txt）和它的签名（.txt.sig）要一起提交。",
        "把缺的那个文件也提交；找不到的，请这位审核人重新签字",
    ),
    "approval-altered": (
        "审核意见由 notices approve 写出，签字以后一个字也不改。",
        "不要手工改，请这位审核人重新签字",
    ),
    "approval-unlisted": (
        "签字的钥匙要在审核人名单里，名字也要是自己的。",
        "由名单里的人签字；名单由管服务器的同事维护",
    ),
    "approval-expired": (
        "签字的那一天，钥匙要还在使用。",
        "请这位审核人用现在的钥匙重新签字，或者由别的审核人签字",
    ),
    "approval-elsewhere": (
        "签字只对它写明的那份通报有效。",
        "请审核人对这份通报签字",
    ),
    "approval-outdated": (
        "签字以后，批准文本和公开的事实都没有改过。",
        "请这位审核人看过改动以后重新签字；改错了的，先改回去",
    ),
    "approval-day": (
        "签字的日期不早于通报里写到的事，不晚于提交。",
        "请这位审核人重新签字，核对电脑的日期",
    ),
    STALE[ODDITY]: (
        "known_discrepancies 里的说明要对得上一处出入，对不上的删去。",
        "核对它的 `rule` 和 `at`；已经没有出入的删去",
    ),
    STALE[ACCEPTED]: (
        "accepted 里的每一条要对得上一处报告，对不上的删去。",
        "核对它的 `rule` 和 `at`；已经不再报告的删去",
    ),
}
# What the message shows in place of an editor's own words.
SAMPLE_NOTE, SAMPLE_REASON = "怎样不同", "为什么"
_IN_MESSAGE = {
    ODDITY: f"；原文确是如此的，在 notice.yml 的 known_discrepancies 下面加一行"
    f" - {{{{{{}}, note: {SAMPLE_NOTE}}}}}",
    ACCEPTED: "；核对过没有问题、是程序看错的，在 notice.yml 的 accepted 下面加一行"
    f" - {{{{{{}}, reason: {SAMPLE_REASON}}}}}",
}
_IN_TABLE = {
    ODDITY: "。原文确是如此，写进 `known_discrepancies`",
    ACCEPTED: "。核对过没有问题、程序看错的，写进 `accepted`",
}
# What is found in the HTML of pages (faults.py), beside raw-html and unsafe-link.
PAGE_RULES = {
    "dead-link": (
        "页面里的链接指向本站有的页面、附件和编号，写的是文件名，不是网址。",
        "按说明改；链接到某个问题写 `notices/通报.md#1-3-2`。"
        "说的是生成的网站里的文件的，请告诉维护软件的同事",
    ),
    "page-missing": (
        "每个网页的导航、页脚、订阅用到的页面不能少，其中的编号和片段也不能少。",
        "按说明补回去；不想列在导航里的，只改 data/site.yml 的 `navigation`",
    ),
    "page-markup": (
        "页面只有标题、段落、列表、表格、引用、代码、加粗、链接、图片；大括号里只写编号。",
        "按说明删去或者改写",
    ),
    "unknown-fragment": (
        "页面里单独成段的 [[名称]] 必须是 theme/fragments/site/ 里有的片段。",
        "按说明改名称；它要单独成一段，上下各空一行",
    ),
}
RULES: dict[str, Rule] = {}
SITE_RULES: dict[str, SiteRule] = {}


def rule(check: Check) -> Check:
    """Register a rule whose findings stop the build: name is the code, docstring the rule."""
    return _register(check, ERROR)


def warning(check: Check) -> Check:
    """Register a rule whose findings are hints: they are printed, and never stop anything."""
    return _register(check, WARNING)


def site_rule(check: SiteCheck) -> SiteCheck:
    """Register a rule over the site as a whole."""
    code = _code(check.__name__)
    SITE_RULES[code] = SiteRule(code, ERROR, check.__doc__ or "", check)
    return check


def acknowledgement(code: str, at: str) -> str:
    """Return what an editor is told to write who stands by what rule ``code`` found ``at``."""
    keys = ACKNOWLEDGED.get(code, ()) if at else ()
    return "".join(_IN_MESSAGE[key].format(f"rule: {code}, at: {at}") for key in keys)


def table() -> Iterator[tuple[str, str, str, str]]:
    """Yield (code, severity, rule, what to do) of everything that can be found, by code."""
    registered: dict[str, Rule | SiteRule] = {**RULES, **SITE_RULES}
    told = FILE_RULES | PAGE_RULES
    for code in sorted({**told, **registered}):
        if code in told:
            yield code, ERROR, *told[code]
        else:
            rule, _, remedy = registered[code].text.partition("\n\n")
            remedy = "".join(
                (remedy.strip(), *(_IN_TABLE[key] for key in ACKNOWLEDGED.get(code, ())))
            )
            yield code, registered[code].severity, rule.strip(), remedy


def _register(check: Check, severity: str) -> Check:
    code = _code(check.__name__)
    RULES[code] = Rule(code, severity, check.__doc__ or "", check)
    return check


def _code(name: str) -> str:
    return name.replace("_", "-")
