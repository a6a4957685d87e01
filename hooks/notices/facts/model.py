"""The facts: what each YAML file may say. Unknown keys are errors; what is not known is absent."""

from __future__ import annotations

import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

from ..text.table import Role

# One line of plain text, in which nothing opens a tag: the theme prints some of these where
# markup would be live.
Line = Annotated[str, Field(min_length=1, pattern=r"^([^<\r\n\t]|<[^<A-Za-z/!?\r\n\t])*$")]
# Patterns are read by Rust here and by JavaScript in editors: no \w, whose letters differ, and with
# \s what only one of them takes for a blank.
_SPACE = r"\s\x85\uFEFF"
Email = Annotated[str, Field(pattern=rf"^[^@<>{_SPACE}]+@[^@<>{_SPACE}]+$")]
WebAddress = Annotated[str, Field(pattern=rf'^https?://[^"<>{_SPACE}]+$')]
Date = datetime.date
LARGEST = 9999  # number that counts anything here
Count = Annotated[int, Field(ge=0, le=LARGEST)]
KindName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
# Those of China's, and the world's: a day must be the same on every machine.
TimeZone = Literal["Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Macau", "UTC"]
UNSTATED = "unstated"
USUAL_KIND = "inspection"
"""The kind of a notice that does not name its own, where its site does not either."""


def _number_as_text(value: object) -> object:
    return str(value) if type(value) is int and 0 < value <= LARGEST else value


class Facts(BaseModel):
    """Base of all facts: strict types, no unknown keys, immutable."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)
    quotes_approved: ClassVar[bool] = False
    """Whether some of it is words of an approved text, which may have what facts may not."""


class Head(Facts):
    """What a page says of itself before its text; ``hide`` names the sidebars it has no use for."""

    title: Line | None = None
    description: Line | None = None
    hide: list[Literal["navigation", "toc"]] = []


class Status(Facts):
    """One word of the status vocabulary; ``tone`` only chooses its colour and sign."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z-]*$")]
    label: Line
    definition: Line
    tone: Literal["done", "active", "planned", "late", "neutral"]


class Vocabulary(Facts):
    """The statuses of the site, in the order in which they are shown."""

    statuses: Annotated[list[Status], Field(min_length=1)]

    def __getitem__(self, status_id: str) -> Status:
        return next(status for status in self.statuses if status.id == status_id)

    def __contains__(self, status_id: str) -> bool:
        return status_id in self.ids()

    def ids(self) -> list[str]:
        return [status.id for status in self.statuses]

    def label(self, status_id: str) -> str:
        """Return the word that readers see for a status; of one that there is not, its id."""
        return next((each.label for each in self.statuses if each.id == status_id), status_id)


# A word that heads tables and names sheets of a workbook; no program takes it for anything else.
_LETTERS = r"A-Za-z\u3400-\u9FFF"
Word = Annotated[str, Field(pattern=rf"^[{_LETTERS}][{_LETTERS}（）“”·]{{0,19}}$")]


class DateNames(Facts):
    """What a kind calls the days of an inspection; see :class:`Inspection`."""

    from_: Annotated[Line | None, Field(alias="from")] = None
    to: Line | None = None
    feedback: Line | None = None


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


class Security(Facts):
    """Where a fault of the site's own security is reported (security.txt, RFC 9116)."""

    contact: Annotated[str, Field(pattern=rf"^(https://|mailto:|tel:)[^<>{_SPACE}]+$")]
    expires: Date


class NavigationEntry(Facts):
    """A page that stands in the navigation of the site: its path in ``content/``, and its title."""

    page: Annotated[str, Field(pattern=r"^[a-z0-9/-]+\.md$")]
    title: Line


class Site(Facts):
    """``data/site.yml``: the body that publishes the site, and what it is registered under."""

    name: Line | None = None
    """What the site is called; see :attr:`title`."""
    publisher: Line
    navigation: Annotated[list[NavigationEntry], Field(min_length=1)] | None = None
    """The pages in the navigation, in their order; the software's own when it is not given."""
    time_zone: TimeZone = "Asia/Shanghai"
    """Where the publisher's days begin and end."""
    kind: KindName = USUAL_KIND
    """The kind of those notices that do not name their own."""
    government: bool = False
    """Whether the publisher is a public authority, for those who read JSON-LD."""
    icp: Line | None = None
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


