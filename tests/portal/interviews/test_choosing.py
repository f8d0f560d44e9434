"""What one's organisation runs comes first among what can be reported."""

from sqlalchemy.orm import Session

from intake.loading import load_file
from portal.accounts.models import Organisation
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.interviews.queries import nearest_first, products_run
from portal.questionnaires import services
from portal.questionnaires.shipped import SHIPPED
from tests import factories
from tests.portal.interviews.cast import Browser

QUESTIONNAIRES = [load_file(path) for path in SHIPPED]


def order(*runs: str) -> list[str]:
    return [each.id for each in nearest_first(sorted(QUESTIONNAIRES, key=lambda each: each.id), frozenset(runs))]


def test_own_products_come_first_then_what_is_about_anything() -> None:
    assert order("emr")[0] == "his-fault"
    assert order("emr")[1:] == ["cdn-fault", "question", "service-request", "software-fault"]


def test_what_is_about_products_of_others_comes_last() -> None:
    assert order("cdn-edge")[-1] == "his-fault"
    assert order()[-1] == "his-fault"


def test_only_what_the_organisation_runs_counts(session: Session) -> None:
    ours, theirs = factories.an_organisation(session), factories.an_organisation(session, "Songlin Clinic")
    for code, organisation in (("his", ours), ("emr", theirs)):
        factories.an_installation(session, organisation, factories.a_product(session, code))
    assert products_run(session, ours.id) == {"his"}
    assert products_run(session, None) == frozenset()


def test_the_page_lists_them_so(browser: Browser, session: Session) -> None:
    for each in QUESTIONNAIRES:
        services.publish(session, each, by=SYSTEM, at=clock.now())
    session.commit()
    assert session.query(Organisation).count() >= 1
    page = browser.open("/report").text
    places = [page.index(f'value="{each}"') for each in ("his-fault", "cdn-fault", "question")]
    assert places == sorted(places)
