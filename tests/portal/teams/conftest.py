"""Fixtures of the tests of teams: people, and their browsers."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Person
from portal.core.actor import Role
from tests.factories import an_agent
from tests.portal.desk.scene import As
from tests.portal.tickets.cast import Cast, a_cast


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return people and a product."""
    return a_cast(session)


@pytest.fixture
def as_(session: Session, signed_in: Callable[[Person], FlaskClient]) -> As:
    """Return a way to get somebody's browser."""

    def sign_in(who: Contact | Agent) -> FlaskClient:
        return signed_in(session.get_one(Person, who.person_id))

    return sign_in


@pytest.fixture
def admin(session: Session) -> Agent:
    """Return somebody who may change teams."""
    return an_agent(session, "Wang Min", role=Role.ADMIN)
