"""Fixtures of the tests of plans: a hospital with a plan, and browsers."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Person
from tests.portal.plans.scene import Scene, a_scene


@pytest.fixture
def scene(session: Session) -> Scene:
    """Return a hospital with a plan."""
    return a_scene(session)


@pytest.fixture
def as_(scene: Scene, signed_in: Callable[[Person], FlaskClient]) -> Callable[[Contact | Agent], FlaskClient]:
    """Return a way to get the browser of a contact or agent."""
    return lambda who: signed_in(scene.session.get_one(Person, who.person_id))
