"""Fixtures of the tests of plans: a hospital with a plan, and browsers."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Person
from portal.plans.models import Emergency, Mode
from portal.tickets.models import Ticket
from tests.factories import a_contact
from tests.portal.plans.scene import Scene, a_draft, a_scene, join


@pytest.fixture
def scene(session: Session) -> Scene:
    """Return a hospital with a plan."""
    return a_scene(session)


@pytest.fixture
def as_(scene: Scene, signed_in: Callable[[Person], FlaskClient]) -> Callable[[Contact | Agent], FlaskClient]:
    """Return a way to get the browser of a contact or agent."""
    return lambda who: signed_in(scene.session.get_one(Person, who.person_id))


@pytest.fixture
def emergency(scene: Scene) -> Emergency:
    """Return an emergency whose ticket is joined to a notice, with two others of other organisations."""
    found = scene.start(Mode.REAL)
    notice = a_draft(scene)
    chinese = a_contact(scene.session, scene.elsewhere, name="王芳", email="w@x.example", locale="zh_Hans")
    tickets = [scene.session.get_one(Ticket, found.ticket_id), scene.ticket(scene.stranger), scene.ticket(chinese)]
    join(scene, notice, *tickets)
    scene.session.commit()
    return found
