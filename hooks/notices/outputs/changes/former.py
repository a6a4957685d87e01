"""What a site was called, and how it was navigated, when its own facts did not say so yet.

It stood in the settings of MkDocs then; what is written into the facts word for word is no change.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from ... import software
from ...facts import model
from ...facts.salvage import validate
from ...facts.source import YamlDocument
from ...problem import Faulty

SETTINGS = "mkdocs.yml"
_NAME = re.compile(r"^site_name: *['\"]?(.+?)['\"]? *$", re.MULTILINE)
_NAVIGATION = re.compile(r"^nav:\n(?:[ -].*\n)+", re.MULTILINE)
_NO_NAME = "notices"


def as_shown(site: model.Site, folder: Path) -> model.Site:
    """Return ``site`` with the name and the navigation that it had in the project in ``folder``."""
    path = folder / SETTINGS
    path = path if path.is_file() else software.CONFIGURATION
    settings = path.read_text(encoding="utf-8", errors="replace")
    known: dict[str, Any] = {}
    name = _NAME.search(settings)
    if site.name is None and name and name[1] != _NO_NAME:
        known["name"] = name[1]
    if site.navigation is None and (entries := _navigation(settings)):
        known["navigation"] = entries
    return site.model_copy(update=known)


def _navigation(settings: str) -> list[model.NavigationEntry]:
    """Return the navigation in ``settings`` as far as it is a plain list of pages."""
    found = _NAVIGATION.search(settings)
    try:
        listed = yaml.safe_load(found[0])["nav"] if found else []
        return [
            validate(YamlDocument(SETTINGS, {"title": t, "page": p}), model.NavigationEntry)
            for entry in listed
            for t, p in entry.items()
        ]
    except (yaml.YAMLError, AttributeError, Faulty):
        return []
