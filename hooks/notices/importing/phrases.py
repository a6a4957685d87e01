"""Phrases: what the words of a heading say it is, an issue, what was done, or talk around both."""

from __future__ import annotations

import re
from typing import Literal

from ..text.numerals import without_ordinal
from ..text.titles import quoted_issue

Saying = Literal["issue", "aspect", "fault", "general", "label", "action", "plain"]
"""``issue`` and ``aspect`` are framed as such (关于“…”问题, 在…方面), a ``fault`` is only worded as
one (台账不全), ``general`` is about the work as a whole, a ``label`` names a side of one issue
(整改措施), an ``action`` tells what was done."""

_NUMBER = "[0-9０-９一二三四五六七八九十百]{1,3}"
COUNTED_ISSUE = (
    rf"[【\[]?(?:反馈|整改|存在|主要)?的?(?:问题|任务|事项|意见|清单)"
    rf"第?{_NUMBER}[条项]?[】\]:：、.．].+"
)
"""How an issue is counted off by the word for one: 反馈问题1：…, 【问题一】…"""
_FRAMED = re.compile(
    r"(?:针对|关于|对于?|有关).+问题(?:的?(?:整改|落实|处理|整治|解决|反馈|完成)*(?:工作)?"
    r"(?:情况|进展|措施|成效|结果)?)?(?:[,，].{0,12})?(?:如下)?"
    rf"|{COUNTED_ISSUE}"
    rf"|.*反馈(?:的|意见|问题)*第{_NUMBER}[条项].+"
)
_ASPECT = re.compile(
    r"(?:在|关于|针对|就)?.+方面(?:存在的?)?(?:的?问题)?(?:的?整改)?(?:落实)?(?:情况)?"
)
_PROBLEM = re.compile(r".*(?:的|等|存在|些)问题(?:[,，].{0,12})?")
# Names of the sides from which one issue is told.
_LABEL = re.compile(
    r"(?:整改|落实|处理|办理|反馈|存在|主要|具体|工作)*的?"
    r"(?:问题(?:描述|表现)?|任务|目标|要求|措施|举措|进展|情况|成效|成果|结果|完成|进度|状态|时限|期限"
    r"|责任(?:单位|领导|部门|人)?|牵头(?:单位|部门)?)(?:情况|落实情况)?"
)
_GENERAL = re.compile(
    r"(?:总体|基本|整体|主要|组织|工作)(?:整改|落实|工作|开展|推进|领导)*(?:情况|做法|成效)"
    r"|(?:巡[视察]|审计|督察)?整改(?:工作)?(?:的)?(?:总体|整体|组织|开展|推进|进展|部署)+.{0,8}"
    r"|.*(?:主体责任|领导责任|政治责任|组织领导|组织推动|组织实施|工作机制|统筹推进).{0,8}(?:情况|落实)?"
    r"|.*(?:下一?步|下阶段|今后|后续).*|.*(?:工作打算|工作计划|工作安排|努力方向|整改计划)"
    r"|.*(?:主要做法|工作部署|经验|体会|启示|工作建议|几点建议|存在的?(?:主要|突出)?(?:不足|困难|差距|问题(?:和不足)?)|的(?:主要)?原因(?:分析)?)"
    r"|.*(?:联系方式|监督电话|意见反馈(?:渠道|方式))|前言|引言|结语|附[件表录].{0,20}"
)
_ROUND = re.compile(
    r".*(?:整改|反馈|问题|事项|任务|意见).{0,12}(?:情况|进展|成效|清单|结果|事项|问题)"
)
_HARMLESS = re.compile(
    "不断|不定期|不懈|不移|不忘|不仅|不但|不动摇|不松|不减|不停|不放|不等不靠|不留|不打折|不敢腐|不能腐|不想腐"
    "|不动产|不锈|毫不|永不|绝不|决不|未来|未成年|减少|少数民族|差旅|差异化|空间|航空|高低|低碳|低保|降低"
    "|风险防控|风险防范|防范.{0,6}风险|防控.{0,6}风险|虚拟|轻重|松紧|宽带|零容忍|短信|缺一不可"
)
_FAULT = re.compile(
    "不|未|没有|没能|无|缺|欠|弱|差|少|低|慢|短板|滞后|迟缓|迟|虚|乱|偏|违规|违反|违法|违纪|超标|超范围|闲置|空白"
    "|形式主义|官僚|走过场|漏洞|薄弱|隐患|风险|淡化|松|宽|浮|脱节|脱岗|混乱|粗放|过多|过高|过大|拖|失职|失管|失察"
    "|空转|挪用|套取|侵占|虚报|懈怠|简单化|一刀切|问题|压证|乱收|拒|难|散|窄|浅|旧|错|重.轻"
)
_ACTION = re.compile(
    "(?:进一步|切实|持续|认真|积极|及时|深入|全面|扎实|从严|大力|着力|不断|全力|坚决|已经?|均已|立即)*"
    "(?:加强|强化|完善|建立|建成|健全|开展|严格|落实|修订|制定|制订|组织|推进|推动|提高|提升|深化|坚持|优化|规范|压实|明确"
    "|成立|召开|加大|狠抓|抓好|抓实|抓紧|统筹|聚焦|严肃|严把|严抓|对标|细化|夯实|筑牢|构建|创新|注重|增强|清理|清退"
    "|退回|补|整改|学习|传达|研究|印发|出台|签订|纳入|拓宽|发挥|凝聚|做好|做实|做细|解决|整治|纠正|督促|督办|培训"
    "|以.{1,24}[为的]|通过|按照|根据|安排|开设|设立|完成|进行|配备|配齐|追缴|约谈|问责|核查|核实|检查|更新|采取|选优)"
)
_FALLS_SHORT = re.compile("不(?:够|到位|足|力|严|实|深|及时|规范|全|高|强)")


