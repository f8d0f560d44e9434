"""When summaries are made, and what is in them."""

from datetime import date, timedelta

import pytest
from flask import Flask

from portal.outbox.models import OutboxMessage
from portal.outbox.registry import registry_of
from portal.summaries import messages, services
from portal.summaries.models import Rhythm, ServiceSummary, SummaryPlan
from portal.summaries.services import begin_of, end_after
from portal.ui import languages
from tests.portal.summaries.scene import NEXT_MONDAY, TUESDAY, a_summary
from tests.portal.tickets.cast import Cast


@pytest.mark.parametrize(
    ("rhythm", "day", "begin", "end"),
    [
        (Rhythm.WEEKLY, date(2026, 4, 21), date(2026, 4, 20), date(2026, 4, 27)),
        (Rhythm.WEEKLY, date(2026, 4, 20), date(2026, 4, 20), date(2026, 4, 27)),
        (Rhythm.MONTHLY, date(2024, 2, 29), date(2024, 2, 1), date(2024, 3, 1)),
        (Rhythm.MONTHLY, date(2026, 12, 31), date(2026, 12, 1), date(2027, 1, 1)),
        (Rhythm.QUARTERLY, date(2026, 5, 31), date(2026, 4, 1), date(2026, 7, 1)),
        (Rhythm.QUARTERLY, date(2026, 10, 1), date(2026, 10, 1), date(2027, 1, 1)),
        (Rhythm.HALF_YEARLY, date(2026, 7, 1), date(2026, 7, 1), date(2027, 1, 1)),
    ],
)
def test_periods_are_those_of_the_calendar(rhythm: Rhythm, day: date, begin: date, end: date) -> None:
    assert (begin_of(rhythm, day), end_after(rhythm, day)) == (begin, end)


def test_it_counts_what_happened_in_the_week_and_at_this_organisation(cast: Cast) -> None:
    figures = a_summary(cast).figures
    assert (figures["opened"], figures["solved"]) == (3, 2)
    assert figures["promises"] == {"kept": 2, "missed": 1}
    assert figures["first_reply"] == {"count": 2, "median_minutes": 0}
    assert [(each["code"], each["count"]) for each in figures["modules"]] == [("orders", 2), ("", 1)]
    assert figures["stars"] == [0, 0, 0, 0, 1]


def test_it_is_made_when_the_week_is_over_where_the_organisation_is(cast: Cast) -> None:
    by = cast.actor(cast.manager)
    services.plan(cast.session, cast.organisation.id, rhythm=Rhythm.WEEKLY, by=by, at=TUESDAY)
    moments = [NEXT_MONDAY - timedelta(seconds=1), NEXT_MONDAY, NEXT_MONDAY + timedelta(hours=1)]
    assert [services.make_due(cast.session, at=at) for at in moments] == [0, 1, 0]
    summary = cast.session.query(ServiceSummary).one()
    assert (summary.begins_on, summary.ends_on) == (date(2026, 4, 20), date(2026, 4, 27))
    assert cast.session.query(SummaryPlan).one().next_on == date(2026, 5, 4)


def test_without_a_plan_there_is_none(cast: Cast) -> None:
    by = cast.actor(cast.manager)
    services.plan(cast.session, cast.organisation.id, rhythm=Rhythm.WEEKLY, by=by, at=TUESDAY)
    services.plan(cast.session, cast.organisation.id, rhythm=None, by=by, at=TUESDAY)
    assert services.make_due(cast.session, at=NEXT_MONDAY) == 0


def test_who_wanted_it_gets_it_by_mail(app: Flask, cast: Cast) -> None:
    for who in (cast.tang, cast.tang, cast.colleague):
        services.read_along(cast.session, cast.organisation.id, by=cast.actor(who), wants=True, at=TUESDAY)
    services.read_along(cast.session, cast.organisation.id, by=cast.actor(cast.colleague), wants=False, at=TUESDAY)
    summary = a_summary(cast)
    (row,) = cast.session.query(OutboxMessage).filter_by(kind=messages.READY)
    assert row.person_id == cast.tang.person_id
    with app.app_context(), languages.reading_as("en", "Asia/Shanghai"):
        mail = registry_of(app).renderers[messages.READY](cast.session, row)
    assert mail is not None
    assert mail.subject == "How we served you, 20 April to 26 April"
    assert "3 promises fell due: 2 kept, 1 late." in mail.text
    assert f"http://localhost/organisation/summaries/{summary.id}" in mail.html


def test_whoever_has_left_gets_none(app: Flask, cast: Cast) -> None:
    services.read_along(cast.session, cast.organisation.id, by=cast.actor(cast.tang), wants=True, at=TUESDAY)
    a_summary(cast)
    cast.tang.organisation_id = cast.stranger.organisation_id
    cast.session.commit()
    (row,) = cast.session.query(OutboxMessage).filter_by(kind=messages.READY)
    with app.app_context(), languages.reading_as("en", "Asia/Shanghai"):
        assert registry_of(app).renderers[messages.READY](cast.session, row) is None
