"""What could become a term: agents keep writing it, and customers don't."""

from dataclasses import dataclass, field

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.models import TypedText
from portal.notices import queries as notices
from portal.notices.models import Notice
from portal.phrasebook.models import OftenTyped, OftenTypedUse
from portal.phrasebook.queries import ENOUGH_TEXTS, is_settled
from portal.tickets.queries import visible_to
from portal.tickets.queries.tables import ticket

_PLACES_SHOWN = 3
_MOST_READ = 1_000


@dataclass(slots=True)
class Proposed:
    """Something that agents keep writing, and the latest tickets and notices where the reader may see it."""

    term: str
    folded: str
    texts: int
    agents: int
    customers: int
    left: int = 0
    """Places that nobody has erased meanwhile."""
    references: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    @property
    def can_be_shown(self) -> bool:
        """Whether it is still written often enough, and the reader may see where."""
        return self.left >= ENOUGH_TEXTS and bool(self.references or self.codes)


def proposed(session: Session, actor: Actor, language: str) -> list[Proposed]:
    """Return what agents keep writing in a language and nobody has explained or put aside, the most frequent first."""
    rows = session.execute(
        select(OftenTyped.folded, OftenTyped.term, OftenTyped.texts, OftenTyped.agents, OftenTyped.customers)
        .add_columns(ticket.c.reference, Notice.code)
        .select_from(OftenTypedUse)
        .join(
            OftenTyped,
            and_(OftenTyped.language == OftenTypedUse.language, OftenTyped.folded == OftenTypedUse.folded),
        )
        .outerjoin(TypedText, TypedText.id == OftenTypedUse.text_id)
        .outerjoin(ticket, and_(ticket.c.id == OftenTypedUse.ticket_id, visible_to(actor)))
        .outerjoin(Notice, and_(Notice.id == OftenTypedUse.notice_id, notices.visible_to(actor)))
        .where(OftenTypedUse.language == language, TypedText.erased_at.is_(None), ~is_settled())
        .order_by(OftenTyped.texts.desc(), OftenTyped.agents.desc(), OftenTyped.folded, OftenTypedUse.at.desc())
        .limit(_MOST_READ)
    )
    found: dict[str, Proposed] = {}
    for row in rows:
        one = found.setdefault(row.folded, Proposed(row.term, row.folded, row.texts, row.agents, row.customers))
        one.left += 1
        _note(one.references, row.reference)
        _note(one.codes, row.code)
    return [each for each in found.values() if each.can_be_shown]


def _note(latest: list[str], place: str | None) -> None:
    if place and place not in latest and len(latest) < _PLACES_SHOWN:
        latest.append(place)
