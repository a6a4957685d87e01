"""A kind, and the least facts, for tests that make their notices by hand."""

from __future__ import annotations

from notices.facts import model
from notices.facts.salvage import validate
from notices.facts.source import read_yaml
from sitehouse import SAMPLE_ROOT

PLAIN = model.Notice(
    title="甲",
    publisher="乙",
    short_name="丙",
    inspection=model.Inspection(by="丁"),
    contact=model.Contact(),
)
"""The least that is known of a notice."""
INSPECTION = validate(read_yaml(SAMPLE_ROOT, "data/kinds/inspection.yml"), model.Kind)
