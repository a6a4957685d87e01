"""Fixed words: what the software itself says on pages, feeds and exports, whatever the notice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...history.git import Repository
from .change import Change

_SPEAKING = re.compile(  # also where it stood before
    r"theme/.+\.(?:html|xml|txt|json|js|css)"
    r"|hooks/notices/catalogue/"
    r"(?:annotation|asking|documents|kinds|listings|saying|standing|timeline|words)\.py"
    r"|hooks/notices/outputs/.+\.py"
    r"|hooks/notices/(?:asking|documents|feed|merge|metadata|pages|standing|timeline)\.py"
    r"|hooks/notices/(?:changes|exports|search)/.+\.py"
)
_COMMENT = re.compile(
    r"\{#.*?#\}|<!--.*?-->|/\*.*?\*/|\"\"\".*?\"\"\"|^\s*(?://|#).*?$", re.DOTALL | re.MULTILINE
)
_BETWEEN = re.compile(r"[<>{}\"'`\n]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LEAST = 2  # characters: a single one is a pattern, and no words


def of_software(
    repository: Repository, before: str, after: str, differing: Iterable[str]
) -> Iterator[Change]:
    """Yield what the software in ``after`` says otherwise than that in ``before``."""
    paths = [*filter(is_speaking, differing)]
    if not paths:
        return
    old, new = (_words(repository, commit, paths) for commit in (before, after))
    gone, come = ("；".join(_less(*pair)) for pair in ((old, new), (new, old)))
    if gone or come:
        yield Change("software", "", "", "网站程序里的固定文字", gone, come)
    else:
        what = "网站的程序有改动，固定文字没有增减；怎样显示可能不同，请看预览"
        yield Change("software", "", "", what, "", "")


def is_speaking(path: str) -> bool:
    """Tell whether ``path`` is of a file in which the software says something to the public."""
    return bool(_SPEAKING.fullmatch(path))


def words(text: str) -> list[str]:
    """Return the words in a template, a script, a style or a module, one for each place."""
    pieces = (each.strip() for each in _BETWEEN.split(_COMMENT.sub("", text)))
    return [each for each in pieces if len(each) >= _LEAST and _CHINESE.search(each)]


def _words(repository: Repository, commit: str, paths: Iterable[str]) -> list[str]:
    names = [each.name for each in repository.entries(commit, *paths) if each.is_file()]
    texts = (data.decode(errors="replace") for _, data in repository.contents(names))
    return [each for text in texts for each in words(text)]


def _less(some: list[str], others: list[str]) -> list[str]:
    """Return ``some`` without ``others``, each of which takes away one like it."""
    rest, left = list(others), []
    for each in some:
        if each in rest:
            rest.remove(each)
        else:
            left.append(each)
    return left
