"""The settings: all that a notice is shown and checked with beside its own files.

What is made of a notice is made from these and the notice alone, so that no notice can change what
is said of another.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ..facts import model
from ..facts.source import KeyPath, YamlDocument

F = TypeVar("F", bound=model.Facts)

NOWHERE = YamlDocument("data/site.yml", None)
NO_WORDS = YamlDocument("data/vocabulary.yml", None)


@dataclass(frozen=True)
class Record(Generic[F]):
    """Facts, and the document they came from: what is said, and where."""

    facts: F
    document: YamlDocument
    faulty: frozenset[KeyPath] = frozenset()
    """What of the document the facts leave out, because it is faulty."""


@dataclass(frozen=True)
class Settings:
    """What all notices of a site have in common."""

    site: model.Site
    vocabulary: model.Vocabulary
    attachments: tuple[str, ...] = field(default=(), kw_only=True)
    """Paths of the pictures and documents that stand beside the pages of the site."""
    kinds: dict[str, Record[model.Kind]] = field(default_factory=dict, kw_only=True)
    """The kinds of notices by their id."""
    unreadable_kinds: frozenset[str] = field(default=frozenset(), kw_only=True)
    """Those that have a file which could not be loaded."""
    as_of: datetime.date | None = field(default=None, kw_only=True)
    """The day that nothing may lie after, when one is given."""
    site_document: YamlDocument = field(default=NOWHERE, kw_only=True)
    """Where the facts of ``site`` stand."""
    vocabulary_document: YamlDocument = field(default=NO_WORDS, kw_only=True)
    """Where those of ``vocabulary`` stand."""
