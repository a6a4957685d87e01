"""The site: its words, who publishes it, and what it is registered under."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .details import Contact, Contacts
from .values import (
    SPACE,
    USUAL_KIND,
    Date,
    Email,
    Facts,
    KindName,
    OneLine,
    PublisherName,
    TimeZone,
    WebAddress,
    Word,
)

Format = Literal["PDF", "DOCX", "XLSX", "CSV", "JSON"]


SearchWord = Annotated[OneLine, Field(pattern=rf"^[^{SPACE}]{{1,20}}$")]


class Term(Facts):
    """One word of the vocabulary; ``tone`` only chooses its colour and sign."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z-]*$")]
    label: OneLine
    definition: OneLine
    tone: Literal["done", "active", "planned", "late", "neutral"]


class Status(Term):
    """A status, and the other words by which texts print it where they count items."""

    forms: list[Word] = Field(default_factory=list)


class Vocabulary(Facts):
    """The statuses of the site, in the order in which they are shown."""

    statuses: Annotated[list[Status], Field(min_length=1)]
    overlapping: list[Word] = Field(default_factory=list)
    """Words that are no status: texts count what they name apart, or again among the others."""
    findings: list[Term] = Field(default_factory=list)
    """What may be found of the facts that an item is about; no id of theirs is a status."""

    def __getitem__(self, word: str) -> Term:
        return next(each for each in (*self.statuses, *self.findings) if each.id == word)

    def __contains__(self, status_id: str) -> bool:
        return status_id in self.ids()

    def ids(self) -> list[str]:
        return [status.id for status in self.statuses]

    def label(self, status_id: str) -> str:
        """Return the word that readers see for a status; of one that there is not, its id."""
        words = (*self.statuses, *self.findings)
        return next((each.label for each in words if each.id == status_id), status_id)


class Synonyms(Facts):
    """``data/synonyms.yml``: what people call things when they search."""

    synonyms: list[Annotated[list[SearchWord], Field(min_length=2)]]
    """Groups of words; who searches for one of a group is shown the others, too."""


class Security(Facts):
    """Where a fault of the site's own security is reported (security.txt, RFC 9116)."""

    contact: Annotated[str, Field(pattern=rf"^(https://|mailto:|tel:)[^<>{SPACE}]+$")]
    expires: Date


class NavigationEntry(Facts):
    """A page that stands in the navigation of the site: its path in ``content/``, and its title."""

    page: Annotated[str, Field(pattern=r"^[a-z0-9/-]+\.md$")]
    title: OneLine


class Site(Facts):
    """``data/site.yml``: the body that publishes the site, and what it is registered under."""

    name: OneLine | None = None
    """What the site is called; see :attr:`title`."""
    publisher: OneLine
    navigation: Annotated[list[NavigationEntry], Field(min_length=1)] | None = None
    """The pages in the navigation, in their order; the software's own when it is not given."""
    time_zone: TimeZone = "Asia/Shanghai"
    """Where the publisher's days begin and end."""
    kind: KindName = USUAL_KIND
    """The kind of those notices that do not name their own."""
    government: bool = False
    """Whether the publisher is a public authority, for those who read JSON-LD."""
    icp: OneLine | None = None
    """The number of the registration with the ministry of industry (ICP备案号)."""
    police: Annotated[str, Field(pattern=r"^[^<>0-9]+\s?[0-9]{14}号?$")] | None = None
    """The number of the registration with the police (公安备案号)."""
    site_code: Annotated[str, Field(pattern=r"^[A-Za-z0-9]{10}$")] | None = None
    """The code of a government site (网站标识码)."""
    corrections: Email | None = None
    """Where mistakes of the site are reported."""
    repo_url: WebAddress | None = None
    """The repository, for links by which an item is edited; none without it."""
    edit_uri: Annotated[str, Field(pattern=r"^[A-Za-z0-9_./-]+/$")] = "edit/main/"
    """What stands between ``repo_url`` and the path of a file in such a link."""
    security: Security | None = None
    downloads: list[Format] | None = None
    """The formats in which notices may be taken away; all when it is not given."""
    precompressed: bool = True
    """Whether compressed forms stand beside texts, for servers that send these as they are."""
    changes_since: Date | None = None
    """The first day of the public record of changes; from the beginning when it is not given."""
    started_from: Annotated[str, Field(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")] | None = None
    """The commit of another site that this one was started from: the public record begins with the
    first commit that says so.
    """

    @property
    def title(self) -> str:
        """The name of the site; without one, what it is for."""
        return self.name or f"{self.publisher}整改情况公开"

    @property
    def police_code(self) -> str:
        """The digits of the registration with the police, by which it is looked up."""
        return "".join(filter(str.isdigit, self.police or ""))

    def edit_address(self, path: str) -> str | None:
        """Return where the file ``path`` of the repository is edited, if that is known."""
        return f"{self.repo_url.rstrip('/')}/{self.edit_uri}{path}" if self.repo_url else None


class Publisher(Facts):
    """``publishers/<id>.yml``: a body that publishes notices, with whatever is known of it.

    A notice is of those whose ``name`` it prints.
    """

    name: OneLine
    short_name: OneLine | None = None
    parent: PublisherName | None = None
    """The body that it is under: the id of another one."""
    credit_code: Annotated[str, Field(pattern=r"^[0-9A-HJ-NP-RTUWXY]{18}$")] | None = None
    """The number of its registration (统一社会信用代码, GB 32100-2015)."""
    website: WebAddress | None = None
    contact: Contacts | None = None

    @property
    def called(self) -> str:
        """What it is called where there is little room."""
        return self.short_name or self.name

    @property
    def contacts(self) -> list[Contact]:
        """How the public reaches it."""
        if self.contact is None:
            return []
        return self.contact if isinstance(self.contact, list) else [self.contact]
