"""Changes to the phrasebook."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.phrasebook import services
from portal.phrasebook.models import Phrase
from portal.phrasebook.queries import check, entries


def test_the_same_term_is_kept_once_however_it_is_written(session: Session) -> None:
    for term in ("Flux API", "flux api", "FLUX  API"):
        services.keep(session, "en", term=term, sentence="change", at=clock.now())
    assert session.scalar(select(func.count()).select_from(Phrase)) == 1


def test_a_term_that_came_along_stays_out_once_it_is_dropped(session: Session) -> None:
    services.drop(session, "zh_Hans", term="日志", at=clock.now())
    assert "日志" not in {each.term for each in entries(session, "zh_Hans")}
    assert check(session, "请看日志。", "zh_Hans") == []


def test_a_dropped_term_comes_back_when_it_is_written_again(session: Session) -> None:
    services.drop(session, "zh_Hans", term="日志", at=clock.now())
    services.keep(session, "zh_Hans", term="日志", sentence="记录", at=clock.now())
    assert [each.instead for each in check(session, "请看日志。", "zh_Hans")] == ["记录"]
