"""Several admins at once: nobody writes over another unknowingly, and somebody can always set the portal up."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Organisation, Person
from portal.administration.models import Register
from portal.administration.services import SetupError, change, close
from portal.core import clock
from portal.core.actor import Actor, Role
from tests import factories

SignIn = Callable[[Person], FlaskClient]


def form_of(browser: FlaskClient, address: str) -> dict[str, str]:
    """Return the hidden and the typed values of a form as a browser sends them back."""
    page = browser.get(address).text
    typed = dict(re.findall(r'name="(\w+)" (?:type="\w+" )?value="([^"]*)"', page))
    texts = re.findall(r'<input type="text"[^>]*?name="(\w+)"[^>]*?value="([^"]*)"', page)
    return {**typed, **dict(texts), "time_zone": "Asia/Shanghai", "locale": "en"}


def test_nobody_writes_over_what_another_has_changed_meanwhile(
    admin: FlaskClient, session: Session, signed_in: SignIn
) -> None:
    hospital = factories.an_organisation(session, "Gulou", code="K-7")
    agent = factories.an_agent(session, "Wang Admin", role=Role.ADMIN)
    second = signed_in(session.get_one(Person, agent.person_id))
    address = f"/administration/organisations/{hospital.id}"
    mine, theirs = form_of(admin, address), form_of(second, address)
    assert mine["seen"]
    assert admin.post(address, data={**mine, "name": "Gulou", "tier": "gold"}).status_code == 303
    late = second.post(address, data={**theirs, "name": "Gulou", "tier": "standard", "region": "Hunan"})
    assert late.status_code == 422
    assert "Somebody has changed this meanwhile" in late.text
    assert "<dt>Service level</dt><dd>gold</dd>" in late.text
    assert 'value="Hunan"' in late.text
    session.expire_all()
    assert session.get_one(Organisation, hospital.id).tier == "gold"
    seen = re.search(r'name="seen" value="(\w+)"', late.text)
    assert seen is not None
    again = second.post(address, data={**theirs, "seen": seen[1], "name": "Gulou", "tier": "standard"})
    assert again.status_code == 303
    session.expire_all()
    assert session.get_one(Organisation, hospital.id).tier == "standard"


@pytest.mark.parametrize("register", ["organisations", "contacts", "agents", "installations", "releases", "modules"])
def test_what_is_saved_unchanged_is_saved(admin: FlaskClient, session: Session, register: str) -> None:
    hospital = factories.an_organisation(session, "Gulou", code="K-7")
    his = factories.a_product(session, "his", orders="Writing orders")
    contact, agent = factories.a_contact(session, hospital), factories.an_agent(session)
    runs = factories.an_installation(session, hospital, his, "5.6")
    session.commit()
    sent = {"product": "his", "version": "5.6.2", "published_on": "2026-04-30"}
    assert admin.post("/administration/releases", data=sent).status_code == 303
    release = re.findall(r"/administration/releases/([0-9a-f-]{36})", admin.get("/administration/releases").text)[0]
    keys = {"organisations": hospital.id, "contacts": contact.id, "agents": agent.id, "installations": runs.id}
    address = f"/administration/{register}/{ {**keys, 'releases': release, 'modules': 'his:orders'}[register] }"
    typed = {**form_of(admin, address), "role": "agent" if register == "agents" else "contact", "see_scope": "own"}
    more = {"product": "his", "published_on": "2026-04-30", "tier": "gold", "name": "Somebody", "email": "a@b.example"}
    answer = admin.post(address, data={**typed, **more, "name_en": "Orders", "version": "5.6.3"})
    assert answer.status_code == 303, answer.text


def test_two_admins_who_take_each_others_rights_leave_one(admin: FlaskClient, session: Session) -> None:
    first = session.scalars(select(Agent).where(Agent.role == Role.ADMIN)).one()
    second = factories.an_agent(session, "Wang Admin", email="wang@vendor.example", role=Role.ADMIN)
    by = {each.id: Actor(person_id=each.person_id, name="", role=Role.ADMIN) for each in (first, second)}
    values = {"role": "agent", "teams": [], "products": "", "organisations": "", "locale": "", "user_name": ""}
    someone = {**values, "name": "Wang", "email": "wang@vendor.example", "phone": ""}
    at = clock.now()
    change(session, Register.AGENTS, str(second.id), someone, by=by[first.id], at=at)
    someone = {**values, "name": "Li", "email": "li@vendor.example", "phone": ""}
    with pytest.raises(SetupError, match="last-admin"):
        change(session, Register.AGENTS, str(first.id), someone, by=by[second.id], at=at)
    with pytest.raises(SetupError, match="last-admin"):
        close(session, Register.AGENTS, str(first.id), is_closed=True, by=by[second.id], at=at)
    assert first.role == Role.ADMIN


def test_nobody_is_let_in_to_an_organisation_that_is_closed(admin: FlaskClient, session: Session) -> None:
    hospital = factories.an_organisation(session, "Gulou", code="K-7")
    contact = factories.a_contact(session, hospital)
    session.commit()
    admin.post(f"/administration/organisations/{hospital.id}/state", data={"closed": "yes"})
    answer = admin.post(f"/administration/contacts/{contact.id}/state", data={"closed": "no"})
    assert answer.status_code == 422
    assert "Their organisation is closed. Open it again first." in answer.text
    session.expire_all()
    assert not session.get_one(Person, contact.person_id).active


def test_whose_contact_it_is_stands_on_the_form(admin: FlaskClient, session: Session) -> None:
    contact = factories.a_contact(session, factories.an_organisation(session, "Gulou", code="K-7"))
    session.commit()
    assert "<dt>Organisation</dt><dd>K-7</dd>" in admin.get(f"/administration/contacts/{contact.id}").text


def test_who_looks_after_an_organisation_is_chosen_and_told(admin: FlaskClient, session: Session) -> None:
    hospital = factories.an_organisation(session, "Gulou", code="K-7")
    chen, wang = factories.an_agent(session, "Chen Li"), factories.an_agent(session, "Wang Min")
    session.commit()
    address = f"/administration/organisations/{hospital.id}"
    typed = {"name": "Gulou", "code": "Ｋ－７", "tier": "gold", "time_zone": "Asia/Shanghai", "locale": "en"}
    assert "Named engineer" in admin.get(address).text
    sent = {**typed, "service_manager": str(wang.id), "named_agent": str(chen.id)}
    assert admin.post(address, data=sent).status_code == 303
    session.expire_all()
    kept = session.get_one(Organisation, hospital.id)
    assert (kept.service_manager_id, kept.named_agent_id, kept.code) == (wang.id, chen.id, "K-7")
    assert "Service manager: – → Wang Min · Named engineer: – → Chen Li" in admin.get("/administration/log").text
    assert re.search(rf'value="{chen.id}" selected', admin.get(address).text)
    assert admin.post(address, data={**typed, "named_agent": "nonsense"}).status_code == 422
    assert admin.post(address, data={**typed, "service_manager": "", "named_agent": ""}).status_code == 303
    session.expire_all()
    assert session.get_one(Organisation, hospital.id).named_agent_id is None
