"""How many inputs the property tests try: $HYPOTHESIS_PROFILE is ``ci`` (the default), ``nightly``.

The first tries the same inputs in every run; the second new ones, and remembers in
``.hypothesis/`` what failed.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "ci")
INPUTS = {"ci": 2_000, "nightly": 20_000}[PROFILE]

settings.register_profile(
    PROFILE,
    max_examples=INPUTS,
    deadline=None,
    derandomize=PROFILE == "ci",
    print_blob=True,
    # What is slow is the checker, and what is large is meant to be.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile(PROFILE)
