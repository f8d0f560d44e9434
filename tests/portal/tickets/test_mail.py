"""The words of what tickets tell people."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Agent
from portal.agreements.terms import Policy, Targets
from portal.core import clock
from portal.core.actor import Role
from portal.core.models import TypedText
from portal.outbox.mail import Mail
from portal.outbox.models import OutboxMessage
from portal.outbox.registry import registry_of
from portal.tickets import messages, services
from portal.tickets.models import Event, EventKind, Priority, Ticket, TicketState
from portal.tickets.services import Resolution, StateChange, Update
from portal.ui import languages
from tests import factories
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.services.acts import promise_by, update

SOLVED = Resolution("A key switched it.", "Press {key:F7} once.", "The corner shows it.")


@pytest.fixture
def post(app: Flask, cast: Cast) -> "Post":
    """Return the mails as the worker would write them."""
    return Post(app, cast)


class Post:
    """What lies in the outbox, in words."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app, self.cast = app, cast

    def mails(self, kind: str, locale: str = "en") -> list[Mail | None]:
        """Write every message of a kind."""
        self.cast.session.commit()
        rows = self.cast.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)).all()
        with self.app.app_context(), languages.reading_as(locale, "Asia/Shanghai"):
            return [registry_of(self.app).renderers[kind](self.cast.session, row) for row in rows]

    def mail(self, kind: str, locale: str = "en") -> Mail:
        """Write the one message of a kind."""
        (found,) = self.mails(kind, locale)
        assert found is not None
        return found


def through_everything(cast: Cast) -> Ticket:
    """Bring one ticket through all that customers are told about."""
    agent, at = cast.actor(cast.agent), clock.now()
    ticket = a_ticket(cast)
    services.settle_due(cast.session, at=at + timedelta(minutes=16))
    at += timedelta(minutes=20)
    services.add_update(cast.session, ticket, update=Update("We found it."), by=agent, at=at)
    question = StateChange(to=TicketState.WAITING_CUSTOMER, words="Which key did you press?")
    services.change_state(cast.session, ticket, change=question, by=agent, at=at)
    at += timedelta(days=3)
    services.settle_due(cast.session, at=at)
    services.resolve(cast.session, ticket, resolution=SOLVED, by=agent, at=at)
    services.settle_due(cast.session, at=at + timedelta(days=20))
    services.settle_due(cast.session, at=at + timedelta(days=40))
    return ticket


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
@pytest.mark.parametrize("kind", messages.KINDS)
@pytest.mark.slow
def test_every_kind_has_a_mail_in_every_language(cast: Cast, post: Post, kind: str, locale: str) -> None:
    ticket = through_everything(cast)
    mails = post.mails(kind, locale)
    assert mails
    for mail in mails:
        assert mail is not None
        assert ticket.reference in mail.subject
        assert f"http://localhost/tickets/{ticket.reference}" in mail.text
        assert f'href="http://localhost/tickets/{ticket.reference}"' in mail.html


def test_received_names_the_number_and_the_time(cast: Cast, post: Post) -> None:
    ticket = a_ticket(cast)
    mail = post.mail(messages.RECEIVED)
    assert mail.subject == f"Received {ticket.reference}: Cannot type Chinese when writing orders"
    assert "A person answers you by today 10:17 (Beijing time)." in mail.text


def test_an_update_says_what_was_written_and_when_the_next_comes(cast: Cast, post: Post) -> None:
    ticket = a_ticket(cast)
    by = cast.actor(cast.agent)
    services.add_update(cast.session, ticket, update=Update("We found <the> cause."), by=by, at=clock.now())
    mail = post.mail(messages.UPDATE)
    assert "Chen Li writes:" in mail.text
    assert "We found <the> cause." in mail.text
    assert "We found &lt;the&gt; cause." in mail.html
    assert "You hear from us again by 24 April 10:02" in mail.text


def test_solved_says_cause_fix_and_prevention(cast: Cast, post: Post) -> None:
    ticket = a_ticket(cast)
    services.resolve(cast.session, ticket, resolution=SOLVED, by=cast.actor(cast.agent), at=clock.now())
    mail = post.mail(messages.SOLVED)
    assert all(words in mail.text for words in ("A key switched it.", "The corner shows it."))
    assert '<kbd class="key">F7</kbd>' in mail.html


def test_a_move_without_words_says_what_happens_next(cast: Cast, post: Post) -> None:
    ticket = a_ticket(cast)
    change = StateChange(to=TicketState.IN_PROGRESS)
    services.change_state(cast.session, ticket, change=change, by=cast.actor(cast.agent), at=clock.now())
    assert "What happens next: We look for the cause" in post.mail(messages.UPDATE).text


