"""Ledgers: workbooks in which an editor looks through facts of many items, and fills them in."""
