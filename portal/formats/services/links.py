"""The secret address of an organisation's feeds: made, made anew, taken back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.accounts.queries import token_hash
from portal.core.actor import Actor
from portal.core.audit import note_audit
from portal.core.db import new_id
from portal.core.secret_address import secret_part
from portal.formats.models import NoticeFeedLink


def link_token(link_id: UUID, secret_key: str) -> str:
    """Return the secret part of a link's address."""
    return secret_part("notice-feed", link_id, secret_key)


def make_link(session: Session, *, secret_key: str, by: Actor, at: datetime) -> NoticeFeedLink:
    """Give the actor's organisation an address for its programs; an earlier one works no more."""
    if by.organisation_id is None:
        raise ValueError("only somebody of an organisation makes its feed")
    revoke_links(session, by=by, at=at)
    link_id = new_id()
    link = NoticeFeedLink(
        id=link_id,
        organisation_id=by.organisation_id,
        token_sha256=token_hash(link_token(link_id, secret_key)),
        made_by=by.person_id,
        made_at=at,
    )
    session.add(link)
    note_audit(session, "make-notice-feed-link", subject=link, by=by, at=at)
    return link


def revoke_links(session: Session, *, by: Actor, at: datetime) -> None:
    """Take back whatever addresses the actor's organisation has."""
    session.execute(
        update(NoticeFeedLink)
        .where(NoticeFeedLink.organisation_id == by.organisation_id, NoticeFeedLink.revoked_at.is_(None))
        .values(revoked_at=at)
    )
