"""What an organisation runs: each change leaves a row that says who told us what, and when."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.models import Installation, InstallationChange
from portal.core.actor import Actor
from portal.core.db import new_id


@dataclass(frozen=True, slots=True)
class Running:
    """A product that an organisation runs, in a version, somewhere."""

    product_code: str
    version: str = ""
    """Empty when nobody knows it."""
    site: str = ""


def add_installation(
    session: Session, organisation_id: UUID, running: Running, *, by: Actor, at: datetime
) -> Installation:
    """Add what an organisation runs."""
    row = Installation(id=new_id(), organisation_id=organisation_id, modules=[], changed_at=at, **asdict(running))
    session.add(row)
    session.flush()
    _note(session, row, was=None, now=running, by=by, at=at)
    return row


def change_installation(
    session: Session, installation: Installation, running: Running, *, by: Actor, at: datetime
) -> None:
    """Say that it is another version, elsewhere, or another product; the same as before changes nothing."""
    was = _running(installation)
    if running == was:
        return
    for name, value in asdict(running).items():
        setattr(installation, name, value)
    installation.changed_at = at
    _note(session, installation, was=was, now=running, by=by, at=at)


def remove_installation(session: Session, installation: Installation, *, by: Actor, at: datetime) -> None:
    """Take it off the list, because it runs no more; that it ran stays known."""
    _note(session, installation, was=_running(installation), now=None, by=by, at=at)
    session.delete(installation)


def _running(installation: Installation) -> Running:
    return Running(installation.product_code, installation.version, installation.site)


def _note(
    session: Session,
    installation: Installation,
    *,
    was: Running | None,
    now: Running | None,
    by: Actor,
    at: datetime,
) -> None:
    session.add(
        InstallationChange(
            organisation_id=installation.organisation_id,
            installation_id=installation.id,
            person_id=by.person_id,
            was=asdict(was) if was else {},
            now=asdict(now) if now else {},
            at=at,
        )
    )
