"""The page of a ticket."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from portal.agreements import shipped
from portal.agreements.services import save_policy
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.core.db import Database
from portal.tickets import services
from portal.tickets.models import Audience, EventKind, Priority, Ticket, TicketState, WaitReason
from portal.tickets.services import recording
from tests.portal.tickets.cast import Cast, SignInAs, a_ticket


def test_it_shows_who_has_it_and_by_when(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    page = as_(cast.tang).get(f"/tickets/{ticket.reference}")
    assert page.status_code == 200
    assert "A person answers by" in page.text
    assert '<time datetime="2026-04-21T02:17:00+00:00">10:17</time>' in page.text
    assert ticket.reference in page.text


def test_a_note_is_nowhere_on_it(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    services.add_note(cast.session, ticket, body="canary-7731", by=cast.actor(cast.agent), at=clock.now())
    cast.session.commit()
    assert "canary-7731" not in as_(cast.tang).get(f"/tickets/{ticket.reference}").text


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
@pytest.mark.parametrize("state", list(TicketState))
@pytest.mark.slow
def test_every_state_has_a_page_in_every_language(cast: Cast, as_: SignInAs, state: TicketState, locale: str) -> None:
    ticket = a_ticket(cast)
    bring_to(cast, ticket, state)
    browser = as_(cast.tang)
    browser.set_cookie("locale", locale)
    page = browser.get(f"/tickets/{ticket.reference}")
    assert page.status_code == 200
    assert ticket.reference in page.text


def bring_to(cast: Cast, ticket: Ticket, state: TicketState) -> None:
    """Bring a ticket to a state by the way that leads there."""
    agent, customer, at = cast.actor(cast.agent), cast.actor(cast.tang), clock.now()
    if state in (TicketState.RESOLVED, TicketState.CLOSED):
        services.resolve(cast.session, ticket, resolution=RESOLUTION, by=agent, at=at)
        if state == TicketState.CLOSED:
            services.confirm(cast.session, ticket, by=customer, at=at)
    elif state != TicketState.NEW:
        change = services.StateChange(
            to=state,
            words="What did you press?" if state == TicketState.WAITING_CUSTOMER else "",
            reason=WaitReason.REVIEW if state == TicketState.WAITING_INTERNAL else None,
            fix_version="5.6.3" if state == TicketState.FIX_SCHEDULED else "",
            parent_id=a_ticket(cast).id if state == TicketState.DUPLICATE else None,
        )
        services.change_state(cast.session, ticket, change=change, by=agent, at=at)
    cast.session.commit()


RESOLUTION = services.Resolution("A key switched the input method.", "Press {key:F7} once.", "5.6.3 shows the method.")


def test_every_kind_of_entry_has_words(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    by, at = cast.actor(cast.agent), clock.now()
    facts = {"state": "in_progress", "to": "P2", "contact_id": "x", "fix_version": "5.6.3", "has_work_stopped": True,
             "next_due_at": at.isoformat(), "number": 1}  # fmt: skip
    for kind in EventKind:
        happening = recording.Happening(kind, Audience.CUSTOMER, "" if kind == "resolved" else "words", facts)
        recording.record(cast.session, ticket, happening, by=by, at=at)
    cast.session.commit()
    assert as_(cast.tang).get(f"/tickets/{ticket.reference}").status_code == 200


def test_a_stranger_gets_404(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    assert as_(cast.stranger).get(f"/tickets/{ticket.reference}").status_code == 404


def test_a_colleague_who_sees_only_their_own_gets_404(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    assert as_(cast.colleague).get(f"/tickets/{ticket.reference}").status_code == 404


def test_the_manager_of_the_organisation_sees_it(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    assert as_(cast.manager).get(f"/tickets/{ticket.reference}").status_code == 200


def test_a_missing_one_answers_as_a_strangers(cast: Cast, as_: SignInAs) -> None:
    assert as_(cast.tang).get("/tickets/T-2026-999999").status_code == 404


def test_an_agent_is_sent_away(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    assert as_(cast.agent).get(f"/tickets/{ticket.reference}").status_code == 403


def test_signed_out_goes_to_sign_in(cast: Cast, client: FlaskClient) -> None:
    ticket = a_ticket(cast)
    page = client.get(f"/tickets/{ticket.reference}")
    assert page.status_code == 303
    assert page.location.startswith("/sign-in")


def test_nothing_new_is_204(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    page = as_(cast.tang).get(f"/tickets/{ticket.reference}?since=1", headers={"HX-Request": "true"})
    assert page.status_code == 204


def test_what_is_new_comes_as_pieces(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    update = services.Update("We found the cause.")
    services.add_update(cast.session, ticket, update=update, by=cast.actor(cast.agent), at=clock.now())
    cast.session.commit()
    page = as_(cast.tang).get(f"/tickets/{ticket.reference}?since=1", headers={"HX-Request": "true"})
    assert page.status_code == 200
    assert "We found the cause." in page.text
    assert "<html" not in page.text
    assert "since=2" in page.text


def test_a_note_is_nothing_new(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    services.add_note(cast.session, ticket, body="inside", by=cast.actor(cast.agent), at=clock.now())
    cast.session.commit()
    page = as_(cast.tang).get(f"/tickets/{ticket.reference}?since=1", headers={"HX-Request": "true"})
    assert page.status_code == 204


def test_a_stranger_who_polls_gets_404(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    page = as_(cast.stranger).get(f"/tickets/{ticket.reference}?since=1", headers={"HX-Request": "true"})
    assert page.status_code == 404


@pytest.mark.parametrize("rows", [0, 1, 20])
def test_it_costs_nine_statements_however_long_it_is(cast: Cast, as_: SignInAs, database: Database, rows: int) -> None:
    ticket = a_ticket(cast)
    add_updates(cast, ticket, rows)
    browser = as_(cast.tang)
    assert statements(database, lambda: browser.get(f"/tickets/{ticket.reference}")) <= 9


def test_a_long_timeline_comes_in_parts(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    add_updates(cast, ticket, 35)
    browser = as_(cast.tang)
    first = browser.get(f"/tickets/{ticket.reference}").text
    assert "Update number 34." in first
    assert "Update number 1." not in first
    assert "Update number 1." in browser.get(f"/tickets/{ticket.reference}?before=7").text


def test_a_late_update_says_sorry(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    at = clock.now() + timedelta(minutes=22)
    update = services.Update("We were on the phone.")
    services.add_update(cast.session, ticket, update=update, by=cast.actor(cast.agent), at=at)
    cast.session.commit()
    page = as_(cast.tang).get(f"/tickets/{ticket.reference}").text
    assert "We promised 10:17. It came at 10:24, 7 minutes late." in page
    assert "We are sorry that you had to wait." in page
    assert "1 fell due, 0 kept, 1 late" in page


def test_a_missed_promise_gives_a_new_time(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    services.settle_due(cast.session, at=clock.now() + timedelta(minutes=16))
    cast.session.commit()
    page = as_(cast.tang).get(f"/tickets/{ticket.reference}").text
    assert "We promised to write by 10:17, and we have not." in page
    assert "You hear from us by today 11:18." in page


def test_a_resolution_shows_cause_fix_and_prevention(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    bring_to(cast, ticket, TicketState.RESOLVED)
    page = as_(cast.tang).get(f"/tickets/{ticket.reference}").text
    assert '<kbd class="key">F7</kbd>' in page
    assert "5.6.3 shows the method." in page
    assert "It works, close it" in page


def add_updates(cast: Cast, ticket: Ticket, count: int) -> None:
    """Let an agent write often."""
    for number in range(count):
        update = services.Update(f"Update number {number}.")
        at = clock.now() + timedelta(seconds=number)
        services.add_update(cast.session, ticket, update=update, by=cast.actor(cast.agent), at=at)
    cast.session.commit()


def statements(database: Database, act: Callable[[], object]) -> int:
    """Count the statements that reading sends to the database."""
    seen: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(database.reader, "before_cursor_execute", listen)
    try:
        act()
    finally:
        event.remove(database.reader, "before_cursor_execute", listen)
    return len(seen)


@pytest.mark.parametrize(
    ("locale", "usual", "by_priority"),
    [
        ("en", "The times follow our usual promise.", "The times follow our promise by priority."),
        ("zh_Hans", "时间按我们的通常承诺。", "时间按优先级承诺。"),
        ("zh_Hant", "時間按我們的通常承諾。", "時間按優先級承諾。"),
    ],
)
def test_the_page_says_which_policy_applies(
    cast: Cast, as_: SignInAs, locale: str, usual: str, by_priority: str
) -> None:
    before = a_ticket(cast)
    (policy,) = (each for each in shipped.POLICIES if each.name == "by_priority")
    save_policy(cast.session, replace(policy, is_on=True), by=SYSTEM, at=clock.now())
    cast.session.commit()
    after = a_ticket(cast, severity=Priority.P2)
    browser = as_(cast.tang)
    browser.set_cookie("locale", locale)
    assert usual in browser.get(f"/tickets/{before.reference}").text
    assert by_priority in browser.get(f"/tickets/{after.reference}").text
