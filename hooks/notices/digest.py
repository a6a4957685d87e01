"""Digests: names that nothing else has, for files whose content must never change under a name."""

from __future__ import annotations

import base64
import hashlib


def digest(*data: bytes) -> str:
    """Return a name for ``data`` that no other data has, safe where case does not count."""
    whole = hashlib.sha256()
    for each in data:
        whole.update(len(each).to_bytes(8))
        whole.update(each)
    return base64.b32encode(whole.digest()).decode().lower().rstrip("=")
