"""Who is told that something looks like one problem at many places."""

from flask import Flask
from sqlalchemy import select

from portal.core.actor import Role
from portal.incidents import messages
from portal.incidents.mail import write_suspicion
from portal.outbox.models import OutboxMessage
from portal.ui import languages
from tests.factories import an_agent
from tests.portal.incidents.scene import Scene


def queued(scene: Scene) -> list[OutboxMessage]:
    return list(scene.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == messages.SUSPECTED)))


def test_the_leads_are_told_once_with_the_place_in_their_language(app: Flask, scene: Scene) -> None:
    lead = an_agent(scene.session, "Li Na", role=Role.ADMIN)
    scene.report_all()
    scene.look()
    scene.look(minutes_later=1)
    (row,) = queued(scene)
    assert row.person_id == lead.person_id
    with app.app_context(), languages.reading_as("en", "Asia/Shanghai"):
        mail = write_suspicion(scene.session, row)
    assert mail is not None
    assert mail.subject.startswith("Perhaps one problem: HIS · Writing orders")
    assert "10 organisations report the same" in mail.text
    assert "http://localhost/desk/surges" in mail.text


def test_nobody_is_told_of_what_is_quiet_again(app: Flask, scene: Scene) -> None:
    an_agent(scene.session, "Li Na", role=Role.ADMIN)
    scene.report_all()
    scene.look()
    scene.look(minutes_later=60)
    (row,) = queued(scene)
    with app.app_context(), languages.reading_as("en", "Asia/Shanghai"):
        assert write_suspicion(scene.session, row) is None
