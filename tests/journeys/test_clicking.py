"""The whole way through the pages themselves: from a nurse's report to her saying that it works."""

import re

import pytest

from tests.journeys.clicking import Clicking
from tests.journeys.live import Live

pytestmark = pytest.mark.slow

ANSWERS = {
    "q-product": "his",
    "q-version-confirm": "=5.5.1",
    "q-module": "transfer",
    "q-blocked": "stopped",
    "q-scope": "dept",
    "q-patient_now": "yes",
    "q-data_risk": "no",
    "q-error_text": "ORD-1407 长期医嘱未停止",
    "q-steps-1-did": "点「转科」",
    "q-steps-1-expected": "出现转科单",
    "q-steps-1-saw": "ORD-1407",
    "q-callback": "13900000001",
}
MOST_PAGES = 20
SOLUTION = {"solving-cause": "检查漏了长嘱", "solving-fix": "改正了", "solving-prevention": "下个版本带上"}


def reported(nurse: Clicking) -> str:
    """Report a problem, page by page; returns the ticket's number."""
    nurse.open("/report").send("/interviews", {"questionnaire": "his-fault"})
    for _ in range(MOST_PAGES):
        if not nurse.path.endswith("/check"):
            nurse.send(nurse.path.rpartition("/")[2], ANSWERS)
    assert nurse.path.endswith("/check"), nurse.path
    nurse.send("/submit", {})
    return str(re.findall(r"T-\d{4}-\d{6}", nurse.path)[0])


@pytest.mark.slow
def test_a_problem_goes_from_its_report_to_solved(live: Live) -> None:
    nurse, agent = Clicking.on(live).sign_in("nurse"), Clicking.on(live).sign_in("chen")
    reference = reported(nurse)
    agent.open(f"/desk/tickets/{reference}").send("/assignee", {})
    agent.send("/updates", {"reply-body": f"我们在看了，{reference}"})
    agent.send("/notes", {"note-body": "只给同事看的话"})
    assert live.mails_about(reference)
    nurse.open(f"/tickets/{reference}")
    assert f"我们在看了，{reference}" in nurse.text
    assert "只给同事看的话" not in nurse.text
    nurse.send("/replies", {"body": "病人还在等"})
    agent.open(f"/desk/tickets/{reference}").send("/resolution", SOLUTION)
    nurse.open(f"/tickets/{reference}").send("/outcome", {"outcome": "ok", "words": "好了"})
    assert 'value="reopen"' in nurse.text
    assert 'value="ok"' not in nurse.text


@pytest.mark.parametrize("person", ["nurse", "it-head"])
def test_what_is_posted_twice_happens_once(live: Live, person: str) -> None:
    reader = Clicking.on(live).sign_in(person)
    reference = reported(reader)
    form = reader.open(f"/tickets/{reference}").form("/replies")
    for _ in range(2):
        reader.client.post(form.action, data={**dict(form.untouched), "body": "只说一次"})
    assert reader.open(f"/tickets/{reference}").text.count("只说一次") == 1
