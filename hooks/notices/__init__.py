"""Disclosure notices: facts in YAML, narrative in Markdown, one checked catalogue.

The package knows nothing of the site builder; ``hooks/publish.py`` joins the two.
"""
