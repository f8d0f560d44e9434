"""What is set up: listed, added, changed, closed and opened again, and who did it is on the log."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, AgentScope, Contact, Installation, Organisation, Person, SignInSession
from portal.administration.forms.deeds import deed
from portal.administration.queries.lists import AT_ONCE
from portal.catalogue.models import FaultType, Module, Product, Release
from portal.core import clock
from portal.core.actor import Role
from portal.core.db import new_id
from portal.core.models import AuditEntry
from portal.teams.models import Team, TeamMember
from tests import factories

ORGANISATION = {"name": "Gulou Hospital", "code": "K-7", "tier": "gold", "time_zone": "Asia/Shanghai", "locale": "en"}
PERSON = {"name": "Gu Ming", "email": "gu.ming@hospital.example", "phone": "", "user_name": "", "locale": ""}
CONTACT = {**PERSON, "organisation": "Gulou Hospital", "role": "contact", "see_scope": "own"}
AGENT = {**PERSON, "role": "agent", "products": "his", "organisations": "Gulou Hospital"}
NAMES = {"name_en": "Laboratory", "name_zh_Hans": "检验", "name_zh_Hant": "檢驗"}
ADDED: tuple[tuple[str, dict[str, str], type[Any]], ...] = (
    ("organisations", ORGANISATION, Organisation),
    ("contacts", CONTACT, Contact),
    ("agents", AGENT, Agent),
    ("products", {"code": "lab", **NAMES}, Product),
    ("modules", {"above": "his", "code": "lab", **NAMES}, Module),
    ("fault-types", {"above": "his:orders", "code": "slow", **NAMES}, FaultType),
    (
        "installations",
        {"organisation": "Gulou Hospital", "product": "his", "version": "5.6", "modules": "orders"},
        Installation,
    ),
    ("releases", {"product": "his", "version": "5.6.2", "published_on": "2026-04-30"}, Release),
)


@pytest.fixture
def hospital(session: Session) -> Organisation:
    """Return an organisation, beside a product with a module."""
    factories.a_product(session, "his", orders="Writing orders")
    return factories.an_organisation(session, "Gulou Hospital")


def key_of(admin: FlaskClient, register: str) -> str:
    """Return the key of the last line of a list."""
    page = admin.get(f"/administration/{register}").text
    return page.rpartition(f'href="/administration/{register}/')[2].partition('"')[0]


@pytest.mark.parametrize(("register", "sent", "table"), ADDED, ids=[each[0] for each in ADDED])
def test_something_is_added_once_and_shown_on_its_list(
    admin: FlaskClient, session: Session, hospital: Organisation, register: str, sent: dict[str, str], table: type[Any]
) -> None:
    if register == "organisations":
        session.delete(hospital)
        session.flush()
    before = len(session.scalars(select(table)).all())
    for _ in range(2):
        answer = admin.post(f"/administration/{register}", data={**sent, "once": "a" * 32})
        assert answer.status_code == 303, answer.text
    assert len(session.scalars(select(table)).all()) == before + 1
    assert admin.get(f"/administration/{register}").status_code == 200
    assert session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("add-"))).all()


@pytest.mark.parametrize(("register", "sent"), [(each[0], {}) for each in ADDED], ids=[each[0] for each in ADDED])
def test_what_is_missing_is_asked_for(
    admin: FlaskClient, hospital: Organisation, register: str, sent: dict[str, str]
) -> None:
    assert admin.post(f"/administration/{register}", data=sent).status_code == 422


@pytest.mark.parametrize(
    ("register", "sent", "words"),
    [
        ("contacts", {**CONTACT, "organisation": "Nobody"}, "We know no open organisation"),
        ("contacts", {**CONTACT, "email": ""}, "so that they can sign in"),
        ("contacts", {**CONTACT, "email": "no address"}, "Enter an e-mail address"),
        ("agents", {**AGENT, "products": "nothing"}, "We know no product by this code. nothing"),
        ("agents", {**AGENT, "organisations": "nobody"}, "We know no open organisation"),
        ("organisations", {**ORGANISATION, "time_zone": "Mars/Base"}, "Enter the time zone"),
        ("products", {"code": "His!", **NAMES}, "Use small letters"),
        ("products", {"code": "his", **NAMES}, "Another one has this already"),
        ("modules", {"above": "emr", "code": "lab", **NAMES}, "Choose what it belongs to"),
        ("releases", {"product": "his", "version": "1", "published_on": ""}, "Enter the day on which it came"),
    ],
)
def test_what_can_not_be_set_up_so_is_refused_beside_its_field(
    admin: FlaskClient, session: Session, hospital: Organisation, register: str, sent: dict[str, str], words: str
) -> None:
    answer = admin.post(f"/administration/{register}", data=sent)
    assert answer.status_code == 422
    assert answer.text.count(words) == 2, "beside the field, and in the summary"
    assert 'id="errors"' in answer.text


def test_a_closed_organisation_lets_nobody_in_and_can_be_opened_again(
    admin: FlaskClient,
    session: Session,
    hospital: Organisation,
    signed_in: Callable[[Person], FlaskClient],
) -> None:
    contact = factories.a_contact(session, hospital)
    theirs = signed_in(session.get_one(Person, contact.person_id))
    assert theirs.get("/organisation").status_code == 200
    assert admin.post(f"/administration/organisations/{hospital.id}/state", data={"closed": "yes"}).status_code == 303
    assert theirs.get("/organisation").status_code == 303
    session.expire_all()
    assert session.get_one(Organisation, hospital.id).closed_at is not None
    ended = session.scalars(select(SignInSession).where(SignInSession.person_id == contact.person_id)).one()
    assert ended.ended_at is not None
    admin.post(f"/administration/organisations/{hospital.id}/state", data={"closed": "no"})
    session.expire_all()
    assert session.get_one(Organisation, hospital.id).closed_at is None


def test_an_agent_is_limited_to_what_is_named(admin: FlaskClient, session: Session, hospital: Organisation) -> None:
    admin.post("/administration/agents", data=AGENT)
    agent = session.scalars(select(Agent).order_by(Agent.id.desc())).first()
    assert agent is not None
    assert agent.is_limited
    scope = session.execute(select(AgentScope.product_code, AgentScope.organisation_id)).all()
    assert sorted(map(tuple, scope), key=str) == [("his", None), (None, hospital.id)]
    free = {**AGENT, "products": "", "organisations": ""}
    assert admin.post(f"/administration/agents/{agent.id}", data=free).status_code == 303
    session.expire_all()
    assert not session.get_one(Agent, agent.id).is_limited


def test_nobody_takes_their_own_way_in(admin: FlaskClient, session: Session) -> None:
    own = session.scalars(select(Agent).where(Agent.role == Role.ADMIN)).one()
    assert admin.post(f"/administration/agents/{own.id}/state", data={"closed": "yes"}).status_code == 422
    assert (
        admin.post(f"/administration/agents/{own.id}", data={**AGENT, "products": "", "organisations": ""}).status_code
        == 422
    )


def test_what_is_no_longer_run_goes_off_the_list(admin: FlaskClient, session: Session, hospital: Organisation) -> None:
    row = factories.an_installation(session, hospital, session.get_one(Product, "his"))
    assert admin.post(f"/administration/installations/{row.id}/state", data={"closed": "yes"}).status_code == 303
    assert session.scalars(select(Installation)).all() == []


def test_a_module_is_renamed_and_retired(admin: FlaskClient, session: Session, hospital: Organisation) -> None:
    assert admin.post("/administration/modules/his:orders", data={**NAMES, "name_en": "Orders"}).status_code == 303
    admin.post("/administration/modules/his:orders/state", data={"closed": "yes"})
    session.expire_all()
    module = session.get_one(Module, ("his", "orders"))
    assert (module.names["en"], module.retired_at is not None) == ("Orders", True)


def test_what_is_not_there_is_not_found(admin: FlaskClient) -> None:
    for path in (
        "organisations/nothing",
        "modules/his",
        "products/none",
        "contacts/00000000-0000-0000-0000-000000000007",
    ):
        assert admin.get(f"/administration/{path}").status_code == 404
        assert admin.post(f"/administration/{path}/state").status_code == 404


def test_a_long_list_goes_on_after_the_last_line(admin: FlaskClient, session: Session) -> None:
    for number in range(AT_ONCE + 5):
        factories.an_organisation(session, f"Hospital {number:03d}")
    first = admin.get("/administration/organisations")
    rest = first.text.rpartition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
    assert "Hospital 049" in first.text
    assert "Hospital 050" not in first.text
    assert "Hospital 054" in admin.get(rest).text
    assert "Hospital 007" in admin.get("/administration/organisations?q=007").text


def test_the_log_is_searched_by_who_what_and_when(admin: FlaskClient, hospital: Organisation) -> None:
    admin.post(f"/administration/organisations/{hospital.id}/state", data={"closed": "yes"})
    assert "Closed the organisation" in admin.get("/administration/log?who=Li&what=close").text
    assert "Closed the organisation" in admin.get("/administration/log?from=2026-04-21&until=2026-04-21").text
    for asked in (
        "who=Nobody",
        "what=invite",
        "from=2026-04-22",
        "until=2026-04-20",
        "before=00000000-0000-0000-0000-000000000007",
    ):
        assert "Closed the organisation" not in admin.get(f"/administration/log?{asked}").text


def test_the_log_tells_in_sentences_and_leads_to_what_was_changed(admin: FlaskClient, hospital: Organisation) -> None:
    body = {**ORGANISATION, "name": "Gulou Hospital", "tier": "standard"}
    admin.post(f"/administration/organisations/{hospital.id}", data=body)
    page = admin.get("/administration/log").text
    link = f'<a href="/administration/organisations/{hospital.id}">Gulou Hospital</a>'
    assert f"Changed the organisation {link}." in page
    assert "Service level: standard → standard" not in page
    assert "Customer number: K-7" in page
    assert "change-organisation" not in page
    assert str(hospital.id)[-12:] not in page.replace(link, "")


def test_the_table_of_the_log_keeps_the_codes(admin: FlaskClient, hospital: Organisation) -> None:
    admin.post(f"/administration/organisations/{hospital.id}/state", data={"closed": "yes"})
    answer = admin.get("/administration/log.csv?what=organisation")
    assert answer.mimetype == "text/csv"
    assert f"close-organisation,organisation,{hospital.id}" in answer.text
    assert "close-organisation" not in admin.get("/administration/log.csv?what=invitation").text


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [("zh_Hans", "关闭了客户单位 "), ("zh_Hant", "關閉了客戶單位 "), ("en", "Closed the organisation ")],
)
def test_the_log_speaks_the_readers_language(
    admin: FlaskClient, session: Session, hospital: Organisation, locale: str, sentence: str
) -> None:
    admin.post(f"/administration/organisations/{hospital.id}/state", data={"closed": "yes"})
    session.execute(update(Person).values(locale=locale))
    session.commit()
    assert f"{sentence}<a href=" in admin.get("/administration/log").text


def test_every_deed_of_the_portal_has_its_sentence() -> None:
    kept = {
        found
        for path in (Path(__file__).parents[4] / "portal").rglob("*.py")
        for found in re.findall(r'note_audit\(\s*session,\s*"([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(kept) > 20
    assert {each for each in kept if str(deed(each, "thing", "")).startswith("Did something")} == set()


def test_an_agent_is_put_into_teams_that_there_are(admin: FlaskClient, session: Session) -> None:
    wards = Team(name="Wards", made_at=clock.now())
    session.add(wards)
    session.commit()
    assert "Wards" in admin.get("/administration/agents/new").text
    factories.a_product(session, "his")
    body = {**AGENT, "products": "", "organisations": "", "teams": [str(wards.id), "nonsense"]}
    assert admin.post("/administration/agents", data=body).status_code == 303
    assert session.scalars(select(TeamMember.team_id)).all() == [wards.id]
    assert "Wards" in admin.get("/administration/agents").text


def test_where_there_is_no_team_none_is_asked_for(admin: FlaskClient) -> None:
    assert 'name="teams"' not in admin.get("/administration/agents/new").text


def test_a_service_level_is_said_in_words(admin: FlaskClient, session: Session) -> None:
    factories.an_organisation(session, "Golden", tier="gold")
    factories.an_organisation(session, "Own", tier="ward-24h")
    page = admin.get("/administration/organisations").text
    assert "Gold" in page.replace("Golden", "")
    assert "ward-24h" in page


def test_the_log_names_a_questionnaire_with_its_version(admin: FlaskClient, session: Session) -> None:
    facts = {"key": "his-fault", "number": 3, "sha256": "0" * 64}
    kept = {"action": "questionnaire-published", "subject_kind": "questionnaire_version", "subject_id": str(new_id())}
    session.add(AuditEntry(at=clock.now(), facts=facts, **kept))
    session.commit()
    assert "Published the questionnaire his-fault 3." in admin.get("/administration/log").text
