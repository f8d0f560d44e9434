"""A person declares a surge to be an incident."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.actor import Actor
from portal.core.db import Database
from portal.incidents import queries, services
from portal.incidents.models import Surge
from portal.incidents.services import Declaration, DeclareError
from portal.notices.models import Notice, NoticeKind, NoticeState, NoticeText, Words
from portal.notices.services import Draft
from portal.tickets.models import Ticket, TicketState
from portal.tickets.services import Resolution
from tests.portal.incidents.scene import MINUTE, Scene
from tests.racing import together

WORDS = {each: Draft(f"Title {each}", Words(what="Many report it")) for each in ("zh_Hans", "zh_Hant", "en")}


def declared(scene: Scene, *, minutes: int = 30) -> Notice:
    scene.report_all()
    surge = scene.look()[0]
    said = Declaration(WORDS, clock.now() + minutes * MINUTE)
    return services.declare(scene.session, surge, declaration=said, by=scene.actor(scene.agent), at=clock.now())


def told(scene: Scene, products: Sequence[str] = ("his",), **asked: str) -> queries.Told | None:
    begun = queries.Begun(products, **{"module": "orders", "questionnaire": "his-fault", **asked})
    return queries.told_to(scene.session, begun, at=clock.now())


def test_it_drafts_an_incident_notice_in_three_languages(scene: Scene) -> None:
    notice = declared(scene)
    assert (notice.kind, notice.state) == (NoticeKind.INCIDENT, NoticeState.DRAFT)
    assert set(scene.session.scalars(select(NoticeText.language))) == set(WORDS)


def test_it_joins_every_ticket_that_is_alike_and_no_other(scene: Scene) -> None:
    other = scene.report(0, module_code="reports")
    notice = declared(scene)
    joined = scene.session.scalars(select(Ticket.id).where(Ticket.notice_id == notice.id)).all()
    assert len(joined) == 10
    assert other.id not in joined


def test_what_comes_afterwards_is_joined_by_the_clock(scene: Scene) -> None:
    notice = declared(scene)
    late = scene.report(0, minutes_ago=-2)
    scene.look(minutes_later=3)
    assert late.notice_id == notice.id


def test_a_ticket_that_somebody_joined_elsewhere_stays_there(scene: Scene) -> None:
    ticket = scene.report(0, minutes_ago=20)
    notice = declared(scene)
    services.unlink(scene.session, notice.id, [ticket.id], by=scene.actor(scene.agent), at=clock.now())
    other = declared_by_hand(scene)
    services.link(scene.session, other.id, [ticket.id], by=scene.actor(scene.agent), at=clock.now())
    scene.look(minutes_later=1)
    assert ticket.notice_id == other.id


def declared_by_hand(scene: Scene) -> Notice:
    from portal.notices.models import ActionNeeded, NoticeScope
    from portal.notices.services import Facts, start_notice

    expires_on = (clock.now() + timedelta(days=7)).date()
    facts = Facts(NoticeKind.KNOWN_ISSUE, NoticeScope.CUSTOMERS, ActionNeeded.NONE, expires_on)
    return start_notice(scene.session, facts, by=scene.actor(scene.agent), at=clock.now())


def test_a_time_that_has_passed_is_refused(scene: Scene) -> None:
    with pytest.raises(DeclareError, match="has-passed"):
        declared(scene, minutes=0)


def test_two_leads_at_once_declare_one_incident(scene: Scene, database: Database) -> None:
    scene.report_all()
    surge_id = scene.look()[0].id
    scene.session.commit()
    said, at = Declaration(WORDS, clock.now() + 30 * MINUTE), clock.now()

    def as_lead(by: Actor) -> Callable[[], str]:
        def act() -> str:
            with database.write() as session:
                surge = queries.surge_to_change(session, by, surge_id)
                assert surge is not None
                return services.declare(session, surge, declaration=said, by=by, at=at).code

        return act

    codes = together([as_lead(scene.actor(each)) for each in (scene.agent, scene.second)])
    assert len(set(codes)) == 1
    assert len(scene.session.scalars(select(Notice.id)).all()) == 1


def test_whoever_reports_the_same_is_told_until_the_notice_is_out(scene: Scene, session: Session) -> None:
    assert told(scene) is None
    notice = declared(scene)
    found = told(scene)
    assert found is not None
    assert (found.next_update_at, found.notice_code) == (clock.now() + 30 * MINUTE, "")
    assert found.where is not None
    assert found.where.name("en") == "HIS · Writing orders"
    notice.state, notice.revision_number = NoticeState.ACTIVE, 1
    session.flush()
    found = told(scene)
    assert found is not None
    assert found.notice_code == notice.code


@pytest.mark.parametrize("state", [TicketState.RESOLVED, TicketState.CLOSED])
def test_nobody_is_told_while_no_ticket_about_it_waits_for_a_solution(scene: Scene, state: TicketState) -> None:
    notice = declared(scene)
    closed_at = clock.now() if state == TicketState.CLOSED else None
    values = {"state": state, "closed_at": closed_at}
    scene.session.execute(update(Ticket).where(Ticket.notice_id == notice.id).values(values))
    assert told(scene) is None


def test_where_no_product_is_known_only_those_are_told_who_name_none_either(scene: Scene) -> None:
    for number in range(4):
        scene.report(number, product_code="", module_code="", fingerprint="", is_emergency=True)
    said = Declaration(WORDS, clock.now() + 30 * MINUTE)
    by = scene.actor(scene.agent)
    services.declare(scene.session, scene.look()[0], declaration=said, by=by, at=clock.now())
    assert told(scene) is None
    found = told(scene, products=("", "his"))
    assert found is not None
    assert found.where is None


def test_once_its_notice_is_over_it_is_over(scene: Scene) -> None:
    notice = declared(scene)
    notice.state, notice.revision_number = NoticeState.RESOLVED, 1
    scene.look(minutes_later=1)
    assert scene.session.scalars(select(Surge.ended_at)).one() == clock.now() + MINUTE


def test_whoever_says_that_it_is_solved_says_that_it_is_over(scene: Scene) -> None:
    notice = declared(scene)
    words = {"en": Resolution("A cable", "A new one", "A spare")}
    services.resolve_incident(scene.session, notice, words, by=scene.actor(scene.agent), at=clock.now())
    assert told(scene) is None
    assert scene.session.scalars(select(Surge.ended_at)).one() == clock.now()


def test_what_is_over_is_not_declared_again_until_it_was_quiet_and_many_report_it_anew(scene: Scene) -> None:
    notice = declared(scene)
    surge = scene.session.scalars(select(Surge)).one()
    services.end(scene.session, surge, at=clock.now())
    by, said = scene.actor(scene.agent), Declaration(WORDS, clock.now() + 300 * MINUTE)
    with pytest.raises(DeclareError, match="over"):
        services.declare(scene.session, surge, declaration=said, by=by, at=clock.now())
    for number in range(10):
        scene.report(number, minutes_ago=-2)
    assert scene.look(minutes_later=3) == [surge]
    for number in range(10):
        scene.report(number, minutes_ago=-50)
    _, new = scene.look(minutes_later=51)
    assert (surge.quiet_at is not None, new.notice_id) == (True, None)
    assert services.declare(scene.session, new, declaration=said, by=by, at=clock.now()) is not notice


@pytest.mark.parametrize("asked", [{"module": "reports"}, {"questionnaire": "cloud"}])
def test_whoever_reports_something_else_is_not(scene: Scene, asked: dict[str, str]) -> None:
    declared(scene)
    assert told(scene, **asked) is None


def test_nobody_is_told_of_what_is_over(scene: Scene) -> None:
    declared(scene)
    surge = scene.session.scalars(select(Surge)).one()
    services.end(scene.session, surge, at=clock.now())
    assert told(scene) is None


def test_another_time_can_be_said(scene: Scene) -> None:
    declared(scene)
    surge = scene.session.scalars(select(Surge)).one()
    services.say_next(scene.session, surge, next_update_at=clock.now() + 90 * MINUTE, at=clock.now())
    found = told(scene)
    assert found is not None
    assert found.next_update_at == clock.now() + 90 * MINUTE


def test_what_was_declared_stays_declared_where_the_error_text_takes_over(scene: Scene) -> None:
    for number in range(10):
        scene.report(number, fingerprint="", minutes_ago=9)
    coarse = scene.look()[0]
    said = Declaration(WORDS, clock.now() + 30 * MINUTE)
    notice = services.declare(scene.session, coarse, declaration=said, by=scene.actor(scene.agent), at=clock.now())
    for number in range(10):
        scene.report(number, minutes_ago=-1)
    fine = next(each for each in scene.look(minutes_later=1) if each.fingerprint)
    assert (fine.notice_id, coarse.quiet_at is not None) == (notice.id, True)
