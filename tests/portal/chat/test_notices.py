"""Notices that reach the chat groups of the organisations that they concern."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.chat import services
from portal.chat.models import ChatService
from portal.chat.services import Robot
from portal.core import clock
from portal.core.actor import SYSTEM
from tests.portal.chat.robots import Robots
from tests.portal.chat.test_delivery import KEY, work
from tests.portal.notices.cast import a_cast, a_notice, revise

pytestmark = pytest.mark.slow


def test_a_notice_comes_with_its_title_and_once_a_revision_that_matters(
    app: Flask, session: Session, robots: Robots
) -> None:
    cast = a_cast(session)
    robot = Robot(ChatService.WECOM, robots.address("wecom"), "", "en")
    at, key = clock.now(), KEY
    services.connect(session, cast.qinghe.id, robot=robot, by=SYSTEM, at=at, secret_key=key)
    session.commit()
    notice = a_notice(cast)
    work(app)
    assert len(robots.texts) == 1
    assert robots.texts[0].endswith(f"\nhttp://localhost/notices/{notice.code}")
    revise(cast, notice, is_material=False)
    work(app)
    assert len(robots.texts) == 1
    revise(cast, notice)
    work(app)
    assert len(robots.texts) == 2
