"""The log as an auditor reads it: each change from what to what, the newest first, found by words, kind and person."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Installation, Organisation, Person
from portal.administration.views import auditing
from portal.agreements.queries import policy_named
from portal.agreements.services import save_policy
from portal.catalogue.models import Module, Release
from portal.core import clock
from portal.core.actor import Actor, Role
from portal.core.models import AuditEntry
from portal.teams.models import Team
from tests import factories
from tests.portal.administration.sending import Work, taken_in

LOG = "/administration/log"


@pytest.fixture
def hospital(session: Session) -> Organisation:
    """Return an organisation, beside a product with a module."""
    factories.a_product(session, "his", orders="Writing orders")
    return factories.an_organisation(session, "Gulou Hospital", code="K-7")


def facts_of(session: Session, action: str) -> dict[str, Any]:
    """Return the facts of the last deed of a kind."""
    rows = select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id.desc())
    session.expire_all()
    return session.execute(rows.limit(1)).scalar_one().facts


def test_a_list_is_told_with_its_kind_and_what_became_of_its_rows(
    admin: FlaskClient, work: Work, session: Session
) -> None:
    taken_in(admin, work, "organisations", "code,name\nK-1,Qinghe\nK-2,Songlin\nK-3\n")
    page = admin.get(LOG).text
    assert "A list was taken in: <a href=" in page
    assert ">Organisations</a>." in page
    assert "Rows: 3 · Added: 2 · Changed: 0 · Already so: 0 · Refused: 1" in page
    for asked in ("what=organisation", "what=list_import", "words=taken+in", "words=TAKEN", "who=Li"):
        assert "A list was taken in" in admin.get(f"{LOG}?{asked}").text, asked
    for asked in ("what=contact", "words=nowhere", "who=Nobody"):
        assert "A list was taken in" not in admin.get(f"{LOG}?{asked}").text, asked


def test_each_row_that_changes_something_is_told_as_if_by_hand(
    admin: FlaskClient, work: Work, session: Session, hospital: Organisation
) -> None:
    contact = factories.a_contact(session, hospital, email="tang@hospital.example")
    taken_in(admin, work, "organisations", "code,name,tier\nK-7,Gulou Hospital,gold\n")
    assert facts_of(session, "change-organisation") == {"changes": {"tier": ["standard", "gold"]}}
    body = "organisation,name,email,role,see_scope\nK-7,Tang Li,tang@hospital.example,manager,organisation\n"
    taken_in(admin, work, "contacts", body)
    facts = {"fields": ["name"], "role": ["contact", "manager"], "sees": ["own", "organisation"]}
    assert facts_of(session, "change-contact") == facts
    page = admin.get(LOG).text
    assert f'<a href="/administration/contacts/{contact.id}">Tang Li</a>' in page
    assert "Changed: Name · Now also manages people and installations" in page


def test_whom_a_list_is_by_is_who_had_it_taken_in(
    admin: FlaskClient, work: Work, session: Session, signed_in: Callable[[Person], FlaskClient]
) -> None:
    agent = factories.an_agent(session, "Wang Admin", role=Role.ADMIN)
    other = signed_in(session.get_one(Person, agent.person_id))
    session.commit()
    answer = taken_in(admin, work, "organisations", "code,name\nK-1,Qinghe\n")
    assert answer.added == 1
    body = "code,name\nK-2,Songlin\n"
    row = taken_in(other, work, "organisations", body)
    assert str(row.id)[-12:] in admin.get(f"{LOG}?who=Wang").text


def test_a_line_is_found_by_what_stood_there_before(admin: FlaskClient, session: Session) -> None:
    hospital = factories.an_organisation(session, "清河医院", code="K-9")
    typed = {"name": "松林医院", "code": "K-9", "tier": "gold", "time_zone": "Asia/Shanghai", "locale": "zh_Hans"}
    assert admin.post(f"/administration/organisations/{hospital.id}", data=typed).status_code == 303
    for words in ("清河", "松林", "GOLD"):
        assert "Changed the organisation" in admin.get(LOG, query_string={"words": words}).text, words
    assert "Changed the organisation" not in admin.get(LOG, query_string={"words": "100%"}).text


def test_the_newest_stands_first_whenever_it_was_written(admin: FlaskClient, session: Session) -> None:
    hospital = factories.an_organisation(session, "Gulou")
    for days in (0, 30, 10):
        kept = {"action": "close-organisation", "subject_kind": "organisation", "subject_id": str(hospital.id)}
        session.add(AuditEntry(at=clock.now() - timedelta(days=days), facts={"rows": days}, **kept))
        session.flush()
    session.commit()
    page = admin.get(LOG).text
    assert page.index("Rows: 0") < page.index("Rows: 10") < page.index("Rows: 30")


def test_pages_go_on_where_the_one_before_ended(admin: FlaskClient, session: Session) -> None:
    hospital = factories.an_organisation(session, "Gulou")
    for number in range(70):
        kept = {"action": "close-organisation", "subject_kind": "organisation", "subject_id": str(hospital.id)}
        at = clock.now() - timedelta(minutes=(number * 37) % 70 // 2)
        session.add(AuditEntry(at=at, facts={"rows": number}, **kept))
        session.flush()
    session.commit()
    first = admin.get(LOG).text
    older = first.rpartition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    both = first + admin.get(older).text
    assert all(both.count(f"Rows: {number}</span>") == 1 for number in range(70))


def test_what_a_contact_is_called_is_never_quoted(admin: FlaskClient, session: Session, hospital: Organisation) -> None:
    contact: Contact = factories.a_contact(session, hospital, name="Tang Xiuying", email="canary@hospital.example")
    typed = {"name": "Tang Li", "email": "other@hospital.example", "role": "contact", "see_scope": "own"}
    assert admin.post(f"/administration/contacts/{contact.id}", data=typed).status_code == 303
    facts = facts_of(session, "change-contact")
    assert {"email", "name"} <= set(facts.pop("fields"))
    assert facts == {}
    before = len(session.scalars(select(AuditEntry)).all())
    assert admin.post(f"/administration/contacts/{contact.id}", data=typed).status_code == 303
    assert len(session.scalars(select(AuditEntry)).all()) == before


def test_an_agents_limits_are_told_from_what_to_what(
    admin: FlaskClient, session: Session, hospital: Organisation
) -> None:
    agent: Agent = factories.an_agent(session, "Chen Li", email="chen@vendor.example")
    wards = Team(name="Wards", made_at=clock.now())
    session.add(wards)
    session.commit()
    typed = {"name": "Chen Li", "email": "chen@vendor.example", "role": "admin", "teams": str(wards.id)}
    sent = {**typed, "products": "his", "organisations": "Gulou Hospital"}
    assert admin.post(f"/administration/agents/{agent.id}", data=sent).status_code == 303
    changes = {"teams": [[], ["Wards"]], "products": [[], ["his"]], "organisations": [[], ["K-7"]]}
    facts = facts_of(session, "change-agent")
    assert (facts["changes"], facts["role"]) == (changes, ["agent", "admin"])
    page = admin.get(LOG).text
    assert "Teams: Wards" in page
    assert "Now may also set the portal up" in page


def test_names_installations_and_releases_are_told_from_what_to_what(
    admin: FlaskClient, session: Session, hospital: Organisation
) -> None:
    names = {"name_en": "Orders", "name_zh_Hans": "医嘱", "name_zh_Hant": "醫囑"}
    assert admin.post("/administration/modules/his:orders", data=names).status_code == 303
    assert session.scalars(select(Module.names)).one()["zh_Hans"] == "医嘱"
    runs: Installation = factories.an_installation(session, hospital, factories.a_product(session, "emr"), "1.0")
    release = Release(product_code="his", version="5.6", published_at=clock.now())
    session.add(release)
    session.commit()
    sent = {"product": "emr", "version": "2.0", "site": runs.site, "modules": ""}
    assert admin.post(f"/administration/installations/{runs.id}", data=sent).status_code == 303
    assert facts_of(session, "change-installation")["changes"] == {"version": ["1.0", "2.0"]}
    sent = {"product": "his", "version": "5.6", "published_on": "2026-04-30"}
    assert admin.post(f"/administration/releases/{release.id}", data=sent).status_code == 303
    assert facts_of(session, "change-release")["changes"] == {"published_on": ["2026-04-21", "2026-04-30"]}
    page = admin.get(LOG).text
    assert "Name in English: Writing orders → Orders" in page
    assert "Version: 1.0 → 2.0" in page
    assert "Out since: 2026-04-21 → 2026-04-30" in page


def test_closing_what_is_closed_is_told_once(admin: FlaskClient, session: Session, hospital: Organisation) -> None:
    for _ in range(2):
        where = f"/administration/organisations/{hospital.id}/state"
        assert admin.post(where, data={"closed": "yes"}).status_code == 303
    assert session.scalars(select(AuditEntry.action)).all().count("close-organisation") == 1


def test_that_an_archive_of_somebody_was_made_is_told(
    admin: FlaskClient, session: Session, hospital: Organisation
) -> None:
    contact = factories.a_contact(session, hospital)
    session.commit()
    assert admin.post(f"/desk/people/{contact.person_id}/export").status_code == 303
    assert "Had made an archive of what is known of Tang Xiuying." in admin.get(f"{LOG}?what=person").text


def test_a_table_that_is_cut_says_so(
    admin: FlaskClient, session: Session, hospital: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auditing, "_MOST", 2)
    for closed in ("yes", "no", "yes"):
        admin.post(f"/administration/organisations/{hospital.id}/state", data={"closed": closed})
    lines = admin.get(f"{LOG}.csv").text.splitlines()
    assert len(lines) == 4
    assert "The table ends after 2 lines" in lines[-1]
    assert "The table ends" not in admin.get(f"{LOG}.csv?what=organisation&words=Opened").text


def test_a_line_is_found_in_the_language_it_is_read_in(
    admin: FlaskClient, session: Session, hospital: Organisation
) -> None:
    admin.post(f"/administration/organisations/{hospital.id}/state", data={"closed": "yes"})
    session.execute(update(Person).values(locale="zh_Hans"))
    session.commit()
    assert "关闭了客户单位" in admin.get(LOG, query_string={"words": "关闭"}).text


def test_a_policy_is_told_from_what_to_what(admin: FlaskClient, session: Session) -> None:
    before = policy_named(session, "by_priority")
    assert before is not None
    targets = replace(before.policy.targets, reply_working_minutes=20)
    conditions = replace(before.policy.conditions, tier=frozenset({"gold"}))
    is_on = not before.policy.is_on
    next_one = replace(before.policy, is_on=is_on, targets=targets, conditions=conditions)
    agent = session.scalars(select(Agent).where(Agent.role == Role.ADMIN)).one()
    by = Actor(person_id=agent.person_id, name="Li Admin", role=Role.ADMIN, agent_id=agent.id)
    save_policy(session, next_one, by=by, at=clock.now())
    session.commit()
    changes = {"is_on": [not is_on, is_on], "reply_working_minutes": [15, 20], "tier": [[], ["gold"]]}
    assert facts_of(session, "save-policy")["changes"] == changes
    page = admin.get(f"{LOG}?what=promise_policy").text
    assert "First answer, in working minutes: 15 → 20" in page
    assert "This policy applies: " in page


def test_an_invitation_is_told_with_its_organisation_and_without_whom_it_is_for(
    admin: FlaskClient, session: Session, hospital: Organisation
) -> None:
    guest = {"name": "Lin", "email": "lin@hospital.example", "role": "contact"}
    assert admin.post(f"/organisations/{hospital.id}/invitations", data=guest).status_code == 303
    assert "Invited somebody to Gulou Hospital." in admin.get(LOG).text
    assert "lin@" not in admin.get(f"{LOG}?what=invitation").text
