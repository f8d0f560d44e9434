"""Starting a plan, the page on which it runs, and what is said on it."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.accounts.models import Agent, Contact
from portal.core import clock
from portal.plans import services
from portal.plans.models import Emergency, Mode
from portal.plans.services import Lessons
from portal.tickets.models import Ticket
from tests.factories import an_agent, limit_agent
from tests.portal.plans.scene import Scene

As = Callable[[Contact | Agent], FlaskClient]
ONCE = {"once": "a" * 32}
WORDS = "We have started our emergency plan."


def start(browser: FlaskClient, scene: Scene, **values: str) -> TestResponse:
    body = {**ONCE, "plan": str(scene.plan.id), "mode": "closed", "words": WORDS, **values}
    return browser.post("/desk/emergencies", data=body)


@pytest.fixture
def drill(scene: Scene) -> Emergency:
    """Start a closed drill."""
    found = scene.start()
    scene.session.commit()
    return found


def test_a_plan_is_started_from_its_page_and_called_people_see_their_button(scene: Scene, as_: As) -> None:
    browser = as_(scene.lead)
    assert "Nothing works at Qinghe" in browser.get(f"/desk/emergencies/new?plan={scene.plan.id}").text
    answer = start(browser, scene)
    emergency = scene.session.scalars(select(Emergency)).one()
    assert answer.location == f"/desk/emergencies/{emergency.id}"
    assert "I am there" in browser.get(f"/desk/emergencies/{emergency.id}").text


def test_sending_it_twice_starts_it_once(scene: Scene, as_: As) -> None:
    browser = as_(scene.lead)
    assert start(browser, scene).location == start(browser, scene).location
    assert len(scene.session.scalars(select(Emergency)).all()) == 1


def test_a_real_one_without_its_ticket_is_refused_and_everything_is_kept(scene: Scene, as_: As) -> None:
    browser = as_(scene.lead)
    answer = browser.post(
        "/desk/emergencies",
        data={**ONCE, "plan": str(scene.plan.id), "mode": "real", "reference": "T-2026-9", "words": WORDS},
    )
    assert answer.status_code == 422
    assert "Enter the number of the open ticket on which the customer is told." in answer.text
    assert WORDS in answer.text


def test_a_real_one_stands_on_its_ticket_with_its_promise(scene: Scene, as_: As) -> None:
    ticket = scene.ticket()
    scene.session.commit()
    browser = as_(scene.lead)
    assert "Start an emergency plan" in browser.get(f"/desk/tickets/{ticket.reference}").text
    start(browser, scene, mode="real", reference=ticket.reference)
    page = as_(scene.it_head).get(f"/tickets/{ticket.reference}").text
    assert WORDS in page
    assert "10:32" in page


def test_the_banner_is_on_every_page_of_support_and_on_no_customer_page(
    scene: Scene, drill: Emergency, as_: As
) -> None:
    scene.join(scene.it_head)
    for path in ("/desk", "/desk/plans", "/account", "/desk/organisations"):
        assert "This is practice. Nothing is wrong." in as_(scene.admin).get(path).text
    for path in ("/", "/tickets", "/emergency-plans"):
        assert "This is practice" not in as_(scene.it_head).get(path).text


def test_the_banner_of_a_joint_drill_is_on_the_pages_of_those_who_take_part(scene: Scene, as_: As) -> None:
    scene.join(scene.it_head)
    scene.start(Mode.JOINT)
    scene.session.commit()
    assert "This is practice" in as_(scene.it_head).get("/").text
    assert "This is practice" not in as_(scene.nurse).get("/").text


def test_steps_notes_answers_and_what_was_told_stand_in_the_log(scene: Scene, drill: Emergency, as_: As) -> None:
    teller, at = as_(scene.teller), f"/desk/emergencies/{drill.id}"
    assert teller.post(f"{at}/answer", data=ONCE).status_code == 303
    assert teller.post(f"{at}/steps/0/done", data={"once": "b" * 32}).status_code == 303
    assert teller.post(f"{at}/told", data={"once": "c" * 32, "words": "It is the disk."}).status_code == 303
    assert teller.post(f"{at}/notes", data={"once": "d" * 32, "note": "Fuse 3"}).status_code == 303
    page = teller.get(at).text
    for words in ("Is there, in time: Tells the customers", "Done in time: Call the IT head", "It is the disk."):
        assert words in page
    assert "Fuse 3" in page


def test_what_is_late_says_so_on_the_checklist_and_in_the_log(scene: Scene, drill: Emergency, as_: As) -> None:
    browser, at = as_(scene.lead), f"/desk/emergencies/{drill.id}"
    assert "Late" not in browser.get(at).text
    with clock.stopped_at(scene.later(10)):
        page = browser.get(at).text
    assert "0 of 2 done in time." in page
    assert "1 is late." in page
    late = r'Call the IT head</p>\s*<p class="row__when"><b>Late</b><span class="tag tag--stop">since 10:07'
    assert re.search(late, page)
    assert re.search(r'event--missed"><time[^>]*>10:07</time>.*?Not done in time: Call the IT head', page, re.DOTALL)


def test_what_was_done_late_or_never_stays_so(scene: Scene, drill: Emergency, as_: As) -> None:
    browser, at = as_(scene.lead), f"/desk/emergencies/{drill.id}"
    with clock.stopped_at(scene.later(10)):
        browser.post(f"{at}/steps/0/done", data=ONCE)
    with clock.stopped_at(scene.later(30)):
        browser.post(f"{at}/end", data=ONCE)
    page = browser.get(at).text
    assert '<b>Late</b><span class="tag">done at 10:12</span> by 10:07' in page
    assert '<span class="tag tag--stop">not done</span> by 10:22' in page
    assert page.count("Not done in time: ") == 2


def test_one_button_is_the_main_one_whatever_there_is_to_do(scene: Scene, drill: Emergency, as_: As) -> None:
    teller, at = as_(scene.teller), f"/desk/emergencies/{drill.id}"
    called = teller.get(at).text
    teller.post(f"{at}/answer", data=ONCE)
    there = teller.get(at).text
    teller.post(f"{at}/end", data={"once": "b" * 32})
    pages = (called, there, teller.get(at).text)
    assert [re.findall(r'<button class="btn btn--main[^>]*>(?:<svg.*?</svg>)?([^<]*)', each) for each in pages] == [
        ["I am there"], ["Tell them"], ["Keep it"]
    ]  # fmt: skip


def test_a_real_one_says_that_it_is_not_the_drill_beside_it(scene: Scene, drill: Emergency, as_: As) -> None:
    real = scene.start(Mode.REAL)
    scene.session.commit()
    browser = as_(scene.lead)
    assert "it is not the drill that runs beside it" in browser.get(f"/desk/emergencies/{real.id}").text
    assert "it is not the drill" not in browser.get(f"/desk/emergencies/{drill.id}").text


def test_only_the_one_whose_job_it_is_has_the_form_to_tell_customers(scene: Scene, drill: Emergency, as_: As) -> None:
    browser = as_(scene.lead)
    assert "That is not you." in browser.get(f"/desk/emergencies/{drill.id}").text
    answer = browser.post(f"/desk/emergencies/{drill.id}/told", data={**ONCE, "words": "I do it"})
    assert answer.status_code == 422
    assert "Only the person whose job it is tells the customers." in answer.text
    assert "I do it" in browser.post(f"/desk/emergencies/{drill.id}/told", data={**ONCE, "words": "I do it"}).text


def test_whoever_is_named_takes_over_by_a_button_and_then_tells_the_customers(
    scene: Scene, drill: Emergency, as_: As
) -> None:
    browser, at = as_(scene.lead), f"/desk/emergencies/{drill.id}"
    before = browser.get(at).text
    assert "It is Wang Min." in before
    assert "Take over telling the customers" in before
    assert browser.post(f"{at}/answer", data={**ONCE, "takes_over": "yes"}).status_code == 303
    page = browser.get(at).text
    assert "Tells the customers from now on." in page
    assert "Tell them" in page
    assert "Take over telling the customers" not in page
    assert "It is Chen Li." in as_(scene.teller).get(at).text


def test_whoever_is_not_named_sees_no_such_button_and_is_told_who_can(scene: Scene, drill: Emergency, as_: As) -> None:
    passer_by = an_agent(scene.session, "Sun Lei")
    scene.session.commit()
    browser, at = as_(passer_by), f"/desk/emergencies/{drill.id}"
    assert "Take over telling the customers" not in browser.get(at).text
    answer = browser.post(f"{at}/answer", data={**ONCE, "takes_over": "yes"}, follow_redirects=True)
    assert "Whoever is named in the plan, or on duty, can take over telling the customers." in answer.text


def test_it_ends_and_is_looked_back_at(scene: Scene, drill: Emergency, as_: As) -> None:
    browser, at = as_(scene.lead), f"/desk/emergencies/{drill.id}"
    browser.post(f"{at}/end", data=ONCE)
    body = {"cause": "The disk", "prevention": "Watch it", "summary": "All is well", "action_1": "Buy a disk"}
    refused = browser.post(f"{at}/lessons", data={**ONCE, **body})
    assert refused.status_code == 422
    assert "Enter the day by which it is done" in refused.text
    assert browser.post(f"{at}/lessons", data={**ONCE, **body, "due_1": "2026-04-30"}).status_code == 303
    page = browser.get(at).text
    assert "What was learned" in page
    assert "Buy a disk" in page


def test_the_ticket_leads_its_customer_to_what_was_learned(scene: Scene, as_: As) -> None:
    emergency, by = scene.start(Mode.REAL), scene.actor(scene.lead)
    reference = scene.session.get_one(Ticket, emergency.ticket_id).reference
    services.end(scene.session, emergency, by=by, at=scene.later(5))
    learned = Lessons("The disk was full.", "It is watched.", "It works again.")
    services.look_back(scene.session, emergency, lessons=learned, by=by, at=scene.later(9))
    scene.session.commit()
    page = as_(scene.it_head).get(f"/tickets/{reference}").text
    assert f'<a href="/emergencies/{emergency.id}">Read what was learned</a>' in page
    assert "It is watched." in as_(scene.it_head).get(f"/emergencies/{emergency.id}").text


def test_an_agent_of_another_organisation_does_not_find_it(scene: Scene, drill: Emergency, as_: As) -> None:
    limit_agent(scene.session, scene.substitute, organisations=(scene.elsewhere,))
    browser = as_(scene.substitute)
    assert browser.get(f"/desk/emergencies/{drill.id}").status_code == 404
    assert browser.get(f"/desk/plans/{scene.plan.id}").status_code == 404
    assert browser.post(f"/desk/emergencies/{drill.id}/end", data=ONCE).status_code == 404


def test_customers_have_no_part_in_it(scene: Scene, drill: Emergency, as_: As) -> None:
    assert as_(scene.it_head).get(f"/desk/emergencies/{drill.id}").status_code == 403
    assert as_(scene.it_head).get(f"/emergencies/{drill.id}").status_code == 404


def refreshed(browser: FlaskClient, **known: str) -> str:
    """Return what the queue says anew to somebody who has it open."""
    return browser.get("/desk/refresh", query_string=known).text


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (Mode.REAL, "An emergency plan was started: Nothing works at Qinghe."),
        (Mode.CLOSED, "A drill has begun: Nothing works at Qinghe."),
    ],
)
def test_the_queue_says_what_runs_since_it_was_opened_and_leads_there(
    scene: Scene, as_: As, mode: Mode, words: str
) -> None:
    browser = as_(scene.admin)
    assert 'id="plans-known"' not in browser.get("/desk").text
    emergency = scene.start(mode)
    scene.session.commit()
    news = refreshed(browser)
    assert f'<a href="/desk/emergencies/{emergency.id}">{words}</a>' in news
    assert "Plans that run" not in news  # nothing is put above the list that somebody works on


def test_what_somebody_has_seen_is_no_news_until_it_has_ended(scene: Scene, drill: Emergency, as_: As) -> None:
    browser = as_(scene.admin)
    page = browser.get("/desk").text
    assert f'id="plans-known" name="plans" value="{drill.id}"' in page
    assert "#plans-known" in page.partition('hx-include="')[2].partition('"')[0]
    assert "A drill has begun" not in refreshed(browser, plans=str(drill.id))
    as_(scene.lead).post(f"/desk/emergencies/{drill.id}/end", data=ONCE)
    assert "No plan runs any more." in refreshed(browser, plans=str(drill.id))


def test_above_the_queue_what_is_real_comes_first_and_says_that_customers_wait(scene: Scene, as_: As) -> None:
    scene.start(Mode.REAL)
    with clock.stopped_at(scene.later(1)):
        scene.start()
    scene.session.commit()
    with clock.stopped_at(scene.later(31)):
        page = as_(scene.admin).get("/desk").text.partition('id="running-plans"')[2]
    assert page.index("Real") < page.index("Closed drill")
    assert "the customers should have heard" in page.partition("Closed drill")[0]


def test_several_that_were_started_are_counted(scene: Scene, as_: As) -> None:
    scene.start()
    scene.start(Mode.REAL)
    scene.session.commit()
    assert '<a href="/desk/plans">2 plans were started.</a>' in refreshed(as_(scene.admin))
