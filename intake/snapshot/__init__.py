"""The problem snapshot (problem-snapshot/1): built, hashed, compared and written as text."""

from intake.plain import canonical_json
from intake.plain import sha256_of as sha256
from intake.snapshot.comparing import Change, diff
from intake.snapshot.document import OWN_KEYS, SCHEMA, build, completeness
from intake.snapshot.rendering import as_text, plain_text
from intake.snapshot.validating import faults_of, published_schema

__all__ = [
    "OWN_KEYS", "SCHEMA", "Change", "as_text", "build", "canonical_json", "completeness", "diff", "faults_of",
    "plain_text", "published_schema", "sha256",
]  # fmt: skip
