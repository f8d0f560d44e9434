"""Organisations, for agents."""

from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts import services as accounts
from portal.accounts.models import Invitation
from portal.catalogue.models import Product
from portal.core import clock
from portal.core.db import Database
from tests.factories import a_contact, an_agent, an_installation, an_organisation, limit_agent
from tests.portal.desk.scene import As, statements
from tests.portal.tickets.cast import Cast, a_ticket


def test_the_list_says_how_much_is_open(cast: Cast, desk: FlaskClient) -> None:
    a_ticket(cast)
    page = desk.get("/desk/organisations")
    assert page.status_code == 200
    assert "Songlin Clinic" in page.text
    row = page.text.partition("Qinghe People’s Hospital</a>")[2].partition("</tr>")[0]
    assert '<td data-l="Open tickets">1</td>' in row


def test_the_list_can_be_searched_and_goes_on(cast: Cast, session: Session, desk: FlaskClient) -> None:
    for number in range(55):
        an_organisation(session, f"Ward {number:02}")
    first = desk.get("/desk/organisations?q=Ward").text
    assert "Ward 49" in first
    assert "Ward 50" not in first
    assert "Songlin" not in first
    second = desk.get("/desk/organisations?q=Ward&after=Ward+49").text
    assert "Ward 54" in second
    assert "Ward 49" not in second.partition("<h1>")[2].partition("</nav>")[0].replace("after=Ward", "")
    assert "No organisation has such a name." in desk.get("/desk/organisations?q=%25").text


def test_one_shows_people_installations_and_tickets(cast: Cast, session: Session, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    an_installation(session, cast.organisation, session.query(Product).one(), "5.5.1", site="Main building")
    page = desk.get(f"/desk/organisations/{cast.organisation.id}")
    assert page.status_code == 200
    for words in ("Tang Xiuying", "Liu Wei", "He Ping", ticket.reference, "5.5.1 · Main building"):
        assert words in page.text
    assert "Zhou Min" not in page.text
    assert f"/organisations/{cast.organisation.id}/invitations/new" in page.text


def test_an_invitation_is_taken_back_from_there(cast: Cast, session: Session, desk: FlaskClient) -> None:
    agent = cast.actor(cast.agent)
    guest = accounts.Guest("new@hospital.example", "Wu Fang")
    invited = accounts.invite(session, cast.organisation, guest, secret_key="k" * 40, by=agent, at=clock.now())
    session.commit()
    address = f"/desk/organisations/{cast.organisation.id}"
    assert "Wu Fang" in desk.get(address).text
    assert f'action="/invitations/{invited.id}/revoke"' in desk.get(address).text
    answer = desk.post(f"/invitations/{invited.id}/revoke")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(address)
    session.expire_all()
    assert session.get_one(Invitation, invited.id).revoked_at is not None
    assert "Wu Fang" not in desk.get(address).text


def test_many_people_are_found_by_name(cast: Cast, session: Session, desk: FlaskClient) -> None:
    for number in range(55):
        a_contact(session, cast.organisation, name=f"Zhao {number:02}")
    address = f"/desk/organisations/{cast.organisation.id}"
    assert "There are more people than this list shows." in desk.get(address).text
    assert "Zhao 54" in desk.get(f"{address}?q=Zhao+54").text


def test_a_limited_agent_sees_only_their_own(cast: Cast, session: Session, as_: As) -> None:
    limited, elsewhere = an_agent(session, "Zhou Lan"), an_organisation(session, "Yunling")
    limit_agent(session, limited, organisations=(elsewhere,))
    browser = as_(limited)
    listed = browser.get("/desk/organisations").text
    assert "Yunling" in listed
    assert "Qinghe" not in listed
    assert browser.get(f"/desk/organisations/{elsewhere.id}").status_code == 200
    assert browser.get(f"/desk/organisations/{cast.organisation.id}").status_code == 404
    assert browser.get(f"/desk/organisations/{uuid4()}").status_code == 404


@pytest.mark.parametrize("rows", [0, 1, 20])
def test_they_cost_the_same_however_much_there_is(
    cast: Cast, session: Session, desk: FlaskClient, database: Database, rows: int
) -> None:
    for number in range(rows):
        an_organisation(session, f"Ward {number:02}")
        a_contact(session, cast.organisation)
        a_ticket(cast)
    assert statements(database, lambda: desk.get("/desk/organisations")) == 3
    assert statements(database, lambda: desk.get(f"/desk/organisations/{cast.organisation.id}")) == 7


def test_customers_stay_outside(cast: Cast, as_: As) -> None:
    browser = as_(cast.manager)
    assert browser.get("/desk/organisations").status_code == 403
    assert browser.get(f"/desk/organisations/{cast.organisation.id}").status_code == 403


def test_whoever_is_signed_out_goes_to_sign_in(cast: Cast, client: FlaskClient) -> None:
    assert client.get("/desk/organisations").status_code == 303
    assert client.get(f"/desk/organisations/{cast.organisation.id}").status_code == 303
