"""Text: the narrative of a notice, its outline and characters, and what they mean to readers."""
