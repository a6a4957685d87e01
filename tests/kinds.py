"""Kinds of notices for tests that make theirs by hand."""

from __future__ import annotations

from notices.facts import model
from notices.facts.salvage import validate
from notices.facts.source import read_yaml
from sitehouse import SAMPLE_ROOT

INSPECTION = validate(read_yaml(SAMPLE_ROOT, "data/kinds/inspection.yml"), model.Kind)
