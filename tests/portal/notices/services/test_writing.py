"""Writing a notice."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.notices import services
from portal.notices.models import (
    AudienceKind,
    CheckItem,
    NoticeAudience,
    NoticeScope,
    NoticeState,
    TextStatus,
    Words,
)
from portal.notices.queries.workbench import texts_of, working_revision
from portal.notices.services import Draft
from tests.portal.notices.cast import HIS, Cast, a_draft, a_notice, facts


def items(*texts: str) -> Words:
    return Words(checklist=tuple(CheckItem("", text) for text in texts))


def checklist(session: Session, revision_id: UUID, language: str) -> list[tuple[str, str]]:
    rows = texts_of(session, revision_id)
    return [(item.id, item.text) for item in Words.of(rows[language].document).checklist]


def test_it_begins_as_a_draft_with_the_years_next_number(cast: Cast, session: Session) -> None:
    first = services.start_notice(session, facts(), by=cast.author, at=clock.now())
    second = services.start_notice(session, facts(), by=cast.author, at=clock.now())
    assert (first.code, second.code, first.state) == ("N-2026-001", "N-2026-002", NoticeState.DRAFT)
    assert first.owner_id == cast.writer.id


def test_the_range_is_kept_word_for_word(cast: Cast, session: Session) -> None:
    notice = services.start_notice(session, facts(), by=cast.author, at=clock.now())
    assert working_revision(session, notice).products == [HIS.as_row()]
    assert HIS.range == "5.0 至 5.6.2"


def test_the_audience_becomes_rows_that_a_query_can_look_for(cast: Cast, session: Session) -> None:
    audience = {AudienceKind.REGION: ["yangtze", "south-china"], AudienceKind.TIER: []}
    notice = services.start_notice(
        session, facts(scope=NoticeScope.TARGETED, audience=audience), by=cast.author, at=clock.now()
    )
    rows = session.execute(
        select(NoticeAudience.kind, NoticeAudience.value).where(NoticeAudience.notice_id == notice.id)
    )
    assert {tuple(row) for row in rows} == {("region", "south-china"), ("region", "yangtze"), ("product", "his")}


def test_the_audience_of_what_is_out_changes_only_with_the_next_revision(cast: Cast, session: Session) -> None:
    notice = a_notice(cast)
    services.start_revision(session, notice, is_material=True, by=cast.author, at=clock.now())
    services.change_facts(session, notice, facts(products=[]), by=cast.author)
    rows = session.execute(select(NoticeAudience.value).where(NoticeAudience.notice_id == notice.id))
    assert rows.scalars().all() == ["his"]


def test_a_checklist_item_keeps_its_id_when_others_come_and_go(cast: Cast, session: Session) -> None:
    notice = services.start_notice(session, facts(), by=cast.author, at=clock.now())
    revision = working_revision(session, notice)
    services.save_text(session, notice, "en", Draft("Rain", items("one", "two")), by=cast.author)
    services.save_text(session, notice, "en", Draft("Rain", items("three", "two")), by=cast.author)
    assert checklist(session, revision.id, "en") == [("c3", "three"), ("c2", "two")]


def test_a_translated_item_has_the_id_of_its_source(cast: Cast, session: Session) -> None:
    notice = services.start_notice(session, facts(), by=cast.author, at=clock.now())
    revision = working_revision(session, notice)
    services.save_text(session, notice, "en", Draft("Rain", items("one", "two")), by=cast.author)
    services.save_text(session, notice, "zh_Hans", Draft("雨", items("一", "二", "三")), by=cast.author)
    assert checklist(session, revision.id, "zh_Hans") == [("c1", "一"), ("c2", "二"), ("x0", "三")]


def test_writing_over_a_translation_makes_it_unread_again(cast: Cast, session: Session) -> None:
    notice = a_draft(cast)
    services.review_text(session, notice, "zh_Hans", by=cast.colleague)
    row = services.save_text(session, notice, "zh_Hans", Draft("雨", items("一", "二")), by=cast.author)
    assert (row.status, row.reviewed_by) == (TextStatus.DRAFT, None)
