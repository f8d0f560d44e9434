"""A manager decides what colleagues may do and what the organisation runs; what changed stays known."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Installation, InstallationChange, Organisation, Person
from portal.core.actor import Role, SeeScope
from portal.core.models import AuditEntry
from tests import factories

SignedIn = Callable[[Person], FlaskClient]


@dataclass
class House:
    """An organisation with a manager, a contact, and what it runs; and somebody elsewhere."""

    session: Session
    signed_in: SignedIn
    organisation: Organisation
    manager: Contact
    tang: Contact
    stranger: Contact
    his: Installation

    def as_(self, who: Contact) -> FlaskClient:
        """Return somebody's browser."""
        return self.signed_in(self.session.get_one(Person, who.person_id))

    def manage(self, contact: Contact, **values: str) -> int:
        """Let the manager change somebody; returns the status."""
        data = {"role": "contact", "see_scope": "own", **values}
        return self.as_(self.manager).post(f"/contacts/{contact.id}", data=data).status_code


@pytest.fixture
def house(session: Session, signed_in: SignedIn) -> House:
    organisation = factories.an_organisation(session)
    elsewhere = factories.an_organisation(session, "Songlin Clinic")
    his = factories.a_product(session, "his")
    return House(
        session=session,
        signed_in=signed_in,
        organisation=organisation,
        manager=factories.a_contact(session, organisation, name="He Ping", role=Role.MANAGER),
        tang=factories.a_contact(session, organisation),
        stranger=factories.a_contact(session, elsewhere, name="Zhou Min", role=Role.MANAGER),
        his=factories.an_installation(session, organisation, his, "5.5.1", site="Main building"),
    )


def changes(house: House) -> list[tuple[dict[str, str], dict[str, str]]]:
    rows = house.session.execute(select(InstallationChange.was, InstallationChange.now).order_by(InstallationChange.id))
    return [(was, now) for was, now in rows]


def test_a_colleague_becomes_a_manager_who_sees_everything(house: House) -> None:
    assert house.manage(house.tang, role="manager", see_scope="organisation") == 303
    house.session.refresh(house.tang)
    assert (house.tang.role, house.tang.see_scope) == (Role.MANAGER, SeeScope.ORGANISATION)
    noted = select(AuditEntry.facts).where(AuditEntry.action == "change-contact")
    assert house.session.scalars(noted).one()["role"] == ["contact", "manager"]


def test_the_last_manager_can_not_stop_managing(house: House) -> None:
    page = house.as_(house.manager).post(
        f"/contacts/{house.manager.id}", data={"role": "contact", "see_scope": "organisation"}
    )
    assert page.status_code == 422
    assert "Let a colleague manage first" in page.text
    house.session.refresh(house.manager)
    assert house.manager.role == Role.MANAGER


def test_nor_take_their_own_way_in(house: House) -> None:
    page = house.as_(house.manager).post(f"/contacts/{house.manager.id}/disable")
    assert page.status_code == 422
    assert house.session.get_one(Person, house.manager.person_id).active


def test_with_another_manager_they_can(house: House) -> None:
    house.manage(house.tang, role="manager")
    assert house.manage(house.manager) == 303


def test_a_manager_who_can_not_sign_in_does_not_count(house: House) -> None:
    factories.a_contact(house.session, house.organisation, name="Wu", role=Role.MANAGER, active=False)
    assert house.manage(house.manager) == 422


def test_a_colleague_who_left_is_signed_out_everywhere(house: House) -> None:
    theirs = house.as_(house.tang)
    assert theirs.get("/").status_code == 200
    assert house.as_(house.manager).post(f"/contacts/{house.tang.id}/disable").status_code == 303
    assert theirs.get("/").status_code == 303


def test_somebody_who_left_is_not_there_any_more(house: House) -> None:
    manager = house.as_(house.manager)
    manager.post(f"/contacts/{house.tang.id}/disable")
    assert manager.get(f"/contacts/{house.tang.id}").status_code == 404


def test_nothing_chosen_is_asked_for(house: House) -> None:
    assert house.manage(house.tang, role="", see_scope="") == 422


