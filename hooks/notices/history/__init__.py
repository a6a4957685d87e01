"""History: what git knows, and what a commit holds."""
