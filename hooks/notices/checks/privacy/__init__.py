"""Rules: no one's identity number, bank card, mobile number or home stands on the site.

``find`` looks into any text as a reader gets it. The rules ask it about notices and pages,
``in_files`` about attachments and names of files, ``scan_built`` about the files of a built site.
"""

from __future__ import annotations

from . import pages  # registers its rules
from .built import in_built, scan_built, values_in
from .files import in_files, in_names
from .notices import of_publishers, permitted, published
from .personal import CARD, HOME, IDENTITY, MOBILE, Found, mask, plain
from .search import find

__all__ = [
    "CARD",
    "HOME",
    "IDENTITY",
    "MOBILE",
    "Found",
    "find",
    "in_built",
    "in_files",
    "in_names",
    "mask",
    "of_publishers",
    "pages",
    "permitted",
    "plain",
    "published",
    "scan_built",
    "values_in",
]
