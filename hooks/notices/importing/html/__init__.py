"""Saved pages: the article of a page as a browser shows it, and what stands around it."""

from .reading import read_archive, read_html

__all__ = ["read_archive", "read_html"]
