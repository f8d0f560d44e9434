"""Organisations: made, changed, closed and opened again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Organisation, Person, SignInSession
from portal.administration.services.errors import SetupError
from portal.core.actor import Actor
from portal.core.audit import note_audit, what_changed
from portal.core.db import new_id

FIELDS = ("name", "code", "tier", "region", "time_zone", "locale", "address")


def add_organisation(session: Session, values: Mapping[str, Any], *, by: Actor, at: datetime) -> Organisation:
    """Make an organisation; raises SetupError where another has its number."""
    row = Organisation(id=new_id(), created_at=at, **_checked(session, values, None), **_appointed(values))
    session.add(row)
    session.flush()
    note_audit(session, "add-organisation", subject=row, by=by, at=at)
    return row


def change_organisation(
    session: Session, row: Organisation, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Change what an organisation is called and how it is served."""
    wanted = _checked(session, values, row)
    people = _appointed(values)
    facts = what_changed({name: getattr(row, name) for name in FIELDS}, wanted)
    appointed = {name: [_id(getattr(row, name)), _id(now)] for name, now in people.items() if getattr(row, name) != now}
    facts |= {"appointed": appointed} if appointed else {}
    for name, value in {**wanted, **people}.items():
        setattr(row, name, value)
    if facts:
        note_audit(session, "change-organisation", subject=row, by=by, at=at, **facts)


def close_organisation(session: Session, row: Organisation, *, is_closed: bool, by: Actor, at: datetime) -> None:
    """End the work for an organisation: nobody of it signs in any more; what was reported stays.

    Opened again, its people come back one by one, as somebody decides.
    """
    if bool(row.closed_at) == is_closed:
        return
    row.closed_at = at if is_closed else None
    if is_closed:
        theirs = select(Contact.person_id).where(Contact.organisation_id == row.id)
        session.execute(update(Person).where(Person.id.in_(theirs)).values(active=False))
        open_now = (SignInSession.person_id.in_(theirs), SignInSession.ended_at.is_(None))
        session.execute(update(SignInSession).where(*open_now).values(ended_at=at))
    note_audit(session, "close-organisation" if is_closed else "open-organisation", subject=row, by=by, at=at)


def _appointed(values: Mapping[str, Any]) -> dict[str, UUID | None]:
    """Return who of support looks after an organisation."""
    chosen = {f"{name}_id": values.get(name) for name in ("service_manager", "named_agent")}
    return {name: UUID(each) if each else None for name, each in chosen.items()}


def _id(agent: UUID | None) -> str:
    return str(agent) if agent else ""


def _checked(session: Session, values: Mapping[str, Any], row: Organisation | None) -> dict[str, Any]:
    wanted = {name: values[name] for name in FIELDS}
    wanted["code"] = wanted["code"] or None
    others = select(Organisation.id).where(Organisation.code == wanted["code"])
    if wanted["code"] and session.scalars(others).first() not in (None, row.id if row else None):
        raise SetupError("taken", field="code")
    return wanted
