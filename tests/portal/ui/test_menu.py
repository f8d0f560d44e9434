"""The menu: who sees what in it, and which of its entries leads to where one is."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Person
from portal.core.actor import Role
from tests.factories import a_contact, an_agent, an_organisation

PLACES = (
    ("/desk", "Queue"),
    ("/desk/organisations", "Organisations"),
    ("/desk/more", "More"),
    ("/desk/surges", "More"),
    ("/desk/board/reports", "More"),
    ("/administration/organisations", "More"),
)
"""Addresses, and the entry that leads there."""


def the(session: Session, someone: Agent | Contact) -> Person:
    """Return the person that a contact or an agent is."""
    return session.get_one(Person, someone.person_id)


def current(page: str) -> list[str]:
    """Return the entries that are marked as where the reader is."""
    return [each.strip() for each in re.findall(r'aria-current="page">([^<]*)</a>', page)]


@pytest.mark.parametrize(("path", "entry"), PLACES)
def test_one_entry_leads_to_where_one_is(
    session: Session, signed_in: Callable[..., FlaskClient], path: str, entry: str
) -> None:
    admin = signed_in(the(session, an_agent(session, role=Role.ADMIN)))
    assert current(admin.get(path).text) == [entry]


def test_an_agent_is_not_led_to_what_only_admins_may_see(
    session: Session, signed_in: Callable[..., FlaskClient]
) -> None:
    page = signed_in(the(session, an_agent(session))).get("/desk/more").text
    assert "/desk/surges" in page
    assert "/administration/" not in page


def test_a_customer_is_led_nowhere_on_the_desk(session: Session, signed_in: Callable[..., FlaskClient]) -> None:
    nurse = signed_in(the(session, a_contact(session, an_organisation(session))))
    assert "/desk" not in nurse.get("/").text
    assert nurse.get("/desk/more").status_code == 403
