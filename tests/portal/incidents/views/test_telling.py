"""What somebody reads who begins to report what many report."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from intake.loading import load_file
from portal.accounts.models import Agent, Contact
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.notices.models import Notice, NoticeState
from portal.questionnaires import services as questionnaires
from portal.questionnaires.shipped import SHIPPED
from tests.portal.incidents.scene import Scene

As = Callable[[Contact | Agent], FlaskClient]
HOLDING = "Several customers report this; we are on it. Next update by 18:00"


@pytest.fixture
def declared(scene: Scene, as_: As) -> None:
    """Declare what ten hospitals have reported."""
    for each in SHIPPED:
        questionnaires.publish(scene.session, load_file(Path(each)), by=SYSTEM, at=clock.now())
    scene.report_all()
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
def test_once_the_notice_is_out_they_are_led_to_it(scene: Scene, as_: As) -> None:
    notice = scene.session.query(Notice).one()
    notice.state, notice.revision_number = NoticeState.ACTIVE, 1
    page = begin(as_(scene.contacts[0]))
    assert HOLDING not in page
    assert f"/notices/{notice.code}" in page


@pytest.mark.usefixtures("declared")
def test_a_time_that_has_passed_is_not_said_again(scene: Scene, as_: As) -> None:
    from sqlalchemy import update

    from portal.incidents.models import Surge

    scene.session.execute(update(Surge).values(next_update_at=clock.now()))
    page = begin(as_(scene.contacts[0]))
    assert "The update is later than we said. We are sorry" in page


def test_nobody_reads_of_what_is_only_suspected(scene: Scene, as_: As) -> None:
    for each in SHIPPED:
        questionnaires.publish(scene.session, load_file(Path(each)), by=SYSTEM, at=clock.now())
    scene.report_all()
    scene.look()
    assert "Several customers report this" not in begin(as_(scene.contacts[0]))
