"""What somebody reads who begins to report what many report."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from intake.loading import load_file
from portal.accounts.models import Agent, Contact, Installation
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.incidents.models import Surge
from portal.notices.models import Notice, NoticeState
from portal.questionnaires import services as questionnaires
from portal.questionnaires.shipped import SHIPPED
from tests.factories import a_product
from tests.portal.incidents.scene import Scene

As = Callable[[Contact | Agent], FlaskClient]
HOLDING = "Several customers report problems with HIS · Writing orders; we are on it. Next update by 18:00"


@pytest.fixture
def declared(scene: Scene, as_: As) -> None:
    """Declare what ten hospitals have reported."""
    publish_all(scene)
    scene.report_all()
    declare(scene, as_)


def publish_all(scene: Scene) -> None:
    for each in SHIPPED:
        questionnaires.publish(scene.session, load_file(Path(each)), by=SYSTEM, at=clock.now())


def declare(scene: Scene, as_: As) -> None:
    surge = scene.look()[0]
    scene.session.commit()
    as_(scene.agent).post(f"/desk/surges/{surge.id}/declare", data={"once": "a" * 32, "next_by": "18:00"})


def begin(browser: FlaskClient) -> str:
    answer = browser.post("/interviews", data={"questionnaire": "his-fault", "once": "b" * 32}, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.usefixtures("declared")
def test_whoever_begins_a_report_reads_that_others_do(scene: Scene, as_: As) -> None:
    assert HOLDING in begin(as_(scene.contacts[0]))


@pytest.mark.usefixtures("declared")
def test_so_does_whoever_asks_for_help_now(scene: Scene, as_: As) -> None:
    assert HOLDING in as_(scene.contacts[0]).get("/emergency").text


@pytest.mark.usefixtures("declared")
def test_whoever_does_not_run_it_reads_nothing_of_it_until_they_name_it(scene: Scene, as_: As) -> None:
    a_product(scene.session, "pacs", {"en": "PACS"})
    scene.session.execute(update(Installation).values(product_code="pacs"))
    scene.session.commit()
    browser = as_(scene.contacts[0])
    assert "Several customers report" not in begin(browser)
    assert "Several customers report" not in browser.get("/emergency").text


def test_emergencies_of_which_nobody_knows_the_product_are_told_to_nobody_who_may_name_one(
    scene: Scene, as_: As
) -> None:
    publish_all(scene)
    for number in range(4):
        scene.report(number, product_code="", module_code="", fingerprint="", is_emergency=True)
    declare(scene, as_)
    browser = as_(scene.contacts[9])
    assert "Several customers report" not in browser.get("/emergency").text
    assert "Several customers report" not in begin(browser)


@pytest.mark.usefixtures("declared")
def test_once_the_notice_is_out_they_are_led_to_it(scene: Scene, as_: As) -> None:
    notice = scene.session.query(Notice).one()
    notice.state, notice.revision_number = NoticeState.ACTIVE, 1
    page = begin(as_(scene.contacts[0]))
    assert HOLDING not in page
    assert f"/notices/{notice.code}" in page


@pytest.mark.usefixtures("declared")
def test_a_time_that_has_passed_is_not_said_again(scene: Scene, as_: As) -> None:
    scene.session.execute(update(Surge).values(next_update_at=clock.now()))
    page = begin(as_(scene.contacts[0]))
    assert "The update is later than we said. We are sorry" in page


def test_nobody_reads_of_what_is_only_suspected(scene: Scene, as_: As) -> None:
    publish_all(scene)
    scene.report_all()
    scene.look()
    assert "Several customers report" not in begin(as_(scene.contacts[0]))
