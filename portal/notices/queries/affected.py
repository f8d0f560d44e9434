"""Who says that they have the problem of a notice, too."""

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.notices.models import AffectedReport, NoticeKind, NoticeState
from portal.notices.queries.reading import ReaderNotice

_KINDS = (NoticeKind.KNOWN_ISSUE, NoticeKind.INCIDENT)
_OPEN = (NoticeState.ACTIVE, NoticeState.WATCHING)


@dataclass(frozen=True, slots=True)
class Affected:
    """How many organisations say that they have a problem, and whether the reader has said so."""

    organisations: int
    is_ours: bool
    """Whether somebody of the reader's organisation has said it."""
    is_mine: bool


def affected_by(session: Session, notice: ReaderNotice, actor: Actor) -> Affected | None:
    """Return who has the problem of a notice; None where it is none that somebody can have."""
    if not actor.is_customer or notice.kind not in _KINDS or notice.state not in _OPEN or notice.is_preview:
        return None
    row = session.execute(
        select(
            func.count(AffectedReport.organisation_id.distinct()),
            func.count(case((AffectedReport.organisation_id == actor.organisation_id, 1))),
            func.count(case((AffectedReport.contact_id == actor.contact_id, 1))),
        ).where(AffectedReport.notice_id == notice.id)
    ).one()
    return Affected(row[0], bool(row[1]), bool(row[2]))


def may_be_affected(notice: ReaderNotice) -> bool:
    """Whether a notice is about a problem that goes on."""
    return notice.kind in _KINDS and notice.state in _OPEN
