"""The statement: what a reviewer signs, in a few lines that he can read.

It names the approved text and all that the public sees of a notice by their digests, so it holds
for exactly that, and for no other notice. The site's address and the software have no part in it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...catalogue.notices import Notice
from ...facts.model import Facts, Vocabulary
from ...text.narrative import Section
from .approvers import NAME

NAMESPACE = "notices-approval"
"""What a signature is made for: one made for something else does not hold here."""
_TEXT = """\
我同意公开这份通报现在的全部内容。
通报：{notice}
批准文本的 SHA-256：{approved}
公开内容的 SHA-256：{public}
审核人：{name}
日期：{day}
"""
_READ = re.compile(
    _TEXT.format(
        notice=r"(?P<notice>[a-z0-9-]+)",
        approved=r"(?P<approved>[0-9a-f]{64})",
        public=r"(?P<public>[0-9a-f]{64})",
        name=rf"(?P<name>{NAME.pattern})",
        day=r"(?P<day>\d{4}-\d\d-\d\d)",
    )
)


@dataclass(frozen=True)
class Statement:
    """That ``name`` agreed on ``day`` to the notice with this id, text and content."""

    notice: str
    approved: str
    public: str
    name: str
    day: datetime.date

    def written(self) -> bytes:
        """Return the bytes that are signed."""
        return _TEXT.format(**{**vars(self), "day": self.day.isoformat()}).encode()

    @classmethod
    def read(cls, data: bytes) -> Statement | None:
        """Return the statement that ``data`` is, or None when it is not as we write it."""
        try:
            found = _READ.fullmatch(data.decode())
            if not found:
                return None
            day = datetime.date.fromisoformat(found["day"])
        except ValueError:
            return None
        made = cls(found["notice"], found["approved"], found["public"], found["name"], day)
        return made if made.written() == data else None


def statement_of(
    notice: Notice, vocabulary: Vocabulary, name: str, day: datetime.date
) -> Statement:
    """Return what ``name`` signs when he agrees to ``notice`` on ``day``."""
    digest = public_digest(notice, vocabulary)
    return Statement(notice.id, notice.approved_sha256, digest, name, day)


def public_digest(notice: Notice, vocabulary: Vocabulary) -> str:
    """Return the SHA-256 of all that the public sees of ``notice``, in hexadecimal."""
    public = notice.public()
    seen = {
        "facts": _said(public.facts),
        "kind": _said(public.kind),
        "items": {item.id: _said(item.facts) for item in public.items},
        "preamble": [line.text for line in public.narrative.preamble],
        "sections": [*_outline(public.narrative.sections)],
        "statuses": {
            each: vocabulary[each].label for each in sorted(_statuses(public, vocabulary))
        },
        "withheld": public.withheld,
    }
    written = json.dumps(seen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _said(facts: Facts) -> dict[str, Any]:
    """Return what is said: what later software may say besides changes nothing."""
    return facts.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _outline(sections: list[Section]) -> Iterator[Any]:
    for section in sections:
        texts = [line.text for line in section.paragraphs]
        own: list[Any] = [section.id, section.level, section.heading.text, texts]
        if section.row:  # what has no rows is digested as before there were any
            own.append(section.row.text)
        yield [*own, [*_outline(section.children)]]


def _statuses(public: Notice, vocabulary: Vocabulary) -> set[str]:
    """Return every status that is shown somewhere; one that there is not is told by the rules."""
    found: set[str] = set()
    for item in public.items:
        found |= {item.status, item.facts.status}
        found |= {measure.facts.status for measure in item.measures}
        found |= {update.status for update in item.facts.updates if update.status}
        found |= {item.facts.verified.status} if item.facts.verified else set()
        found |= {item.facts.finding.found} if item.facts.finding else set()
    known = {*vocabulary.ids(), *(each.id for each in vocabulary.findings)}
    return found & known
