"""The tickets that are joined to a notice, and what they were told together."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Organisation, Person
from portal.core.actor import Actor
from portal.core.db import READERS_KEPT
from portal.core.models import TypedText
from portal.incidents.models import IncidentUpdate, Surge, TicketTold, UpdateKind, best_words
from portal.notices.models import AffectedReport, Notice, NoticeRevision, NoticeState, NoticeText
from portal.notices.queries import ReaderNotice, reader_notice, reader_notices
from portal.notices.queries.reading import USABLE
from portal.notices.queries.visibility import visible_to as notices_visible_to
from portal.notices.queries.workbench import texts_of
from portal.tickets.models import Ticket, TicketState
from portal.tickets.queries import visible_to
from portal.tickets.services import Resolution

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class LinkedTicket:
    """A ticket that is joined to a notice."""

    reference: str
    title: str
    organisation_name: str
    state: TicketState
    next_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Links:
    """How many tickets are joined to a notice, and at how many organisations; no more."""

    open: int
    organisations: int


@dataclass(frozen=True, slots=True)
class ToldUpdate:
    """An update that went, or goes, to every linked ticket."""

    id: UUID
    kind: UpdateKind
    words: Mapping[str, Any]
    who: str
    at: datetime
    tickets: int
    told: int

    @property
    def is_going_on(self) -> bool:
        """Whether some are still waiting to be told."""
        return self.told < self.tickets

    def words_in(self, locale: str) -> str:
        """Return what is said in a language, on one line."""
        words = best_words(self.words, locale)
        return " ".join(words.values()) if isinstance(words, Mapping) else str(words)


def notice_to_update(session: Session, actor: Actor, code: str) -> Notice | None:
    """Return a notice that an agent may see."""
    wanted = select(Notice).where(Notice.code == code, notices_visible_to(actor))
    return session.execute(wanted).scalar_one_or_none()


def notice_of(session: Session, actor: Actor, notice_id: UUID, *, locale: str) -> ReaderNotice | None:
    """Return the notice about a ticket's problem; None where somebody may not read it."""
    is_theirs = select(Notice.id).where(Notice.id == notice_id, notices_visible_to(actor))
    if session.execute(is_theirs).scalar() is None:
        return None
    return next(iter(reader_notices(session, [notice_id], locale)), None)


@dataclass(frozen=True, slots=True)
class DeskNotice:
    """A notice as the desk names it beside its tickets, whether it is out or not."""

    code: str
    title: str
    language: str
    is_out: bool
    """Whether readers see it, or saw it."""
    is_coming: bool
    """Whether it is still being written: a draft can be given up."""


def notice_on_desk(session: Session, actor: Actor, notice_id: UUID, *, locale: str) -> DeskNotice | None:
    """Return the notice about a problem as an agent sees it, one that isn't out yet too; None where they may not."""
    row = session.execute(_on_desk(actor), {"id": notice_id, "locale": locale}).first()
    if row is None:
        return None
    is_coming = not row.is_out and row.state == NoticeState.DRAFT
    return DeskNotice(row.code, row.title or row.code, row.language, row.is_out, is_coming)


@lru_cache(maxsize=READERS_KEPT)
def _on_desk(actor: Actor) -> Select[*tuple[Any, ...]]:
    own, source = aliased(NoticeText), aliased(NoticeText)
    newest = select(func.max(NoticeRevision.number)).where(NoticeRevision.notice_id == Notice.id)
    shown = func.coalesce(Notice.revision_number, newest.correlate(Notice).scalar_subquery())
    is_out = Notice.revision_number.is_not(None)
    is_readers = and_(own.language == bindparam("locale", type_=String), own.title != "")
    return (
        select(
            Notice.code,
            Notice.state,
            func.coalesce(own.title, source.title).label("title"),
            func.coalesce(own.language, Notice.source_language).label("language"),
            is_out.label("is_out"),
        )
        .join(NoticeRevision, and_(NoticeRevision.notice_id == Notice.id, NoticeRevision.number == shown))
        .outerjoin(source, and_(source.revision_id == NoticeRevision.id, source.language == Notice.source_language))
        .outerjoin(own, and_(own.revision_id == NoticeRevision.id, is_readers, or_(~is_out, own.status.in_(USABLE))))
        .where(Notice.id == bindparam("id"), notices_visible_to(actor))
    )


def promised_to_reporters(session: Session, notice_id: UUID) -> datetime | None:
    """Return by when everybody who reports the same was told that they hear more; None where nothing was declared."""
    told = select(Surge.next_update_at).where(Surge.notice_id == notice_id, Surge.ended_at.is_(None))
    return session.execute(told.order_by(Surge.declared_at.desc()).limit(1)).scalar()


