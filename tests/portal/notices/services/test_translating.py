"""Bringing a notice into its other languages."""

import pytest
from sqlalchemy.orm import Session

from portal.core import clock
from portal.notices import services
from portal.notices.models import Step, TextStatus, Words
from portal.notices.permissions import NoticeRuleError
from portal.notices.queries.workbench import texts_of, working_revision
from portal.notices.services import Draft
from tests.portal.notices.cast import WORDS, Cast, a_draft, facts


def test_a_converted_text_says_that_a_machine_made_it(cast: Cast, session: Session) -> None:
    notice = services.start_notice(session, facts(source_language="zh_Hans"), by=cast.author, at=clock.now())
    words = Words(what="请检查软件里的数据", steps=(Step("按 {key:F7}。", "弹出窗口。", "", "F7"),))
    services.save_text(session, notice, "zh_Hans", Draft("雨季来临", words), by=cast.author)
    row = services.convert_text(session, notice, "zh_Hant", by=cast.author)
    assert (row.title, row.status, row.is_converted) == ("雨季來臨", TextStatus.DRAFT, True)
    converted = Words.of(row.document)
    assert converted.what == "請檢查軟體裡的資料"
    assert converted.steps == (Step("按 {key:F7}。", "彈出視窗。", "", "F7"),)


def test_a_text_that_a_person_has_read_no_longer_says_so(cast: Cast, session: Session) -> None:
    notice = services.start_notice(session, facts(source_language="zh_Hans"), by=cast.author, at=clock.now())
    services.save_text(session, notice, "zh_Hans", Draft("雨季来临", Words()), by=cast.author)
    row = services.convert_text(session, notice, "zh_Hant", by=cast.author)
    services.review_text(session, notice, "zh_Hant", by=cast.colleague)
    assert (row.status, row.is_converted, row.reviewed_by) == (
        TextStatus.REVIEWED,
        False,
        cast.colleague.person_id,
    )


@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant"])
def test_there_is_nothing_to_convert_from_english(cast: Cast, session: Session, language: str) -> None:
    with pytest.raises(NoticeRuleError) as error:
        services.convert_text(session, a_draft(cast), language, by=cast.author)
    assert error.value.code == "nothing-to-convert"


def test_a_translation_of_older_words_cannot_be_marked_as_read(cast: Cast, session: Session) -> None:
    notice = a_draft(cast)
    services.save_text(session, notice, "en", Draft("Rainy season comes", WORDS), by=cast.author)
    with pytest.raises(NoticeRuleError) as error:
        services.review_text(session, notice, "zh_Hans", by=cast.colleague)
    assert error.value.code == "text-stale"


def test_a_read_translation_goes_stale_when_its_source_moves_on(cast: Cast, session: Session) -> None:
    notice = a_draft(cast)
    services.review_text(session, notice, "zh_Hans", by=cast.colleague)
    services.save_text(session, notice, "en", Draft("Rainy season comes", WORDS), by=cast.author)
    text = texts_of(session, working_revision(session, notice).id)["zh_Hans"]
    assert text.status == TextStatus.REVIEWED
    with pytest.raises(NoticeRuleError) as error:
        services.review_text(session, notice, "zh_Hans", by=cast.colleague)
    assert error.value.code == "text-stale"


def test_the_source_itself_is_neither_read_against_itself_nor_waived(cast: Cast, session: Session) -> None:
    notice = a_draft(cast)
    with pytest.raises(NoticeRuleError):
        services.review_text(session, notice, "en", by=cast.colleague)
    with pytest.raises(NoticeRuleError):
        services.waive(session, notice, "en", by=cast.colleague)
