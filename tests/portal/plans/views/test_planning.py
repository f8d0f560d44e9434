"""Writing plans, and what organisations see of them."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import Agent, Contact
from portal.outbox.worker import Worker
from portal.plans import services
from portal.plans.models import EmergencyPlan, Mode, PlanContact
from portal.plans.services import Lessons
from tests.portal.plans.scene import Scene

As = Callable[[Contact | Agent], FlaskClient]
ONCE = {"once": "a" * 32}


def body(scene: Scene, **values: str) -> dict[str, str]:
    return {
        **ONCE,
        "name": "Everything is slow",
        "incident_class": "slow",
        "assembly": "１５",
        "cadence": "30",
        "teller": str(scene.teller.id),
        "duty_1": "Leads",
        "who_1": str(scene.lead.id),
        "next_1": str(scene.substitute.id),
        "steps": "5 Call the IT head\n２０　换到备用数据库，再看一遍",
        **values,
    }


def test_an_admin_writes_a_plan_and_everybody_in_support_reads_it(scene: Scene, as_: As) -> None:
    answer = as_(scene.admin).post("/desk/plans/new", data=body(scene))
    plan = scene.session.scalars(select(EmergencyPlan).where(EmergencyPlan.name == "Everything is slow")).one()
    assert answer.location == f"/desk/plans/{plan.id}"
    page = as_(scene.lead).get(f"/desk/plans/{plan.id}").text
    for words in ("Tells the customers", "Leads", "Zhao Gang", "换到备用数据库，再看一遍", "20 minutes"):
        assert words in page


def test_one_for_an_organisation_names_its_contacts(scene: Scene, as_: As) -> None:
    path = f"/desk/plans/new?organisation={scene.hospital.id}"
    assert "Tang Xiuying" in as_(scene.admin).get(path).text
    as_(scene.admin).post(path, data=body(scene, contacts=str(scene.it_head.id)))
    plan = scene.session.scalars(select(EmergencyPlan).where(EmergencyPlan.name == "Everything is slow")).one()
    assert plan.organisation_id == scene.hospital.id
    assert scene.session.get(PlanContact, (plan.id, scene.it_head.id)) is not None
    assert "Everything is slow" in as_(scene.lead).get(f"/desk/organisations/{scene.hospital.id}").text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Enter a name."),
        ("teller", "", "Choose one person who tells the customers."),
        ("assembly", "soon", "Enter minutes, from 1 to 240."),
        ("cadence", "0", "Enter minutes, from 1 to 1440."),
        ("who_1", "", "Choose who does this."),
        ("steps", "Call the hospital", "Look at line 1. Write the minutes, then what is done"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(scene: Scene, as_: As, field: str, typed: str, said: str) -> None:
    answer = as_(scene.admin).post("/desk/plans/new", data=body(scene, **{field: typed}))
    assert answer.status_code == 422
    assert said in answer.text
    assert "换到备用数据库" in answer.text or field == "steps"


def test_whoever_tells_the_customers_can_not_do_something_else(scene: Scene, as_: As) -> None:
    answer = as_(scene.admin).post("/desk/plans/new", data=body(scene, who_1=str(scene.teller.id)))
    assert answer.status_code == 422
    assert "Whoever tells the customers does nothing else." in answer.text


def test_a_plan_is_changed_as_it_stands(scene: Scene, as_: As) -> None:
    path = f"/desk/plans/{scene.plan.id}/edit"
    assert "20 Switch to the spare database" in as_(scene.admin).get(path).text
    assert as_(scene.admin).post(path, data=body(scene)).status_code == 303
    assert "Everything is slow" in as_(scene.lead).get("/desk/plans").text


def test_others_in_support_write_none(scene: Scene, as_: As) -> None:
    assert as_(scene.lead).get("/desk/plans/new").status_code == 403


def test_a_contact_says_for_themselves_whether_drills_reach_them(scene: Scene, as_: As) -> None:
    browser, path = as_(scene.nurse), f"/emergency-plans/{scene.plan.id}/drills"
    assert "reach you unless you want them to." in browser.get("/emergency-plans").text
    assert browser.post(f"{path}/in", data=ONCE).status_code == 303
    assert "joint drills reach you" in browser.get("/emergency-plans").text
    browser.post(f"{path}/out", data=ONCE)
    link = scene.session.get_one(PlanContact, (scene.plan.id, scene.nurse.id))
    scene.session.refresh(link)
    assert link.joins_drills_at is None


def test_nobody_joins_for_a_plan_that_does_not_name_them(scene: Scene, as_: As) -> None:
    assert as_(scene.stranger).post(f"/emergency-plans/{scene.plan.id}/drills/in", data=ONCE).status_code == 404
    assert "No plan is agreed with your organisation yet." in as_(scene.stranger).get("/emergency-plans").text


def test_what_was_learned_is_read_and_printed(scene: Scene, as_: As) -> None:
    emergency, by = scene.start(Mode.REAL), scene.actor(scene.lead)
    services.end(scene.session, emergency, by=by, at=scene.later(5))
    wanted = Lessons("The disk was full.", "It is watched now.", "All is well again.")
    services.look_back(scene.session, emergency, lessons=wanted, by=by, at=scene.later(9))
    scene.session.commit()
    browser, path = as_(scene.it_head), f"/emergencies/{emergency.id}"
    assert "All is well again." in browser.get(path).text
    assert browser.get(f"{path}/paper").location == path
    assert browser.post(f"{path}/paper").status_code == 303
    worker = Worker(browser.application)
    while worker.turn():
        pass
    assert "Open the PDF" in browser.get(path).text
    with browser.get(f"{path}/paper") as paper:
        assert paper.data.startswith(b"%PDF")
    assert as_(scene.stranger).get(path).status_code == 404
