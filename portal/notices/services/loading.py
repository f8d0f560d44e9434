"""Reading a notice for changing it, and seeing everything that its newest revision would say."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.errors import StaleError
from portal.notices.models import (
    ActionNeeded,
    AudienceKind,
    Notice,
    NoticeRevision,
    NoticeScope,
    NoticeState,
    NoticeText,
    RevisionState,
    TextStatus,
    Words,
)
from portal.notices.permissions import Action, Manuscript, NoticeRuleError, Standing, Text, require
from portal.notices.queries.visibility import visible_to


def loaded(session: Session, code: str, *, by: Actor, version: int | None = None) -> Notice:
    """Return a notice to change; raises StaleError where somebody else changed it first."""
    notice = session.execute(
        select(Notice).where(Notice.code == code, visible_to(by)).with_for_update()
    ).scalar_one_or_none()
    if notice is None:
        raise NoticeRuleError("not-there")
    if version is not None and notice.version != version:
        raise StaleError("changed-meanwhile")
    return notice


def working_revision(session: Session, notice: Notice) -> NoticeRevision:
    """Return the newest revision: the one being written, or the one that readers see."""
    return session.execute(
        select(NoticeRevision)
        .where(NoticeRevision.notice_id == notice.id)
        .order_by(NoticeRevision.number.desc())
        .limit(1)
    ).scalar_one()


def texts_of(session: Session, revision_id: UUID) -> dict[str, NoticeText]:
    """Return the words of a revision by language."""
    rows = session.execute(select(NoticeText).where(NoticeText.revision_id == revision_id)).scalars()
    return {row.language: row for row in rows}


def standing(notice: Notice, revision: NoticeRevision) -> Standing:
    """Return where a notice stands, for the table of guards."""
    return Standing(
        notice=NoticeState(notice.state),
        revision=RevisionState(revision.state),
        authors=frozenset(UUID(each) for each in revision.authors),
    )


def manuscript(session: Session, notice: Notice, revision: NoticeRevision) -> Manuscript:
    """Return everything that a revision would tell its readers."""
    return Manuscript(
        source_language=notice.source_language,
        scope=NoticeScope(revision.scope),
        action=ActionNeeded(revision.action),
        act_by=revision.act_by,
        expires_on=revision.expires_on,
        audience={
            **{AudienceKind(kind): values for kind, values in revision.audience.items()},
            AudienceKind.PRODUCT: revision.products,
        },
        texts={language: _text(row) for language, row in texts_of(session, revision.id).items()},
        waived=frozenset(revision.waivers),
    )


def _text(row: NoticeText) -> Text:
    return Text(row.title, Words.of(row.document), TextStatus(row.status), row.source_sha256)


def begin(session: Session, notice: Notice, action: Action, *, by: Actor) -> NoticeRevision:
    """Return the revision that an action is about, once the table of guards allows the action."""
    revision = working_revision(session, notice)
    require(action, standing(notice, revision), by=by)
    notice.version += 1
    return revision
