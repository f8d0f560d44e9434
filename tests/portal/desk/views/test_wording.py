"""The phrasebook's word before an update is sent, and times that are promised with one press."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.loading import load_text
from portal.accounts.models import Person
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.core.db import Database
from portal.knowledge import services as knowledge
from portal.knowledge.services import About, Step, Written
from portal.notices.models import NoticeState
from portal.phrasebook.models import KeptTerm
from portal.phrasebook.services import keep
from portal.questionnaires import services as questionnaires
from portal.replies import services as replies
from portal.tickets import services as tickets
from portal.tickets.models import Priority, Ticket
from tests.portal.board.test_deflecting import a_known_issue
from tests.portal.desk.scene import keys, kinds, now_of
from tests.portal.questionnaires.examples import TEXT
from tests.portal.tickets.cast import Cast, a_ticket
from tests.statements import listening

WORDS = "The API timeout is being looked at."


def send(desk: FlaskClient, ticket: Ticket, body: str, **more: str) -> tuple[int, str]:
    """Send an update through the page; returns the status and the page."""
    sent = {"reply-body": body, **{f"reply-{name}": value for name, value in more.items()}}
    answer = desk.post(f"/desk/tickets/{ticket.reference}/updates", data={**keys(desk, ticket, "reply"), **sent})
    return answer.status_code, answer.text


def offered(page: str) -> dict[str, str]:
    """Return the times on the buttons of a page, by their words."""
    found = re.findall(r'name="reply-offered" value="([^"]+)">([^<]+)<', page)
    return {unescape(words): value for value, words in found}


def test_engineers_words_are_not_sent_without_a_question(cast: Cast, session: Session, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    status, page = send(desk, ticket, WORDS)
    assert status == 422
    assert "Customers may stumble over these words" in page
    assert "API timeout" in page
    assert f"{WORDS}</textarea>" in page
    assert kinds(session, ticket) == ["opened"]


def test_a_reason_that_is_too_long_is_refused_beside_its_field(cast: Cast, session: Session, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    for words in (WORDS, "Your report is being looked at."):
        status, page = send(desk, ticket, words, kept_because="long " * 61)
        assert status == 422
        assert 'id="reply-kept_because-error"' in page
    assert "Customers may stumble" not in send(desk, ticket, " ")[1]


def test_plain_words_are_put_in_and_read_once_more(cast: Cast, session: Session, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    status, page = send(desk, ticket, WORDS, wording="instead")
    assert status == 422
    assert "Plain words are in their places now." in page
    body = unescape(page.partition('id="reply-body"')[2].partition("</textarea>")[0].partition(">")[2]).strip()
    assert "API" not in body
    assert send(desk, ticket, body)[0] == 303
    assert kinds(session, ticket)[-1] == "updated"
    assert session.scalars(select(KeptTerm)).all() == []


def test_a_term_stays_with_a_reason_which_is_noted(cast: Cast, session: Session, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    assert send(desk, ticket, WORDS, kept_because="Their own IT department reads it")[0] == 303
    kept = session.scalars(select(KeptTerm)).all()
    assert [(each.term, each.locale, each.ticket_id) for each in kept] == [("api timeout", "en", ticket.id)]
    assert kinds(session, ticket)[-1] == "updated"


def test_the_words_are_checked_in_the_language_of_whoever_reads_them(
    cast: Cast, session: Session, desk: FlaskClient
) -> None:
    session.get_one(Person, cast.tang.person_id).locale = "zh_Hans"
    ticket = a_ticket(cast)
    status, page = send(desk, ticket, "接口超时，正在处理。")
    assert status == 422
    assert "接口超时" in page
    assert send(desk, ticket, "数据到得慢，我们正在疏通。")[0] == 303


def test_an_english_draft_to_a_chinese_reader_is_checked_and_mended_in_english(
    cast: Cast, session: Session, desk: FlaskClient
) -> None:
    session.get_one(Person, cast.tang.person_id).locale = "zh_Hant"
    ticket = a_ticket(cast)
    status, page = send(desk, ticket, "After the rollback it works.")
    assert status == 422
    assert '<dd lang="en">going back to the version of the day before</dd>' in page
    page = send(desk, ticket, "After the rollback it works.", wording="instead")[1]
    assert "After the going back to the version of the day before it works.</textarea>" in page
    assert send(desk, ticket, "After the rollback it works.", kept_because="They asked for it")[0] == 303
    assert session.scalars(select(KeptTerm.locale)).all() == ["en"]


def test_enter_in_the_reason_sends_and_puts_no_other_words_in(cast: Cast, desk: FlaskClient) -> None:
    _, page = send(desk, a_ticket(cast), WORDS)
    form = page.partition('name="reply-body"')[2].partition("</form>")[0]
    first = re.search(r"<button[^>]*>", form)
    assert first is not None
    assert "name=" not in first[0]
    assert "formaction" not in first[0]


def test_plain_words_are_simply_sent(cast: Cast, session: Session, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    assert send(desk, ticket, "We are looking at it, and call you at four.")[0] == 303
    assert kinds(session, ticket)[-1] == "updated"


def test_times_are_offered_that_can_be_promised_with_one_press(cast: Cast, session: Session, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    times = offered(desk.get(f"/desk/tickets/{ticket.reference}").text)
    assert list(times)[:3] == ["today 11:30", "today 18:00", "tomorrow 10:00"]
    status, _ = send(desk, ticket, "We look at it.", offered=times["today 18:00"], next_by="2026-04-22T09:00")
    assert status == 303
    due = now_of(session, ticket).next_due_at
    assert due is not None
    assert due.isoformat() == "2026-04-21T10:00:00+00:00"


def test_every_offered_time_is_taken(cast: Cast, desk: FlaskClient) -> None:
    for time in offered(desk.get(f"/desk/tickets/{a_ticket(cast).reference}").text).values():
        assert send(desk, a_ticket(cast), "We look at it.", offered=time)[0] == 303


def test_where_work_has_stopped_only_the_half_hour_is_offered(cast: Cast, desk: FlaskClient) -> None:
    ticket = a_ticket(cast, severity=Priority.P1)
    assert list(offered(desk.get(f"/desk/tickets/{ticket.reference}").text)) == ["today 10:32"]


def test_the_phrasebook_shows_what_was_kept_how_often_and_why(cast: Cast, desk: FlaskClient) -> None:
    for reason in ("Their own IT department reads it", "It stands so on their screen"):
        send(desk, a_ticket(cast), WORDS, kept_because=reason)
    page = desk.get("/desk/phrasebook?language=en").text
    assert "Sent all the same, within three months" in page
    assert "It stands so on their screen · Their own IT department reads it" in page
    assert '<td data-l="How often">2</td>' in page
    assert "Sent all the same" not in desk.get("/desk/phrasebook?language=zh_Hans").text


@pytest.mark.parametrize(
    ("form", "address", "words"),
    [
        ("solving", "resolution", {"cause": "A bug", "fix": "Set right", "prevention": "We check it"}),
        ("solving", "resolution", {"cause": "A setting", "fix": "Set right", "prevention": "A rollback plan"}),
        ("priority", "priority", {"priority": "P1", "because": "The API is down"}),
        ("verdict", "decision", {"kind": "feature", "decision": "declined", "words": "It is a legacy part"}),
    ],
)
def test_whatever_customers_read_is_checked(
    cast: Cast, session: Session, desk: FlaskClient, form: str, address: str, words: dict[str, str]
) -> None:
    ticket = a_ticket(cast)
    where = f"/desk/tickets/{ticket.reference}/{address}"

    def sent(**more: str) -> dict[str, str]:
        typed = {f"{form}-{name}": value for name, value in {**words, **more}.items()}
        return {**keys(desk, ticket, form), **typed}

    asked = desk.post(where, data=sent())
    assert asked.status_code == 422
    assert "Customers may stumble over these words" in asked.text
    assert asked.text.count('id="wording"') == 1
    assert kinds(session, ticket) == ["opened"]
    long = desk.post(where, data=sent(kept_because="long " * 61)).text
    assert f'id="{form}-kept_because-error"' in long
    assert "long long" in long
    assert "Plain words are in their places now." in desk.post(where, data=sent(wording="instead")).text
    assert desk.post(where, data=sent(kept_because="They call it so themselves")).status_code == 303
    assert len(session.scalars(select(KeptTerm)).all()) == 1
    assert len(kinds(session, ticket)) == 2


def test_a_term_stays_for_many_customers_with_one_reason(cast: Cast, session: Session, desk: FlaskClient) -> None:
    tickets = [a_ticket(cast), a_ticket(cast)]
    sent = {"t": [each.reference for each in tickets], "telling-body": WORDS, "telling-once": "many-once-1"}
    asked = desk.post("/desk/chosen/updates", data=sent)
    assert asked.status_code == 422
    assert "API timeout" in asked.text
    long = desk.post("/desk/chosen/updates", data={**sent, "telling-kept_because": "long " * 61})
    assert 'id="telling-kept_because-error"' in long.text
    answer = desk.post("/desk/chosen/updates", data={**sent, "telling-kept_because": "All of them asked for it"})
    assert answer.status_code == 303
    assert [kinds(session, each)[-1] for each in tickets] == ["updated", "updated"]
    kept = session.scalars(select(KeptTerm)).all()
    assert {each.ticket_id for each in kept} == {each.id for each in tickets}


def test_plain_words_are_put_in_for_many_customers(cast: Cast, session: Session, desk: FlaskClient) -> None:
    ticket = a_ticket(cast)
    sent = {"t": ticket.reference, "telling-body": WORDS, "telling-wording": "instead", "telling-once": "many-once-2"}
    page = desk.post("/desk/chosen/updates", data=sent).text
    assert "Plain words are in their places now." in page
    assert "API timeout" not in page
    assert kinds(session, ticket) == ["opened"]


def test_the_phrasebook_tells_where_customers_read_a_term(cast: Cast, session: Session, desk: FlaskClient) -> None:
    text = TEXT.format(key="small", version=1, title="Report something", page="about")
    asked = load_text(text.replace("How bad?", "Is it the timeout?"), name="small.yaml")
    questionnaires.publish(session, asked, by=SYSTEM, at=clock.now())
    session.commit()
    page = desk.get("/desk/phrasebook?language=en&term=timeout").text
    assert "Where customers read “timeout”" in page
    assert 'href="/desk/questionnaires/small/1"' in page
    assert "Is it the timeout?" in page
    elsewhere = desk.get("/desk/phrasebook?language=en&term=legacy").text
    assert "Nowhere: in no reply on a ticket, notice, article, saved reply or questionnaire." in elsewhere
    assert "Where customers read" not in desk.get("/desk/phrasebook?language=en").text


def test_the_latest_replies_articles_and_saved_replies_with_a_term_are_named(
    cast: Cast, session: Session, desk: FlaskClient
) -> None:
    tickets = [a_ticket(cast) for _ in range(7)]
    for ticket in tickets:
        assert send(desk, ticket, "The Rollbacks are done.\nSee you.", kept_because="Theirs")[0] == 303
    send(desk, a_ticket(cast), "再回滚一次", kept_because="他们这样说")
    by, at = cast.actor(cast.agent), clock.now()
    article = knowledge.start(session, About("his", "orders"), by=by, at=at)
    written = Written("After an update", "", [Step("Wait for the rollback", "It works", "Call us")])
    knowledge.write(session, article, "en", written, by=by, at=at)
    reply = replies.keep_reply(session, None, name="Back again", texts={"en": "The rollback is done"}, by=by, at=at)
    session.commit()
    page = desk.get("/desk/phrasebook?language=en&term=rollback").text
    used = page.partition('id="where-used"')[2].partition('id="proposed"')[0]
    assert "In 7 replies on tickets" in used
    assert used.count('href="/desk/tickets/') == 5
    assert f"/desk/tickets/{tickets[-1].reference}" in used
    assert '<span lang="en">The Rollbacks are done.</span>' in used
    assert f'href="/desk/knowledge/{article.id}"' in used
    assert f'href="/desk/replies/{reply.id}"' in used
    assert "In 1 reply on tickets" in desk.get("/desk/phrasebook?language=zh_Hans&term=回滚").text


def test_notes_and_customers_words_are_no_places_of_a_term(cast: Cast, session: Session, desk: FlaskClient) -> None:
    ticket = a_ticket(cast, title="The rollback is here")
    tickets.add_update(session, ticket, update=tickets.Update("A rollback?"), by=cast.actor(cast.tang), at=clock.now())
    tickets.add_note(session, ticket, body="rollback", by=cast.actor(cast.agent), at=clock.now())
    session.commit()
    assert "Nowhere: in no reply" in desk.get("/desk/phrasebook?language=en&term=rollback").text


def test_where_a_term_is_used_costs_the_same_however_often_it_is(
    cast: Cast, database: Database, session: Session, desk: FlaskClient
) -> None:
    def count() -> int:
        with listening(database) as said:
            desk.get("/desk/phrasebook?language=en&term=rollback")
        return said.count

    before = count()
    for _ in range(3):
        send(desk, a_ticket(cast), "The rollback is done.", kept_because="Theirs")
    assert count() == before <= 10


def test_a_notice_that_uses_a_term_is_named(cast: Cast, session: Session, desk: FlaskClient) -> None:
    notice = a_known_issue(cast)
    keep(session, "en", term="storms", sentence="bad weather", at=clock.now())
    session.commit()
    page = desk.get("/desk/phrasebook?language=en&term=storms").text
    assert f'href="/desk/notices/{notice.code}"' in page
    assert "Storms cut the power." in page
    notice.state = NoticeState.ARCHIVED
    session.commit()
    assert notice.code not in desk.get("/desk/phrasebook?language=en&term=storms").text
