"""Answers that come by other ways than the notice's page: the printed sheet's code, its slip, the phone."""

import json
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import typed_text
from portal.core.actor import Actor
from portal.notices.models import Channel, Notice, Receipt, ReceiptKind
from portal.notices.permissions import NoticeRuleError

_LONGEST_CODE = 40


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
    read: int | None = None
    """The revision that they had before them, where a page knows it."""


def take_answer(session: Session, brought: Brought, *, by: Actor, at: datetime) -> Receipt:
    """Keep an answer to the revision that was read, else to the one that is out; whoever wrote it down is named."""
    number = session.execute(select(Notice.revision_number).where(Notice.id == brought.notice_id)).scalar()
    if number is None:
        raise NoticeRuleError("not-there")
    said = {"name": brought.name, "phone": brought.phone}
    text = None
    if brought.contact_id is None and any(said.values()):
        text = typed_text.keep(session, json.dumps(said, ensure_ascii=False), person_id=by.person_id)
    receipt = Receipt(
        notice_id=brought.notice_id,
        revision_number=brought.read or number,
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


def code_as_printed(typed: str) -> str:
    """Return a slip's code as it was printed, from however somebody typed it."""
    plain = unicodedata.normalize("NFKC", typed[:_LONGEST_CODE]).upper()
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum())
