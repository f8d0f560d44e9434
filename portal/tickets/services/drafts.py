"""Replies that are begun and not sent yet: kept for whoever writes them, and seen by nobody else."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.tickets.models import ReplyDraft, Ticket
from portal.tickets.permissions import Action, require_action


def keep_reply(session: Session, ticket: Ticket, *, body: str, about: str = "", by: Actor, at: datetime) -> None:
    """Keep what somebody has begun to write; nothing written is nothing kept."""
    require_action(ticket, Action.UPDATE if by.is_agent else Action.REPLY, by=by, at=at)
    if not body.strip():
        forget_reply(session, ticket, by=by)
        return
    found = session.scalars(
        select(ReplyDraft).where(ReplyDraft.ticket_id == ticket.id, ReplyDraft.person_id == by.person_id)
    ).one_or_none()
    draft = found or ReplyDraft(ticket_id=ticket.id, person_id=by.person_id)
    draft.body, draft.about, draft.saved_at = body, about, at
    session.add(draft)


def forget_reply(session: Session, ticket: Ticket, *, by: Actor) -> None:
    """Let go of what somebody had begun, because it is sent."""
    session.execute(delete(ReplyDraft).where(ReplyDraft.ticket_id == ticket.id, ReplyDraft.person_id == by.person_id))
