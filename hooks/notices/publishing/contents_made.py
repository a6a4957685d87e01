"""What is made beside the pages of notices and of lists: the pages that people wrote, with what is
told of notices in them, feeds and other files of the whole site, and what stands in it as it does
in the project or in the theme.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Collection, Iterator, Mapping

from .. import software
from ..cache import Cache
from ..catalogue.addresses import FEEDS, ICONS
from ..catalogue.days import last_second
from ..catalogue.listings import ON_HOME, Listing, Portal
from ..catalogue.public import address_of
from ..facts.head import body_of
from ..history.checkout import blob_name
from ..history.project import Project
from ..outputs.changes import PublicRecord, keep_record
from ..outputs.changes.days import by_day
from ..outputs.changes.feed import Feed, feed_of, make_feed
from ..outputs.exports import sitewide
from ..outputs.exports.edition import link
from ..outputs.fragments import Fragments, KeptTemplates
from ..outputs.pages.assets import place_assets
from ..outputs.pages.slots import Filler, WrittenPage
from ..problem import Faulty
from .component import Component, changed_meanwhile
from .notices_made import Gathered
from .rendered import AskedPages, Rendered

_SECURITY = ".well-known/security.txt"
_NOTHING: Mapping[str, bytes] = {}
_SITEMAP, _INDEX = "sitemap.xml", "index.html"


class ContentsMade:
    """What is made of ``project`` for a site at ``base``, of whose notices all that is ``told``,
    and whose lists are those of ``portal``.
    """

    def __init__(
        self, project: Project, told: Gathered, portal: Portal, base: str, cache: Cache
    ) -> None:
        self._archive = archive = told.archive
        self._told, self._base, self._portal = told, base, portal
        self._project, self._cache = project, cache
        self._sitewide = sitewide.addresses(archive)
        self._assets_at, self._assets = place_assets(software.THEME)

    @functools.cached_property
    def _record(self) -> PublicRecord:
        """What the history tells."""
        permitted, room = self._told.permitted, self._cache.room("changes")
        return keep_record(self._project, self._archive, permitted, room)

    @functools.cached_property
    def _fragments(self) -> Fragments:
        """The fragments that people may put into their pages, and those of texts beside these."""
        known = known_to_pages(self._project.commit, self._record, self._sitewide, self._portal)
        templates = KeptTemplates(self._cache.room("templates"))
        return Fragments(self._archive, software.FRAGMENTS, templates, self._base, **known)

    @functools.cached_property
    def _filler(self) -> Filler:
        return Filler(self._fragments, self._archive)

    @functools.cached_property
    def asked(self) -> AskedPages:
        """What must be rendered of it."""
        archive = self._archive
        return AskedPages(
            base=self._base,
            site=archive.site,
            assets=self._assets_at,
            pages={_below(path): body_of(text) for path, text in archive.pages.items()},
            heads={_below(path): head for path, head in archive.heads.items()},
            offered=dict(self._offered()),
            has_notices=bool(archive.notices),
        )

    def made(self, rendered: Rendered) -> dict[str, bytes]:
        """Return the content of all that must be made each time, by its address."""
        return {each.address: each.content() for each in self.parts(rendered) if not each.origin}

    def parts(
        self, rendered: Rendered, made: Mapping[str, bytes] = _NOTHING
    ) -> Iterator[Component]:
        """Yield each file; what was ``rendered`` is what was asked, and some may be ``made``."""
        for part in self._parts(rendered):
            found = made.get(part.address)
            yield part if found is None else part._replace(content=functools.partial(bytes, found))

    def _parts(self, rendered: Rendered) -> Iterator[Component]:
        for address, text in rendered.files.items():
            yield Component(address, "", text.encode)
        for page in rendered.pages:
            yield Component(page.address, "", functools.partial(self._page, page))
        yield Component(_SITEMAP, "", functools.partial(self._sitemap, rendered))
        for path, content in self._assets.items():
            address = f"{self._assets_at}/{path}"
            yield Component(address, address, functools.partial(bytes, content))
        for address, make in self._texts.items():
            yield Component(address, "", make)
        for path in self._archive.attachments:
            name = self._project.names.get(path, "")
            yield Component(address_of(path), name, functools.partial(self._attachment, path, name))
        for address in ICONS:
            yield Component(address, "", (software.THEME / address).read_bytes)

    def _attachment(self, path: str, name: str) -> bytes:
        """Return a picture or document, which git calls by that ``name``, if that is known."""
        data = (self._project.root / path).read_bytes()
        if name and blob_name(data, len(name)) != name:
            raise Faulty(changed_meanwhile(path))
        return data

    @functools.cached_property
    def _texts(self) -> dict[str, Callable[[], bytes]]:
        """What makes each text beside the pages, by its address.

        A site that has somebody to report to has a security.txt (RFC 9116).
        """
        made: dict[str, Callable[[], bytes]] = {
            address: functools.partial(self._of_site, address) for address in self._sitewide
        }
        for folder, feed in self._feeds.items():
            for name in FEEDS:
                made[folder + name] = functools.partial(self._feed, feed, name)
        if self._archive.site.security:
            made[_SECURITY] = self._security
        return made

    @functools.cached_property
    def _feeds(self) -> dict[str, Callable[[], Feed]]:
        """What makes each feed, once, by the folder that it stands in."""
        makers: dict[str, Callable[[], Feed]] = {"": self._feed_of_all}
        for each in self._portal.publishers:
            makers[each.address()] = functools.partial(self._feed_of, each)
        return {folder: functools.cache(make) for folder, make in makers.items()}

    def _feed_of_all(self) -> Feed:
        return make_feed(self._archive, self._record)

    def _feed_of(self, listing: Listing) -> Feed:
        return feed_of(listing, self._archive, self._record)

    def _feed(self, make: Callable[[], Feed], name: str) -> bytes:
        feed = make()
        url = functools.partial(link, self._base, folder=feed.folder)
        return self._fragments.render(name, url, feed=feed).encode()

    def _page(self, page: WrittenPage) -> bytes:
        return self._filler.written(page).encode()

    def _of_site(self, address: str) -> bytes:
        told, archive = self._told, self._archive
        stand = sitewide.Stand(archive, self._base, told.downloads, lambda: self._record.revisions)
        return sitewide.make(address, stand)

    def _security(self) -> bytes:
        security = self._archive.site.security
        last = last_second(security.expires, self._archive.site) if security else None
        known = {"security": security, "last": last}
        return self._fragments.render("security.txt", str, **known).encode()

    def _sitemap(self, rendered: Rendered) -> bytes:
        """Return the list of all pages, for programs that look for them."""
        made = (address_of(each) for each in self._sources() if each.endswith(".md"))
        pages = itertools.chain((page.address for page in rendered.pages), made)
        addresses = [
            self._base + each.removesuffix(_INDEX) for each in pages if each.endswith(_INDEX)
        ]
        known = {"addresses": addresses if self._base else []}
        return self._fragments.render(_SITEMAP, str, **known).encode()

    def _offered(self) -> Iterator[tuple[str, str]]:
        """Yield what pages may link to, as far as it may be that one does: the source that they
        name it by, and its address.
        """
        written = "\n".join(self._archive.pages.values())
        copied = (*map(address_of, self._archive.attachments), *ICONS)
        yield from ((address, address) for address in copied)
        yield from ((each, each) for each in self._texts if each.rpartition("/")[2] in written)
        for source in self._sources():
            if _folder(source) in written and source not in self._texts:
                yield source, address_of(source)

    def _sources(self) -> Iterator[str]:
        yield from (each for notice in self._archive.notices for each in notice.sources)
        yield from self._portal.sources()


def known_to_pages(
    commit: str | None, record: PublicRecord, addresses: Collection[str], portal: Portal
) -> dict[str, object]:
    """Return what fragments know that people put into their pages, beside the settings;
    ``addresses`` are those of what the whole site has once.
    """
    return {
        "commit": commit,
        "archive": portal.archive,
        "record": record,
        "changed_days": by_day(record.entries, portal.archive),
        "sitewide": addresses,
        "portal": portal,
        "on_home": ON_HOME,
    }


def _below(path: str) -> str:
    return path.removeprefix("content/")


def _folder(source: str) -> str:
    """Return the words that stand in each link to ``source``: the name of a notice, or a folder."""
    top, _, rest = source.partition("/")
    return rest.partition("/")[0].removesuffix(".md") if top == "notices" else top
