"""Exports: what the public may take away of each notice, and what programs read of the whole site.

``outputs`` lists the files that stand beside a notice's page, each made by the module it names;
``beside`` makes them, or takes what was made before under the same ``key``; ``sitewide`` makes
those of the whole site.
"""

from .beside import Export, exports_beside, make_exports
from .outputs import OUTPUTS, Download, offered

__all__ = ["OUTPUTS", "Download", "Export", "exports_beside", "make_exports", "offered"]
