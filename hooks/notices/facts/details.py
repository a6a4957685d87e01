"""Details: what the facts of items and notices are made of."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from .values import UNSTATED, Copied, Count, Date, Email, Facts, OneLine, Verbatim, form


class Phone(Facts):
    """A telephone number, and when somebody answers it."""

    number: Verbatim
    extension: Verbatim | None = None
    hours: Verbatim | None = None


class Contact(Facts):
    """How the public reaches the body that answers for a notice, or an office of it."""

    office: Verbatim | None = None
    person: Verbatim | None = None
    """Only where the text names one."""
    phone: Verbatim | None = None
    phones: list[Phone] = Field(default_factory=list)
    email: Annotated[Email, Copied()] | None = None
    address: Verbatim | None = None
    postcode: Verbatim | None = None
    mailbox: Verbatim | None = None


def _form_of_contact(value: object) -> str:
    return form("contact", "several") if isinstance(value, list) else form("contact", "one")


Contacts = Annotated[
    Annotated[Contact, Tag(form("contact", "one"))]
    | Annotated[list[Contact], Tag(form("contact", "several"))],
    Discriminator(_form_of_contact),
]


class Document(Facts):
    """A dated decision that is not part of the narrative."""

    title: OneLine
    date: Date


class Basis(Facts):
    """Why a status holds: words of the narrative, or a dated document."""

    quote: OneLine | None = None
    document: Document | None = None


class Measure(Facts):
    """What is known of one measure (措施) of an item."""

    status: str = UNSTATED
    basis: Basis | None = None


class Update(Facts):
    """A dated event of an item; ``status``, when given, is the item's status from then on."""

    date: Date
    text: OneLine
    source: OneLine
    status: str | None = None


class Responsible(Facts):
    """Who answers for an item."""

    leader: OneLine | None = None
    lead: list[OneLine] = Field(default_factory=list)
    """The bodies that lead, where several answer for it."""
    bodies: list[OneLine] = Field(default_factory=list)
    assisting: list[OneLine] = Field(default_factory=list)
    department: OneLine | None = None
    person: OneLine | None = None


NO_DAY = ("长期坚持", "持续推进", "立行立改")
"""What sources print in the place of a deadline."""
# A month of the calendar, without the year 0.
_MONTH = r"^(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(?:0[1-9]|1[0-2])$"
Month = Annotated[str, Field(pattern=_MONTH)]


def _form_of_deadline(value: object) -> str:
    if not isinstance(value, str):
        return form("deadline", "day")
    if re.fullmatch("[0-9]{4}-[0-9]{2}", value):
        return form("deadline", "month")
    return form("deadline", "day") if value[:1].isdigit() else form("deadline", "word")


Deadline = Annotated[
    Annotated[Date, Tag(form("deadline", "day"))]
    | Annotated[Month, Tag(form("deadline", "month"))]
    | Annotated[Literal["长期坚持", "持续推进", "立行立改"], Tag(form("deadline", "word"))],
    Discriminator(_form_of_deadline),
]


class Verified(Facts):
    """What the inspecting side found when it looked: a second axis beside the unit's own report."""

    status: str
    by: OneLine
    date: Date
    document: OneLine


class Finding(Facts):
    """What was found of the facts that an item is about: a second axis beside its status."""

    found: str
    quote: Verbatim | None = None
    document: Document | None = None


class Figure(Facts):
    """A number that the text gives: of what, how much, of which unit, and in which words."""

    name: OneLine
    value: Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]
    unit: OneLine | None = None
    quote: Verbatim


class Window(Facts):
    """When the result was open to objections (公示期); ends included."""

    from_: Annotated[Date, Field(alias="from")]
    to: Date
    days: Count | None = None
    working_days: Count | None = None
    quote: Verbatim | None = None


class PrintedTotal(Facts):
    """How many items the text says to be at a status: one of the vocabulary, or a printed one."""

    status: str | None = None
    printed: OneLine | None = None
    count: Count
    quote: Verbatim


class Attachment(Facts):
    """A file that belongs to a notice: its title, and where it stands in ``content/``."""

    title: OneLine
    file: Annotated[str, Field(pattern=r"^[^<>\\\s/:?#%]+(?:/[^<>\\\s/:?#%]+)*$")]
