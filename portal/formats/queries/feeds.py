"""What stands in feeds of notices: for everyone, and behind an organisation's secret address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Organisation
from portal.accounts.queries import token_hash
from portal.core.actor import ANONYMOUS, Actor, Role
from portal.formats.models import NoticeFeedLink
from portal.notices.queries import NoticeRow, notices_for
from portal.notices.queries.windows import CalendarWindow, windows_in_calendars

MOST = 100
"""Notices in one feed; older ones are in the archive."""


@dataclass(frozen=True, slots=True)
class FeedReader:
    """For whom a feed is: everyone, or the people of an organisation."""

    actor: Actor = ANONYMOUS
    locale: str = ""
    """The organisation's own; empty for everyone."""
    name: str = ""


def reader_at(session: Session, token: str) -> FeedReader | None:
    """Return whose feed stands at a secret address; None for one that was taken back, or of whom we serve no more."""
    row = session.execute(
        select(Organisation.id, Organisation.locale, Organisation.name)
        .join(NoticeFeedLink, NoticeFeedLink.organisation_id == Organisation.id)
        .where(
            NoticeFeedLink.token_sha256 == token_hash(token),
            NoticeFeedLink.revoked_at.is_(None),
            Organisation.closed_at.is_(None),
        )
    ).first()
    if row is None:
        return None
    return FeedReader(Actor(role=Role.CONTACT, organisation_id=row.id), row.locale, row.name)


def feed_rows(session: Session, reader: FeedReader, *, locale: str, today: date) -> Sequence[NoticeRow]:
    """Return the notices in force that a reader may see, the newest first."""
    return notices_for(session, reader.actor, locale=locale, today=today)[:MOST]


def feed_windows(session: Session, reader: FeedReader, *, locale: str, today: date) -> Sequence[CalendarWindow]:
    """Return the maintenance that stands in a reader's calendar."""
    return windows_in_calendars(session, reader.actor, locale=locale, today=today)


def link_of(session: Session, organisation_id: UUID) -> NoticeFeedLink | None:
    """Return the link that an organisation has, if any."""
    wanted = select(NoticeFeedLink).where(
        NoticeFeedLink.organisation_id == organisation_id, NoticeFeedLink.revoked_at.is_(None)
    )
    return session.scalars(wanted.order_by(NoticeFeedLink.made_at.desc()).limit(1)).first()
