"""Fixtures for tests of interviews."""

from collections.abc import Callable
from typing import TypeAlias

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from tests.portal.interviews.cast import Browser, Cast, a_cast

SignIn: TypeAlias = Callable[[Person], FlaskClient]


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return a hospital with a published questionnaire."""
    return a_cast(session)


@pytest.fixture
def browser(cast: Cast, session: Session, signed_in: SignIn) -> Browser:
    """Return a reader who is signed in."""
    return Browser(signed_in(cast.person), cast=cast, session=session)
