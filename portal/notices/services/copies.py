"""Codes of printed copies: each organisation's copy of a notice has one, on its slip and in its QR code."""

import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.notices.models import NoticeCopy

_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that nobody reads for another: no 0 and O, no 1 and I."""
_LENGTH = 10
"""Fifty bits: nobody guesses another's, and a slip is still typed in quickly."""
_LONGEST_TYPED = 40
_REVISION = re.compile("[0-9]{1,6}")


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


def code_on_paper(code: str, revision: int) -> str:
    """Return a copy's code as it is printed: with the revision, so that an answer counts for what was asked on it."""
    return f"{code}-{revision}"


def copy_path(code: str) -> str:
    """Return where the QR code of a copy leads, below the portal's own address."""
    return f"/copies/{code}"


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """What a sheet says of itself."""

    code: str
    revision: int | None
    """None on sheets from before revisions were printed with the code."""


def code_as_printed(typed: str) -> PrintedCode:
    """Return a sheet's code as it was printed, from however somebody typed it."""
    plain = unicodedata.normalize("NFKC", typed[:_LONGEST_TYPED]).upper()
    signs = "".join(sign for sign in plain if sign.isascii() and sign.isalnum())
    revision = _REVISION.fullmatch(signs, _LENGTH)
    return PrintedCode(signs[:_LENGTH], int(revision[0])) if revision else PrintedCode(signs, None)


def _new_code() -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
