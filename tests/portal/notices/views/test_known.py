"""Known issues: saying that one has it, too, and the messages by which interviews recognise it."""

import pytest
from sqlalchemy import select

from intake.fingerprint import fingerprint
from portal.incidents.queries.linked import links_of
from portal.notices.models import AffectedReport, Notice, NoticeError, NoticeKind, NoticeScope
from portal.notices.permissions import Action
from portal.notices.services import move
from tests.portal.notices.cast import Cast, a_notice
from tests.portal.notices.views.conftest import Browser

MESSAGE = "2026-04-21 10:02:11 ERROR [worker-3] YB-3021: claim 4711 timed out, password=Sommer2026!"


def known(cast: Cast, **values: object) -> Notice:
    return a_notice(cast, **{"kind": NoticeKind.KNOWN_ISSUE, **values})


def test_each_organisation_counts_once_and_each_person_follows(cast: Cast, browser: Browser) -> None:
    notice = known(cast)
    for who in (cast.tang, cast.tang, cast.liu, cast.stranger):
        assert browser(who).post(f"/notices/{notice.code}/me-too").status_code == 303
    cast.session.rollback()
    assert links_of(cast.session, notice.id).organisations == 2
    assert len(cast.session.scalars(select(AffectedReport)).all()) == 3


def test_the_page_says_how_many_have_it_and_whether_you_said_so(cast: Cast, browser: Browser) -> None:
    notice = known(cast)
    tang, liu = browser(cast.tang), browser(cast.liu)
    assert "Nobody else has told us yet." in tang.get(f"/notices/{notice.code}").text
    tang.post(f"/notices/{notice.code}/me-too")
    assert "You have told us." in tang.get(f"/notices/{notice.code}").text
    page = liu.get(f"/notices/{notice.code}").text
    assert "1 organisation has told us that it has it." in page
    assert "your organisation counts once" in page


@pytest.mark.parametrize("kind", [NoticeKind.ADVISORY, NoticeKind.MAINTENANCE])
def test_nobody_has_what_is_no_problem(cast: Cast, browser: Browser, kind: NoticeKind) -> None:
    notice = a_notice(cast, kind=kind)
    tang = browser(cast.tang)
    assert 'id="me-too"' not in tang.get(f"/notices/{notice.code}").text
    tang.post(f"/notices/{notice.code}/me-too")
    assert links_of(cast.session, notice.id).organisations == 0


def test_nobody_has_what_is_solved(cast: Cast, browser: Browser) -> None:
    notice = known(cast)
    move(cast.session, notice, Action.RESOLVE, by=cast.author)
    cast.session.commit()
    browser(cast.tang).post(f"/notices/{notice.code}/me-too")
    assert links_of(cast.session, notice.id).organisations == 0


def test_a_stranger_finds_no_notice_to_have(cast: Cast, browser: Browser) -> None:
    notice = known(cast, scope=NoticeScope.TARGETED)
    assert browser(cast.stranger).post(f"/notices/{notice.code}/me-too").status_code == 404


def test_a_message_is_kept_without_its_secrets_and_recognised_another_day(cast: Cast, browser: Browser) -> None:
    notice = known(cast)
    writer = browser(cast.writer)
    path = f"/desk/notices/{notice.code}/errors"
    for _ in range(2):
        assert writer.post(path, data={"text": MESSAGE, "once": "a"}).status_code == 303
    rows = cast.session.scalars(select(NoticeError).where(NoticeError.notice_id == notice.id)).all()
    again = fingerprint("2026-05-02 08:10:00 ERROR [worker-9] YB-3021: claim 12 timed out, password=[password 1]")
    assert {each.fingerprint for each in rows} & set(again.fingerprints)
    page = writer.get(path).text
    assert "YB-3021" in page
    assert "Sommer2026" not in page + "".join(each.template for each in rows)


def test_a_message_is_taken_off_whole(cast: Cast, browser: Browser) -> None:
    notice = known(cast)
    writer = browser(cast.writer)
    path = f"/desk/notices/{notice.code}/errors"
    writer.post(path, data={"text": MESSAGE, "once": "a"})
    key = cast.session.scalars(select(NoticeError.fingerprint)).first()
    assert writer.post(f"{path}/forget", data={"key": key}).status_code == 303
    cast.session.rollback()
    assert cast.session.scalars(select(NoticeError)).all() == []


@pytest.mark.parametrize("text", ["", " \n ", "x" * 20_001])
def test_what_says_nothing_is_asked_for_again(cast: Cast, browser: Browser, text: str) -> None:
    notice = known(cast)
    answer = browser(cast.writer).post(f"/desk/notices/{notice.code}/errors", data={"text": text, "once": "a"})
    assert answer.status_code == 422
