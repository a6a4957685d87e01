"""Homes of people: a word of dwelling, and a house number that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .digits import DIGIT, UNSEEN
from .personal import HOME, Found

# Left out are the words that speak of planning and ministries (国家住建部, 出现住房, 居住区), of
# papers and of people (居民).
_DWELLING = (
    "(?:住址|家庭地址|家住(?<!国家住)(?![房宅建])|家在|现住(?![房宅建户院])|现居(?!民)|住[在于]|[租借暂寄]住(?!证)"
    "|户口所在地|户籍所在地|户籍地|常住地址"
    "|居住(?!证|区|用地|块|建|小区|社区|环境|条件|房|楼|单元|点|面积|权|项目|人口))"
)
_CONTROL = "\\x00-\\x1f\\x7f-\\x9f\u2028\u2029\ud800-\udfff"
_WITHIN = f'[^，,。；;、！!？?<>"{_CONTROL}]'
# No house number: that of a paper, a plot, a line of the metro, a flat's 3室1厅, 一栋楼房.
_PAPER = "(?!文|令|公告|通知|通报|地块|线)"
_NUMBER = (
    rf"(?<!{DIGIT}|[十百月第同])"
    rf"(?:[0-9０-９]+(?:[-－][0-9０-９]+)*[A-Za-z]?(?:号{_PAPER}|栋|幢|单元|室(?!.?厅))"
    rf"|(?:{DIGIT}|[十百])+(?:号{_PAPER}|栋(?!楼房)|幢|单元))"
)
# After a comma the address goes on only with words that are an address and nothing else.
_PLACE = '[^，,。；;、！!？?<>"\\s在于到经因将向从与被把对的了为是有由至]'
_ROAD = "(?:路|街|巷|弄|道|里|村|组|屯|胡同|小区|花园|社区|公寓|苑|园|庄|大院|家属院)"
_FURTHER = (
    f"(?:[，,、]{_PLACE}{{0,12}}[省市区县镇乡村道])?"
    f"[，,、](?:{_PLACE}{{1,14}}?{_ROAD}{_PLACE}{{0,8}}?{_NUMBER}"
    rf"|{_NUMBER}(?={DIGIT}|[，,。；;、)）\s]|$))"
)
_REST = rf"(?:楼?(?:{DIGIT}|[-－])+[A-Za-z]?(?:号|栋|幢|单元|层|楼|室|户))*"
_HOME = re.compile(f"{_DWELLING}(?:{_WITHIN}{{0,40}}{_NUMBER}|{_WITHIN}{{0,40}}?{_FURTHER}{_REST})")
_UNSEEN = re.compile(f"[{UNSEEN}]")
# What is in each word of dwelling, or begins it, whatever unseen stands within: most texts have
# none. To look for four patterns that begin with a character each takes half the time that one
# takes which may begin with any of the four.
_SIGNS = tuple(
    re.compile(f"[{UNSEEN}]*".join(sign))
    for sign in (("住",), ("户", "(?:籍|口", "所)"), ("家", "(?:在|庭", "地", "址)"), ("现", "居"))
)
_SIGN = re.compile("|".join(sign.pattern for sign in _SIGNS))


def homes(text: str) -> Iterator[Found]:
    """Yield the homes in ``text`` that are told down to the house number."""
    if not any(sign.search(text) for sign in _SIGNS):
        return
    if not _UNSEEN.search(text):
        yield from _homes(text)
        return
    kept = [place for place, character in enumerate(text) if not _UNSEEN.match(character)]
    for home in _homes("".join(text[place] for place in kept)):
        yield Found(HOME, home.value, kept[home.offset])


def _homes(text: str) -> Iterator[Found]:
    end = 0  # of the last one
    for sign in _SIGN.finditer(text):
        for start in (sign.start() - 1, sign.start()):
            home = _HOME.match(text, start) if start >= end else None
            if home:
                end = home.end()
                yield Found(HOME, home[0], start)