@pytest.mark.parametrize("because", ["A ward waits for it.", ""])
def test_another_priority_is_told_with_its_reason(cast: Cast, post: Post, because: str) -> None:
    ticket, agent = a_ticket(cast), cast.actor(cast.agent)
    for _ in range(2):  # what was decided already is not told again
        services.prioritise(cast.session, ticket, priority=Priority.P2, because=because, by=agent, at=clock.now())
    mail = post.mail(messages.UPDATE)
    assert "The priority is now P2" in mail.text
    assert "The priority is now P2" in mail.html
    assert because in mail.text


def test_a_note_can_not_be_mailed_even_if_somebody_queued_it(cast: Cast, post: Post) -> None:
    ticket = a_ticket(cast)
    note = services.add_note(cast.session, ticket, body="canary", by=cast.actor(cast.agent), at=clock.now())
    row = cast.session.scalars(select(OutboxMessage)).one()
    row.subject_id, row.kind = note.id, messages.UPDATE
    assert post.mails(messages.UPDATE) == [None]


def test_whoever_was_shut_out_meanwhile_hears_nothing(cast: Cast, post: Post) -> None:
    ticket = a_ticket(cast)
    owner, at = cast.actor(cast.tang), clock.now()
    services.share(cast.session, ticket, contact_id=cast.colleague.id, by=owner, at=at)
    services.add_update(cast.session, ticket, update=Update("News."), by=cast.actor(cast.agent), at=at)
    services.unshare(cast.session, ticket, contact_id=cast.colleague.id, by=owner, at=at)
    assert sorted(mail is None for mail in post.mails(messages.UPDATE)) == [False, True]


def test_what_was_erased_meanwhile_is_not_sent(cast: Cast, post: Post) -> None:
    ticket = a_ticket(cast)
    services.add_update(cast.session, ticket, update=Update("Secret."), by=cast.actor(cast.agent), at=clock.now())
    event = cast.session.scalars(select(Event).where(Event.kind == EventKind.UPDATED)).one()
    cast.session.get_one(TypedText, event.text_id).erased_at = clock.now()
    assert post.mails(messages.UPDATE) == [None]


def test_a_subject_is_one_line(cast: Cast, post: Post) -> None:
    a_ticket(cast, title="One\nBcc: everybody@example.org")
    assert "\n" not in post.mail(messages.RECEIVED).subject


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
@pytest.mark.parametrize("kind", messages.WARNINGS)
def test_our_own_people_are_warned_in_every_language(cast: Cast, post: Post, kind: str, locale: str) -> None:
    ticket = a_warned_ticket(cast)
    if kind == messages.OVERDUE:
        services.settle_due(cast.session, at=clock.now() + timedelta(minutes=16))
    mail = post.mail(kind, locale)
    assert ticket.reference in mail.subject
    assert f"/desk/tickets/{ticket.reference}" in mail.text
    assert "10:17" in mail.text


def test_what_was_written_meanwhile_is_not_warned_of(cast: Cast, post: Post) -> None:
    ticket = a_warned_ticket(cast)
    services.add_update(cast.session, ticket, update=Update("We found it."), by=cast.actor(cast.agent), at=clock.now())
    assert post.mails(messages.DUE_SOON) == [None]


def test_an_agent_who_may_not_see_the_ticket_any_more_is_not_told(cast: Cast, post: Post) -> None:
    a_warned_ticket(cast)
    factories.a_product(cast.session, "emr")
    factories.limit_agent(cast.session, cast.agent, products=("emr",))
    assert post.mails(messages.DUE_SOON) == [None]


def test_a_solution_that_is_late_is_said_to_be_one(cast: Cast, post: Post) -> None:
    promise_by(cast, Policy("solved", rank=5, targets=Targets(resolution={"P3": 60})))
    ticket = a_ticket(cast)
    update(cast, ticket)
    services.settle_due(cast.session, at=clock.now() + timedelta(minutes=61))
    assert "We promised to have it solved by now, and it is not." in post.mail(messages.LATE).text


def a_warned_ticket(cast: Cast) -> Ticket:
    """A ticket whose first reply is nearly due, and whose agent is warned."""
    cast.session.get_one(Agent, cast.agent.id).role = Role.ADMIN
    ticket = a_ticket(cast)
    services.settle_due(cast.session, at=clock.now() + timedelta(minutes=12))
    return ticket


def test_where_it_goes_on_is_told_with_its_number(cast: Cast, post: Post) -> None:
    ticket, other = a_ticket(cast), a_ticket(cast, by=cast.colleague)
    change = StateChange(to=TicketState.DUPLICATE, words="It is the printer again.", parent_id=other.id)
    services.change_state(cast.session, ticket, change=change, by=cast.actor(cast.agent), at=clock.now())
    mail = post.mail(messages.UPDATE)
    assert mail.subject.startswith(f"News on {ticket.reference}")
    for text in (mail.text, mail.html):
        assert f"We go on with it there: {other.reference}." in text
        assert "It is the printer again." in text
