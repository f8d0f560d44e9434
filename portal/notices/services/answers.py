"""What readers answer: ticks on the checklist, and receipts."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.notices.models import NoticeCheck, Receipt, ReceiptKind
from portal.notices.permissions import NoticeRuleError
from portal.notices.queries.reading import ReaderNotice


def answer(
    session: Session, notice: ReaderNotice, kind: ReceiptKind, *, by: Actor, at: datetime, read: int | None = None
) -> Receipt:
    """Keep what a contact answered to the revision they read: the present one, unless their page showed another."""
    contact_id, organisation_id = _member(by)
    receipt = Receipt(
        notice_id=notice.id,
        revision_number=read or notice.number,
        organisation_id=organisation_id,
        contact_id=contact_id,
        kind=kind,
        at=at,
    )
    session.add(receipt)
    return receipt


def note_opened(session: Session, notice: ReaderNotice, *, by: Actor, at: datetime) -> None:
    """Note that somebody of the organisation has seen the notice, so that support needn't call to ask."""
    answer(session, notice, ReceiptKind.OPENED, by=by, at=at)


def set_ticks(
    session: Session, notice: ReaderNotice, *, add: Collection[str], remove: Collection[str], by: Actor, at: datetime
) -> None:
    """Tick items off for an organisation, or take its ticks back; what a colleague ticked meanwhile stays."""
    contact_id, organisation_id = _member(by)
    known = {item.id for item in notice.words.checklist}
    mine = (NoticeCheck.notice_id == notice.id, NoticeCheck.organisation_id == organisation_id)
    there = set(session.execute(select(NoticeCheck.item_id).where(*mine)).scalars())
    session.execute(delete(NoticeCheck).where(*mine, NoticeCheck.item_id.in_(known.intersection(remove))))
    session.add_all(
        NoticeCheck(notice_id=notice.id, organisation_id=organisation_id, item_id=item_id, contact_id=contact_id, at=at)
        for item_id in sorted(known.intersection(add) - there)
    )


def _member(by: Actor) -> tuple[UUID, UUID]:
    """Return the contact and the organisation that answer; nobody else can."""
    if by.contact_id is None or by.organisation_id is None:
        raise NoticeRuleError("not-allowed")
    return by.contact_id, by.organisation_id
