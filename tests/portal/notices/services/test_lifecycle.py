"""The way of a notice to its readers, each rule once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.errors import StaleError
from portal.notices import services
from portal.notices.models import (
    ActionNeeded,
    NoticeKind,
    NoticeRevision,
    NoticeState,
    RevisionState,
    Step,
)
from portal.notices.permissions import Action, NoticeRuleError
from portal.notices.queries.workbench import working_revision
from portal.outbox.models import Job, OutboxMessage
from tests import factories
from tests.portal.notices.cast import TODAY, WORDS, Cast, a_draft, a_notice, facts, in_review, publish, revise, write


def refusal(error: pytest.ExceptionInfo[NoticeRuleError]) -> list[str]:
    faults = error.value.parameters["faults"]
    assert isinstance(faults, list)
    return [error.value.code, *(fault.code for fault in faults)]


def test_the_author_cannot_approve(cast: Cast) -> None:
    notice = in_review(cast, a_draft(cast))
    with pytest.raises(NoticeRuleError) as error:
        services.approve(cast.session, notice, by=cast.author, at=clock.now(), today=TODAY)
    assert error.value.code == "own-words"


def test_whoever_wrote_a_part_of_it_cannot_approve_either(cast: Cast, session: Session) -> None:
    notice = a_draft(cast)
    services.save_text(session, notice, "en", services.Draft("Rain", WORDS), by=cast.colleague)
    services.send_to_review(session, notice, by=cast.author, today=TODAY)
    with pytest.raises(NoticeRuleError) as error:
        services.approve(session, notice, by=cast.colleague, at=clock.now(), today=TODAY)
    assert error.value.code == "own-words"


def test_nothing_goes_to_review_without_a_step_that_says_what_to_see(cast: Cast, session: Session) -> None:
    notice = a_draft(cast, replace(WORDS, steps=(Step("Press."),)))
    with pytest.raises(NoticeRuleError) as error:
        services.send_to_review(session, notice, by=cast.author, today=TODAY)
    assert refusal(error) == ["not-ready", "nothing-to-see"]


def test_nothing_is_approved_while_a_language_is_unread(cast: Cast, session: Session) -> None:
    notice = a_draft(cast)
    services.send_to_review(session, notice, by=cast.author, today=TODAY)
    services.review_text(session, notice, "zh_Hans", by=cast.colleague)
    with pytest.raises(NoticeRuleError) as error:
        services.approve(session, notice, by=cast.colleague, at=clock.now(), today=TODAY)
    assert refusal(error) == ["not-ready", "text-not-reviewed"]


def test_a_waived_language_lets_it_go_out_in_somebodys_name(cast: Cast, session: Session) -> None:
    notice = a_draft(cast)
    services.send_to_review(session, notice, by=cast.author, today=TODAY)
    services.review_text(session, notice, "zh_Hans", by=cast.colleague)
    services.waive(session, notice, "zh_Hant", by=cast.colleague)
    services.approve(session, notice, by=cast.colleague, at=clock.now(), today=TODAY)
    assert working_revision(session, notice).waivers == {"zh_Hant": str(cast.colleague.person_id)}


def test_nothing_is_published_that_nobody_approved(cast: Cast, session: Session) -> None:
    notice = in_review(cast, a_draft(cast))
    with pytest.raises(NoticeRuleError) as error:
        services.publish(session, notice, by=cast.author, at=clock.now(), today=TODAY)
    assert error.value.code == "not-now"


def test_nothing_is_published_after_its_expiry(cast: Cast, session: Session) -> None:
    notice = in_review(cast, a_draft(cast))
    services.approve(session, notice, by=cast.colleague, at=clock.now(), today=TODAY)
    with pytest.raises(NoticeRuleError) as error:
        services.publish(session, notice, by=cast.author, at=clock.now(), today=facts().expires_on)
    assert refusal(error) == ["not-ready", "expiry-passed"]


def test_it_is_active_once_it_is_published(cast: Cast) -> None:
    notice = a_notice(cast)
    assert (notice.state, notice.revision_number, notice.published_at) == (NoticeState.ACTIVE, 1, clock.now())


def test_the_people_it_concerns_are_told_once(cast: Cast, session: Session) -> None:
    a_notice(cast)
    told = set(session.execute(select(OutboxMessage.person_id)).scalars())
    assert {cast.tang.person_id, cast.liu.person_id} <= told
    assert session.execute(select(OutboxMessage.kind).distinct()).scalars().all() == ["notice-published"]


def test_those_who_run_something_else_are_not_told(cast: Cast, session: Session) -> None:
    other = factories.a_product(session, "pacs")
    factories.an_installation(session, cast.songlin, other, "4.1")
    a_notice(cast)
    told = set(session.execute(select(OutboxMessage.person_id)).scalars())
    assert cast.stranger.person_id not in told


def test_a_sheet_is_made_in_every_language(cast: Cast, session: Session) -> None:
    notice = a_notice(cast)
    made = {job.dedupe_key: job.parameters["locale"] for job in session.execute(select(Job)).scalars()}
    assert made == {f"notice-paper:{notice.code}:1:{locale}": locale for locale in ("en", "zh_Hans", "zh_Hant")}


def test_sent_back_it_is_a_draft_with_a_reason(cast: Cast, session: Session) -> None:
    notice = in_review(cast, a_draft(cast))
    services.send_back(session, notice, reason="Name the window.", by=cast.colleague)
    revision = working_revision(session, notice)
    assert (revision.state, revision.sent_back_because) == (RevisionState.DRAFT, "Name the window.")


def test_a_published_revision_never_changes(cast: Cast, session: Session) -> None:
    revision = working_revision(session, a_notice(cast))
    revision.products = []
    with pytest.raises(DatabaseError):
        session.flush()


def test_words_that_are_out_cannot_be_written_over(cast: Cast, session: Session) -> None:
    notice = a_notice(cast)
    with pytest.raises(NoticeRuleError) as error:
        write(cast, notice)
    assert error.value.code == "not-now"


def test_readers_keep_the_present_revision_until_the_next_is_published(cast: Cast, session: Session) -> None:
    notice = a_notice(cast)
    services.start_revision(session, notice, is_material=True, by=cast.author, at=clock.now())
    services.change_facts(session, notice, facts(action=ActionNeeded.NONE, act_by=None), by=cast.author)
    assert (notice.revision_number, notice.action, notice.act_by) == (1, ActionNeeded.REQUIRED, facts().act_by)


def test_the_next_revision_needs_a_second_person_again(cast: Cast, session: Session) -> None:
    notice = a_notice(cast)
    services.start_revision(session, notice, is_material=False, by=cast.colleague, at=clock.now())
    write(cast, notice)
    services.send_to_review(session, notice, by=cast.author, today=TODAY)
    with pytest.raises(NoticeRuleError):
        services.approve(session, notice, by=cast.colleague, at=clock.now(), today=TODAY)


def test_an_editorial_revision_asks_nobody_again(cast: Cast, session: Session) -> None:
    notice = a_notice(cast)
    before = len(session.execute(select(OutboxMessage.id)).all())
    revise(cast, notice, is_material=False)
    assert (notice.revision_number, notice.material_number) == (2, 1)
    assert len(session.execute(select(OutboxMessage.id)).all()) == before


def test_a_material_revision_tells_everyone_again(cast: Cast, session: Session) -> None:
    notice = a_notice(cast)
    before = len(session.execute(select(OutboxMessage.id)).all())
    revise(cast, notice)
    assert (notice.revision_number, notice.material_number) == (2, 2)
    assert len(session.execute(select(OutboxMessage.id)).all()) == 2 * before


def test_it_is_withdrawn_with_a_reason_only(cast: Cast, session: Session) -> None:
    notice = a_notice(cast)
    with pytest.raises(NoticeRuleError) as error:
        services.withdraw(session, notice, reason="", by=cast.author, at=clock.now())
    assert error.value.code == "reason-needed"
    services.withdraw(session, notice, reason="The fault is elsewhere.", by=cast.author, at=clock.now())
    assert (notice.state, notice.withdrawn_reason) == (NoticeState.WITHDRAWN, "The fault is elsewhere.")


def test_it_is_superseded_by_a_notice_that_is_out(cast: Cast, session: Session) -> None:
    older, draft, newer = a_notice(cast), a_draft(cast), a_notice(cast)
    for code in (draft.code, older.code, "N-1999-001"):
        with pytest.raises(NoticeRuleError) as error:
            services.supersede(session, older, by_code=code, by=cast.author)
        assert error.value.code == "not-there"
    services.supersede(session, older, by_code=newer.code, by=cast.author)
    assert (older.state, older.superseded_by) == (NoticeState.SUPERSEDED, newer.code)


def test_a_known_issue_is_watched_then_resolved_then_archived(cast: Cast, session: Session) -> None:
    notice = a_notice(cast, kind=NoticeKind.KNOWN_ISSUE)
    for action, state in (
        (Action.WATCH, NoticeState.WATCHING),
        (Action.RESOLVE, NoticeState.RESOLVED),
        (Action.ARCHIVE, NoticeState.ARCHIVED),
    ):
        services.move(session, notice, action, by=cast.author)
        assert notice.state == state


def test_two_agents_at_once_do_not_overwrite_each_other(cast: Cast, session: Session) -> None:
    notice = a_draft(cast)
    seen = notice.version
    services.change_facts(session, notice, facts(), by=cast.author)
    session.commit()
    with pytest.raises(StaleError):
        services.loaded(session, notice.code, by=cast.colleague, version=seen)


def test_the_history_keeps_every_revision(cast: Cast, session: Session) -> None:
    notice = revise(cast, a_notice(cast))
    rows = session.execute(select(NoticeRevision.number, NoticeRevision.state).order_by(NoticeRevision.number)).all()
    assert [tuple(row) for row in rows] == [(1, RevisionState.PUBLISHED), (2, RevisionState.PUBLISHED)]
    assert notice.published_at is not None


def test_publishing_again_later_keeps_the_first_day(cast: Cast, session: Session) -> None:
    notice = a_notice(cast)
    first = notice.published_at
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        revise(cast, notice)
    assert notice.published_at == first


def test_publish_is_reached_only_through_review(cast: Cast, session: Session) -> None:
    notice = a_draft(cast)
    with pytest.raises(NoticeRuleError):
        services.approve(session, notice, by=cast.colleague, at=clock.now(), today=TODAY)
    publish(cast, notice)
    with pytest.raises(NoticeRuleError):
        services.publish(session, notice, by=cast.author, at=clock.now(), today=TODAY)
