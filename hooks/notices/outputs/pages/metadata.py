"""What a page says of itself to machines: tags for archives, Open Graph, and JSON-LD.

The names of the tags are those of 政府网站发展指引 (国办发〔2017〕47号, annex); what the owner has
not given is left out. JSON-LD uses schema.org's vocabulary, with addresses that are absolute where
the site knows its own, and else relative to the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ...catalogue.notices import Notice
from ...catalogue.saying import dialled
from ...catalogue.settings import Settings
from ...facts.model import Contact, Site

Tags = list[tuple[str, str]]


class Described(NamedTuple):
    """A page to be described.

    ``address`` is absolute, or "" where the site does not know its own; ``column`` is true for a
    page that lists, false for one that is read; ``home`` is the root of the site, or the way there.
    """

    title: str
    description: str
    address: str
    home: str
    column: bool
    notice: Notice | None = None
    feeds: Sequence[str] = ()
    """Where its own feeds stand, from the page."""
    has_outline: bool = False
    """Whether the page of its notice has contents."""


class Description(NamedTuple):
    """What stands in the head of a page."""

    archive: Tags
    open_graph: Tags
    json_ld: dict[str, Any]


def describe(page: Described, settings: Settings, site_name: str, image: str) -> Description:
    """Return everything that ``page`` tells machines; ``image`` is the address of a picture."""
    return Description(
        archive_tags(page, settings, site_name),
        open_graph(page, site_name, image),
        json_ld(page, settings, site_name),
    )


def archive_tags(page: Described, settings: Settings, site_name: str) -> Tags:
    """Return ``<meta name>`` tags: of the site, and of a column or a content page."""
    site = settings.site
    tags = [
        ("SiteName", site_name),
        ("SiteDomain", urlsplit(page.address).netloc),
        ("SiteIDCode", site.site_code or ""),
    ]
    tags += _column_tags(page, site) if page.column else _article_tags(page)
    return [(name, content) for name, content in tags if content]


def open_graph(page: Described, site_name: str, image: str) -> Tags:
    """Return ``<meta property>`` tags (https://ogp.me), for those who pass a link on."""
    tags = [
        ("og:type", "website" if page.column else "article"),
        ("og:title", page.title),
        ("og:description", page.description),
        ("og:site_name", site_name),
        ("og:locale", "zh_CN"),
        ("og:url", page.address),
        ("og:image", image if page.address else ""),
    ]
    return [(name, content) for name, content in tags if content]


def json_ld(page: Described, settings: Settings, site_name: str) -> dict[str, Any]:
    """Return the page as schema.org sees it: a site, a report with its parts, or a page."""
    site = {
        "@type": "WebSite",
        "@id": page.home,
        "url": page.home,
        "name": site_name,
        "inLanguage": "zh-CN",
        "publisher": _organization(settings.site.publisher, settings.site),
    }
    about = {"@context": "https://schema.org", "name": page.title, "description": page.description}
    if page.notice is None:
        return {**about, "@type": "WebPage", "isPartOf": site}
    if page.column:
        return {**about, "@type": "CollectionPage", "isPartOf": site}
    return {**about, **_report(page, page.notice, settings.site), "isPartOf": site}


def _column_tags(page: Described, site: Site) -> Tags:
    owner = page.notice.facts.short_name if page.notice else site.publisher
    return [
        ("ColumnName", page.title),
        ("ColumnDescription", page.description),
        ("ColumnKeywords", f"{page.title},{owner}"),
        ("ColumnType", "信息公开"),
    ]


def _article_tags(page: Described) -> Tags:
    facts = page.notice.facts if page.notice else None
    # The guide wants the minute as well; only the day is known.
    day = str(facts.published) if facts and facts.published else ""
    return [
        ("ArticleTitle", page.title),
        ("PubDate", day),
        ("ContentSource", facts.publisher if facts else ""),
        ("Url", page.address),
    ]


def _report(page: Described, notice: Notice, site: Site) -> dict[str, Any]:
    facts = notice.facts
    report: dict[str, Any] = {
        "@type": "Report",
        "@id": page.address or "#",
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "publisher": _organization(facts.publisher, site, notice.contacts),
        "hasPart": [
            {
                "@type": "CreativeWork",
                "@id": f"{page.address}#{item.id}",
                "identifier": item.id,
                "name": item.facts.title,
            }
            for item in notice.items
        ],
    }
    if facts.published:
        report["datePublished"] = str(facts.published)
    return report


def _organization(name: str, site: Site, contacts: Sequence[Contact] = ()) -> dict[str, Any]:
    """Return an organisation; only the site's own publisher is known to be a public authority."""
    government = site.government and name == site.publisher
    kind = "GovernmentOrganization" if government else "Organization"
    organization: dict[str, Any] = {"@type": kind, "name": name}
    points = [*filter(None, map(_point, contacts))]
    if points:
        organization["contactPoint"] = points if len(points) > 1 else points[0]
    if address := next((each.address for each in contacts if each.address), None):
        organization["address"] = address
    return organization


def _point(contact: Contact) -> dict[str, Any]:
    """Return where an office is reached, or nothing when it says neither number nor mailbox."""
    phones = [*filter(None, [contact.phone, *map(dialled, contact.phones)])]
    ways = {"telephone": phones if len(phones) > 1 else "".join(phones), "email": contact.email}
    known = {key: value for key, value in ways.items() if value}
    name = {"name": contact.office} if contact.office else {}
    return {"@type": "ContactPoint", **name, **known} if known else {}
