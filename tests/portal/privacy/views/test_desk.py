"""What admins do about a person's data."""

from contextlib import closing
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.models import Agent, Person
from portal.core import clock
from tests.portal.privacy.views.test_own import work
from tests.portal.tickets.cast import Cast, SignInAs, a_ticket
from tests.portal.tickets.services.acts import reply


@pytest.fixture
def browser(admin: Agent, as_: SignInAs) -> FlaskClient:
    """Return an admin's browser."""
    return as_(admin)


def test_a_person_is_found_by_what_they_sign_in_with(cast: Cast, browser: FlaskClient) -> None:
    person = cast.session.get_one(Person, cast.tang.person_id)
    person.phone = "+8613900001234"
    cast.session.commit()
    for words in (person.email, person.user_name, "+86 139 0000 1234"):
        assert "Tang Xiuying" in browser.get("/desk/people", query_string={"q": words}).text
    assert "Nobody signs in with that." in browser.get("/desk/people?q=nobody").text
    assert "Tang" not in browser.get("/desk/people").text


def test_an_admin_gets_a_persons_archive(app: Flask, cast: Cast, browser: FlaskClient) -> None:
    path = f"/desk/people/{cast.tang.person_id}"
    assert browser.get(f"{path}/file").headers["Location"] == path
    browser.post(f"{path}/export")
    work(app)
    assert "Save the archive" in browser.get(path).text
    with closing(browser.get(f"{path}/file")) as answer:
        assert answer.mimetype == "application/zip"


def test_erasing_needs_a_tick(cast: Cast, browser: FlaskClient) -> None:
    path = f"/desk/people/{cast.tang.person_id}/erase"
    page = browser.post(path)
    assert page.status_code == 422
    assert "Tick the box if you are certain" in page.text
    assert browser.post(path, data={"sure": "y"}).status_code == 303
    cast.session.expire_all()
    assert cast.session.get_one(Person, cast.tang.person_id).name == "—"
    again = browser.post(path, data={"sure": "y"})
    assert again.status_code == 422
    assert "This person was erased before." in again.text


def test_an_archive_goes_with_the_person(app: Flask, cast: Cast, browser: FlaskClient) -> None:
    path = f"/desk/people/{cast.tang.person_id}"
    browser.post(f"{path}/export")
    work(app)
    browser.post(f"{path}/erase", data={"sure": "y"})
    assert browser.get(f"{path}/file").status_code == 303


def test_an_admin_stays(cast: Cast, admin: Agent, browser: FlaskClient) -> None:
    page = browser.post(f"/desk/people/{admin.person_id}/erase", data={"sure": "y"})
    assert page.status_code == 422
    assert "Ask another admin." in page.text


def test_an_erased_person_is_signed_out(cast: Cast, browser: FlaskClient, as_: SignInAs) -> None:
    theirs = as_(cast.tang)
    assert theirs.get("/account").status_code == 200
    browser.post(f"/desk/people/{cast.tang.person_id}/erase", data={"sure": "y"})
    assert theirs.get("/account").status_code == 303


def test_pages_of_an_erased_persons_ticket_still_open(cast: Cast, browser: FlaskClient) -> None:
    ticket = a_ticket(cast)
    reply(cast, ticket, at=clock.now())
    cast.session.commit()
    browser.post(f"/desk/people/{cast.tang.person_id}/erase", data={"sure": "y"})
    page = browser.get(f"/desk/tickets/{ticket.reference}")
    assert page.status_code == 200
    assert "This text was erased." in page.text


def test_somebody_who_is_not_there_is_not_found(browser: FlaskClient) -> None:
    path = f"/desk/people/{uuid4()}"
    assert browser.get(path).status_code == 404
    for step in ("export", "erase"):
        assert browser.post(f"{path}/{step}", data={"sure": "y"}).status_code == 404


def test_it_is_for_admins(cast: Cast, as_: SignInAs, client: FlaskClient) -> None:
    path = f"/desk/people/{cast.tang.person_id}"
    for url in ("/desk/people", path, f"{path}/file"):
        assert as_(cast.agent).get(url).status_code == 403
        assert client.get(url).status_code == 303
    assert as_(cast.agent).post(f"{path}/erase", data={"sure": "y"}).status_code == 403
    assert as_(cast.tang).post(f"{path}/export").status_code == 403
