"""Saying how it went by the link of a mail, without signing in."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.core import clock
from portal.ratings.views.landing import link_for
from portal.tickets.models import Ticket
from tests.portal.ratings.scene import a_solved_ticket, an_answered_ticket, scores
from tests.portal.tickets.cast import Cast

STARS = {"kind": "stars", "score": "2", "words": "Slow"}


def path_for(app: Flask, cast: Cast, ticket: Ticket) -> str:
    """Return the path of the link that the ticket's contact gets."""
    with app.app_context():
        return link_for(ticket.id, cast.tang.person_id).removeprefix("http://localhost")


def test_looking_changes_nothing_and_sending_records(app: Flask, cast: Cast, client: FlaskClient) -> None:
    path = path_for(app, cast, a_solved_ticket(cast))
    for _ in range(2):
        assert "How was our help?" in client.get(f"{path}?score=2").text
    assert scores(cast) == []
    assert client.post(path, data=STARS).status_code == 303
    assert scores(cast) == [("stars", 2, "mail")]


def test_the_star_that_was_pressed_in_the_mail_is_chosen(app: Flask, cast: Cast, client: FlaskClient) -> None:
    path = path_for(app, cast, a_solved_ticket(cast))
    assert 'id="score-4" name="score" value="4" checked' in client.get(f"{path}?score=4").text
    assert "checked" not in client.get(f"{path}?score=44").text


def test_sent_again_it_changes_nothing_and_says_thank_you(app: Flask, cast: Cast, client: FlaskClient) -> None:
    path = path_for(app, cast, a_solved_ticket(cast))
    for score in ("2", "5"):
        page = client.post(path, data={**STARS, "score": score}, follow_redirects=True)
        assert "Thank you for telling us." in page.text
    assert scores(cast) == [("stars", 2, "mail")]


def test_while_it_runs_it_asks_how_it_goes(app: Flask, cast: Cast, client: FlaskClient) -> None:
    path = path_for(app, cast, an_answered_ticket(cast))
    assert "How is it going for you?" in client.get(path).text
    client.post(path, data={"kind": "mood", "score": "1"})
    assert scores(cast) == [("mood", 1, "mail")]


def test_what_is_missing_is_asked_again_with_what_was_typed(app: Flask, cast: Cast, client: FlaskClient) -> None:
    path = path_for(app, cast, a_solved_ticket(cast))
    page = client.post(path, data={"kind": "stars", "words": "Very kind"})
    assert page.status_code == 422
    assert "Please choose one of the answers first." in page.text
    assert "Very kind" in page.text


def test_it_shows_nothing_of_the_ticket_but_its_number(app: Flask, cast: Cast, client: FlaskClient) -> None:
    ticket = a_solved_ticket(cast)
    page = client.get(path_for(app, cast, ticket)).text
    assert ticket.reference in page
    assert "Cannot type Chinese" not in page
    assert "Tang Xiuying" not in page


@pytest.mark.parametrize("broken", ["nothing", "W10.x.y"])
def test_a_link_that_we_did_not_sign_is_not_found(client: FlaskClient, broken: str) -> None:
    assert client.get(f"/rate/{broken}").status_code == 404
    assert client.post(f"/rate/{broken}", data=STARS).status_code == 404


def test_a_changed_link_is_not_found(app: Flask, cast: Cast, client: FlaskClient) -> None:
    path = path_for(app, cast, a_solved_ticket(cast))
    assert client.get(f"{path[:-2]}xx").status_code == 404


def test_whoever_may_not_know_the_ticket_any_more_is_not_asked(app: Flask, cast: Cast, client: FlaskClient) -> None:
    ticket = a_solved_ticket(cast)
    with app.app_context():
        path = link_for(ticket.id, cast.colleague.person_id).removeprefix("http://localhost")
    assert client.get(path).status_code == 404


def test_stars_of_an_earlier_solution_do_not_stand_in_for_the_next(app: Flask, cast: Cast, client: FlaskClient) -> None:
    from portal.tickets import services
    from tests.portal.tickets.services.acts import resolve

    ticket = a_solved_ticket(cast)
    path = path_for(app, cast, ticket)
    client.post(path, data=STARS)
    services.reopen(cast.session, ticket, by=cast.actor(cast.tang), at=clock.now())
    resolve(cast, ticket, at=clock.now() + timedelta(hours=1))
    cast.session.commit()
    assert "How was our help?" in client.get(path).text
