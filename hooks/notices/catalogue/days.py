"""Days: those of the publisher. A commit is a moment; which day that was, is its site's to say."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from ..facts import model
from ..facts.salvage import validate
from ..facts.source import parse_yaml
from ..history.git import Commit, Repository
from ..problem import Faulty

SITE = "data/site.yml"
"""Where a project says what its site is."""
_ANY = model.Site(publisher="?")


def day_of(when: datetime.date, site: model.Site) -> datetime.date:
    """Return the day of the moment ``when`` where ``site`` is published; a day stays what it is."""
    if isinstance(when, datetime.datetime):
        return when.astimezone(ZoneInfo(site.time_zone)).date()
    return when


def midnight(day: datetime.date, site: model.Site) -> datetime.datetime:
    """Return the moment at which ``day`` begins where ``site`` is published."""
    return datetime.datetime.combine(day, datetime.time(), ZoneInfo(site.time_zone))


def last_second(day: datetime.date, site: model.Site) -> datetime.datetime:
    """Return the last second of ``day`` where ``site`` is published."""
    return datetime.datetime.combine(day, datetime.time(23, 59, 59), ZoneInfo(site.time_zone))


def day_at(repository: Repository, commit: Commit) -> datetime.date:
    """Return the day of ``commit`` by the time zone that stands in its own facts of the site."""
    return day_of(commit.moment, site_at(repository, commit.name) or _ANY)


def site_at(repository: Repository, commit: str) -> model.Site | None:
    """Return what ``commit`` says of the site, or None when that cannot be read."""
    names = [each.name for each in repository.entries(commit, SITE) if each.is_file()]
    try:
        for _, data in repository.contents(names):
            return validate(parse_yaml(SITE, data.decode()), model.Site)
    except (Faulty, UnicodeDecodeError):
        pass
    return None
