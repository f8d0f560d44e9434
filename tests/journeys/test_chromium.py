"""The whole way in Chromium: from a nurse's report to her saying that it works, with scripts and without."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.live import Live
from tests.journeys.reader import Reader, Sight

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Open = Callable[[Sight], Reader]
SIGHTS = [
    Sight(has_script=True, width=1280, theme="light", locale="zh_Hans"),
    Sight(has_script=False, width=320, theme="light", locale="zh_Hant"),
    Sight(has_script=True, width=390, theme="dark", locale="en"),
]
ANSWERS = {
    "q-product": "his",
    "q-version-confirm": "=5.5.1",
    "q-module": "transfer",
    "q-blocked": "stopped",
    "q-scope": "dept",
    "q-patient_now": "yes",
    "q-data_risk": "no",
    "q-error_text": "ORD-1407 长期医嘱未停止 password=hunter2secret",
    "q-steps-1-did": "点「转科」",
    "q-steps-1-expected": "出现转科单",
    "q-steps-1-saw": "红色提示 ORD-1407",
    "q-callback": "13900000001",
}
LANE = {"q-emg_reason": "stopped", "q-emg_what": "全院挂号都打不开", "q-callback": "13900000001"}


@pytest.mark.parametrize("sight", SIGHTS, ids=str)
def test_from_a_report_to_it_works(a_reader: Open, live: Live, sight: Sight) -> None:
    nurse = a_reader(sight).sign_in("nurse")
    reference = report(nurse)
    agent = a_reader(sight).sign_in("chen").open("/desk").open(f"/desk/tickets/{reference}")
    agent.press('form[action$="/assignee"] button')
    agent.send({"reply-body": f"我们在看了，{reference}"}, 'form[action$="/updates"] button.btn--main')
    assert live.mails_about(reference), "the nurse was written to"
    nurse.open(f"/tickets/{reference}")
    assert f"我们在看了，{reference}" in nurse.page.content()
    nurse.send({"body": "病人还在等"}, 'form[action$="/replies"] button.btn--main')
    agent.open(f"/desk/tickets/{reference}")
    assert "病人还在等" in agent.page.content()
    solve(agent)
    nurse.open(f"/tickets/{reference}").send({"words": "好了"}, "button[name=outcome][value=ok]")
    assert nurse.page.locator("button[name=outcome][value=ok]").count() == 0
    assert nurse.faults + agent.faults == []


def report(nurse: Reader) -> str:
    """Report a problem through every page; returns the ticket's number."""
    nurse.open("/report").press('button[name=questionnaire][value="his-fault"], main form button.btn--main')
    nurse.answer_until("/check", ANSWERS)
    assert "hunter2secret" not in nurse.page.content()
    nurse.send({})
    return str(re.findall(r"T-\d{4}-\d{6}", nurse.path)[0])


def solve(agent: Reader) -> None:
    """Say why it happened, what was done, and how to avoid it."""
    agent.page.locator('details:has(form[action$="/resolution"]) summary').click()
    agent.send(
        {
            "solving-cause": "停医嘱检查漏了已作废的长嘱",
            "solving-fix": "改正了检查",
            "solving-prevention": "下个版本带上",
        },
        'form[action$="/resolution"] button.btn--main',
    )


@pytest.mark.parametrize("sight", SIGHTS[:2], ids=str)
def test_help_comes_at_once_to_whoever_is_signed_in(a_reader: Open, sight: Sight) -> None:
    nurse = a_reader(sight).sign_in("nurse").open("/emergency").send({})
    assert nurse.page.locator("#errors").count() == 1
    nurse.send(LANE)
    assert "/received" in nurse.path
    assert nurse.faults == []


@pytest.mark.parametrize("sight", SIGHTS[1:], ids=str)
def test_help_comes_at_once_to_whoever_is_not(a_reader: Open, sight: Sight) -> None:
    caller = a_reader(sight).open("/emergency").send({})
    words = f"急诊全停 {sight}"
    caller.send({"what": words, "phone": "010-5555-0123", "name": "王护士", "organisation": "城北医院"})
    assert caller.path.startswith("/emergency/received/")
    agent = a_reader(sight).sign_in("wang").open("/desk")
    agent.page.get_by_text(words).first.click()
    assert "010-5555-0123" in agent.look().page.content()
    assert caller.faults + agent.faults == []


@pytest.mark.parametrize("sight", SIGHTS, ids=str)
def test_a_notice_is_read_ticked_off_and_answered(a_reader: Open, sight: Sight) -> None:
    head = a_reader(sight).sign_in("it-head").open("/notices?show=all")
    head.press('main a[href$="-014"]')
    first = head.page.locator("#checklist input[type=checkbox]").first
    was_ticked = first.is_checked()
    if sight.has_script:
        with head.page.expect_response("**/ticks"):
            first.click()
    else:
        first.click()
        head.press("#checklist button.btn")
    head.page.reload()
    assert head.page.locator("#checklist input[type=checkbox]").first.is_checked() is not was_ticked
    head.send({"answer": "done"}, 'form[action$="/answer"] button.btn--main')
    assert head.page.locator(".flash").count() >= 1
    assert head.faults == []
