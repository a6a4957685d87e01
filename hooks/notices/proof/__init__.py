"""Proof: that what stands in a site is what was approved and meant, and who says so."""
