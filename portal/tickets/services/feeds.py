"""The secret address of a person's calendar feed: made, made anew, taken back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.accounts.queries import token_hash
from portal.core.actor import Actor
from portal.core.audit import note_audit
from portal.core.db import new_id
from portal.core.secret_address import secret_part
from portal.tickets.models import FeedLink


def feed_token(link_id: UUID, secret_key: str) -> str:
    """Return the secret part of a link's address."""
    return secret_part("calendar-feed", link_id, secret_key)


def make_feed_link(session: Session, *, secret_key: str, by: Actor, at: datetime) -> FeedLink:
    """Give a person an address for their calendar; an earlier one works no more."""
    if by.person_id is None:
        raise ValueError("only somebody who is signed in has a feed")
    revoke_feed_links(session, by=by, at=at)
    link_id = new_id()
    hashed = token_hash(feed_token(link_id, secret_key))
    link = FeedLink(id=link_id, person_id=by.person_id, token_sha256=hashed, made_at=at)
    session.add(link)
    note_audit(session, "make-feed-link", subject=link, by=by, at=at)
    return link


def revoke_feed_links(session: Session, *, by: Actor, at: datetime) -> None:
    """Take back whatever addresses a person has."""
    session.execute(
        update(FeedLink).where(FeedLink.person_id == by.person_id, FeedLink.revoked_at.is_(None)).values(revoked_at=at)
    )
