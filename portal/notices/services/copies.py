"""Codes of printed copies: each organisation's copy of a notice has one, on its slip and in its QR code."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.notices.models import NoticeCopy

_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that nobody reads for another: no 0 and O, no 1 and I."""
_LENGTH = 10
"""Fifty bits: nobody guesses another's, and a slip is still typed in quickly."""


def codes_of_copies(
    session: Session, notice_id: UUID, organisation_ids: Sequence[UUID], *, at: datetime
) -> dict[UUID, str]:
    """Return the code of each organisation's copy; one that has a code keeps it, however often it is printed."""
    known = dict(
        session.execute(
            select(NoticeCopy.organisation_id, NoticeCopy.code).where(
                NoticeCopy.notice_id == notice_id, NoticeCopy.organisation_id.in_(organisation_ids)
            )
        ).all()
    )
    new = {each: _new_code() for each in organisation_ids if each not in known}
    if new:
        rows = [
            {"code": code, "notice_id": notice_id, "organisation_id": each, "made_at": at} for each, code in new.items()
        ]
        session.execute(insert(NoticeCopy), rows)
    return {**known, **new}


def copy_path(code: str) -> str:
    """Return where the QR code of a copy leads, below the portal's own address."""
    return f"/copies/{code}"


def _new_code() -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
