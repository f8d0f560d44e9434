"""Known issues inside an interview: their way round, and what becomes of each answer."""

from collections.abc import Callable, Mapping

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.fingerprint import fingerprint
from portal.accounts.models import Contact, Organisation, Person
from portal.catalogue.models import Product
from portal.core import clock
from portal.incidents.queries.linked import links_of
from portal.interviews.models import Interview, KnownIssueAnswer
from portal.notices import services
from portal.notices.models import (
    ActionNeeded,
    AffectedReport,
    Notice,
    NoticeError,
    NoticeKind,
    ProductRange,
    Step,
    Words,
)
from portal.notices.permissions import Action
from portal.tickets.models import Ticket
from tests import factories
from tests.portal.interviews.cast import ANSWERS, CHECK, Browser, Cast, a_draft_at
from tests.portal.notices import cast as notices

MESSAGE = "ORA-12170: TNS: connect timeout occurred in order-service after 4711 ms"
WORDS = Words(
    what="Saving orders is slow.",
    do="Save them one by one.",
    steps=(Step("Press {key:F9} once.", "The list is empty.", "Stop and call us."),),
)


def a_known_issue(session: Session, *errors: str, text: str = "5.0 至 5.6.2") -> Notice:
    """Publish a known issue of the product that the hospital runs."""
    contact = session.scalars(select(Contact)).one()
    organisation = session.get_one(Organisation, contact.organisation_id)
    found = notices.Cast(
        session=session,
        product=session.get_one(Product, "his"),
        qinghe=organisation,
        songlin=organisation,
        tang=contact,
        liu=contact,
        stranger=contact,
        writer=factories.an_agent(session),
        reviewer=factories.an_agent(session, "Wang Min"),
    )
    product = ProductRange("his", "", {"en": "HIS"}, {}, text)
    notice = notices.publish(
        found,
        notices.a_draft(
            found, WORDS, kind=NoticeKind.KNOWN_ISSUE, action=ActionNeeded.NONE, act_by=None, products=[product]
        ),
    )
    prints = {each for error in errors for each in fingerprint(error).fingerprints}
    session.add_all(
        NoticeError(notice_id=notice.id, fingerprint=each, template="…", added_at=clock.now())
        for each in sorted(prints)
    )
    session.commit()
    return notice


def at_the_known_page(browser: Browser) -> str:
    """Answer everything up to the steps to try, send those, and return the interview's path."""
    draft = a_draft_at(browser, "try")
    try_it(browser)
    return draft


def try_it(browser: Browser) -> None:
    browser.send({"q-input_method": "yes"})
    browser.send({"q-input_method": "yes", "q-try_key-pressed": "right", "q-try_key-solved": "no"})


def answered(session: Session) -> list[tuple[str, bool]]:
    session.rollback()
    return [(row.outcome, row.ticket_id is not None) for row in session.scalars(select(KnownIssueAnswer))]


def to_the_end(browser: Browser) -> None:
    """Answer the rest, and send it."""
    for page in ("show", "who"):
        browser.send(typed(ANSWERS[page]))
    assert browser.heading == CHECK
    browser.send()


def typed(answers: Mapping[str, object]) -> dict[str, str]:
    steps = {"q-steps-1-did": "Open orders", "q-steps-1-expected": "A list", "q-steps-1-saw": "An empty page"}
    return steps if "steps" in answers else {"q-callback": "010-5555-0199"}


def test_the_page_is_skipped_when_nothing_matches(browser: Browser, session: Session) -> None:
    a_known_issue(session, text="<5.0")
    at_the_known_page(browser)
    assert browser.path.endswith("/show")


def test_the_page_shows_the_way_round(browser: Browser, session: Session) -> None:
    notice = a_known_issue(session)
    at_the_known_page(browser)
    assert browser.heading == "Others have reported this"
    for words in (
        notice.code,
        "Saving orders is slow.",
        "Save them one by one.",
        "The list is empty.",
        "Stop and call",
    ):
        assert words in browser.text
    assert "<kbd" in browser.text


def test_a_known_issue_with_another_message_is_another_problem(browser: Browser, session: Session) -> None:
    a_known_issue(session, "A quite different fault 0x80004005 in printing")
    a_draft_at(browser, "message")
    browser.send({"q-error_text": MESSAGE})
    assert browser.path.endswith("/show")


