"""What notices do because of the time alone."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.notices import services
from portal.notices.models import Notice, NoticeState, RevisionState
from portal.notices.permissions import NoticeRuleError
from portal.notices.queries.workbench import working_revision
from portal.notices.services import due
from portal.outbox.models import OutboxMessage
from tests.portal.notices.cast import TODAY, Cast, a_draft, a_notice, facts, in_review

EIGHT_TOMORROW = datetime(2026, 4, 22, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def approved(cast: Cast) -> Notice:
    notice = in_review(cast, a_draft(cast))
    services.approve(cast.session, notice, by=cast.colleague, at=clock.now(), today=TODAY)
    return notice


def scheduled(cast: Cast, publish_at: datetime = EIGHT_TOMORROW) -> Notice:
    notice = approved(cast)
    services.schedule(cast.session, notice, publish_at=publish_at, by=cast.author, at=clock.now())
    return notice


def kinds(session: Session) -> list[str]:
    return sorted(session.execute(select(OutboxMessage.kind)).scalars())


def test_it_goes_out_by_itself_at_its_moment_and_not_before(cast: Cast, session: Session) -> None:
    notice = scheduled(cast)
    assert not due.publish_due(session, at=EIGHT_TOMORROW - timedelta(minutes=1), today=TODAY)
    assert notice.state == NoticeState.DRAFT
    assert due.publish_due(session, at=EIGHT_TOMORROW, today=EIGHT_TOMORROW.date())
    assert (notice.state, notice.published_at) == (NoticeState.ACTIVE, EIGHT_TOMORROW)
    assert "notice-published" in kinds(session)
    assert not due.publish_due(session, at=EIGHT_TOMORROW, today=TODAY)


def test_nothing_is_scheduled_that_nobody_approved(cast: Cast, session: Session) -> None:
    with pytest.raises(NoticeRuleError) as error:
        services.schedule(
            session, in_review(cast, a_draft(cast)), publish_at=EIGHT_TOMORROW, by=cast.author, at=clock.now()
        )
    assert error.value.code == "not-now"


@pytest.mark.parametrize(
    ("publish_at", "code"),
    [
        (datetime(2026, 4, 21, 10, 1, tzinfo=ZoneInfo("Asia/Shanghai")), "moment-passed"),
        (datetime(2026, 10, 2, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai")), "moment-after-expiry"),
    ],
)
def test_a_moment_that_is_of_no_use_is_refused(cast: Cast, session: Session, publish_at: datetime, code: str) -> None:
    with pytest.raises(NoticeRuleError) as error:
        services.schedule(session, approved(cast), publish_at=publish_at, by=cast.author, at=clock.now())
    assert error.value.code == code


def test_a_schedule_is_taken_back_and_the_notice_stays_approved(cast: Cast, session: Session) -> None:
    notice = scheduled(cast)
    services.unschedule(session, notice, by=cast.author)
    assert working_revision(session, notice).state == RevisionState.APPROVED
    assert not due.publish_due(session, at=EIGHT_TOMORROW, today=TODAY)


def test_what_is_sent_back_does_not_go_out(cast: Cast, session: Session) -> None:
    notice = scheduled(cast)
    services.send_back(session, notice, reason="Name the window.", by=cast.colleague)
    assert not due.publish_due(session, at=EIGHT_TOMORROW, today=TODAY)
    assert notice.state == NoticeState.DRAFT


def test_what_is_not_fit_to_go_out_stays_and_its_people_are_told(cast: Cast, session: Session) -> None:
    notice = scheduled(cast)
    assert due.publish_due(session, at=EIGHT_TOMORROW, today=facts().expires_on)
    assert (notice.state, working_revision(session, notice).state) == (NoticeState.DRAFT, RevisionState.APPROVED)
    told = session.execute(select(OutboxMessage.person_id).where(OutboxMessage.kind == "notice-held-back")).scalars()
    assert set(told) == {cast.author.person_id, cast.colleague.person_id}


def test_a_notice_leaves_after_its_last_day(cast: Cast, session: Session) -> None:
    notice = a_notice(cast)
    states = []
    for days in (0, 1):
        due.archive_expired(session, today=facts().expires_on + timedelta(days=days))
        session.refresh(notice)
        states.append(notice.state)
    assert states == [NoticeState.ACTIVE, NoticeState.ARCHIVED]


def test_a_notice_that_is_being_revised_waits_for_its_revision(cast: Cast, session: Session) -> None:
    notice = a_notice(cast)
    services.start_revision(session, notice, is_material=True, by=cast.author, at=clock.now())
    due.archive_expired(session, today=date(2027, 1, 1))
    session.refresh(notice)
    assert notice.state == NoticeState.ACTIVE


def test_what_was_withdrawn_stays_withdrawn(cast: Cast, session: Session) -> None:
    notice = a_notice(cast)
    services.withdraw(session, notice, reason="Wrong.", by=cast.author, at=clock.now())
    due.archive_expired(session, today=date(2027, 1, 1))
    session.refresh(notice)
    assert notice.state == NoticeState.WITHDRAWN
