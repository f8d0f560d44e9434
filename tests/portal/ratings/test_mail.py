"""What ratings tell people, and when."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.actor import Role
from portal.outbox.mail import Mail
from portal.outbox.models import OutboxMessage
from portal.outbox.registry import registry_of
from portal.ratings import messages, services
from portal.tickets import messages as ticket_messages
from portal.ui import languages
from tests.factories import an_agent
from tests.portal.ratings.scene import a_solved_ticket, rate
from tests.portal.tickets.cast import Cast

Write = Callable[[str], list[Mail | None]]
DAY = timedelta(days=1)


@pytest.fixture
def write(app: Flask, cast: Cast) -> Callable[..., list[Mail | None]]:
    """Return a way to write the mails of a kind as the worker would."""

    def written(kind: str, locale: str = "en") -> list[Mail | None]:
        cast.session.commit()
        rows = cast.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)).all()
        with app.app_context(), languages.reading_as(locale, "Asia/Shanghai"):
            return [registry_of(app).renderers[kind](cast.session, row) for row in rows]

    return written


def test_the_mail_about_the_solution_asks_for_stars(cast: Cast, write: Write) -> None:
    a_solved_ticket(cast)
    (mail,) = write(ticket_messages.SOLVED)
    assert mail is not None
    assert "How was our help?" in mail.text
    assert "http://localhost/rate/" in mail.text
    assert mail.html.count("?score=") == 5


def test_one_reminder_comes_after_three_days_and_no_second(cast: Cast, write: Write) -> None:
    a_solved_ticket(cast)
    at = clock.now() + 3 * DAY
    assert services.send_reminders(cast.session, at=at - timedelta(minutes=1)) == 0
    assert [services.send_reminders(cast.session, at=at + number * timedelta(hours=1)) for number in range(3)] == [
        1,
        0,
        0,
    ]
    (mail,) = write(messages.REMINDER)
    assert mail is not None
    assert "We ask this only once." in mail.text
    assert "http://localhost/rate/" in mail.html


def test_whoever_has_rated_is_not_reminded(cast: Cast, write: Write) -> None:
    rated, later = a_solved_ticket(cast), a_solved_ticket(cast)
    rate(cast, rated, 5)
    assert services.send_reminders(cast.session, at=clock.now() + 3 * DAY) == 1
    rate(cast, later, 5)
    assert write(messages.REMINDER) == [None]


def test_a_ticket_that_still_waits_for_its_confirmation_is_not_rated_by_mail(cast: Cast) -> None:
    a_solved_ticket(cast, is_confirmed=False)
    assert services.send_reminders(cast.session, at=clock.now() + 3 * DAY) == 0


def test_the_digest_comes_once_a_day_and_not_before_eight(cast: Cast) -> None:
    eight = clock.now().replace(hour=0, minute=0) + DAY  # 08:00 in Beijing
    moments = [eight - timedelta(minutes=1), eight, eight + timedelta(hours=3), eight + DAY]
    sent = [services.send_digests(cast.session, at=at, time_zone="Asia/Shanghai") for at in moments]
    assert sent == [0, 1, 0, 1]


def test_an_agent_reads_of_their_own_calls_and_the_lead_of_all(cast: Cast, write: Write) -> None:
    ticket = a_solved_ticket(cast)
    rate(cast, ticket, 1)
    an_agent(cast.session, "Wu Fang")
    cast.organisation.service_manager_id = an_agent(cast.session, "Zhao Jing").id
    an_agent(cast.session, "Lin Yue", role=Role.ADMIN)
    services.send_digests(cast.session, at=clock.now(), time_zone="Asia/Shanghai")
    mails = write(messages.DIGEST)
    assert len(mails) == 4
    found = [mail.text for mail in mails if mail]
    assert len(found) == 3
    assert all(f"{ticket.reference} Cannot type" in text and "1 star " in text for text in found)


@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant"])
def test_they_are_written_in_chinese(cast: Cast, write: Callable[..., list[Mail | None]], locale: str) -> None:
    a_solved_ticket(cast)
    services.send_digests(cast.session, at=clock.now(), time_zone="Asia/Shanghai")
    services.send_reminders(cast.session, at=clock.now() + 3 * DAY)
    for kind in (messages.DIGEST, messages.REMINDER):
        (mail,) = write(kind, locale)
        assert mail is not None
        assert not mail.subject.isascii()
