"""Take secrets and personal details out of pasted text, and leave markers that keep it readable."""

from intake.redaction.markers import KINDS, SECRET_KINDS, Redacted, Redaction
from intake.redaction.redactor import redact, redact_lines

__all__ = ["KINDS", "SECRET_KINDS", "Redacted", "Redaction", "redact", "redact_lines"]