def linked_tickets(session: Session, actor: Actor, notice_id: UUID) -> Sequence[LinkedTicket]:
    """Return the open tickets of a notice that an agent may see, the next due first."""
    rows = session.execute(
        select(Ticket.reference, Ticket.state, Ticket.next_due_at, TypedText.body, Organisation.name)
        .join(TypedText, TypedText.id == Ticket.title_id)
        .outerjoin(Organisation, Organisation.id == Ticket.organisation_id)
        .where(Ticket.notice_id == notice_id, Ticket.closed_at.is_(None), visible_to(actor))
        .order_by(Ticket.next_due_at.is_(None), Ticket.next_due_at, Ticket.id)
        .limit(MOST_SHOWN)
    )
    return [
        LinkedTicket(row.reference, row.body or "", row.name or "", TicketState(row.state), row.next_due_at)
        for row in rows
    ]


def links_of(session: Session, notice_id: UUID) -> Links:
    """Return how many open tickets are joined to a notice, and how many organisations say that they have it."""
    tickets = select(func.count()).where(Ticket.notice_id == notice_id, Ticket.closed_at.is_(None))
    affected = select(func.count(AffectedReport.organisation_id.distinct())).where(
        AffectedReport.notice_id == notice_id
    )
    row = session.execute(select(tickets.scalar_subquery(), affected.scalar_subquery())).one()
    return Links(row[0], row[1])


def updates_of(session: Session, notice_id: UUID) -> Sequence[ToldUpdate]:
    """Return what every linked ticket was told, the latest first."""
    rows = session.execute(
        select(
            IncidentUpdate.id, IncidentUpdate.kind, IncidentUpdate.at, TypedText.body, Person.name,
            func.count(TicketTold.ticket_id).label("tickets"), func.count(TicketTold.told_at).label("told"),
        )
        .join(TypedText, TypedText.id == IncidentUpdate.text_id)
        .outerjoin(Person, Person.id == IncidentUpdate.person_id)
        .outerjoin(TicketTold, TicketTold.update_id == IncidentUpdate.id)
        .where(IncidentUpdate.notice_id == notice_id)
        .group_by(IncidentUpdate.id, IncidentUpdate.kind, IncidentUpdate.at, TypedText.body, Person.name)
        .order_by(IncidentUpdate.at.desc())
        .limit(20)
    )  # fmt: skip
    return [
        ToldUpdate(
            row.id, UpdateKind(row.kind), json.loads(row.body or "{}"), row.name or "", row.at, row.tickets, row.told
        )
        for row in rows
    ]


def references_to_link(session: Session, actor: Actor, references: Sequence[str]) -> dict[str, UUID]:
    """Return the open tickets with these numbers that an agent may see."""
    rows = session.execute(
        select(Ticket.reference, Ticket.id).where(
            Ticket.reference.in_(references), Ticket.closed_at.is_(None), visible_to(actor)
        )
    )
    return {row.reference: row.id for row in rows}


def written_cause(session: Session, notice: Notice) -> dict[str, tuple[str, str]]:
    """Return cause and prevention by language, as the notice says them; nothing of one that isn't out yet."""
    if notice.revision_number is None:
        return {}
    revision_id = session.execute(
        select(NoticeRevision.id).where(
            NoticeRevision.notice_id == notice.id, NoticeRevision.number == notice.revision_number
        )
    ).scalar_one()
    texts = texts_of(session, revision_id)
    return {
        language: (str(text.document.get("cause", "")), str(text.document.get("prevention", "")))
        for language, text in texts.items()
    }


@dataclass(frozen=True, slots=True)
class ClosingReport:
    """What followers of an incident read when it is solved."""

    notice: ReaderNotice
    resolution: Resolution
    began_at: datetime | None
    ended_at: datetime
    organisations: int


def closing_report(session: Session, actor: Actor, update_id: UUID, *, locale: str) -> ClosingReport | None:
    """Return the report about an incident that is solved; None where somebody may not read its notice."""
    row = session.execute(
        select(IncidentUpdate.at, IncidentUpdate.notice_id, TypedText.body, Notice.code, Notice.published_at)
        .join(TypedText, TypedText.id == IncidentUpdate.text_id)
        .join(Notice, Notice.id == IncidentUpdate.notice_id)
        .where(IncidentUpdate.id == update_id)
    ).first()
    notice = reader_notice(session, actor, row.code, locale=locale) if row and row.body else None
    if row is None or notice is None:
        return None
    resolution = Resolution(**best_words(json.loads(row.body), locale))
    return ClosingReport(notice, resolution, row.published_at, row.at, links_of(session, row.notice_id).organisations)
