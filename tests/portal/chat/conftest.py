"""Fixtures of the tests of chat groups."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.settings import Settings
from tests.portal.chat import robots as on_this_machine
from tests.portal.chat.robots import Robots
from tests.portal.tickets.cast import Cast, SignInAs, a_cast


@pytest.fixture
def cast(session: Session) -> Cast:
    """Return people and a product."""
    return a_cast(session)


@pytest.fixture
def as_(session: Session, signed_in: Callable[[Person], FlaskClient]) -> SignInAs:
    """Return a way to get the browser of a contact or agent."""
    return lambda who: signed_in(session.get_one(Person, who.person_id))


@pytest.fixture
def robots(app: Flask, settings: Settings) -> Iterator[Robots]:
    """Return chat robots on this machine, which this portal may talk to."""
    app.extensions["plainport.settings"] = replace(settings, chat_on_this_machine=True)
    with on_this_machine.running() as running:
        yield running
