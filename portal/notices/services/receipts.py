"""Answers that come by other ways than the notice's page: the printed sheet's code, its slip, the phone."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import typed_text
from portal.core.actor import Actor
from portal.notices.models import Channel, Notice, Receipt, ReceiptKind
from portal.notices.permissions import NoticeRuleError


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """An answer of an organisation, and who gave it by which way."""

    notice_id: UUID
    organisation_id: UUID
    kind: ReceiptKind
    channel: Channel
    contact_id: UUID | None = None
    """Where we know who it was; else their name and number are what they wrote."""
    name: str = ""
    phone: str = ""
    read: int
    """The revision that they had before them."""


def take_answer(session: Session, brought: Brought, *, by: Actor, at: datetime) -> Receipt:
    """Keep an answer to the revision that was read; whoever wrote it down is named.

    Asking for help counts for what is out now: somebody waits for a call, whatever has changed on their sheet since.
    """
    number = session.execute(select(Notice.revision_number).where(Notice.id == brought.notice_id)).scalar()
    if number is None:
        raise NoticeRuleError("not-there")
    said = {"name": brought.name, "phone": brought.phone}
    text = None
    if brought.contact_id is None and any(said.values()):
        text = typed_text.keep(session, json.dumps(said, ensure_ascii=False), person_id=by.person_id)
    receipt = Receipt(
        notice_id=brought.notice_id,
        revision_number=number if brought.kind is ReceiptKind.NEED_HELP else min(brought.read, number),
        organisation_id=brought.organisation_id,
        contact_id=brought.contact_id,
        kind=brought.kind,
        channel=brought.channel,
        said_id=text.id if text else None,
        recorded_by=by.person_id if by.is_agent else None,
        at=at,
    )
    session.add(receipt)
    session.flush()
    return receipt
