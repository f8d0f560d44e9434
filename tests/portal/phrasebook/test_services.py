"""Changes to the phrasebook."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.actor import SYSTEM
from portal.phrasebook import services
from portal.phrasebook.models import Phrase, TermAside
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


def test_a_term_of_signs_that_stand_for_many_letters_has_room_in_the_database(session: Session) -> None:
    term = "\ufdfa" * 60
    services.put_aside(session, "en", term=term, by=SYSTEM, at=clock.now())
    row = services.keep(session, "en", term=term, sentence="greeting", at=clock.now())
    aside = session.scalars(select(TermAside)).one()
    assert len(aside.folded) <= 120  # as its column has it; PostgreSQL takes no more
    assert len(row.folded) <= 120
    assert [each.instead for each in check(session, f"It says {term}.", "en")] == ["greeting"]
