"""The call sheet, and answers that come by the sheet's code, the slip and the phone."""

import csv
import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.core import clock
from portal.notices.models import Channel, Notice, NoticeScope, Receipt, ReceiptKind
from portal.notices.queries.calling import call_sheet
from portal.notices.services.copies import codes_of_copies
from tests import factories
from tests.portal.notices.cast import Cast, a_draft, a_notice, revise
from tests.portal.notices.views.conftest import Browser


def a_copy(cast: Cast, notice: Notice) -> str:
    code = codes_of_copies(cast.session, notice.id, [cast.qinghe.id], at=clock.now())[cast.qinghe.id]
    cast.session.commit()
    return code


def receipts(cast: Cast) -> list[Receipt]:
    cast.session.rollback()
    return list(cast.session.scalars(select(Receipt).where(Receipt.kind != ReceiptKind.OPENED).order_by(Receipt.at)))


def names_on(cast: Cast, notice: Notice) -> list[str]:
    cast.session.rollback()
    sheet = call_sheet(cast.session, cast.author, notice.code)
    assert sheet is not None
    return [each.name for each in sheet.unanswered]


def test_the_sheet_shows_who_has_not_answered_with_their_numbers(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    factories.a_contact(cast.session, cast.qinghe, name="Han Mei", phone="+8613800000000")
    cast.session.commit()
    page = browser(cast.writer).get(f"/desk/notices/{notice.code}/calls").text
    assert "Qinghe People’s Hospital" in page
    assert 'href="tel:+8613800000000"' in page
    assert "0 of 2 organisations have answered." in page


def test_whoever_answers_is_off_the_sheet_and_opening_it_is_no_answer(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    browser(cast.stranger).get(f"/notices/{notice.code}")
    browser(cast.tang).post(f"/notices/{notice.code}/answer", data={"answer": "done", "once": "1"})
    assert names_on(cast, notice) == ["Songlin Clinic"]


def test_a_new_demand_puts_everyone_back_onto_the_sheet(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    browser(cast.tang).post(f"/notices/{notice.code}/answer", data={"answer": "done", "once": "1"})
    revise(cast, notice)
    assert names_on(cast, notice) == ["Qinghe People’s Hospital", "Songlin Clinic"]


def test_whoever_asks_for_help_stands_on_top(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    browser(cast.tang).post(f"/notices/{notice.code}/answer", data={"answer": "need_help", "once": "1"})
    page = browser(cast.writer).get(f"/desk/notices/{notice.code}/calls").text
    assert page.index('id="helping"') < page.index('id="unanswered"')


def test_a_limited_agent_sees_only_their_organisations(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    factories.limit_agent(cast.session, cast.reviewer, organisations=(cast.songlin,))
    cast.session.commit()
    page = browser(cast.reviewer).get(f"/desk/notices/{notice.code}/calls").text
    assert "Songlin Clinic" in page
    assert "Qinghe" not in page
    one = f"/desk/notices/{notice.code}/calls/{cast.qinghe.id}"
    assert browser(cast.reviewer).get(one).status_code == 404


@pytest.mark.parametrize("path", ["calls", "calls.csv", "calls/paper", "calls/paper/file"])
def test_nobody_has_to_be_called_about_a_draft(cast: Cast, browser: Browser, path: str) -> None:
    notice = a_draft(cast)
    cast.session.commit()
    answer = browser(cast.writer).get(f"/desk/notices/{notice.code}/{path}")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/desk/notices/{notice.code}")
    assert browser(cast.writer).get(f"/desk/notices/N-2026-999/{path}").status_code == 404


def test_the_file_opens_in_a_spreadsheet_and_runs_nothing(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    factories.a_contact(cast.session, cast.qinghe, name="=HYPERLINK(1)", phone="+86138", email="@x.example")
    cast.session.commit()
    answer = browser(cast.writer).get(f"/desk/notices/{notice.code}/calls.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0][0] == "Organisation"
    assert ["Qinghe People’s Hospital", "Not opened", "'=HYPERLINK(1)", "", "'+86138", "'@x.example"] in rows


def test_what_is_said_on_the_phone_is_written_down(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    path = f"/desk/notices/{notice.code}/calls/{cast.qinghe.id}"
    writer = browser(cast.writer)
    assert "Tang Xiuying" in writer.get(path).text
    sent = {"answer": "in_progress", "person": str(cast.tang.id), "name": "", "once": "a"}
    for _ in range(2):
        assert writer.post(path, data=sent).status_code == 303
    (only,) = receipts(cast)
    assert (only.kind, only.channel, only.contact_id) == ("in_progress", Channel.PHONE, cast.tang.id)
    assert only.recorded_by == cast.writer.person_id


def test_somebody_without_an_account_is_written_down_by_name(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    path = f"/desk/notices/{notice.code}/calls/{cast.qinghe.id}"
    browser(cast.writer).post(path, data={"answer": "need_help", "person": "", "name": "Nurse Luo", "once": "a"})
    sheet = call_sheet(cast.session, cast.author, notice.code)
    assert sheet is not None
    (line,) = sheet.helping
    assert line.latest is not None
    assert (line.latest.name, line.latest.channel) == ("Nurse Luo", Channel.PHONE)


@pytest.mark.parametrize("sent", [{}, {"answer": "opened"}, {"answer": "done", "person": "0"}])
def test_an_answer_that_is_none_of_ours_is_asked_for_again(cast: Cast, browser: Browser, sent: dict[str, str]) -> None:
    notice = a_notice(cast)
    path = f"/desk/notices/{notice.code}/calls/{cast.qinghe.id}"
    assert browser(cast.writer).post(path, data={**sent, "once": "a"}).status_code == 422
    assert receipts(cast) == []


@pytest.mark.parametrize("typed", ["{}", " {} ", "{0:.5}-{0:.10}"])
def test_a_slip_is_typed_in_by_its_code_however_it_is_typed(cast: Cast, browser: Browser, typed: str) -> None:
    notice = a_notice(cast)
    code = a_copy(cast, notice)
    shown = typed.format(code) if "." not in typed else f"{code[:5].lower()}-{code[5:]}"
    sent = {"code": shown, "answer": "done", "name": "Luo Ying", "phone": "", "once": "a"}
    assert browser(cast.writer).post("/desk/slips", data=sent).status_code == 303
    (only,) = receipts(cast)
    assert (only.organisation_id, only.channel, only.contact_id) == (cast.qinghe.id, Channel.SLIP, None)
    assert names_on(cast, notice) == ["Songlin Clinic"]


@pytest.mark.parametrize("revision", ["0", "3", "x", "1234567"])
def test_a_slip_of_a_revision_that_never_was_is_refused(cast: Cast, browser: Browser, revision: str) -> None:
    notice = a_notice(cast)
    revise(cast, notice)
    sent = {"code": f"{a_copy(cast, notice)}-{revision}", "answer": "done", "once": "a"}
    assert browser(cast.writer).post("/desk/slips", data=sent).status_code == 422
    assert receipts(cast) == []


def test_a_slip_of_an_earlier_revision_counts_for_what_it_asked(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    revise(cast, notice)
    writer, code = browser(cast.writer), a_copy(cast, notice)
    page = writer.post(
        "/desk/slips", data={"code": f"{code}-1", "answer": "done", "once": "a"}, follow_redirects=True
    ).text
    assert "They read revision 1; what is to be done has changed since" in page
    assert "Qinghe People’s Hospital" in names_on(cast, notice)
    page = writer.post(
        "/desk/slips", data={"code": f"{code} - 2", "answer": "done", "once": "b"}, follow_redirects=True
    ).text
    assert "asked again" not in page
    assert [each.revision_number for each in receipts(cast)] == [1, 2]
    assert "Qinghe People’s Hospital" not in names_on(cast, notice)


def test_a_slip_from_before_a_small_change_still_counts(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    code = a_copy(cast, notice)
    revise(cast, notice, is_material=False)
    browser(cast.writer).post("/desk/slips", data={"code": f"{code}-1", "answer": "done", "once": "a"})
    assert "Qinghe People’s Hospital" not in names_on(cast, notice)


def test_what_was_said_on_the_phone_counts_for_what_the_agent_read_out(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    path = f"/desk/notices/{notice.code}/calls/{cast.qinghe.id}"
    writer = browser(cast.writer)
    assert 'name="revision" value="1"' in writer.get(path).text
    revise(cast, notice)
    sent = {"answer": "done", "person": str(cast.tang.id), "name": "", "once": "a", "revision": "1"}
    assert "so they are asked again" in writer.post(path, data=sent, follow_redirects=True).text
    assert [each.revision_number for each in receipts(cast)] == [1]
    assert "Qinghe People’s Hospital" in names_on(cast, notice)


def test_a_slip_with_another_code_is_refused_and_kept(cast: Cast, browser: Browser) -> None:
    page = browser(cast.writer).post("/desk/slips", data={"code": "ABCDE23456", "answer": "done", "name": "Luo"})
    assert page.status_code == 422
    assert "No printed sheet has this code" in page.text
    assert 'value="Luo"' in page.text


@pytest.mark.parametrize("scope", [NoticeScope.TARGETED, NoticeScope.CUSTOMERS, NoticeScope.PUBLIC])
def test_a_slip_of_an_organisation_out_of_reach_is_refused(cast: Cast, browser: Browser, scope: NoticeScope) -> None:
    notice = a_notice(cast, scope=scope)
    code = a_copy(cast, notice)
    factories.limit_agent(cast.session, cast.reviewer, organisations=(cast.songlin,))
    cast.session.commit()
    sent = {"code": code, "answer": "done", "once": "a"}
    page = browser(cast.reviewer).post("/desk/slips", data=sent)
    assert page.status_code == 422
    assert "Qinghe" not in page.text
    assert receipts(cast) == []


def test_the_code_on_the_sheet_needs_no_signing_in_and_looking_changes_nothing(cast: Cast, client: FlaskClient) -> None:
    code = a_copy(cast, a_notice(cast, scope=NoticeScope.TARGETED))
    page = client.get(f"/copies/{code}")
    assert page.status_code == 200
    for words in ("Rainy season (en)", "Qinghe People’s Hospital", "Complete by"):
        assert words in page.text
    assert "Read the whole notice" not in page.text
    assert receipts(cast) == []


def test_the_code_on_the_sheet_takes_an_answer_once(cast: Cast, client: FlaskClient) -> None:
    notice = a_notice(cast)
    code = a_copy(cast, notice)
    sent = {"answer": "done", "name": "Luo Ying", "phone": "", "once": "a"}
    for _ in range(2):
        assert client.post(f"/copies/{code}", data=sent).status_code == 303
    (only,) = receipts(cast)
    assert (only.channel, only.contact_id, only.recorded_by) == (Channel.QR, None, None)
    page = client.get(f"/copies/{code}").text
    assert "The answer we have:" in page
    assert "Luo Ying" not in page


def test_whoever_needs_help_leaves_a_number(cast: Cast, client: FlaskClient) -> None:
    code = a_copy(cast, a_notice(cast))
    page = client.post(f"/copies/{code}", data={"answer": "need_help", "name": "Luo", "phone": "", "once": "a"})
    assert page.status_code == 422
    assert "so that we can call you back" in page.text


def test_a_colleague_who_is_signed_in_answers_in_their_own_name(cast: Cast, browser: Browser) -> None:
    code = a_copy(cast, a_notice(cast))
    browser(cast.tang).post(f"/copies/{code}", data={"answer": "done", "name": "Tang", "phone": "", "once": "a"})
    assert [each.contact_id for each in receipts(cast)] == [cast.tang.id]


def test_a_stranger_who_is_signed_in_answers_for_nobody_but_the_sheet(cast: Cast, browser: Browser) -> None:
    code = a_copy(cast, a_notice(cast))
    browser(cast.stranger).post(f"/copies/{code}", data={"answer": "done", "name": "Zhou", "phone": "", "once": "a"})
    assert [(each.contact_id, each.organisation_id) for each in receipts(cast)] == [(None, cast.qinghe.id)]


def test_an_older_sheet_says_so_and_its_answer_counts_for_what_it_asked(cast: Cast, client: FlaskClient) -> None:
    notice = a_notice(cast)
    code = a_copy(cast, notice)
    revise(cast, notice)
    path, sent = f"/copies/{code}-1", {"answer": "done", "name": "Luo", "phone": "", "once": "a"}
    assert "Your sheet is revision 1." in client.get(path).text
    assert "Your sheet is" not in client.get(f"/copies/{code}-2").text
    answer = client.post(path, data=sent)
    assert answer.headers["Location"] == path
    assert "What is to be done has changed since your sheet was printed." in client.get(path).text
    assert [each.revision_number for each in receipts(cast)] == [1]
    assert "Qinghe People’s Hospital" in names_on(cast, notice)


def test_whoever_asks_for_help_by_an_older_sheet_is_called(cast: Cast, client: FlaskClient) -> None:
    notice = a_notice(cast)
    code = a_copy(cast, notice)
    revise(cast, notice)
    client.post(f"/copies/{code}-1", data={"answer": "need_help", "name": "Luo", "phone": "138", "once": "a"})
    sheet = call_sheet(cast.session, cast.author, notice.code)
    assert sheet is not None
    assert [each.name for each in sheet.helping] == ["Qinghe People’s Hospital"]


@pytest.mark.parametrize("code", ["ABCDE23456", "x" * 300, "…"])
def test_another_code_is_not_found(client: FlaskClient, code: str) -> None:
    assert client.get(f"/copies/{code}").status_code == 404
    assert client.post(f"/copies/{code}", data={"answer": "done", "name": "x"}).status_code == 404


def test_many_answers_from_one_place_are_held_up(cast: Cast, client: FlaskClient) -> None:
    code = a_copy(cast, a_notice(cast))
    sent = [
        client.post(f"/copies/{code}", data={"answer": "done", "name": "x", "phone": "", "once": str(number)})
        for number in range(61)
    ]
    assert [each.status_code for each in sent[-2:]] == [303, 429]
    assert "Please call us" in sent[-1].text


def test_the_paper_is_ordered_once_and_waited_for(cast: Cast, browser: Browser) -> None:
    notice = a_notice(cast)
    writer = browser(cast.writer)
    path = f"/desk/notices/{notice.code}/calls/paper"
    assert "Make the PDF" in writer.get(path).text
    writer.post(path)
    writer.post(path)
    assert "The PDF is being made" in writer.get(path).text
    assert writer.get(path, headers={"HX-Request": "true"}).status_code == 204
    assert writer.get(f"{path}/file").status_code == 303
