"""The catalogue: the outline of each notice joined to its facts, and the public's view of it."""
