"""Pages that are kept for their reader: nobody gets another's, nor their own once it isn't for them."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Person, SignInSession
from portal.core import clock
from portal.core.actor import SeeScope
from portal.notices.models import AudienceKind, Notice, NoticeAudience, NoticeScope
from portal.tickets.models import Participant, Ticket
from tests import factories
from tests.world import World

_KEPT = ("/", "/tickets", "/tickets/{mine}", "/notices/{ours}", "/desk", "/desk/tickets/{mine}")
_EVERYBODY = ("customer", "colleague", "manager", "other", "agent", "second", "limited", "by_product", "admin")
_TOKENS = re.compile(r'(name="csrf_token"[^>]*value="|name="[a-z-]*once" value=")[^"]+')


def _path(world: World, written: str) -> str:
    return written.format(mine=world.ids["ticket:mine"], ours=world.ids["notice:ours"])


def _kept(world: World, identity: str, path: str) -> FlaskClient:
    """Return somebody's browser that has opened a page often enough for it to be kept."""
    browser = world.browser(identity)
    for _ in range(3):
        assert browser.get(path).status_code == 200
    return browser


def _change(world: World, change: Callable[[Session], object]) -> None:
    with world.database.write() as session:
        change(session)


@pytest.mark.parametrize("written", _KEPT)
def test_what_others_have_opened_changes_nobodys_page(world: World, written: str) -> None:
    path = _path(world, written)
    alone = {each: world.ask(each, "GET", path) for each in _EVERYBODY}
    browsers = {each: world.browser(each) for each in _EVERYBODY}
    for _ in range(3):
        for each, browser in browsers.items():
            answer = browser.get(path)
            assert answer.status_code == alone[each].status_code
            if answer.status_code == 200:
                assert _TOKENS.sub("", answer.text) == _TOKENS.sub("", alone[each].text)


def test_each_browser_of_somebody_has_its_own_token(world: World) -> None:
    path = _path(world, "/tickets/{mine}")
    found = [_kept(world, "customer", path).get(path).text for _ in range(2)]
    tokens = [re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page) for page in found]
    assert tokens[0]
    assert set(tokens[0]).isdisjoint(tokens[1])


def test_a_share_that_is_taken_back_takes_the_kept_page_back(world: World) -> None:
    ticket_id = UUID(world.ids["ticket-id:colleagues"])
    contact_id = UUID(world.ids["contact:customer"])
    path = f"/tickets/{world.ids['ticket:colleagues']}"
    assert world.ask("customer", "GET", path).status_code == 404
    share = Participant(ticket_id=ticket_id, contact_id=contact_id, granted_at=clock.now())
    _change(world, lambda session: session.add(share))
    browser = _kept(world, "customer", path)
    mine = (Participant.ticket_id == ticket_id, Participant.contact_id == contact_id)
    _change(world, lambda session: session.execute(update(Participant).where(*mine).values(revoked_at=clock.now())))
    assert browser.get(path).status_code == 404


def test_a_colleague_who_sees_their_own_only_from_now_on_loses_the_kept_page(world: World) -> None:
    path = _path(world, "/tickets/{mine}")
    browser = _kept(world, "colleague", path)
    contact_id = UUID(world.ids["contact:colleague"])
    _change(world, lambda session: setattr(session.get_one(Contact, contact_id), "see_scope", SeeScope.OWN))
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("written", ["/desk", "/desk/tickets/{mine}"])
def test_an_agent_who_is_limited_from_now_on_loses_what_was_kept(world: World, written: str) -> None:
    path = _path(world, written)
    browser = _kept(world, "agent", path)
    agent, theirs = world.people.agents["agent"], world.people.theirs
    _change(
        world,
        lambda session: factories.limit_agent(session, session.merge(agent), organisations=(session.merge(theirs),)),
    )
    answer = browser.get(path)
    assert answer.status_code == (404 if "tickets" in path else 200)
    assert "zz-mine-zz" not in answer.text


@pytest.mark.parametrize("written", _KEPT[:4])
@pytest.mark.parametrize("how", ["disabled", "ended", "signed-out"])
def test_whoever_is_not_signed_in_any_more_gets_no_kept_page(world: World, written: str, how: str) -> None:
    path = _path(world, written)
    browser = _kept(world, "manager", path)
    person_id = world.people.contacts["manager"].person_id
    if how == "signed-out":
        browser.post("/sign-out")
    elif how == "disabled":
        _change(world, lambda session: setattr(session.get_one(Person, person_id), "active", False))
    else:
        own = SignInSession.person_id == person_id
        _change(world, lambda session: session.execute(update(SignInSession).where(own).values(ended_at=clock.now())))
    assert browser.get(path).status_code in (303, 404)


def test_a_notice_that_is_for_others_from_now_on_is_not_kept(world: World) -> None:
    path = f"/notices/{world.ids['notice:customers']}"
    browser = _kept(world, "customer", path)

    def aim(session: Session) -> None:
        notice = session.query(Notice).filter_by(code=world.ids["notice:customers"]).one()
        notice.scope = NoticeScope.TARGETED
        value = world.ids["organisation:theirs"]
        session.add(NoticeAudience(notice_id=notice.id, kind=AudienceKind.ORGANISATION, value=value))

    _change(world, aim)
    assert browser.get(path).status_code == 404


def test_a_ticket_of_another_organisation_from_now_on_is_not_kept(world: World) -> None:
    path = _path(world, "/tickets/{mine}")
    browser = _kept(world, "customer", path)
    ticket_id, theirs = UUID(world.ids["ticket-id:mine"]), UUID(world.ids["organisation:theirs"])
    _change(world, lambda session: setattr(session.get_one(Ticket, ticket_id), "organisation_id", theirs))
    assert browser.get(path).status_code == 404


def test_a_message_to_one_browser_is_not_in_the_kept_page_of_the_next(world: World) -> None:
    path = _path(world, "/tickets/{mine}")
    first = _kept(world, "customer", path)
    with first.session_transaction() as cookie:
        cookie["_flashes"] = [("good", "zz-message-zz")]
    assert "zz-message-zz" in first.get(path).text
    assert "zz-message-zz" not in first.get(path).text
    assert "zz-message-zz" not in _kept(world, "customer", path).get(path).text
