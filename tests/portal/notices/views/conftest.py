"""Browsers of the people that notices are about."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from portal.accounts.models import Agent, Contact, Person
from tests.portal.notices.cast import Cast

Browser = Callable[[Contact | Agent], FlaskClient]


@pytest.fixture
def browser(cast: Cast, signed_in: Callable[[Person], FlaskClient]) -> Browser:
    """Return a way to get the browser in which somebody is signed in."""

    def open_browser(who: Contact | Agent) -> FlaskClient:
        return signed_in(cast.session.get_one(Person, who.person_id))

    return open_browser
