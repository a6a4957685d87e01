"""The facts: what each YAML file may say. Unknown keys are errors; what is not known is absent."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from ..text.table import Role
from .details import (
    NO_DAY,
    Attachment,
    Basis,
    Contact,
    Contacts,
    Deadline,
    Document,
    Figure,
    Finding,
    Measure,
    Month,
    Phone,
    PrintedTotal,
    Responsible,
    Update,
    Verified,
    Window,
)
from .of_site import NavigationEntry, Publisher, Security, Site, Status, Synonyms, Term, Vocabulary
from .values import (
    LARGEST,
    UNSTATED,
    USUAL_KIND,
    Copied,
    Count,
    Date,
    Email,
    Facts,
    KindName,
    OneLine,
    PublisherName,
    TimeZone,
    Verbatim,
    WebAddress,
    Word,
    form,
    key_as_text,
    number_as_text,
)

__all__ = [
    "LARGEST",
    "NO_DAY",
    "TEXT",
    "UNSTATED",
    "USUAL_KIND",
    "Accepted",
    "Acknowledgement",
    "Allowed",
    "Attachment",
    "Basis",
    "Contact",
    "Contacts",
    "Copied",
    "Count",
    "Date",
    "DateNames",
    "Deadline",
    "Discrepancy",
    "Document",
    "Email",
    "Facts",
    "Figure",
    "Finding",
    "Head",
    "Inspection",
    "Item",
    "ItemParticulars",
    "Kind",
    "Labels",
    "LedgerRole",
    "Levels",
    "Measure",
    "Month",
    "NavigationEntry",
    "Notice",
    "NoticeParticulars",
    "OneLine",
    "Outline",
    "Phone",
    "PrintedTotal",
    "Publisher",
    "PublisherName",
    "Responsible",
    "Security",
    "Site",
    "Status",
    "Synonyms",
    "Term",
    "TimeZone",
    "Update",
    "Verbatim",
    "Verified",
    "Vocabulary",
    "WebAddress",
    "Window",
    "Word",
]


class Head(Facts):
    """What a page says of itself before its text; ``hide`` names the sidebars it has no use for."""

    title: OneLine | None = None
    description: OneLine | None = None
    hide: list[Literal["navigation", "toc"]] = Field(default_factory=list)


class DateNames(Facts):
    """What a kind calls the days of an inspection; see :class:`Inspection`."""

    from_: Annotated[OneLine | None, Field(alias="from")] = None
    to: OneLine | None = None
    feedback: OneLine | None = None


# A word that is a number alone is none to YAML, though it is to a program that shows the schema.
Counted = Annotated[OneLine, BeforeValidator(key_as_text)]
LedgerRole = Literal[
    "number", "title", "measure", "status", "quote", "document", "document_date", "deadline",
    "leader", "lead", "bodies", "assisting", "department", "person", "goal", "printed",
    "update", "update_date", "update_source", "update_status",
]  # fmt: skip
"""What a column of an office's own ledger may hold: what a row is about, a fact of the item, or
what is new of it.
"""


class Kind(Facts):
    """``kinds/<id>.yml``: what sort of notice, and with it every label that depends on that."""

    noun: Word
    """What was done to the body that publishes, e.g. 巡察."""
    levels: list[Word]
    """What groups are called, outermost first."""
    item: Word
    measure: Word
    dates: DateNames = DateNames()
    statuses: Annotated[list[str], Field(min_length=1)] | None = None
    """The statuses that such notices use; all of the vocabulary when it is not given."""
    ledger: dict[Counted, LedgerRole] = Field(default_factory=dict)
    """What the columns of the office's own ledger hold, by their heads."""


class ItemParticulars(Facts):
    """What may be known of an item beside its status; programs are given it as it stands here."""

    goal: OneLine | None = None
    deadline: Deadline | None = None
    figures: list[Figure] = Field(default_factory=list)
    printed: Verbatim | None = None
    """The status that the text prints, in its own words."""
    responsible: Responsible | None = None
    documents: list[OneLine] = Field(default_factory=list)


