"""People who look at calendars and policies."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.core.actor import Role
from tests import factories


@pytest.fixture
def admin(session: Session, signed_in: Callable[[Person], FlaskClient]) -> FlaskClient:
    """Return the browser of somebody who may change what is promised."""
    agent = factories.an_agent(session, role=Role.ADMIN)
    session.commit()
    return signed_in(session.get_one(Person, agent.person_id))


@pytest.fixture
def customer(session: Session, signed_in: Callable[[Person], FlaskClient]) -> FlaskClient:
    """Return the browser of a customer."""
    contact = factories.a_contact(session, factories.an_organisation(session))
    session.commit()
    return signed_in(session.get_one(Person, contact.person_id))
