"""Tables of tickets: what happens is appended, what was said stays."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base, new_id
from portal.core.models import TypedText
from portal.tickets.models.states import Audience, Decision, Outcome, Priority, PromiseKind, TicketKind, TicketState


# A relationship here says only what is written first; nothing is ever read through one.
def _open_index(name: str, *columns: str) -> Index:
    """Return an index of the open tickets alone; the closed ones only grow."""
    still_open = text("closed_at IS NULL")
    return Index(name, *columns, sqlite_where=still_open, postgresql_where=still_open)


_URGENT_INDEX = Index(
    "ix_ticket_urgent",
    "next_due_at",
    "id",
    # Each database has its own way to say that something is true; the queue's statement says the same.
    sqlite_where=text("closed_at IS NULL AND (is_emergency = 1 OR priority = 'P1')"),
    postgresql_where=text("closed_at IS NULL AND (is_emergency OR priority = 'P1')"),
)
"""The open tickets whose work has stopped, or that cannot wait."""


class Ticket(Base):
    """One problem and everything that happens about it."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index("ix_ticket_newest", "opened_at", "id"),
        Index("ix_ticket_of_organisation", "organisation_id", "opened_at", "id"),
        Index("ix_ticket_of_contact", "contact_id", "opened_at", "id"),
        Index("ix_ticket_standing_of_organisation", "organisation_id", "closed_at", "state"),
        Index("ix_ticket_standing_of_contact", "contact_id", "closed_at", "state", "organisation_id"),
        _open_index("ix_ticket_open_of_contact", "contact_id", "opened_at", "id"),
        _open_index("ix_ticket_open_in_state", "state"),
        _open_index("ix_ticket_open_of_organisation", "organisation_id", "opened_at", "id"),
        _open_index("ix_ticket_due", "next_due_at", "id"),
        _open_index("ix_ticket_wakes", "wakes_at"),
        _open_index("ix_ticket_warns", "warns_at"),
        Index("ix_ticket_changed_of_organisation", "organisation_id", "changed_at"),
        _URGENT_INDEX,
        Index("ix_ticket_resolved", "resolved_at"),
        _open_index("ix_ticket_open_of_agent", "assignee_id", "next_due_at", "id"),
        _open_index("ix_ticket_open_of_team", "team", "next_due_at", "id"),
        _open_index("ix_ticket_open_closes", "closes_at", "id"),
        Index("ix_ticket_alike", "product_code", "module_code", "opened_at", "id"),
        Index("ix_ticket_same_error", "fingerprint", "opened_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    """None while a call-back from somebody signed out is unverified: only agents see it."""
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("ticket.id"))
    notice_id: Mapped[UUID | None] = mapped_column(ForeignKey("notice.id"), index=True)
    title_id: Mapped[UUID] = mapped_column(ForeignKey("typed_text.id"))
    product_code: Mapped[str] = mapped_column(String(60), default="")
    module_code: Mapped[str] = mapped_column(String(60), default="")
    fault_type: Mapped[str] = mapped_column(String(60), default="")
    questionnaire: Mapped[str | None] = mapped_column(String(60))
    """Which one was filled in, by its id."""
    fingerprint: Mapped[str] = mapped_column(String(80), default="")
    kind: Mapped[TicketKind] = mapped_column(String(12), default=TicketKind.PROBLEM, server_default="problem")
    decision: Mapped[Decision | None] = mapped_column(String(10))
    """What was decided about a wish; none for problems, and as long as nobody has decided."""
    priority: Mapped[Priority] = mapped_column(String(2))
    severity: Mapped[Priority] = mapped_column(String(2))
    """What the answers suggested; the priority is what was decided."""
    because: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[TicketState] = mapped_column(String(20), default=TicketState.NEW)
    wait_reason: Mapped[str] = mapped_column(String(40), default="")
    fix_version: Mapped[str] = mapped_column(String(60), default="")
    fix_on: Mapped[date | None]
    """When the fix is planned to be there."""
    policy: Mapped[str] = mapped_column(String(30), default="default")
    """Which times were promised: the name of a policy."""
    is_emergency: Mapped[bool] = mapped_column(default=False)
    channel: Mapped[str] = mapped_column(String(12), default="portal")
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("agent.id"), index=True)
    team: Mapped[str] = mapped_column(String(60), default="")
    version: Mapped[int] = mapped_column(default=0)
    """Counts the changes, so that two people at once notice each other."""
    last_seq: Mapped[int] = mapped_column(default=0)
    public_seq: Mapped[int] = mapped_column(default=0)
    """The last event that customers see."""
    revision: Mapped[int] = mapped_column(default=0)
    """The latest revision of its snapshot."""
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    next_due_at: Mapped[datetime | None]
    """The earliest promise that is open."""
    closes_at: Mapped[datetime | None]
    """When it closes by itself, because it waits for the customer."""
    wakes_at: Mapped[datetime | None]
    """When the clock next has something to do for it: remind, or close."""
    warns_at: Mapped[datetime | None]
    """When the agent is next told that a promise is near."""
    accepted_due_at: Mapped[datetime | None]
    """The later time that the customer agreed to while a fix is planned."""
    resolution_left: Mapped[int | None]
    """The working minutes that were left to solve it when it began to wait for the customer."""
    reminders: Mapped[int] = mapped_column(default=0)
    """How often we have asked again since it waits for the customer."""
    resolved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    title: Mapped[TypedText] = relationship(lazy="raise")

    @property
    def is_urgent(self) -> bool:
        """Whether it belongs into the emergency lane: work has stopped, or it cannot wait."""
        return self.is_emergency or self.priority == Priority.P1


class Event(Base):
    """Something that happened to a ticket; appended, never changed."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("ticket_id", "seq"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    audience: Mapped[Audience] = mapped_column(String(10))
    text_id: Mapped[UUID | None] = mapped_column(ForeignKey("typed_text.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]
    ticket: Mapped[Ticket] = relationship(lazy="raise")
    text: Mapped[TypedText | None] = relationship(lazy="raise")


class Promise(Base):
    """A moment by which the customer will have heard; never edited."""

    __tablename__ = "promise"
    __table_args__ = (Index(None, "ticket_id", "due_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"))
    kind: Mapped[PromiseKind] = mapped_column(String(12))
    due_at: Mapped[datetime]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    source: Mapped[str] = mapped_column(String(60))
    """The policy and the calendar with their versions, or ``person``."""
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("event.id"))
    """What happened when it was made."""
    warns_at: Mapped[datetime | None]
    """When four fifths of its time have passed."""
    event: Mapped[Event | None] = relationship(lazy="raise")


class PromiseOutcome(Base):
    """How a promise ended; at most one a promise."""

    __tablename__ = "promise_outcome"

    promise_id: Mapped[UUID] = mapped_column(ForeignKey("promise.id"), primary_key=True)
    outcome: Mapped[Outcome] = mapped_column(String(10))
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("event.id"))
    at: Mapped[datetime]
    promise: Mapped[Promise] = relationship(lazy="raise")
    event: Mapped[Event | None] = relationship(lazy="raise")


class Snapshot(Base):
    """A revision of the structured problem; the document is canonical JSON, its typed texts apart."""

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("ticket_id", "revision"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"))
    revision: Mapped[int]
    schema: Mapped[str] = mapped_column(String(40))
    document_id: Mapped[UUID] = mapped_column(ForeignKey("typed_text.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    ticket: Mapped[Ticket] = relationship(lazy="raise")
    document: Mapped[TypedText] = relationship(lazy="raise")


class Attachment(Base):
    """A file that came with an event."""

    __tablename__ = "attachment"

    file_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), index=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    audience: Mapped[Audience] = mapped_column(String(10))
    event: Mapped[Event] = relationship(lazy="raise")


class Participant(Base):
    """A colleague who was let in on a ticket."""

    __tablename__ = "participant"
    __table_args__ = (
        Index(
            "uq_participant_open",
            "ticket_id",
            "contact_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
        CheckConstraint("revoked_at IS NULL OR revoked_at >= granted_at", name="order"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), index=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    granted_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class FeedLink(Base):
    """A secret address at which a person's calendar finds the promised times; revocable."""

    __tablename__ = "feed_link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
