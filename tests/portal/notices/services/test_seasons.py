"""What comes back every year."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Release
from portal.core import clock
from portal.core.actor import SYSTEM, Role
from portal.notices import queries, services
from portal.notices.models import (
    AudienceKind,
    Notice,
    NoticeScope,
    NoticeSeason,
    NoticeSeries,
    NoticeState,
    ReceiptKind,
    RevisionState,
    TextStatus,
)
from portal.notices.permissions import Action, NoticeRuleError
from portal.notices.queries.seasons import on_day, season_of, window_of
from portal.notices.queries.series import all_series
from portal.notices.queries.workbench import texts_of, working_revision
from portal.notices.services import seasons
from portal.outbox.models import OutboxMessage
from tests import factories
from tests.portal.notices.cast import WORDS, Cast, facts, publish

OPENS = date(2027, 2, 15)
"""Forty-five days before the first of April."""


def south(session: Session) -> NoticeSeries:
    seasons.ship(session, at=clock.now())
    return session.execute(select(NoticeSeries).where(NoticeSeries.key == "rainy-season-south-china")).scalar_one()


def begin(session: Session, today: date = OPENS) -> Notice:
    return seasons.begin_season(session, south(session), by=SYSTEM, at=clock.now(), today=today)


def begin_due(session: Session, today: date) -> list[Notice]:
    south(session)
    seasons.begin_due_seasons(session, by=SYSTEM, at=clock.now(), today=today)
    return list(session.execute(select(Notice)).scalars())


def told(session: Session, kind: str) -> list[object]:
    return list(session.execute(select(OutboxMessage.person_id).where(OutboxMessage.kind == kind)).scalars())


def facts_of(cast: Cast, notice: Notice) -> services.Facts:
    revision = working_revision(cast.session, notice)
    return facts(
        act_by=revision.act_by,
        expires_on=revision.expires_on,
        source_language=notice.source_language,
        scope=NoticeScope.TARGETED,
        audience={AudienceKind.REGION: ["华南"]},
    )


def test_the_rainy_season_comes_with_the_portal_for_three_regions(session: Session) -> None:
    seasons.ship(session, at=clock.now())
    seasons.ship(session, at=clock.now())
    found = [(each.series.starts_on, each.window.starts_on) for each in all_series(session, today=OPENS)]
    assert found == [("04-01", date(2027, 4, 1)), ("06-01", date(2027, 6, 1)), ("07-01", date(2027, 7, 1))]


def test_the_draft_appears_when_the_time_for_review_begins(session: Session) -> None:
    assert begin_due(session, OPENS - timedelta(days=1)) == []
    (notice,) = begin_due(session, OPENS)
    assert (notice.state, notice.act_by, notice.expires_on) == (NoticeState.DRAFT, date(2027, 4, 30), date(2027, 9, 30))
    assert begin_due(session, OPENS + timedelta(days=3)) == [notice]


def test_nothing_of_it_is_published_unreviewed(session: Session, cast: Cast) -> None:
    notice = begin(session)
    statuses = {
        language: text.status for language, text in texts_of(session, working_revision(session, notice).id).items()
    }
    assert statuses == {"zh_Hans": TextStatus.SOURCE, "zh_Hant": TextStatus.DRAFT, "en": TextStatus.DRAFT}
    with pytest.raises(NoticeRuleError):
        services.publish(session, notice, by=cast.author, at=clock.now(), today=OPENS)
    assert working_revision(session, notice).state == RevisionState.DRAFT


def test_whoever_sends_the_draft_to_review_cannot_approve_it(session: Session, cast: Cast) -> None:
    notice = begin(session)
    services.send_to_review(session, notice, by=cast.author, today=OPENS)
    for language in ("zh_Hant", "en"):
        services.review_text(session, notice, language, by=cast.colleague)
    with pytest.raises(NoticeRuleError) as error:
        services.approve(session, notice, by=cast.author, at=clock.now(), today=OPENS)
    assert error.value.code == "own-words"
    services.approve(session, notice, by=cast.colleague, at=clock.now(), today=OPENS)


def test_a_year_has_one_notice_however_often_it_is_begun(session: Session) -> None:
    assert begin(session).id == begin(session).id
    assert len(session.execute(select(NoticeSeason)).all()) == 1


def test_it_is_for_the_regions_of_the_series(session: Session) -> None:
    notice = begin(session)
    assert notice.scope == NoticeScope.TARGETED
    assert "华南" in working_revision(session, notice).audience["region"]


def test_the_next_year_begins_with_what_this_year_said(session: Session, cast: Cast) -> None:
    notice = begin(session)
    services.save_text(session, notice, "zh_Hans", services.Draft("雨季又来了", WORDS), by=cast.author)
    services.change_facts(session, notice, facts_of(cast, notice), by=cast.author)
    services.save_text(session, notice, "zh_Hant", services.Draft("雨季又來了", WORDS), by=cast.author)
    services.save_text(session, notice, "en", services.Draft("Rain again", WORDS), by=cast.author)
    publish(cast, notice)
    later = begin(session, date(2028, 2, 16))
    texts = texts_of(session, working_revision(session, later).id)
    assert (later.act_by, texts["zh_Hans"].title, texts["en"].title) == (date(2028, 4, 30), "雨季又来了", "Rain again")
    assert texts["en"].status == TextStatus.DRAFT
    assert [row["product"] for row in working_revision(session, later).products] == ["his"]


def test_the_draft_shows_last_years_answers_and_the_products_that_changed(session: Session, cast: Cast) -> None:
    cast.qinghe.region = "华南"
    notice = begin(session)
    services.change_facts(session, notice, facts_of(cast, notice), by=cast.author)
    for language, title in (("zh_Hans", "雨季"), ("zh_Hant", "雨季"), ("en", "Rain")):
        services.save_text(session, notice, language, services.Draft(title, WORDS), by=cast.author)
    publish(cast, notice)
    reader = queries.reader_notice(session, cast.actor(cast.tang), notice.code, locale="en")
    assert reader is not None
    services.answer(session, reader, ReceiptKind.DONE, by=cast.actor(cast.tang), at=clock.now())
    session.add(Release(product_code="his", version="5.7.0", published_at=clock.now() + timedelta(days=9)))
    factories.an_installation(session, cast.songlin, cast.product, "5.7.0")
    session.commit()
    season = season_of(session, begin(session, date(2028, 2, 16)))
    assert season is not None
    assert season.last is not None
    assert (season.last.notice.code, season.answers) == (notice.code, {ReceiptKind.DONE: 1})
    assert [(each.releases, each.outside) for each in season.changed] == [(("5.7.0",), {"5.7.0": 1})]


def test_the_lead_hears_of_the_draft_once(session: Session, cast: Cast) -> None:
    south(session).lead_id = cast.reviewer.id
    begin_due(session, OPENS)
    begin_due(session, OPENS + timedelta(days=1))
    assert told(session, "notice-season-begun") == [cast.reviewer.person_id]


@pytest.mark.parametrize(("days", "alarms"), [(-16, 0), (-15, 1), (-9, 1), (-8, 2), (30, 7)])
def test_the_lead_is_alarmed_while_nobody_approves(session: Session, cast: Cast, days: int, alarms: int) -> None:
    south(session).lead_id = cast.reviewer.id
    begin(session)
    for day in range(-16, days + 1):
        seasons.alarm_leads(session, at=clock.now(), today=date(2027, 4, 1) + timedelta(days=day))
    assert told(session, "notice-season-late") == [cast.reviewer.person_id] * alarms


def test_where_the_lead_has_left_the_admins_are_alarmed(session: Session, cast: Cast) -> None:
    admin = factories.an_agent(session, "Li Na", role=Role.ADMIN)
    south(session).lead_id = None
    begin(session)
    assert told(session, "notice-season-begun") == [admin.person_id]


def test_a_draft_that_is_not_needed_this_year_alarms_nobody(session: Session, cast: Cast) -> None:
    south(session).lead_id = cast.reviewer.id
    services.move(session, begin(session), Action.DISCARD, by=cast.author)
    seasons.alarm_leads(session, at=clock.now(), today=date(2027, 4, 1))
    assert told(session, "notice-season-late") == []


def test_a_series_that_rests_brings_nothing(session: Session) -> None:
    south(session).is_active = False
    assert begin_due(session, OPENS) == []


def test_a_window_may_reach_into_the_next_year(session: Session) -> None:
    series = south(session)
    series.starts_on, series.act_by, series.ends_on = "11-15", "12-01", "03-31"
    winter = window_of(series, date(2027, 2, 1))
    assert (winter.year, winter.starts_on, winter.ends_on) == (2026, date(2026, 11, 15), date(2027, 3, 31))
    assert window_of(series, date(2027, 4, 1)).year == 2027


def test_the_next_draft_comes_in_time_though_the_last_is_still_in_force(session: Session) -> None:
    series = south(session)
    series.ends_on = "03-31"
    assert window_of(series, date(2027, 2, 14)).year == 2026
    assert window_of(series, OPENS).year == 2027


def test_a_draft_of_a_year_that_is_over_alarms_nobody(session: Session, cast: Cast) -> None:
    begin(session)
    seasons.alarm_leads(session, at=clock.now(), today=date(2027, 10, 1))
    assert told(session, "notice-season-late") == []


def test_the_29th_of_february_comes_every_year() -> None:
    assert [on_day(year, "02-29") for year in (2027, 2028)] == [date(2027, 2, 28), date(2028, 2, 29)]


def test_a_year_that_begins_late_leaves_readers_two_weeks(session: Session) -> None:
    assert begin(session, date(2027, 4, 25)).act_by == date(2027, 5, 9)
