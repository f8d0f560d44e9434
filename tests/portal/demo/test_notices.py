"""The notices of the demonstration."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.actor import ANONYMOUS
from portal.core.i18n import LOCALES
from portal.demo import cast as demo
from portal.demo.notices import tell
from portal.notices import queries
from portal.notices.models import NoticeText, TextStatus
from portal.notices.queries.seasons import season_of
from portal.notices.queries.series import series_by_key
from portal.notices.services import seasons


def told(session: Session, at: datetime) -> demo.Cast:
    people = demo.enter(session, at=at)
    tell(session, author=people.actor(people.chen, "陈立"), approver=people.actor(people.wang, "王敏"), at=at)
    session.commit()
    return people


def test_each_is_out_in_three_languages_that_somebody_has_read(session: Session) -> None:
    told(session, clock.now())
    texts = session.execute(select(NoticeText.language, NoticeText.status)).all()
    assert {language for language, _ in texts} == set(LOCALES)
    assert {status for _, status in texts} == {TextStatus.SOURCE, TextStatus.REVIEWED}


def test_the_first_hospital_is_affected_and_the_second_must_check(session: Session) -> None:
    people = told(session, clock.now())
    verdicts = {}
    for contact in (people.it_head, people.neighbour):
        actor = people.actor(contact, "")
        rows = queries.notices_for(session, actor, locale="zh_Hans", today=clock.now().date())
        verdicts[actor.organisation_id] = {row.code[-3:]: str(row.concern.verdict) for row in rows}
    assert verdicts[people.qinghe.id]["014"] == "affected"
    assert verdicts[people.changsha.id]["014"] == "please check"


def test_the_advisory_has_a_history(session: Session) -> None:
    told(session, clock.now())
    notice = queries.reader_notice(session, ANONYMOUS, "HY-2026-014", locale="zh_Hans")
    assert notice is not None
    lines = queries.history(session, notice, locale="zh_Hans").lines
    assert [(line.number, line.is_material) for line in lines] == [(3, False), (2, True), (1, True)]


@pytest.mark.parametrize("days", [0, 59, 140, 253, 300])
@pytest.mark.slow
def test_it_can_be_told_on_any_day_of_the_year(session: Session, days: int) -> None:
    told(session, clock.now() + timedelta(days=days))


def test_the_rainy_season_comes_back_with_what_it_said_before(session: Session) -> None:
    people = told(session, clock.now())
    series = series_by_key(session, "rainy-season-south-china")
    assert series is not None
    agent = people.actor(people.chen, "陈立")
    notice = seasons.begin_season(session, series, by=agent, at=clock.now(), today=clock.now().date())
    season = season_of(session, notice)
    assert season is not None
    assert season.last is not None
    assert season.last.notice.code == "HY-2026-014"