class Contact(Facts):
    """How the public reaches the body that answers for a notice."""

    phone: Line | None = None
    address: Line | None = None
    email: Email | None = None


class Document(Facts):
    """A dated decision that is not part of the narrative."""

    title: Line
    date: Date


class Basis(Facts):
    """Why a status holds: words of the narrative, or a dated document."""

    quote: Line | None = None
    document: Document | None = None


class Measure(Facts):
    """What is known of one measure (措施) of an item."""

    status: str = UNSTATED
    basis: Basis | None = None


class Update(Facts):
    """A dated event of an item; ``status``, when given, is the item's status from then on."""

    date: Date
    text: Line
    source: Line
    status: str | None = None


class Responsible(Facts):
    """Who answers for an item."""

    leader: Line | None = None
    department: Line | None = None
    person: Line | None = None


class Verified(Facts):
    """What the inspecting side found when it looked: a second axis beside the unit's own report."""

    status: str
    by: Line
    date: Date
    document: Line


class ItemParticulars(Facts):
    """What may be known of an item beside its status; programs are given it as it stands here."""

    goal: Line | None = None
    deadline: Date | None = None
    responsible: Responsible | None = None
    documents: list[Line] = Field(default_factory=list)


class Item(ItemParticulars):
    """``items/<id>.yml``: what is known of one item (问题)."""

    quotes_approved: ClassVar[bool] = True

    title: Line
    status: str = UNSTATED
    basis: Basis | None = None
    measures: dict[Annotated[int, Field(ge=1, le=99)], Measure] = Field(default_factory=dict)
    updates: list[Update] = Field(default_factory=list)
    verified: Verified | None = None
    audience: Literal["public", "party"] = "public"


class Inspection(Facts):
    """Who inspected, and when; dates are calendar days, ends included."""

    by: Line
    kind: Line | None = None
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
    return f"{FORM}text" if isinstance(value, str) else f"{FORM}levels"


FORM = "|"
"""What the name of a form begins with, where a value may be written in several."""
Outline = Annotated[
    Annotated[Literal["text"], Tag(f"{FORM}text")] | Annotated[Levels, Tag(f"{FORM}levels")],
    Discriminator(_form_of_outline),
]


class Acknowledgement(Facts):
    """What an editor says of a rule in one place: a section, a measure, or a key of ``stated``."""

    rule: str
    # The id of an outermost section is a number to YAML.
    at: Annotated[str, BeforeValidator(_number_as_text), Field(min_length=1)]


class Discrepancy(Acknowledgement):
    """An oddity of the approved text that is left as it is; the public is told of it."""

    note: Line


class Accepted(Acknowledgement):
    """What a rule took for a fault and editors found to be none; it is never published."""

    reason: Line


class Allowed(Facts):
    """A value that looks like personal information and may be published all the same."""

    value: Line
    reason: Line


class Notice(Facts):
    """``notice.yml``: one published document of one organisation about one inspection."""

    quotes_approved: ClassVar[bool] = True

    title: Line
    publisher: Line
    short_name: Line
    kind: KindName = ""
    """One of the kinds in ``kinds/``; "" in a file that leaves it to the site."""
    labels: Labels = Labels()
    outline: Outline | None = None
    """Its outline, where that is not the usual one of its kind."""
    columns: dict[Line, Role] = Field(default_factory=dict)
    """What the columns of its tables hold, by their heads, where these do not say it."""
    inspection: Inspection
    published: Date | None = None
    stated: dict[Line, Count] = Field(default_factory=dict)
    """The totals that the text states about itself, by the word for what is counted."""
    known_discrepancies: list[Discrepancy] = Field(default_factory=list)
    accepted: list[Accepted] = Field(default_factory=list)
    allowed_personal: list[Allowed] = Field(default_factory=list)
    contact: Contact
