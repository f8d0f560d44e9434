"""Plain JSON values: their canonical bytes and their hash."""

import hashlib
import json
from typing import TypeAlias

Json: TypeAlias = object
"""A JSON value: text, number, true or false, null, a list or a mapping of JSON values."""


def canonical_json(document: Json) -> bytes:
    """Return the one spelling of a JSON value: sorted keys, no spaces, UTF-8.

    A lone surrogate, which UTF-8 cannot hold, is written as a question mark.
    """
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "replace")


def sha256_of(document: Json) -> str:
    """Return the SHA-256 of a JSON value's canonical bytes, in hex."""
    return hashlib.sha256(canonical_json(document)).hexdigest()
