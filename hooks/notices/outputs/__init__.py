"""Outputs: what is made of the catalogue; none of them knows another but through it."""
