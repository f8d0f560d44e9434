"""What was learned, on paper."""

import pytest
from flask import Flask

from portal.core import clock
from portal.plans import services
from portal.plans.documents import sheet
from portal.plans.models import Mode
from portal.plans.services import Agreed, Lessons
from portal.ui import languages
from tests.portal.plans.scene import Scene


@pytest.mark.parametrize(
    ("locale", "began", "due"),
    [
        ("en", "21 April 2026 10:02 to 10:31", "by 24 April 2026 18:00"),
        ("zh_Hans", "2026 年 4 月 21 日 10:02 至 10:31", "不晚于 2026 年 4 月 24 日 18:00"),
        ("zh_Hant", "2026 年 4 月 21 日 10:02 至 10:31", "不晚於 2026 年 4 月 24 日 18:00"),
    ],
)
def test_each_day_stands_there_with_its_year(app: Flask, scene: Scene, locale: str, began: str, due: str) -> None:
    emergency, by = scene.start(Mode.REAL), scene.actor(scene.lead)
    services.end(scene.session, emergency, by=by, at=scene.later(29))
    actions = [Agreed("Watch the disk", scene.later(60 * 24 * 3).date())]
    learned = Lessons("The disk was full.", "It is watched.", "It works again.", actions)
    services.look_back(scene.session, emergency, lessons=learned, by=by, at=scene.later(40))
    with app.app_context(), languages.reading_as(locale, "Asia/Shanghai"):
        document = sheet(scene.session, str(emergency.id), {"locale": locale})
    assert document is not None
    assert began in document.html
    assert due in document.html
    assert "overdue" not in document.html
    with (
        app.app_context(),
        languages.reading_as("en", "Asia/Shanghai"),
        clock.stopped_at(scene.later(60 * 24 * 4)),
    ):
        late = sheet(scene.session, str(emergency.id), {"locale": "en"})
    assert late is not None
    assert "overdue" in late.html
