"""The log of an emergency: what happened, when, and by whom."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.core import typed_text
from portal.core.actor import Actor
from portal.phrasebook.services import Kept, keep_terms
from portal.plans.models import Emergency, EmergencyEntry, EntryKind


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written down."""

    kind: EntryKind
    words: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def write(session: Session, emergency: Emergency, entry: Entry, *, by: Actor, at: datetime) -> EmergencyEntry:
    """Append a line to the log of an emergency that is held."""
    text = typed_text.keep(session, entry.words, person_id=by.person_id) if entry.words else None
    emergency.last_seq = (emergency.last_seq or 0) + 1
    row = EmergencyEntry(
        emergency_id=emergency.id,
        seq=emergency.last_seq,
        kind=entry.kind,
        person_id=by.person_id,
        text_id=text.id if text else None,
        facts=entry.facts,
        at=at,
    )
    session.add(row)
    session.flush()
    return row


def keep_words(session: Session, emergency: Emergency, kept: Kept, *, by: Actor, at: datetime) -> None:
    """Note which engineers' terms customers read all the same, and why; a drill has no ticket, so its log says it."""
    if emergency.ticket_id is not None:
        keep_terms(session, emergency.ticket_id, kept, by=by, at=at)
    elif kept.terms:
        words = f"{' · '.join(sorted(kept.terms))} – {kept.reason}"
        write(session, emergency, Entry(EntryKind.NOTED, words), by=by, at=at)
