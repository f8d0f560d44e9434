"""Filling an empty database with the demonstration."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Organisation
from portal.core import clock
from portal.core.db import Database
from portal.demo import cast


def fill(database: Database) -> None:
    """Fill a migrated database, once: one that has organisations is left as it is."""
    with database.write() as session:
        if session.execute(select(Organisation.id).limit(1)).scalar() is None:
            _tell(session)


def _tell(session: Session) -> None:
    at = clock.now()
    cast.enter(session, at=at)