def said_by(title: str) -> Saying:
    """Return what ``title`` says, with its ordinal or without."""
    bare = without_ordinal(title).strip().rstrip("。.:：;；,， \u3000")
    if quoted_issue(bare) or _FRAMED.fullmatch(bare):
        is_aspect = bare.endswith(("方面", "方面存在的问题"))
        return "aspect" if is_aspect else "issue"
    if _ASPECT.fullmatch(bare):
        return "aspect"
    if _LABEL.fullmatch(bare):
        return "label"
    if _GENERAL.fullmatch(bare) or (_ROUND.fullmatch(bare) and not _names_fault(bare)):
        return "general"
    if _PROBLEM.fullmatch(bare):
        return "issue"
    return _worded(bare)


def _worded(bare: str) -> Saying:
    """Return what the words of a title say that nothing frames."""
    told = _HARMLESS.sub("", bare)
    if _ACTION.match(bare) and not _FALLS_SHORT.search(told):
        return "action"
    return "fault" if _FAULT.search(told) else "plain"


def _names_fault(bare: str) -> bool:
    return bool(_FAULT.search(_HARMLESS.sub("", bare.replace("问题", ""))))


def is_side(title: str) -> bool:
    """Tell whether ``title`` names a side of one issue: its task, what was done, what came."""
    bare = without_ordinal(title).strip().rstrip("。.:：;；,， \u3000")
    return bool(_LABEL.fullmatch(bare))


def is_about_all(title: str) -> bool:
    """Tell whether ``title`` may be about the answers as a whole: 聚焦反馈问题，推进整改."""
    said = said_by(title)
    whole = said in ("action", "plain") and re.search("整改|反馈|问题|任务", title)
    return said in ("general", "label") or bool(whole)


def is_ahead(title: str) -> bool:
    """Tell whether ``title`` is about what comes next, wherever it stands: 下一步打算."""
    plans = re.match("下一?步|下阶段|今后", without_ordinal(title).strip())
    return bool(plans and said_by(title) == "general")


def is_round(title: str) -> bool:
    """Tell whether ``title`` is about all that was answered: 巡察反馈问题整改落实情况."""
    bare = without_ordinal(title).strip().rstrip("。.:：;；,， \u3000")
    return bool(_ROUND.fullmatch(bare) or _LABEL.fullmatch(bare))
