"""Exports: what the public may take away of each notice, and what programs read of the whole site.

``outputs`` lists the files that stand beside a notice's page, each made by the module it names;
``beside`` makes them, or takes what was made before under the same ``key``; ``sitewide`` makes
those of the whole site.
"""

from .beside import Export, Exports, make_exports
from .outputs import OUTPUTS, Download

__all__ = ["OUTPUTS", "Download", "Export", "Exports", "make_exports"]