def test_the_same_message_is_recognised(browser: Browser, session: Session) -> None:
    notice = a_known_issue(session, MESSAGE.replace("4711", "25"))
    a_draft_at(browser, "message")
    browser.send({"q-error_text": MESSAGE})
    assert browser.path.endswith("/known")
    assert notice.code in browser.text


def test_whoever_chooses_nothing_goes_on_and_joins_nothing(browser: Browser, session: Session) -> None:
    a_known_issue(session)
    at_the_known_page(browser)
    browser.send()
    assert browser.path.endswith("/show")
    to_the_end(browser)
    assert answered(session) == []


@pytest.mark.parametrize("outcome", ["solved", "same", "different"])
def test_an_issue_that_was_not_offered_is_not_taken(browser: Browser, session: Session, outcome: str) -> None:
    a_known_issue(session)
    at_the_known_page(browser)
    browser.send({"q-known_issue": f"{outcome} N-2026-999"})
    assert browser.path.endswith("/show")
    to_the_end(browser)
    assert answered(session) == []


def test_what_helped_ends_the_interview_without_a_ticket(browser: Browser, session: Session) -> None:
    notice = a_known_issue(session)
    at_the_known_page(browser)
    browser.send({"q-known_issue": f"solved {notice.code}"})
    assert browser.heading == "It works again"
    assert "Rainy season (en)" in browser.text
    browser.send()
    assert answered(session) == [("solved", False)]
    assert session.scalars(select(Ticket)).all() == []
    assert session.scalars(select(Interview.submitted_at)).one() is not None
    assert len(session.scalars(select(AffectedReport)).all()) == 1


def test_what_helped_can_be_reported_all_the_same(browser: Browser, session: Session) -> None:
    notice = a_known_issue(session)
    draft = at_the_known_page(browser)
    browser.send({"q-known_issue": f"solved {notice.code}"})
    browser.open(draft)
    # Nobody is asked for the steps of a problem that is gone.
    browser.send()
    browser.send({"q-callback": "010-5555-0199"})
    browser.send()
    ticket = session.scalars(select(Ticket)).one()
    assert ticket.notice_id is None
    assert answered(session) == [("solved", True)]


def test_the_same_unsolved_problem_joins_the_issue(browser: Browser, session: Session, cast: Cast) -> None:
    notice = a_known_issue(session)
    at_the_known_page(browser)
    browser.send({"q-known_issue": f"same {notice.code}"})
    to_the_end(browser)
    session.rollback()
    assert session.scalars(select(Ticket.notice_id)).one() == notice.id
    assert answered(session) == [("same", True)]
    assert links_of(session, notice.id).organisations == 1


def test_another_problem_is_reported_as_one_of_its_own(browser: Browser, session: Session) -> None:
    notice = a_known_issue(session)
    at_the_known_page(browser)
    browser.send({"q-known_issue": f"different {notice.code}"})
    to_the_end(browser)
    session.rollback()
    assert session.scalars(select(Ticket.notice_id)).one() is None
    assert answered(session) == [("different", True)]
    assert links_of(session, notice.id).organisations == 0


def test_an_issue_that_is_solved_meanwhile_is_not_offered_any_more(browser: Browser, session: Session) -> None:
    notice = a_known_issue(session)
    draft = at_the_known_page(browser)
    by = factories.as_actor(session, factories.an_agent(session, "Li Na"))
    services.move(session, notice, Action.RESOLVE, by=by)
    session.commit()
    browser.open(f"{draft}/known")
    assert browser.path.endswith("/show")


def test_two_issues_are_told_apart_in_the_answers(browser: Browser, session: Session) -> None:
    first, second = a_known_issue(session), a_known_issue(session)
    at_the_known_page(browser)
    for code in (first.code, second.code):
        assert f'value="solved {code}"' in browser.text
    browser.send({"q-known_issue": f"same {second.code}"})
    to_the_end(browser)
    session.rollback()
    assert session.scalars(select(Ticket.notice_id)).one() == second.id


def test_a_preview_on_the_desk_shows_the_question_without_an_issue(
    cast: Cast, session: Session, signed_in: Callable[[Person], FlaskClient]
) -> None:
    agent = factories.an_agent(session)
    session.commit()
    desk = signed_in(session.get_one(Person, agent.person_id))
    page = desk.get("/desk/questionnaires/his-fault/4/pages/known/en")
    assert page.status_code == 200
    assert "No, my problem is another one" in page.text
