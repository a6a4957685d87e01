"""Importing: from the file that an office has to a draft of a notice."""
