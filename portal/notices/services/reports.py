"""Saying that one has a known problem, too: each person once, and each organisation counts once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.db import Base, new_id
from portal.notices.models import AffectedReport, ReportSource
from portal.notices.permissions import NoticeRuleError


def report_affected(session: Session, notice_id: UUID, *, source: ReportSource, by: Actor, at: datetime) -> None:
    """Note that somebody's organisation has the problem of a notice; said again, it counts no second time."""
    if by.contact_id is None or by.organisation_id is None:
        raise NoticeRuleError("not-allowed")
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    row = {
        "id": new_id(),
        "notice_id": notice_id,
        "organisation_id": by.organisation_id,
        "contact_id": by.contact_id,
        "source": source,
        "at": at,
    }
    table = Base.metadata.tables[AffectedReport.__tablename__]
    session.execute(dialect.insert(table).on_conflict_do_nothing(index_elements=["notice_id", "contact_id"]), row)
