"""Messages that reach chat groups, through the worker, at robots that check their formats."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.chat import services
from portal.chat.models import ChatGroup, ChatService
from portal.chat.services import Robot
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.outbox.models import OutboxMessage
from portal.outbox.worker import Worker
from portal.tickets import services as tickets
from portal.tickets.services import Update
from tests.portal.chat.robots import BUSY, GONE, SECRET, Robots
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.services.acts import resolve

pytestmark = pytest.mark.slow

SERVICES = [each.value for each in ChatService]
KEY = "for-tests-only-" * 4


def connect(cast: Cast, robots: Robots, service: str, *, secret: str = SECRET, locale: str = "en") -> ChatGroup:
    """Connect a group of the organisation."""
    robot = Robot(ChatService(service), robots.address(service), secret, locale)
    at = clock.now()
    row = services.connect(cast.session, cast.organisation.id, robot=robot, by=SYSTEM, at=at, secret_key=KEY)
    cast.session.commit()
    return row


def work(app: Flask) -> None:
    """Let the worker do everything that is due."""
    worker = Worker(app)
    while worker.turn():
        pass


def messages_to_groups(cast: Cast) -> list[OutboxMessage]:
    """Return what was or is to be told to groups."""
    cast.session.expire_all()
    return list(cast.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "chat")))


@pytest.mark.parametrize("service", SERVICES)
def test_news_of_a_ticket_comes_in_the_services_own_format(
    app: Flask, cast: Cast, robots: Robots, service: str
) -> None:
    connect(cast, robots, service)
    ticket = a_ticket(cast)
    work(app)
    link = f"http://localhost/tickets/{ticket.reference}"
    assert robots.texts == [f"{ticket.reference} is received.\nYou hear from us by today 10:17 (Beijing time).\n{link}"]
    (row,) = messages_to_groups(cast)
    assert (row.was_dropped, row.attempts) == (False, 1)


def test_it_speaks_the_groups_language(app: Flask, cast: Cast, robots: Robots) -> None:
    connect(cast, robots, "wecom", locale="zh_Hans")
    ticket = a_ticket(cast)
    work(app)
    assert f"{ticket.reference} 已收到。" in robots.texts[0]


def test_nothing_personal_and_nothing_typed_leaves(app: Flask, cast: Cast, robots: Robots) -> None:
    connect(cast, robots, "wecom")
    ticket = a_ticket(cast, title="zz-title-zz of Nurse Tang")
    by = cast.actor(cast.agent)
    update = Update("zz-update-zz Tang Xiuying asked")
    tickets.add_update(cast.session, ticket, update=update, by=by, at=clock.now())
    tickets.add_note(cast.session, ticket, body="zz-note-zz", by=by, at=clock.now())
    resolve(cast, ticket)
    cast.session.commit()
    work(app)
    said = "\n".join(robots.texts)
    assert len(robots.texts) == 3
    assert not any(word in said for word in ("zz-", "Tang", "Chen Li", "Qinghe", "@", "input method"))


def test_a_promise_that_is_near_is_announced(app: Flask, cast: Cast, robots: Robots) -> None:
    connect(cast, robots, "feishu")
    ticket = a_ticket(cast)
    with clock.stopped_at(clock.now() + timedelta(minutes=13)):
        work(app)
    assert any(f"{ticket.reference}: what we promised falls due soon." in text for text in robots.texts)


def test_only_the_organisations_own_group_hears_of_it(app: Flask, cast: Cast, robots: Robots) -> None:
    connect(cast, robots, "wecom")
    a_ticket(cast, by=cast.stranger)
    work(app)
    assert robots.texts == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_busy_robot_is_asked_again_later(app: Flask, cast: Cast, robots: Robots, service: str) -> None:
    connect(cast, robots, service)
    a_ticket(cast)
    robots.answers.append((200, BUSY[service]))
    work(app)
    (row,) = messages_to_groups(cast)
    assert row.delivered_at is None
    assert row.last_error.startswith("ConnectionError")
    with clock.stopped_at(clock.now() + timedelta(minutes=2)):
        work(app)
    assert len(robots.texts) == 1
    assert messages_to_groups(cast)[0].delivered_at is not None


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_service_in_trouble_is_asked_again_later(app: Flask, cast: Cast, robots: Robots, status: int) -> None:
    connect(cast, robots, "wecom")
    a_ticket(cast)
    robots.answers.append((status, {}))
    work(app)
    (row,) = messages_to_groups(cast)
    assert (row.delivered_at, row.dead_at) == (None, None)


@pytest.mark.parametrize("service", SERVICES)
def test_a_robot_that_is_gone_is_given_up_at_once(app: Flask, cast: Cast, robots: Robots, service: str) -> None:
    connect(cast, robots, service)
    a_ticket(cast)
    robots.answers.append((200, GONE[service]))
    work(app)
    (row,) = messages_to_groups(cast)
    assert row.dead_at is not None
    assert row.last_error.startswith("ChatRefusedError")


@pytest.mark.parametrize("service", ["dingtalk", "feishu"])
def test_another_key_is_refused_by_the_robot(app: Flask, cast: Cast, robots: Robots, service: str) -> None:
    connect(cast, robots, service, secret="another key")
    a_ticket(cast)
    work(app)
    assert robots.texts == []
    assert messages_to_groups(cast)[0].dead_at is not None


def test_a_redirect_is_not_followed(app: Flask, cast: Cast, robots: Robots) -> None:
    connect(cast, robots, "wecom")
    a_ticket(cast)
    robots.answers.append((302, {}))
    work(app)
    assert (robots.visits, robots.texts) == (1, [])
    assert messages_to_groups(cast)[0].dead_at is not None


def test_a_disconnected_group_hears_nothing_more(app: Flask, cast: Cast, robots: Robots) -> None:
    group = connect(cast, robots, "wecom")
    a_ticket(cast)
    services.disconnect(cast.session, group, by=SYSTEM, at=clock.now())
    cast.session.commit()
    work(app)
    assert robots.visits == 0
    assert messages_to_groups(cast)[0].was_dropped
    assert group.sealed_address == b""


def test_a_group_is_told_once(app: Flask, cast: Cast, robots: Robots) -> None:
    connect(cast, robots, "wecom")
    a_ticket(cast)
    work(app)
    work(app)
    assert len(robots.texts) == 1


def test_what_was_sealed_is_not_in_the_database(cast: Cast, robots: Robots) -> None:
    connect(cast, robots, "dingtalk")
    rows = str(cast.session.connection().exec_driver_sql("SELECT * FROM chat_group").fetchall())
    assert SECRET not in rows
    assert "key=k" not in rows
