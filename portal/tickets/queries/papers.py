"""Which printed sheet shows a ticket as it stands, and how far it is."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import case, func, select, union_all
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.outbox.queries import JobState, JobStatus, job_status
from portal.tickets.queries.tables import event, organisation, snapshot, ticket, typed_text
from portal.tickets.queries.visibility import visible_to


@dataclass(frozen=True, slots=True)
class Paper:
    """The sheet of a ticket as its customer sees it now, in one language."""

    ticket_id: UUID
    reference: str
    title: str
    language: str
    time_zone: str | None
    """Where the organisation is; None while nobody knows whose ticket it is."""
    key: str
    """The same state, language and look has the same key, so that it is made once."""
    job: JobStatus | None

    @property
    def state(self) -> JobState | None:
        """How far it is; None where nobody has asked for it."""
        return self.job.state if self.job else None

    @property
    def file_id(self) -> UUID | None:
        """The finished file, once it is made."""
        return UUID(str(self.job.result["file_id"])) if self.job and self.state is JobState.DONE else None


_SAID = union_all(
    select(event.c.text_id).where(event.c.ticket_id == ticket.c.id).correlate(ticket),
    select(snapshot.c.document_id).where(snapshot.c.ticket_id == ticket.c.id).correlate(ticket),
)
_title = typed_text.alias("title")
_ERASED = (
    select(func.count())
    .select_from(typed_text)
    .where(typed_text.c.id.in_(_SAID), typed_text.c.erased_at.is_not(None))
    .correlate(ticket)
    .scalar_subquery()
) + case((_title.c.erased_at.is_not(None), 1), else_=0)
"""An erased text makes the sheets that had it wrong, so their number is part of the key."""
_STANDS = (
    select(
        ticket.c.id,
        ticket.c.public_seq,
        _title.c.body.label("title"),
        organisation.c.time_zone,
        _ERASED.label("erased"),
    )
    .join(_title, _title.c.id == ticket.c.title_id)
    .outerjoin(organisation, organisation.c.id == ticket.c.organisation_id)
)


def paper_of(session: Session, reference: str, actor: Actor, *, language: str, edition: str) -> Paper | None:
    """Return the sheet of a ticket that somebody may see; None if it isn't there or isn't theirs."""
    row = session.execute(_STANDS.where(ticket.c.reference == reference, visible_to(actor))).first()
    if row is None:
        return None
    key = f"ticket-paper:{row.id}:{row.public_seq}-{row.erased}:{language}:{edition}"
    return Paper(row.id, reference, row.title, language, row.time_zone, key, job_status(session, key))
