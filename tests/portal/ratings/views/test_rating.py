"""Saying on a ticket's page how it goes or how it was."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from portal.core import clock
from portal.core.models import TypedText
from portal.ratings.models import RatingKind
from tests.portal.ratings.scene import a_solved_ticket, an_answered_ticket, rate, scores
from tests.portal.tickets.cast import Cast, SignInAs, a_ticket

MOOD = {"kind": "mood", "score": "3"}


def test_one_tap_says_how_it_goes(cast: Cast, as_: SignInAs) -> None:
    ticket, browser = an_answered_ticket(cast), as_(cast.tang)
    assert "How is it going for you?" in browser.get(f"/tickets/{ticket.reference}").text
    answer = browser.post(f"/tickets/{ticket.reference}/rating", data=MOOD)
    assert answer.status_code == 303
    assert scores(cast) == [("mood", 3, "page")]
    page = browser.get(f"/tickets/{ticket.reference}").text
    assert "Thank you for telling us." in page
    assert "How is it going for you?" not in page


def test_nobody_is_asked_how_it_goes_before_somebody_has_answered(cast: Cast, as_: SignInAs) -> None:
    ticket, browser = a_ticket(cast), as_(cast.tang)
    assert "How is it going for you?" not in browser.get(f"/tickets/{ticket.reference}").text
    browser.post(f"/tickets/{ticket.reference}/rating", data=MOOD)
    assert scores(cast) == []


def test_a_second_tap_on_the_same_day_changes_nothing_and_the_next_day_counts(cast: Cast, as_: SignInAs) -> None:
    ticket = an_answered_ticket(cast)
    browser = as_(cast.tang)
    for _ in range(2):
        browser.post(f"/tickets/{ticket.reference}/rating", data=MOOD)
    assert scores(cast) == [("mood", 3, "page")]
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        browser.post(f"/tickets/{ticket.reference}/rating", data={"kind": "mood", "score": "1"})
    assert scores(cast) == [("mood", 3, "page"), ("mood", 1, "page")]


def test_stars_and_words_come_after_it_is_solved(cast: Cast, as_: SignInAs) -> None:
    ticket = a_solved_ticket(cast)
    browser = as_(cast.tang)
    assert "How was our help?" in browser.get(f"/tickets/{ticket.reference}").text
    browser.post(f"/tickets/{ticket.reference}/rating", data={"kind": "stars", "score": "5", "words": "Quick and kind"})
    assert scores(cast) == [("stars", 5, "page")]
    text = cast.session.query(TypedText).filter_by(body="Quick and kind").one()
    assert text.person_id == cast.tang.person_id
    asked = browser.get(f"/tickets/{ticket.reference}").text
    assert "Would you recommend us?" in asked
    assert all(f'value="{score}">{score}</button>' in asked for score in range(11))


def test_whether_we_are_recommended_is_asked_once_a_quarter(cast: Cast, as_: SignInAs) -> None:
    first = a_solved_ticket(cast)
    browser = as_(cast.tang)
    rate(cast, first, 5)
    browser.post(f"/tickets/{first.reference}/rating", data={"kind": "recommend", "score": "10"})
    second = a_solved_ticket(cast)
    rate(cast, second, 4)
    assert "Would you recommend us?" not in browser.get(f"/tickets/{second.reference}").text
    browser.post(f"/tickets/{second.reference}/rating", data={"kind": "recommend", "score": "0"})
    assert [each for each in scores(cast) if each[0] == "recommend"] == [("recommend", 10, "page")]
    next_quarter = clock.now() + timedelta(days=80)
    with clock.stopped_at(next_quarter):
        rate(cast, second, 9, RatingKind.RECOMMEND, at=next_quarter)
    assert [score for kind, score, _ in scores(cast) if kind == "recommend"] == [10, 9]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"kind": "mood"}, "Please choose one of the answers first."),
        ({"kind": "mood", "score": "7"}, "Please choose one of the answers first."),
        ({"kind": "stars", "score": "5"}, "It has moved on since you opened the page."),
    ],
)
def test_what_is_no_answer_says_what_to_do(cast: Cast, as_: SignInAs, answer: dict[str, str], words: str) -> None:
    ticket, browser = an_answered_ticket(cast), as_(cast.tang)
    page = browser.post(f"/tickets/{ticket.reference}/rating", data=answer, follow_redirects=True)
    assert words in page.text
    assert scores(cast) == []


def test_only_who_follows_it_is_asked(cast: Cast, as_: SignInAs) -> None:
    ticket = an_answered_ticket(cast)
    path = f"/tickets/{ticket.reference}"
    assert "How is it going for you?" not in as_(cast.manager).get(path).text
    assert as_(cast.manager).post(f"{path}/rating", data=MOOD).status_code == 403
    assert as_(cast.stranger).post(f"{path}/rating", data=MOOD).status_code == 404
    assert as_(cast.agent).post(f"{path}/rating", data=MOOD).status_code == 403
    assert scores(cast) == []


def test_it_is_posted_by_somebody_signed_in(cast: Cast, client: FlaskClient, as_: SignInAs) -> None:
    path = f"/tickets/{a_ticket(cast).reference}/rating"
    assert client.post(path, data=MOOD).status_code == 303
    assert as_(cast.tang).get(path).status_code == 405
    assert scores(cast) == []
