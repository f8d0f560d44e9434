"""Fixtures of the administration: somebody who sets the portal up, and the worker's clock."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.core.actor import Role
from portal.outbox.worker import Worker
from tests import factories


@pytest.fixture
def admin(session: Session, signed_in: Callable[[Person], FlaskClient]) -> FlaskClient:
    """Return the browser of somebody who may set the portal up."""
    agent = factories.an_agent(session, "Li Admin", role=Role.ADMIN)
    return signed_in(session.get_one(Person, agent.person_id))


@pytest.fixture
def work(app: Flask) -> Callable[[], None]:
    """Return a way to have the worker do everything that is due."""

    def until_done() -> None:
        worker = Worker(app)
        for _ in range(2000):
            if not worker.turn() and worker._looked_at is not None:
                return

    return until_done
