"""The page of a notice's tickets: joining, taking off, answering all of them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import Agent, Contact, Person
from portal.incidents.models import IncidentUpdate, TicketTold
from portal.notices.models import AudienceKind, NoticeScope, NoticeState
from portal.phrasebook.models import KeptTerm
from tests import factories
from tests.portal.incidents.linking import a_ticket, an_incident, linked
from tests.portal.notices.cast import Cast


@pytest.fixture
def browser(cast: Cast, signed_in: Callable[[Person], FlaskClient]) -> Callable[[Contact | Agent], FlaskClient]:
    return lambda who: signed_in(cast.session.get_one(Person, who.person_id))


Browser = Callable[[Contact | Agent], FlaskClient]


def test_the_desk_leads_from_a_notice_to_its_tickets(cast: Cast, browser: Browser) -> None:
    notice = an_incident(cast)
    (ticket,) = linked(cast, notice)
    page = browser(cast.writer).get(f"/desk/notices/{notice.code}").text
    assert f"/desk/notices/{notice.code}/tickets" in page
    assert "1 open ticket" in page
    assert ticket.reference in browser(cast.writer).get(f"/desk/notices/{notice.code}/tickets").text


def test_tickets_are_joined_by_their_numbers_however_they_are_typed(cast: Cast, browser: Browser) -> None:
    notice, first, second = an_incident(cast), a_ticket(cast), a_ticket(cast)
    typed = f"{first.reference.lower()}，\n {second.reference} {first.reference}"
    answer = browser(cast.writer).post(
        f"/desk/notices/{notice.code}/tickets/link", data={"references": typed, "once": "a"}
    )
    assert answer.status_code == 303
    cast.session.expire_all()
    assert (first.notice_id, second.notice_id) == (notice.id, notice.id)


@pytest.mark.parametrize("typed", ["", "T-2026-999999", "all of them", "x" * 20_001])
def test_what_is_no_open_ticket_is_named(cast: Cast, browser: Browser, typed: str) -> None:
    notice = an_incident(cast)
    answer = browser(cast.writer).post(f"/desk/notices/{notice.code}/tickets/link", data={"references": typed})
    assert answer.status_code == 422


def test_a_ticket_is_taken_off(cast: Cast, browser: Browser) -> None:
    notice = an_incident(cast)
    (ticket,) = linked(cast, notice)
    path = f"/desk/notices/{notice.code}/tickets/{ticket.reference}/unlink"
    assert browser(cast.writer).post(path).status_code == 303
    cast.session.expire_all()
    assert ticket.notice_id is None
    assert browser(cast.writer).post(path.replace(ticket.reference, "T-2026-999999")).status_code == 404


def test_an_update_is_written_once_and_its_progress_shown(cast: Cast, browser: Browser) -> None:
    notice = an_incident(cast)
    linked(cast, notice, 3)
    writer = browser(cast.writer)
    for _ in range(2):
        sent = {"body_en": "A router is being replaced.", "body_zh_Hans": "", "body_zh_Hant": "", "once": "a"}
        assert writer.post(f"/desk/notices/{notice.code}/tickets/update", data=sent).status_code == 303
    assert len(cast.session.scalars(select(IncidentUpdate)).all()) == 1
    page = writer.get(f"/desk/notices/{notice.code}/tickets").text
    assert '<progress max="3" value="0"' in page
    assert "0 of 3 tickets told" in page


def test_an_update_can_promise_a_sooner_time(cast: Cast, browser: Browser) -> None:
    notice = an_incident(cast)
    linked(cast, notice)
    path = f"/desk/notices/{notice.code}/tickets/update"
    answer = browser(cast.writer).post(path, data={"body_en": "We see it.", "next_by": "soon", "once": "a"})
    assert answer.status_code == 422
    assert "still to come" in answer.text
    sent = {"body_en": "We see it.", "next_by": "１２：３０", "once": "a"}
    assert browser(cast.writer).post(path, data=sent).status_code == 303
    (update,) = cast.session.scalars(select(IncidentUpdate))
    assert update.next_by == datetime(2026, 4, 21, 4, 30, tzinfo=UTC)


def test_an_update_without_words_is_asked_for(cast: Cast, browser: Browser) -> None:
    notice = an_incident(cast)
    answer = browser(cast.writer).post(f"/desk/notices/{notice.code}/tickets/update", data={"once": "a"})
    assert answer.status_code == 422
    assert "in at least one language" in answer.text


def test_solving_it_begins_with_what_the_notice_says(cast: Cast, browser: Browser) -> None:
    notice = an_incident(cast)
    linked(cast, notice)
    writer = browser(cast.writer)
    assert "Nothing was written.</textarea>" in writer.get(f"/desk/notices/{notice.code}/tickets").text
    sent = {"cause_en": "A full disk.", "fix_en": "We made room.", "prevention_en": "We watch it.", "once": "a"}
    assert writer.post(f"/desk/notices/{notice.code}/tickets/solved", data=sent).status_code == 303
    cast.session.expire_all()
    assert notice.state == NoticeState.RESOLVED
    assert len(cast.session.scalars(select(TicketTold)).all()) == 1


@pytest.mark.parametrize("sent", [{}, {"fix_en": "We made room."}, {"fix_zh_Hans": "已清理。", "cause_en": "x"}])
def test_customers_read_all_three_parts_or_nothing(cast: Cast, browser: Browser, sent: dict[str, str]) -> None:
    notice = an_incident(cast)
    answer = browser(cast.writer).post(f"/desk/notices/{notice.code}/tickets/solved", data={**sent, "once": "a"})
    assert answer.status_code == 422
    assert "customers read all three" in answer.text
    cast.session.expire_all()
    assert notice.state == NoticeState.ACTIVE


def test_a_notice_that_is_over_says_so(cast: Cast, browser: Browser) -> None:
    notice = an_incident(cast)
    notice.state = NoticeState.ARCHIVED
    cast.session.commit()
    sent = {"cause_en": "A", "fix_en": "B", "prevention_en": "C", "once": "a"}
    answer = browser(cast.writer).post(f"/desk/notices/{notice.code}/tickets/solved", data=sent)
    assert answer.status_code == 422
    assert "no longer in force" in answer.text


def test_customers_never_come_here(cast: Cast, browser: Browser) -> None:
    notice = an_incident(cast)
    assert browser(cast.tang).get(f"/desk/notices/{notice.code}/tickets").status_code == 403


def test_a_limited_agent_reads_only_their_tickets(cast: Cast, browser: Browser) -> None:
    notice = an_incident(cast)
    (ticket,) = linked(cast, notice)
    factories.limit_agent(cast.session, cast.reviewer, organisations=(cast.songlin,))
    cast.session.commit()
    assert ticket.reference not in browser(cast.reviewer).get(f"/desk/notices/{notice.code}/tickets").text


def test_a_ticket_shows_its_notice_on_both_sides(cast: Cast, browser: Browser) -> None:
    notice = an_incident(cast)
    (ticket,) = linked(cast, notice)
    for who, path in ((cast.tang, f"/tickets/{ticket.reference}"), (cast.writer, f"/desk/tickets/{ticket.reference}")):
        page = browser(who).get(path).text
        assert "The notice about it" in page
        assert f"/notices/{notice.code}" in page


def test_a_ticket_shows_no_notice_that_its_reader_may_not_read(cast: Cast, browser: Browser) -> None:
    notice = an_incident(cast, scope=NoticeScope.TARGETED, audience={AudienceKind.ORGANISATION: [str(cast.songlin.id)]})
    (ticket,) = linked(cast, notice)
    assert "The notice about it" not in browser(cast.tang).get(f"/tickets/{ticket.reference}").text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("update", {"body_en": "We do a rollback.", "body_zh_Hans": "正在回滚。"}),
        ("solved", {"cause_en": "A setting", "fix_en": "A rollback", "prevention_en": "We check it"}),
    ],
)
def test_what_all_of_them_read_is_held_against_the_phrasebook(
    cast: Cast, browser: Browser, address: str, words: dict[str, str]
) -> None:
    notice = an_incident(cast)
    linked(cast, notice, 2)
    writer, path = browser(cast.writer), f"/desk/notices/{notice.code}/tickets/{address}"
    asked = writer.post(path, data={**words, "once": "a"})
    assert asked.status_code == 422
    assert "going back to the version of the day before" in asked.text
    assert asked.text.count('id="wording"') == 1
    assert "Plain words are in their places now." in writer.post(path, data={**words, "wording": "instead"}).text
    assert cast.session.scalars(select(IncidentUpdate)).all() == []
    assert writer.post(path, data={**words, "once": "a", "kept_because": "They ask for it"}).status_code == 303
    cast.session.expire_all()
    assert "rollback" in cast.session.scalars(select(KeptTerm.term)).all()
