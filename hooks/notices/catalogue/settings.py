"""The settings: all that a notice is shown and checked with beside its own files.

What is made of a notice is made from these and the notice alone, so that no notice can change what
is said of another.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

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
    publishers: dict[str, Record[model.Publisher]] = field(default_factory=dict, kw_only=True)
    """The bodies that publish notices by their id, as far as anybody wrote of them."""
    unreadable_publishers: frozenset[str] = field(default=frozenset(), kw_only=True)
    """Those that have a file which could not be loaded."""
    drafts: frozenset[str] = field(default=frozenset(), kw_only=True)
    """The ids of notices of which the public is told nothing yet."""
    as_of: datetime.date | None = field(default=None, kw_only=True)
    """The day that nothing may lie after, when one is given."""
    site_document: YamlDocument = field(default=NOWHERE, kw_only=True)
    """Where the facts of ``site`` stand."""
    vocabulary_document: YamlDocument = field(default=NO_WORDS, kw_only=True)
    """Where those of ``vocabulary`` stand."""
    synonyms: Record[model.Synonyms] | None = field(default=None, kw_only=True)
    """What people call things when they search, where somebody wrote it down."""

    @property
    def shared(self) -> dict[str, Any]:
        """All of them by their names, for what has them and more."""
        return {name: getattr(self, name) for name in Settings.__dataclass_fields__}

    @property
    def documents(self) -> tuple[YamlDocument, ...]:
        """The files of facts whose words stand beside those of any notice."""
        kinds = (record.document for record in self.kinds.values())
        publishers = (record.document for record in self.publishers.values())
        return (self.site_document, self.vocabulary_document, *kinds, *publishers)

    @property
    def written(self) -> tuple[YamlDocument, ...]:
        """All files of facts that are no notice's own: of some, nothing stands beside a notice."""
        return (*self.documents, *([self.synonyms.document] if self.synonyms else []))

    def publishers_of(self, *names: str) -> list[tuple[str, model.Publisher]]:
        """Return those that are called by one of ``names``, each with its id, in their order."""
        return [
            (self._by_name[name], self.publishers[self._by_name[name]].facts)
            for name in dict.fromkeys(names)
            if name in self._by_name
        ]

    def parent_of(self, publisher: str) -> str:
        """Return the id of whom that one is under, "" where there is nobody of whom we know."""
        record = self.publishers.get(publisher)
        parent = record.facts.parent if record else None
        return parent if parent and parent in self.publishers else ""

    def below(self, publisher: str) -> list[str]:
        """Return the ids of those that are directly under that one, in their order."""
        return self._below.get(publisher, [])

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for each in sorted(self.publishers):
            found.setdefault(self.parent_of(each), []).append(each)
        return found

    @cached_property
    def _by_name(self) -> dict[str, str]:
        """The id of each publisher by its name; of one that two have, the first."""
        return {each.facts.name: id_ for id_, each in reversed(self.publishers.items())}
