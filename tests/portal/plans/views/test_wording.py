"""The phrasebook is asked before customers read anything in an emergency, and it costs one more press."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import Agent, Contact
from portal.core.models import TypedText
from portal.phrasebook.models import KeptTerm
from portal.plans import services
from portal.plans.models import AfterAction, Emergency, EmergencyEntry, EntryKind, Mode
from portal.tickets.models import Ticket
from tests.portal.plans.scene import Scene

As = Callable[[Contact | Agent], FlaskClient]
JARGON = "接口超时，已回滚，清缓存"
PLAIN = "等了太久没有回应，已退回昨天的版本"
WHY = "Their engineers asked for it"


def said(scene: Scene, kind: EntryKind) -> list[str]:
    found = select(TypedText.body).join(EmergencyEntry, EmergencyEntry.text_id == TypedText.id)
    return list(scene.session.scalars(found.where(EmergencyEntry.kind == kind).order_by(EmergencyEntry.seq)))


def running(scene: Scene, mode: Mode) -> Emergency:
    scene.join(scene.it_head)
    emergency = scene.start(mode)
    scene.session.commit()
    return emergency


def first(scene: Scene, mode: str, **values: str) -> dict[str, str]:
    ticket = scene.ticket()
    scene.session.commit()
    return {"plan": str(scene.plan.id), "mode": mode, "reference": ticket.reference, "words": JARGON, **values}


@pytest.mark.parametrize("mode", ["real", "joint"])
def test_the_first_words_wait_for_one_more_press_and_are_sent_in_plain_words(scene: Scene, as_: As, mode: str) -> None:
    browser, body = as_(scene.lead), first(scene, mode)
    asked = browser.post("/desk/emergencies", data=body)
    assert asked.status_code == 422
    assert "Start with the plain words" in asked.text
    assert JARGON in asked.text
    assert scene.session.scalars(select(Emergency)).all() == []
    assert browser.post("/desk/emergencies", data={**body, "wording": "instead"}).status_code == 303
    assert said(scene, EntryKind.STARTED)[0].startswith(PLAIN)


@pytest.mark.parametrize("mode", [Mode.REAL, Mode.JOINT])
def test_what_customers_are_told_waits_for_one_more_press(scene: Scene, as_: As, mode: Mode) -> None:
    emergency, browser = running(scene, mode), as_(scene.teller)
    at = f"/desk/emergencies/{emergency.id}/told"
    asked = browser.post(at, data={"words": JARGON})
    assert asked.status_code == 422
    assert "Tell them with the plain words" in asked.text
    assert JARGON in asked.text
    assert said(scene, EntryKind.TOLD) == []
    assert browser.post(at, data={"words": JARGON, "wording": "instead"}).status_code == 303
    assert said(scene, EntryKind.TOLD)[0].startswith(PLAIN)


def test_words_in_another_language_are_looked_at_too(scene: Scene, as_: As) -> None:
    emergency = running(scene, Mode.REAL)
    answer = as_(scene.teller).post(
        f"/desk/emergencies/{emergency.id}/told", data={"words": "All is well.", "words_zh_Hans": JARGON}
    )
    assert answer.status_code == 422


def test_terms_that_stay_are_noted_with_the_reason_on_the_ticket(scene: Scene, as_: As) -> None:
    emergency, body = running(scene, Mode.REAL), {"words": JARGON, "kept_because": WHY}
    assert as_(scene.teller).post(f"/desk/emergencies/{emergency.id}/told", data=body).status_code == 303
    assert said(scene, EntryKind.TOLD) == [JARGON]
    kept = {each.term: each.ticket_id for each in scene.session.scalars(select(KeptTerm))}
    assert kept.keys() >= {"接口超时", "回滚"}
    assert set(kept.values()) == {emergency.ticket_id}


def test_terms_that_stay_in_a_joint_drill_stand_in_its_log(scene: Scene, as_: As) -> None:
    emergency, body = running(scene, Mode.JOINT), {"words": JARGON, "kept_because": WHY}
    assert as_(scene.teller).post(f"/desk/emergencies/{emergency.id}/told", data=body).status_code == 303
    assert said(scene, EntryKind.NOTED)[0].endswith(WHY)


def test_in_a_closed_drill_nobody_outside_reads_so_nothing_is_asked(scene: Scene, as_: As) -> None:
    emergency = running(scene, Mode.CLOSED)
    assert as_(scene.teller).post(f"/desk/emergencies/{emergency.id}/told", data={"words": JARGON}).status_code == 303


@pytest.mark.parametrize("field", ["summary", "cause", "prevention", "action_1"])
def test_what_was_learned_is_looked_at_in_every_field_that_customers_read(scene: Scene, as_: As, field: str) -> None:
    emergency = running(scene, Mode.REAL)
    services.end(scene.session, emergency, by=scene.actor(scene.lead), at=scene.later(5))
    scene.session.commit()
    browser, at = as_(scene.lead), f"/desk/emergencies/{emergency.id}"
    assert browser.get(at).text.count("Customers read it.") == 3
    body = {"cause": "The disk", "prevention": "Watch it", "summary": "All is well", "due_1": "2026-04-30"}
    body |= {"action_1": "Buy a disk", field: JARGON}
    assert browser.post(f"{at}/lessons", data=body).status_code == 422
    assert scene.session.scalars(select(AfterAction)).all() == []
    assert browser.post(f"{at}/lessons", data={**body, "kept_because": WHY}).status_code == 303
    assert scene.session.scalars(select(KeptTerm)).all()


def test_a_ticket_that_could_wait_reads_its_reason_in_plain_words(scene: Scene, as_: As) -> None:
    ticket = scene.ticket()
    ticket.priority = ticket.priority.P3
    scene.session.commit()
    body = {"plan": str(scene.plan.id), "mode": "real", "reference": ticket.reference, "words": "We are on it."}
    assert as_(scene.lead).post("/desk/emergencies", data=body).status_code == 303
    scene.session.expire_all()
    assert scene.session.get_one(Ticket, ticket.id).because
