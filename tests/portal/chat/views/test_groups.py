"""Connecting and disconnecting chat groups."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.chat.models import ChatGroup
from tests.factories import an_agent, limit_agent
from tests.portal.chat.robots import Robots
from tests.portal.chat.test_delivery import connect, work
from tests.portal.tickets.cast import Cast, SignInAs

FEISHU = {"service": "feishu", "address": "https://open.feishu.cn/open-apis/bot/v2/hook/r", "language": "en"}


def test_the_manager_connects_a_group_and_it_hears_at_once(
    app: Flask, cast: Cast, as_: SignInAs, robots: Robots
) -> None:
    path, browser = f"/organisations/{cast.organisation.id}/chat", as_(cast.manager)
    assert "No group is connected." in browser.get(path).text
    data = {"service": "wecom", "address": robots.address("wecom"), "language": "zh_Hant"}
    assert browser.post(path, data=data).status_code == 303
    assert "企業微信" not in browser.get(path).text
    assert "WeCom" in browser.get(path).text
    work(app)
    assert robots.texts == ["這個群組已連接，和源醫療軟體的問題進展和公告會傳到這裡。"]


def test_an_agent_connects_a_group_for_them(cast: Cast, as_: SignInAs) -> None:
    path = f"/organisations/{cast.organisation.id}/chat"
    assert as_(cast.agent).post(path, data=FEISHU).status_code == 303
    assert cast.session.query(ChatGroup).one().added_by == cast.agent.person_id


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000/wecom",
        "https://example.org/hook",
        "https://open.feishu.cn.example.org/hook",
        "https://open.feishu.cn@10.0.0.1/hook",
        "https://10.0.0.1/hook",
        "http://open.feishu.cn/hook",
        "open.feishu.cn/hook",
    ],
)
def test_an_address_that_is_no_robots_is_refused_and_kept(cast: Cast, as_: SignInAs, address: str) -> None:
    page = as_(cast.manager).post(f"/organisations/{cast.organisation.id}/chat", data={**FEISHU, "address": address})
    assert page.status_code == 422
    assert "This is not the address of a robot there." in page.text
    assert address in page.text
    assert cast.session.query(ChatGroup).count() == 0


def test_what_is_missing_is_said(cast: Cast, as_: SignInAs) -> None:
    page = as_(cast.manager).post(f"/organisations/{cast.organisation.id}/chat", data={**FEISHU, "address": ""})
    assert page.status_code == 422
    assert "Copy the robot’s address from the group’s settings." in page.text


def test_ten_groups_are_enough(cast: Cast, as_: SignInAs, robots: Robots) -> None:
    for _ in range(10):
        connect(cast, robots, "wecom")
    page = as_(cast.manager).post(f"/organisations/{cast.organisation.id}/chat", data=FEISHU)
    assert page.status_code == 422
    assert "Ten groups are connected already." in page.text


def test_a_group_is_disconnected(cast: Cast, as_: SignInAs, robots: Robots) -> None:
    group, browser = connect(cast, robots, "wecom"), as_(cast.manager)
    path = f"/organisations/{cast.organisation.id}/chat"
    for _ in range(2):
        assert browser.post(f"{path}/{group.id}/end").status_code == 303
    assert "No group is connected." in browser.get(path).text


def test_a_group_of_others_stays(cast: Cast, as_: SignInAs, robots: Robots) -> None:
    group = connect(cast, robots, "wecom")
    cast.stranger.role = cast.manager.role
    cast.session.commit()
    as_(cast.stranger).post(f"/organisations/{cast.stranger.organisation_id}/chat/{group.id}/end")
    cast.session.expire_all()
    assert group.ended_at is None


def test_the_address_is_never_shown_again(cast: Cast, as_: SignInAs, robots: Robots) -> None:
    connect(cast, robots, "wecom")
    assert "key=k" not in as_(cast.manager).get(f"/organisations/{cast.organisation.id}/chat").text


def test_it_is_for_the_manager_and_for_support(cast: Cast, as_: SignInAs, client: FlaskClient) -> None:
    path = f"/organisations/{cast.organisation.id}/chat"
    assert as_(cast.tang).get(path).status_code == 403
    assert as_(cast.tang).post(path, data=FEISHU).status_code == 403
    assert as_(cast.stranger).get(path).status_code == 404
    assert client.get(path).status_code == 303
    limited = an_agent(cast.session, "Wu Fang")
    limit_agent(cast.session, limited, products=("his",))
    assert as_(limited).post(path, data=FEISHU).status_code == 403
    assert 'href="' + path in as_(cast.manager).get("/organisation").text
    assert 'href="' + path not in as_(cast.tang).get("/organisation").text
