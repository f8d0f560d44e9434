"""Fixtures of the administration: somebody who sets the portal up, and the worker's clock."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.administration.services import go_on
from portal.core import clock
from portal.core.actor import Role
from portal.core.db import Database
from portal.files.delivery import storage
from tests import factories


@pytest.fixture
def admin(session: Session, signed_in: Callable[[Person], FlaskClient]) -> FlaskClient:
    """Return the browser of somebody who may set the portal up."""
    agent = factories.an_agent(session, "Li Admin", role=Role.ADMIN)
    return signed_in(session.get_one(Person, agent.person_id))


@pytest.fixture
def work(app: Flask, database: Database) -> Callable[[], None]:
    """Return a way to have lists worked on until nothing is due."""

    def until_done() -> None:
        is_more = True
        while is_more:
            with app.app_context(), database.write() as session:
                is_more = go_on(session, storage=storage, at=clock.now())

    return until_done
