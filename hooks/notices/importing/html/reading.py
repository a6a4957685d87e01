"""The reader of saved pages: the article is chosen, what stands around it is listed."""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from collections.abc import Iterator
from email.message import Message

from selectolax.lexbor import LexborHTMLParser

from ...problem import Faulty, Place, Problem
from ..encodings import decoded
from ..furniture import is_below_title, is_furniture
from ..source import Answers, Line, Question, Source
from .about import about_page
from .article import article_of
from .lines import Article
from .looks import added_words, style_names
from .tree import TooDeep, check_tags

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{2,20})""", re.IGNORECASE)
_SENTENCE = 30  # characters of a paragraph that may be one of the article
_FIRST, _LAST = 8, 12
"""How many of the first and last lines of an article may be what stands around it."""


def read_html(data: bytes, name: str, answers: Answers) -> Source:
    """Return the article of a saved page; what is left out of the page is listed."""
    found = _CHARSET.search(data[:4096])
    told = found[1].decode("ascii").lower() if found else ""
    text = decoded(data, name, answers, "gb18030" if told in ("gb2312", "gbk") else told)
    if isinstance(text, Question):
        return Source((), (text,))
    try:
        check_tags(text)
        return _read(text, name, answers)
    except TooDeep:
        message = "网页的层次深得不像给人看的；请把正文复制到记事本，存成 .txt"
        raise Faulty(Problem(Place(name), "import-unreadable", message)) from None


def read_archive(data: bytes, name: str, answers: Answers) -> Source:
    """Return the article of a page that was saved with all that it shows in one file (.mhtml)."""
    for part in _parts(data):
        page = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(page, bytes):
            told = _known(part.get_content_charset() or "")
            return read_html(page, name, answers._replace(encoding=answers.encoding or told))
    message = "这个文件里没有网页；请在浏览器里另存为“仅 HTML”"
    raise Faulty(Problem(Place(name), "import-unreadable", message))


def _parts(data: bytes) -> list[Message]:
    """Return what a file is made of; nothing where it goes deeper than any that people save."""
    try:
        return [*email.message_from_bytes(data, policy=email.policy.default).walk()]
    except RecursionError:
        return []


def _known(encoding: str) -> str:
    """Return an encoding that is told, "" where there is none of that name."""
    try:
        return codecs.lookup(encoding).name if encoding else ""
    except LookupError:
        return ""


def _read(text: str, name: str, answers: Answers) -> Source:
    tree = LexborHTMLParser(text)
    body = tree.body
    if body is None:
        raise Faulty(Problem(Place(name), "import-empty", "网页里没有文字"))
    styles = "\n".join(each.text(deep=True) for each in tree.css("style"))
    names, chosen = style_names(styles), article_of(body)
    article = Article(names, answers)
    article.read(chosen)
    whole = Article(names, answers._replace(hidden="leave"))
    whole.read(body)
    lines, furniture = _parted(article.lines)
    own = [line.text for line in (*lines, *furniture, *article.around)]
    others = _others(own, [*whole.lines, *whole.around])
    left = [*furniture, *article.around, *others]
    added = [*dict.fromkeys(added_words(styles, chosen))] if answers.numbers != "leave" else []
    questions = [*article.questions, *_of_others(others, answers), *map(_of_added, added)]
    return Source(tuple(lines), tuple(questions), tuple(left), about_page(tree, left))


def _of_added(words: str) -> Question:
    message = "网页的样式在文字前后印了字或者编号，网页文件的正文里没有"
    return Question("html-number", "网页的样式", message, (words,), "--numbers leave")


def _of_others(others: list[Line], answers: Answers) -> Iterator[Question]:
    """Yield the question whether sentences elsewhere on the page are none of the article's."""
    texts = [line.text for line in others if len(line.text) >= _SENTENCE and "。" in line.text]
    if texts and answers.outside != "leave":
        message = f"网页别处还有 {len(texts)} 段话，程序没有当作正文"
        yield Question("html-outside", "网页别处", message, tuple(texts[:5]), "--outside leave")


def _parted(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines of the article, and those at its ends that stand around it."""
    titled = [at for at in range(min(_FIRST, len(lines))) if is_below_title(lines[at].text)]
    begin = titled[-1] + 1 if titled else 0  # what stands above is the page's title
    ends = {*range(min(_FIRST, len(lines))), *range(max(len(lines) - _LAST, 0), len(lines))}
    around = {at for at in ends if is_furniture(lines[at].text)} | {*range(begin)}
    return (
        [line for at, line in enumerate(lines) if at not in around],
        [lines[at]._replace(place="正文前后") for at in sorted(around)],
    )


def _others(own: list[str], whole: list[Line]) -> list[Line]:
    """Return the lines of a page that are not among its ``own``, each as often as it stands there
    besides.
    """
    counts: dict[str, int] = {}
    for text in own:
        counts[text] = counts.get(text, 0) + 1
    others = []
    for line in whole:
        if counts.get(line.text, 0):
            counts[line.text] -= 1
        else:
            others.append(line._replace(place="网页别处"))
    return others
