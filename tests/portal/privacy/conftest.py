"""Fixtures of the tests of people's data."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Person
from portal.core.actor import Role
from tests.factories import an_agent
from tests.portal.tickets.cast import Cast, SignInAs, a_cast


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return people and a product."""
    return a_cast(session)


@pytest.fixture
def admin(session: Session) -> Agent:
    """Return somebody who may change how the portal is set up."""
    return an_agent(session, "Lin Yue", role=Role.ADMIN)


@pytest.fixture
def as_(session: Session, signed_in: Callable[[Person], FlaskClient]) -> SignInAs:
    """Return a way to get the browser of a contact or agent."""
    return lambda who: signed_in(session.get_one(Person, who.person_id))
