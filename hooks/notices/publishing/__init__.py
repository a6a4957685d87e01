"""Publishing: from a project to a site in its place, and from a push to what the public sees."""
