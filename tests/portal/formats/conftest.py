"""Fixtures of the tests of formats: the people and notices of the tests of notices."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Person
from tests.portal.notices.cast import Cast, a_cast

Browser = Callable[[Contact | Agent], FlaskClient]


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return the people and what they run."""
    return a_cast(session)


@pytest.fixture
def browser(cast: Cast, signed_in: Callable[[Person], FlaskClient]) -> Browser:
    """Return a way to get the browser in which somebody is signed in."""
    return lambda who: signed_in(cast.session.get_one(Person, who.person_id))
