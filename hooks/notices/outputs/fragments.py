"""Fragments: the pieces of HTML that stand in pages, in paper and in feeds.

They are templates below ``theme/fragments``, rendered from the catalogue alone, with autoescape; an
unknown variable is an error.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup

from ..cache import Drawer
from ..catalogue import annotation, answer, listed
from ..catalogue.addresses import notice_address
from ..catalogue.asking import asking, numbers
from ..catalogue.documents import named_documents
from ..catalogue.filenames import saved_as
from ..catalogue.settings import Settings
from ..catalogue.sheets import by_notice
from ..catalogue.standing import by_outer_group, standing_of, standings
from ..catalogue.timeline import timeline
from ..catalogue.words import chinese_date, totals
from ..text.phones import parts as phone_parts

UrlOf = Callable[[str], str]
_TEMPLATES = 1_000  # more than there are of one version of the software


class KeptTemplates(jinja2.BytecodeCache):
    """Keeps compiled templates between builds: compiling them takes longer than rendering them.

    They are code, and run: so they come only from a room, where each entry is proven to be ours.
    """

    def __init__(self, room: Drawer) -> None:
        self._room = room
        room.forget((), spare=_TEMPLATES)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give ``bucket`` what was compiled before, if it was."""
        if kept := self._room.get(_compiled(bucket)):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what ``bucket`` has compiled."""
        self._room.set(_compiled(bucket), bucket.bytecode_to_string())


def _compiled(bucket: Bucket) -> str:
    return f"{version('jinja2')}.{bucket.key}"


class Fragments:
    """Renders the fragments of ``folder``; templates are compiled once.

    ``notice/`` holds those of the pages of a notice, which know that notice and the ``settings``;
    ``page/`` those of any page, and ``site/`` those that people may put into theirs: these know
    the archive, when it is among what is ``known`` besides.
    """

    def __init__(
        self,
        settings: Settings,
        folder: Path,
        cache: jinja2.BytecodeCache | None = None,
        site_url: str = "",
        **known: object,
    ) -> None:
        self.site_url = site_url
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder),
            # All but plain text has markup of its own.
            autoescape=lambda name: not (name or "").endswith(".txt"),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=cache,
            auto_reload=False,  # whoever sees a template changed begins anew
        )
        environment.globals.update(known, settings=settings, address=notice_address)
        environment.globals.update(
            once=self.once, permalink=self.permalink, asking=asking, numbers=numbers
        )
        environment.globals.update(
            saved_as=saved_as,
            choices=functools.partial(listed.choices, vocabulary=settings.vocabulary),
            groups=listed.groups,
        )
        environment.filters.update(day=chinese_date, totals=totals, by_outer_group=by_outer_group)
        environment.filters.update(standings=standings, standing_as_a_whole=standing_of)
        environment.filters.update(documents=named_documents, timeline=timeline, size=size)
        environment.filters.update(phones=phone_parts, by_notice=by_notice)
        environment.filters.update(by_group=listed.by_group, by_groups=listed.by_groups)
        environment.filters["marks"] = listed.marks
        environment.filters.update(
            answer=lambda standing, called, withheld=0: answer.answer(
                standing, called, withheld, settings.vocabulary
            ),
            drawn=answer.drawn,
            tone=lambda status: answer.tone(status, settings.vocabulary),
            key=lambda items: answer.key(items, settings.vocabulary),
            stands=lambda item, called: answer.line(item, called, settings.vocabulary),
            row=lambda item, called: listed.row(item, called, settings.vocabulary),
        )
        environment.filters.update(told=annotation.told, event=annotation.event)
        environment.filters.update(
            standing=annotation.standing,
            particulars=annotation.particulars,
            reported=annotation.reported,
            stated=annotation.stated,
            measure_name=annotation.measure_name,
        )
        environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
        environment.tests["contains"] = lambda container, value: value in container
        self._environment = environment
        self._rendered: dict[tuple[str, ...], Markup] = {}

    def permalink(self, address: str) -> str:
        """Return ``address`` with the site's own before it, or "" where that is not known."""
        return self.site_url and self.site_url + address

    def render(self, name: str, url: UrlOf, **context: Any) -> str:
        """Return fragment ``name``, an HTML one if it has no other ending.

        ``url`` turns addresses of the site into links of the page.
        """
        file = name if "." in name else f"{name}.html"
        return self._environment.get_template(file).render(url=url, **context)

    def once(self, name: str, of: str, url: UrlOf, **context: Any) -> Markup:
        """Return fragment ``name`` as it was rendered before ``of`` the same, on a page that links
        as this one does: what stands in several lists is rendered once.
        """
        known = (name, of, url(""))
        if known not in self._rendered:
            self._rendered[known] = Markup(self.render(name, url, **context))
        return self._rendered[known]


def size(count: int) -> str:
    """Return a number of bytes as readers are told it, e.g. 599 KB."""
    return f"{count / 1024:.0f} KB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MB"