class Item(ItemParticulars):
    """``items/<id>.yml``: what is known of one item (问题)."""

    quotes_approved: ClassVar[bool] = True

    title: OneLine
    status: str = UNSTATED
    basis: Basis | None = None
    measures: dict[Annotated[int, Field(ge=1, le=99)], Measure] = Field(default_factory=dict)
    updates: list[Update] = Field(default_factory=list)
    finding: Finding | None = None
    verified: Verified | None = None
    audience: Literal["public", "party"] = "public"


class Inspection(Facts):
    """Who inspected, and when; dates are calendar days, ends included."""

    by: OneLine
    kind: OneLine | None = None
    from_: Annotated[Date | None, Field(alias="from")] = None
    to: Date | None = None
    feedback: Date | None = None


class Labels(Facts):
    """What a notice calls otherwise than its kind does."""

    noun: Word | None = None
    item: Word | None = None
    measure: Word | None = None
    dates: DateNames = DateNames()


class Levels(Facts):
    """The outline of a notice that has other levels of groups than its kind, outermost first."""

    levels: list[Word]


TEXT = "text"
"""The outline of a notice that has no items: it is read, and nothing is counted."""


def _form_of_outline(value: object) -> str:
    return form("outline", "text") if isinstance(value, str) else form("outline", "levels")


Outline = Annotated[
    Annotated[Literal["text"], Tag(form("outline", "text"))]
    | Annotated[Levels, Tag(form("outline", "levels"))],
    Discriminator(_form_of_outline),
]


class Acknowledgement(Facts):
    """What an editor says of a rule in one place: a section, a measure, or a key of ``stated``."""

    rule: str
    # The id of an outermost section is a number to YAML.
    at: Annotated[str, BeforeValidator(number_as_text), Field(min_length=1)]


class Discrepancy(Acknowledgement):
    """An oddity of the approved text that is left as it is; the public is told of it."""

    note: OneLine


class Accepted(Acknowledgement):
    """What a rule took for a fault and editors found to be none; it is never published."""

    reason: OneLine


class Allowed(Facts):
    """A value that looks like personal information and may be published all the same."""

    value: OneLine
    reason: OneLine


class NoticeParticulars(Facts):
    """What may be known of a notice; programs are given it as it stands here."""

    document_number: OneLine | None = None
    """The number of the document (文号)."""
    index_number: OneLine | None = None
    """The number in the index of public information (索引号)."""
    dated: Date | None = None
    """The day that the document bears (成文日期)."""
    published: Date | None = None
    window: Window | None = None
    joint: list[OneLine] = Field(default_factory=list)
    """The other bodies that publish it (联合发布)."""
    signatures: list[Verbatim] = Field(default_factory=list)
    """Who signed, as the text prints it (落款)."""
    printed_totals: list[PrintedTotal] = Field(default_factory=list)
    attachments: list[Attachment] = Field(default_factory=list)


class Notice(NoticeParticulars):
    """``notice.yml``: one published document of one organisation about one inspection."""

    quotes_approved: ClassVar[bool] = True

    draft: bool = False
    """Whether the public is told nothing of it yet."""
    title: OneLine
    publisher: OneLine
    short_name: OneLine
    kind: KindName = ""
    """One of the kinds in ``kinds/``; "" in a file that leaves it to the site."""
    labels: Labels = Labels()
    outline: Outline | None = None
    """Its outline, where that is not the usual one of its kind."""
    columns: dict[OneLine, Role] = Field(default_factory=dict)
    """What the columns of its tables hold, by their heads, where these do not say it."""
    inspection: Inspection
    stated: dict[Counted, Count] = Field(default_factory=dict)
    """The totals that the text states about itself, by the word for what is counted."""
    known_discrepancies: list[Discrepancy] = Field(default_factory=list)
    accepted: list[Accepted] = Field(default_factory=list)
    allowed_personal: list[Allowed] = Field(default_factory=list)
    contact: Contacts
