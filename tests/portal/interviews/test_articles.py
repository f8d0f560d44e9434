"""Articles inside an interview: shown where known issues are, and recorded where they made a ticket unnecessary."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.actor import Actor, Role
from portal.interviews.models import Deflection, Interview, KnownIssueAnswer
from portal.knowledge import services
from portal.knowledge.models import Article
from portal.knowledge.queries import helping
from portal.knowledge.services import About, Step, Written
from portal.tickets.models import Ticket
from tests import factories
from tests.portal.interviews.cast import Browser
from tests.portal.interviews.test_known_issues import a_known_issue, at_the_known_page, to_the_end

WRITTEN = Written(
    "How do I save orders?", "The list stays empty.", [Step("Press {key:F9} once.", "The list is there.")]
)


def an_article(session: Session, *, module: str = "", days: int = 90, product: str = "his", fault: str = "") -> Article:
    """Publish an article by a second person, to be looked over in some days."""
    writer, second = (factories.as_actor(session, factories.an_agent(session, name)) for name in ("Chen", "Wang"))
    article = services.start(session, About(product, module, fault), by=writer, at=clock.now())
    services.write(session, article, "en", WRITTEN, by=writer, at=clock.now())
    review_on = clock.now().date() + timedelta(days=days)
    services.publish(session, article, review_on=review_on, by=second, at=clock.now())
    session.commit()
    return article


def test_an_article_about_the_product_is_offered(browser: Browser, session: Session) -> None:
    an_article(session)
    at_the_known_page(browser)
    assert browser.heading == "This may help"
    for words in ("How do I save orders?", "The list stays empty.", "The list is there.", "I don’t need a ticket"):
        assert words in browser.text
    assert "<kbd" in browser.text


@pytest.mark.parametrize(
    ("module", "days", "product"), [("elsewhere", 90, "his"), ("", -1, "his"), ("", 90, "other-product")]
)
def test_one_that_does_not_fit_or_may_be_out_of_date_is_not(
    browser: Browser, session: Session, module: str, days: int, product: str
) -> None:
    if product != "his":
        factories.a_product(session, product)
    an_article(session, module=module, days=days, product=product)
    at_the_known_page(browser)
    assert browser.path.endswith("/show")


def test_whoever_was_helped_needs_no_ticket_and_it_is_recorded(browser: Browser, session: Session) -> None:
    article = an_article(session)
    at_the_known_page(browser)
    browser.send({"q-known_issue": f"solved article-{article.id.hex}"})
    assert browser.heading == "It works again"
    assert "How do I save orders?" in browser.text
    browser.send()
    session.rollback()
    kept = session.scalars(select(Deflection)).one()
    assert (kept.article_id, kept.notice_id, kept.product_code) == (article.id, None, "his")
    assert session.scalars(select(Ticket)).all() == []
    assert session.scalars(select(KnownIssueAnswer)).all() == []


def test_whoever_goes_on_loses_nothing(browser: Browser, session: Session) -> None:
    article = an_article(session)
    at_the_known_page(browser)
    browser.send({"q-known_issue": f"different article-{article.id.hex}"})
    to_the_end(browser)
    session.rollback()
    assert len(session.scalars(select(Ticket)).all()) == 1
    assert session.scalars(select(Deflection)).all() == []


def test_the_answers_to_check_name_the_article_in_words(browser: Browser, session: Session) -> None:
    article = an_article(session)
    at_the_known_page(browser)
    browser.send({"q-known_issue": f"different article-{article.id.hex}"})
    interview = session.scalars(select(Interview.id)).one()
    browser.open(f"/interviews/{interview}/check")
    assert f"article-{article.id.hex}" not in browser.text


def test_a_known_issue_stands_before_an_article(browser: Browser, session: Session) -> None:
    article, notice = an_article(session), a_known_issue(session)
    at_the_known_page(browser)
    assert browser.heading == "Others have reported this"
    assert browser.text.index(notice.code) < browser.text.index("How do I save orders?")
    browser.send({"q-known_issue": f"solved {notice.code}"})
    browser.send()
    session.rollback()
    kept = session.scalars(select(Deflection)).one()
    assert (kept.notice_id, kept.article_id) == (notice.id, None)
    assert article.id is not None


def test_what_was_not_offered_cannot_have_helped(browser: Browser, session: Session) -> None:
    an_article(session)
    at_the_known_page(browser)
    browser.send({"q-known_issue": "solved article-0123456789abcdef0123456789abcdef"})
    assert browser.heading != "It works again"


def test_articles_go_by_the_way_in_which_it_goes_wrong_where_that_is_known(session: Session) -> None:
    factories.a_product(session, "his", orders="Writing orders")
    for fault in ("slow", "empty", ""):
        an_article(session, module="orders", fault=fault)

    def faults(fault_type: str) -> list[str]:
        about = About("his", "orders", fault_type)
        found = helping(session, Actor(role=Role.CONTACT), about, locale="en", today=clock.now().date())
        return [session.get_one(Article, each.id).fault_type for each in found]

    assert faults("slow") == ["slow", ""]
    assert faults("") == ["slow", "empty", ""]
