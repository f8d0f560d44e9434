"""Fixtures for tests of interviews."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from tests.portal.interviews.cast import Browser, Cast, a_cast


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return a hospital with a published questionnaire."""
    return a_cast(session)


@pytest.fixture
def browser(cast: Cast, signed_in: Callable[[Person], FlaskClient]) -> Browser:
    """Return a reader who is signed in."""
    return Browser(signed_in(cast.person))
