"""What an export and an import must agree on, so that what was exported reads back as it was."""

ANNOTATION = "Notice Annotation"
"""How the names of the styles begin of what an export writes beside the approved text."""
