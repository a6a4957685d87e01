"""The shape of ``notice.json``: what a program may rely on.

These models are the one source: the file is written from them, and ``schema/notice-export.json`` is
made of them. What is not known is absent. Whatever is added or changed here raises VERSION.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ...facts.model import (
    Contact,
    DateNames,
    Discrepancy,
    Document,
    Inspection,
    ItemParticulars,
    NoticeParticulars,
)

VERSION = 3
SCHEMA = "schema/notice-export.json"
"""Where the site keeps the JSON Schema."""

Url = Annotated[str, Field(description="An absolute URL, or one relative to this file.")]
Count = Annotated[int, Field(ge=0)]


class Shape(BaseModel):
    """Base of all shapes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Status(Shape):
    """A status: its id, which stays, and the word that readers see."""

    id: str
    label: str


class StandingUpdate(Shape):
    """The update that gave an item its status."""

    date: datetime.date
    source: str


class Basis(Shape):
    """Why a status holds: words of the text, a dated document, or an update of the item."""

    quote: str | None = None
    document: Document | None = None
    update: StandingUpdate | None = None


class Measure(Shape):
    """A measure: its words, and what is known of it."""

    id: str
    number: Annotated[int, Field(ge=1)]
    url: Url
    ordinal: str | None = None
    text: list[str]
    status: Status
    basis: Basis | None = None


class Update(Shape):
    """A dated event of an item; with a status, that is the item's from then on."""

    date: datetime.date
    text: str
    source: str
    status: Status | None = None


class Verified(Shape):
    """What the inspecting side found when it looked."""

    status: Status
    by: str
    date: datetime.date
    document: str


class Finding(Shape):
    """What was found of the facts that an item is about, and why that holds."""

    found: Status
    quote: str | None = None
    document: Document | None = None


class Words(Shape):
    """An item: its full text, where it stands, and why."""

    id: str
    url: Url
    path: Annotated[list[str], Field(description="The groups above it, outermost first.")]
    title: str
    heading: str
    text: Annotated[list[str], Field(description="Its paragraphs, whole.")]
    status: Status
    basis: Basis | None = None
    finding: Finding | None = None
    verified: Verified | None = None


class Item(ItemParticulars, Words):
    """An item, and all that is known of it; what editors give is given on as it is."""

    documents: list[str]
    measures: list[Measure]
    updates: list[Update]


class Section(Shape):
    """A heading of the text with what stands under it.

    ``text`` or ``cells``, then ``sections``, in order, are the text; an item's facts are in
    ``items``.
    """

    id: str
    url: Url
    kind: Literal["part", "group", "item"]
    heading: str
    text: Annotated[
        list[str],
        Field(description="A row of a table that is no section has tabs between its cells."),
    ]
    cells: Annotated[
        list[str] | None,
        Field(
            description="Of a row of a table: its cells in order, which are all that it says. "
            "One is its heading, the others are its text, but for blank ones and its number."
        ),
    ] = None
    columns: Annotated[
        list[str] | None, Field(description="What the columns of these cells are called, or blank.")
    ] = None
    sections: list[Section]


class Tally(Shape):
    """How many stand at a status."""

    status: Status
    count: Count


class Groups(Shape):
    """How many groups there are of one level, and what they are called."""

    level: str
    count: Count


class Kind(Shape):
    """What sort of notice it is: its id, which stays, and what it calls what it has."""

    id: str
    noun: str
    levels: Annotated[list[str], Field(description="What groups are called, outermost first.")]
    item: str
    measure: str
    dates: Annotated[DateNames, Field(description="What the days of the inspection are called.")]


class Totals(Shape):
    """What was counted; ``items`` counts those that are withheld, too."""

    groups: list[Groups]
    items: Count
    withheld: Count
    measures: Count
    items_by_status: list[Tally]
    measures_by_status: list[Tally]


class Approved(Shape):
    """The text that was signed off, and its digest."""

    url: Url
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Notice(NoticeParticulars, Shape):
    """Everything that is public about one notice."""

    schema_: Annotated[Url, Field(alias="$schema")]
    version: Literal[3]
    id: str
    url: Url
    title: str
    publisher: str
    short_name: str
    kind: Kind
    outline: Annotated[
        Literal["items", "text"], Field(description="Whether it has items, or is text alone.")
    ]
    inspection: Inspection
    stated: Annotated[
        dict[str, int],
        Field(description="The totals that the text states about itself, by what is counted."),
    ]
    totals: Totals
    contact: Contact | None = None
    contacts: Annotated[
        list[Contact], Field(description="In the place of contact, where there are several.")
    ] = []
    known_discrepancies: list[Discrepancy]
    approved: Annotated[
        Approved | None, Field(description="Absent when a part of the text is withheld.")
    ] = None
    preamble: Annotated[list[str], Field(description="What stands before the first heading.")]
    sections: list[Section]
    items: list[Item]


def schema(address: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of these shapes; ``address`` is its own, if it has one."""
    made = Notice.model_json_schema(mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return head | ({"$id": address} if address else {}) | made
