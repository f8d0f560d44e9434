"""What a feature asks the outbox to tell somebody: ids and plain values, never words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from portal.outbox.plain import Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something that a person is to be told; the words are found when it is delivered."""

    kind: str
    """Such as ``ticket-received``; a feature registers who finds the words for it."""
    subject_id: UUID | None
    """What it is about: an event, a notice, an invitation."""
    dedupe_key: str
    """The same key is told once, however often it is queued."""
    person_id: UUID | None = None
    address: str | None = None
    """Only for people who have no row yet, such as the invited."""
    parameters: Mapping[str, Plain] = field(default_factory=dict)
    """Ids, numbers and codes; for people without a row also ``locale``."""
    secret: bytes | None = None
    """What ``outbox.sealing.seal`` returned; blanked when it is delivered."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a person's mails go, and in which language and zone they read."""

    address: str | None
    """None for somebody without mail."""
    name: str
    locale: str
    time_zone: str
