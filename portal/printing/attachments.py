"""What travels inside a PDF."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """What a document says, for programs to read."""

    name: str
    description: str
    body: str
    """JSON."""
    changed_at: str
    """As PDF writes a time: ``D:20260421020200Z``."""
