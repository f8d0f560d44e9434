"""Between declaring an incident and publishing its notice: the desk sees what is joined, customers nothing of it."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import Agent, Contact
from portal.core.db import Database
from portal.incidents import services
from portal.incidents.models import IncidentUpdate
from portal.notices.models import Notice, NoticeState
from portal.tickets.models import Ticket, TicketState
from tests.portal.desk.scene import statements
from tests.portal.incidents.scene import Scene

As = Callable[[Contact | Agent], FlaskClient]


@pytest.fixture
def joined(scene: Scene, as_: As) -> tuple[Notice, list[Ticket]]:
    """Let ten hospitals report it, and declare it; return the drafted notice, with their tickets."""
    tickets = scene.report_all()
    (surge,) = scene.look()
    scene.session.commit()
    sent = {"next_by": "18:00", "once": "d" * 32}
    assert as_(scene.agent).post(f"/desk/surges/{surge.id}/declare", data=sent).status_code == 303
    scene.session.expire_all()
    return scene.session.scalars(select(Notice)).one(), tickets


def test_a_joined_ticket_shows_the_notice_that_is_being_written(
    scene: Scene, as_: As, joined: tuple[Notice, list[Ticket]]
) -> None:
    notice, tickets = joined
    page = as_(scene.agent).get(f"/desk/tickets/{tickets[0].reference}").text
    assert "The notice about it" in page
    assert "Problem reported by several customers" in page
    assert f"/desk/notices/{notice.code}/tickets" in page
    assert "It is not out yet" in page


def test_the_notice_that_is_being_written_leads_to_its_tickets(
    scene: Scene, as_: As, joined: tuple[Notice, list[Ticket]]
) -> None:
    notice, tickets = joined
    desk = as_(scene.agent)
    assert "10 open tickets" in desk.get(f"/desk/notices/{notice.code}").text
    page = desk.get(f"/desk/notices/{notice.code}/tickets").text
    assert all(each.reference in page for each in tickets)
    assert "The notice is not out yet" in page


def test_its_page_begins_the_first_answer_with_what_they_were_promised(
    scene: Scene, as_: As, joined: tuple[Notice, list[Ticket]]
) -> None:
    notice, _ = joined
    page = as_(scene.agent).get(f"/desk/notices/{notice.code}/tickets").text
    assert "You hear from us again by today 18:00." in page
    assert 'value="18:00"' in page


def test_one_answer_reaches_all_of_them_before_the_notice_is_out(
    scene: Scene, as_: As, database: Database, joined: tuple[Notice, list[Ticket]]
) -> None:
    notice, tickets = joined
    sent = {"body_en": "We see it. You hear from us by 18:00.", "next_by": "18:00", "once": "a" * 32}
    assert as_(scene.agent).post(f"/desk/notices/{notice.code}/tickets/update", data=sent).status_code == 303
    update = scene.session.scalars(select(IncidentUpdate)).one()
    services.tell_all(database, {"update": str(update.id)})
    scene.session.expire_all()
    assert notice.state == NoticeState.DRAFT
    for contact, ticket in zip(scene.contacts, tickets, strict=True):
        assert "You hear from us by 18:00." in as_(contact).get(f"/tickets/{ticket.reference}").text


def test_customers_see_nothing_of_it(
    scene: Scene, as_: As, database: Database, joined: tuple[Notice, list[Ticket]]
) -> None:
    notice, tickets = joined
    services.write_update(
        scene.session, notice.id, {"en": "We see it."}, by=scene.actor(scene.agent), at=tickets[0].opened_at
    )
    update = scene.session.scalars(select(IncidentUpdate)).one()
    scene.session.commit()
    services.tell_all(database, {"update": str(update.id)})
    customer = as_(scene.contacts[0])
    for path in (f"/tickets/{tickets[0].reference}", f"/tickets/{tickets[0].reference}/received", "/notices", "/"):
        page = customer.get(path).text
        assert notice.code not in page, path
        assert "Problem reported by several customers" not in page, path
    assert customer.get(f"/notices/{notice.code}").status_code == 404


def test_what_is_solved_before_anybody_read_of_it_needs_no_notice(
    scene: Scene, as_: As, database: Database, joined: tuple[Notice, list[Ticket]]
) -> None:
    notice, tickets = joined
    sent = {"cause_en": "A full disk.", "fix_en": "We made room.", "prevention_en": "We watch it.", "once": "a" * 32}
    assert as_(scene.agent).post(f"/desk/notices/{notice.code}/tickets/solved", data=sent).status_code == 303
    services.tell_all(database, {"update": str(scene.session.scalars(select(IncidentUpdate)).one().id)})
    scene.session.expire_all()
    assert {each.state for each in tickets} == {TicketState.RESOLVED}
    assert notice.state == NoticeState.DRAFT


def test_the_ticket_stays_within_its_statements(
    scene: Scene, as_: As, database: Database, joined: tuple[Notice, list[Ticket]]
) -> None:
    desk, path = as_(scene.agent), f"/desk/tickets/{joined[1][0].reference}"
    desk.get(path)
    assert statements(database, lambda: desk.get(path)) <= 12


def test_a_draft_that_was_given_up_says_so(scene: Scene, as_: As, joined: tuple[Notice, list[Ticket]]) -> None:
    notice, tickets = joined
    desk = as_(scene.agent)
    assert desk.post(f"/desk/notices/{notice.code}/discard", data={"once": "g" * 32}).status_code == 303
    for path in (f"/desk/tickets/{tickets[0].reference}", f"/desk/notices/{notice.code}/tickets"):
        page = desk.get(path).text
        assert "Its draft was given up" in page
        assert "not out yet" not in page