def test_somebody_elsewhere_gets_404(house: House) -> None:
    stranger = house.as_(house.stranger)
    assert stranger.get(f"/contacts/{house.tang.id}").status_code == 404
    assert stranger.post(f"/contacts/{house.tang.id}/disable").status_code == 404
    assert stranger.post(f"/installations/{house.his.id}/remove").status_code == 404


def test_a_colleague_who_manages_nothing_gets_403(house: House) -> None:
    tang = house.as_(house.tang)
    assert tang.get(f"/contacts/{house.manager.id}").status_code == 403
    assert tang.post(f"/installations/{house.his.id}", data={"product": "his"}).status_code == 403
    assert tang.get(f"/organisations/{house.organisation.id}/installations/history").status_code == 403


def test_signed_out_goes_to_sign_in(house: House, client: FlaskClient) -> None:
    assert client.get(f"/contacts/{house.tang.id}").status_code == 303
    assert client.post(f"/installations/{house.his.id}/remove").status_code == 303


def test_disabling_is_not_there_to_be_read(house: House) -> None:
    assert house.as_(house.manager).get(f"/contacts/{house.tang.id}/disable").status_code == 405


def test_a_new_version_is_kept_beside_the_old(house: House) -> None:
    manager = house.as_(house.manager)
    data = {"product": "his", "version": "5.6.2", "site": "Main building"}
    assert manager.post(f"/installations/{house.his.id}", data=data).status_code == 303
    house.session.refresh(house.his)
    assert house.his.version == "5.6.2"
    before = {"product_code": "his", "version": "5.5.1", "site": "Main building"}
    assert changes(house) == [(before, {**before, "version": "5.6.2"})]


def test_the_history_says_who_changed_what(house: House) -> None:
    manager = house.as_(house.manager)
    manager.post(f"/installations/{house.his.id}", data={"product": "his", "version": "5.6.2", "site": ""})
    page = manager.get(f"/organisations/{house.organisation.id}/installations/history").text
    assert "5.5.1" in page
    assert "5.6.2" in page
    assert "He Ping" in page


def test_the_same_again_is_no_change(house: House) -> None:
    data = {"product": "his", "version": "5.5.1", "site": "Main building"}
    house.as_(house.manager).post(f"/installations/{house.his.id}", data=data)
    assert changes(house) == []


def test_what_runs_besides_is_added(house: House) -> None:
    manager = house.as_(house.manager)
    data = {"product": "his", "version": "", "site": "West wing"}
    assert manager.post(f"/organisations/{house.organisation.id}/installations", data=data).status_code == 303
    assert "West wing" in manager.get("/organisation").text
    assert [was for was, _now in changes(house)] == [{}]


def test_what_runs_no_more_is_off_the_list_and_stays_known(house: House) -> None:
    manager = house.as_(house.manager)
    assert manager.post(f"/installations/{house.his.id}/remove").status_code == 303
    assert "Main building" not in manager.get("/organisation").text
    assert [now for _was, now in changes(house)] == [{}]
    assert "Main building" in manager.get(f"/organisations/{house.organisation.id}/installations/history").text


@pytest.mark.parametrize("data", [{"product": "nothing"}, {"product": ""}, {"product": "his", "version": "5" * 61}])
def test_what_can_not_be_is_asked_for_again(house: House, data: dict[str, str]) -> None:
    page = house.as_(house.manager).post(f"/installations/{house.his.id}", data=data)
    assert page.status_code == 422
    assert changes(house) == []


def test_the_database_refuses_to_change_what_was_noted(house: House) -> None:
    house.as_(house.manager).post(f"/installations/{house.his.id}/remove")
    with pytest.raises(DatabaseError, match="never changed"):
        house.session.execute(delete(InstallationChange))


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
def test_the_pages_open_in_every_language(house: House, locale: str) -> None:
    manager = house.as_(house.manager)
    manager.set_cookie("locale", locale)
    for path in (
        "/organisation",
        f"/contacts/{house.tang.id}",
        f"/installations/{house.his.id}",
        f"/organisations/{house.organisation.id}/installations/new",
        f"/organisations/{house.organisation.id}/installations/history",
    ):
        assert manager.get(path).status_code == 200
