"""Fixtures of the tests of visits: people, and their browsers."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from tests.portal.tickets.cast import Cast, SignInAs, a_cast


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return people and a product."""
    return a_cast(session)


@pytest.fixture
def as_(cast: Cast, signed_in: Callable[[Person], FlaskClient]) -> SignInAs:
    """Return a way to get the browser of a contact or agent."""
    return lambda who: signed_in(cast.session.get_one(Person, who.person_id))
