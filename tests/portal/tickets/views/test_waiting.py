"""What a customer sees while a fix is on its way, and where their report goes on in another."""

import re
from datetime import date

import pytest

from portal.accounts.models import Contact
from portal.core import clock
from portal.tickets import services
from portal.tickets.models import Ticket, TicketState, WaitReason
from tests.portal.tickets.cast import Cast, SignInAs, a_ticket
from tests.portal.tickets.services.acts import move, update

_REACHED = re.compile(r'aria-current="step">(.*?)</li>')


def page(as_: SignInAs, who: Contact, ticket: Ticket) -> str:
    return as_(who).get(f"/tickets/{ticket.reference}").text


def reached(html: str) -> str:
    """Return the step of the way to the fix that is marked, or nothing."""
    found = _REACHED.search(html)
    return found[1] if found else ""


@pytest.mark.parametrize(("reason", "words"), [
    (WaitReason.VERIFYING, "Being checked"),
    (WaitReason.REVIEW, "In review"),
    (WaitReason.DEVELOPMENT, "With our developers"),
    (WaitReason.RELEASE, "Being packed"),
])  # fmt: skip
def test_each_reason_is_a_step_of_the_way_to_the_fix(cast: Cast, as_: SignInAs, reason: WaitReason, words: str) -> None:
    ticket = a_ticket(cast)
    move(cast, ticket, TicketState.WAITING_INTERNAL, reason=reason)
    assert words in reached(page(as_, cast.tang, ticket))


def test_a_planned_fix_names_its_version_and_its_day(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    move(cast, ticket, TicketState.FIX_SCHEDULED, fix_version="5.6.3", fix_on=date(2026, 12, 12))
    now = reached(page(as_, cast.tang, ticket))
    assert "5.6.3" in now
    assert "12 December" in now


def test_without_a_fix_on_its_way_there_is_no_such_view(cast: Cast, as_: SignInAs) -> None:
    ticket = a_ticket(cast)
    update(cast, ticket)
    assert reached(page(as_, cast.tang, ticket)) == ""


def test_a_duplicate_leads_to_the_other_report(cast: Cast, as_: SignInAs) -> None:
    ticket, other = a_ticket(cast), a_ticket(cast)
    move(cast, ticket, TicketState.DUPLICATE, parent_id=other.id)
    assert f'<a href="/tickets/{other.reference}">' in page(as_, cast.tang, ticket)


def test_a_colleagues_report_that_it_goes_on_in_is_theirs_to_read_too(cast: Cast, as_: SignInAs) -> None:
    ticket, other = a_ticket(cast), a_ticket(cast, by=cast.colleague, title="Printer in ward 3")
    assert as_(cast.tang).get(f"/tickets/{other.reference}").status_code == 404
    move(cast, ticket, TicketState.DUPLICATE, parent_id=other.id)
    shown = as_(cast.tang).get(f"/tickets/{ticket.reference}").text
    assert f'<a href="/tickets/{other.reference}">Printer in ward 3</a>' in shown
    assert as_(cast.tang).get(f"/tickets/{other.reference}").status_code == 200


def test_but_not_where_it_was_taken_back_from_them(cast: Cast, as_: SignInAs) -> None:
    ticket, other = a_ticket(cast), a_ticket(cast, by=cast.colleague, title="zz-theirs-zz")
    move(cast, ticket, TicketState.DUPLICATE, parent_id=other.id)
    by = cast.actor(cast.colleague)
    services.unshare(cast.session, other, contact_id=cast.tang.id, by=by, at=clock.now())
    cast.session.commit()
    shown = as_(cast.tang).get(f"/tickets/{ticket.reference}").text
    assert other.reference not in shown
    assert "zz-theirs-zz" not in shown


def test_a_follow_up_leads_to_the_report_it_follows(cast: Cast, as_: SignInAs) -> None:
    first = a_ticket(cast)
    second = a_ticket(cast, parent_id=first.id)
    assert f'<a href="/tickets/{first.reference}">' in page(as_, cast.tang, second)
