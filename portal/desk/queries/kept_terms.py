"""What agents kept against the phrasebook: where its words don't fit, it has something to learn."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.models import TypedText
from portal.phrasebook.models import KeptTerm
from portal.tickets.queries import visible_to
from portal.tickets.queries.tables import ticket

LOOKED_BACK = timedelta(days=90)
_READ = 500
_SHOWN = 20
_REASONS = 3


@dataclass(slots=True)
class Often:
    """A term that agents kept, how often, in which tickets last, and why."""

    term: str
    times: int = 0
    reasons: list[str] = field(default_factory=list)
    """The latest, each once."""
    references: list[str] = field(default_factory=list)
    """The latest tickets."""


def often_kept(session: Session, actor: Actor, locale: str, *, at: datetime) -> list[Often]:
    """Return the terms of a language that agents kept most within three months, in one statement."""
    rows = session.execute(
        select(KeptTerm.term, TypedText.body, ticket.c.reference)
        .join(TypedText, TypedText.id == KeptTerm.reason_id)
        .join(ticket, ticket.c.id == KeptTerm.ticket_id)
        .where(KeptTerm.locale == locale, KeptTerm.at >= at - LOOKED_BACK, visible_to(actor))
        .order_by(KeptTerm.at.desc(), KeptTerm.id.desc())
        .limit(_READ)
    )
    found: dict[str, Often] = {}
    for row in rows:
        kept = found.setdefault(row.term, Often(row.term))
        kept.times += 1
        _note(kept.reasons, row.body or "")
        _note(kept.references, row.reference)
    return sorted(found.values(), key=lambda each: (-each.times, each.term))[:_SHOWN]


def _note(latest: list[str], words: str) -> None:
    if words and words not in latest and len(latest) < _REASONS:
        latest.append(words)
