"""A day at the desk, by keyboard and in three languages: from the morning's calls to the evening's board."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import func, select

from portal.incidents.models import Surge
from portal.tickets.models import Outcome, PromiseOutcome, Ticket
from tests.journeys import said
from tests.journeys.clicking import Clicking
from tests.journeys.day import Day, a_day, number_in, numbers_in
from tests.journeys.hospitals import ENGLISH, PEOPLE, SIMPLIFIED, TRADITIONAL, report_the_same
from tests.journeys.typist import Typist

pytestmark = [pytest.mark.browser, pytest.mark.slow]
READERS = {"en": ENGLISH, "zh_Hant": TRADITIONAL, "zh_Hans": SIMPLIFIED}
Numbers = Mapping[str, str]
"""The number of each one's ticket."""


@pytest.fixture
def day(tmp_path: Path, chromium: Browser) -> Iterator[Day]:
    """Return a day of its own, which begins at half past eight."""
    with a_day(tmp_path, chromium) as begun:
        begun.it_is("08:30")
        yield begun


def test_a_day_at_the_desk(day: Day) -> None:
    chen = day.desk_of("chen", "zh_Hans")
    whoever_gave_low_marks_is_called(day, chen)
    an_emergency_is_answered_and_solved(day, chen)
    a_version_goes_out(day)
    reported = many_report_the_same(day)
    code = an_incident_is_declared(day, chen)
    whoever_begins_to_report_is_told(day)
    the_notice_goes_out(day, chen, code)
    one_update_answers_all(day, chen, reported)
    it_is_solved_for_all(day, chen, reported)
    callers_rate(day, chen, reported)
    the_board_shows_the_day(day, chen, reported)
    assert day.faults == []


def whoever_gave_low_marks_is_called(day: Day, chen: Typist) -> None:
    """The morning's mail names whom to call; once they are reached nobody is left on the list."""
    (digest,) = day.mails_to("chen")
    assert "2 颗星" in digest
    chen.press('nav a[href="/desk/calls"]').press(f'main a[href="/desk/calls/{number_in(digest)}"]')
    assert said.YESTERDAYS_WORDS in chen.words
    chen.send({"outcome": "reached", "words": "这次说清楚了", "apology": said.APOLOGY})
    assert numbers_in(chen.words) == set()
    assert said.APOLOGY in day.mails_to("neighbour")[-1]


def an_emergency_is_answered_and_solved(day: Day, chen: Typist) -> None:
    """A nurse asks for help at five past nine; a minute later she is answered, with the time of the next update."""
    day.it_is("09:05")
    nurse = day.window_of("nurse", "zh_Hans").press('a[href="/emergency"]').send(said.STOPPED)
    number = number_in(nurse.path)
    day.it_is("09:06")
    chen.press('nav a[href="/desk"]').keys("j", "Enter")
    assert chen.path == f"/desk/tickets/{number}"
    chen.press('form[action$="/assignee"] button').keys("r").type(said.WE_RESTART)
    chen.press('form[action$="/updates"] button[name$="offered"]')
    assert said.WE_RESTART in day.mails_to("nurse")[-1]
    nurse.press(f'main a[href="/tickets/{number}"]')
    assert said.WE_RESTART in nurse.words
    day.it_is("09:20")
    chen.send(said.REGISTRATION_IS_BACK, 'form[action$="/resolution"] button')
    nurse.open(nurse.path).send({"words": "好了"}, "button[name=outcome][value=ok]")
    nurse.send({"score": "5"}, "#rating button")


def a_version_goes_out(day: Day) -> None:
    """Whoever sets the portal up writes down that a version is out since today."""
    day.it_is("16:00")
    admin = day.window_of("admin", "en").press('nav a[href="/desk/more"]').press('main a[href="/administration/"]')
    admin.press('main a[href="/administration/releases"]').press('main a[href="/administration/releases/new"]')
    admin.send({"product": "his", "version": said.VERSION, "published_on": "2026-04-21"})


def many_report_the_same(day: Day) -> Numbers:
    """From half past five on, a hospital a minute can't settle its bills: in a window, page by page, and all alike."""
    day.it_is("17:30")
    english = day.window_of(ENGLISH, "en").press('main a[href="/report"]')
    english.press('button[name=questionnaire][value="his-fault"]').answer_until("/check", said.REPORT)
    reported = {ENGLISH: number_in(english.send({}).path)}
    day.it_is("17:31")
    reported[TRADITIONAL] = _reported_by(Clicking.on(day.live).sign_in(TRADITIONAL))
    for minute, person in enumerate(PEOPLE[2:], start=32):
        day.it_is(f"17:{minute}")
        reported[person] = report_the_same(day.database, person, reported[TRADITIONAL])
    return reported


def _reported_by(reader: Clicking) -> str:
    reader.open("/report").send("/interviews", {"questionnaire": "his-fault"})
    while not reader.path.endswith("/check"):
        reader.send(reader.path.rpartition("/")[2], said.REPORT)
    return number_in(reader.send("/submit", {}).path)


def an_incident_is_declared(day: Day, chen: Typist) -> str:
    """Ten minutes after the first report it stands above the queue with the day's version; one press declares it."""
    day.it_is("17:40")
    chen.press('nav a[href="/desk"]').press('.surge a[href="/desk/surges"]')
    assert said.VERSION in chen.page.locator(".surge").first.inner_text()
    chen.press('.surge form[action$="/declare"] button')
    assert _minutes_until_declared(day) <= 18
    return chen.path.rpartition("/")[2]


def _minutes_until_declared(day: Day) -> float:
    """Return the time from the first report that is joined to the incident until somebody declared it."""
    with day.database.read() as session:
        first = session.scalars(select(func.min(Ticket.opened_at)).where(Ticket.notice_id.is_not(None))).one()
        declared_at = session.scalars(select(Surge.declared_at)).one()
    assert declared_at is not None
    return (declared_at - first).total_seconds() / 60


def whoever_begins_to_report_is_told(day: Day) -> None:
    """Before the notice is out, whoever begins to report the same reads that we know, and by when they hear more."""
    reader = Clicking.on(day.live).sign_in("it-head")
    reader.open("/report").send("/interviews", {"questionnaire": "his-fault"})
    while reader.path.endswith("/where"):
        reader.send("/where", {**said.REPORT, "q-version-confirm": "=5.5.1"})
    assert "18:15" in reader.text


def the_notice_goes_out(day: Day, chen: Typist, code: str) -> None:
    """A colleague reads the draft in every language, approves it and lets it out; each reader gets theirs."""
    chen.send({"reviewer": "王敏"}, 'form[action$="/send-to-review"] button')
    day.it_is("17:43")
    assert code in day.mails_to("wang")[-1]
    wang = day.desk_of("wang", "zh_Hant")
    wang.press('nav a[href="/desk/notices"]').press(f'main a[href="/desk/notices/{code}"]')
    for step in ("texts/zh_Hant/review", "texts/en/review", "approve", "publish"):
        wang.press(f'form[action$="/{step}"] button')
    for language, person in READERS.items():
        assert said.SEVERAL_REPORT[language] in day.mails_to(person)[-1]


def one_update_answers_all(day: Day, chen: Typist, reported: Numbers) -> None:
    """The tickets are joined already; what is found out is written once, and each customer reads it as theirs."""
    day.it_is("17:44")
    chen.press('nav a[href="/desk/notices"]').press('main a[href^="/desk/notices/N-"]')
    chen.press('main a[href$="/tickets"]')
    assert numbers_in(chen.page.locator("main table").inner_text()) == set(reported.values())
    chen.send({f"body_{each}": words for each, words in said.NEWS.items()}, 'form[action$="/update"] button')
    _all_are_told(day, reported, said.NEWS)


def it_is_solved_for_all(day: Day, chen: Typist, reported: Numbers) -> None:
    """It is said once that it is solved: notice and board say so, and each customer is asked whether it works."""
    day.it_is("18:10")
    chen.send(said.SOLVED, 'form[action$="/solved"] button')
    _all_are_told(day, reported, said.FIX)
    chen.press('nav a[href="/desk/more"]').press('main a[href="/desk/surges"]')
    assert chen.page.locator('form[action$="/end"], form[action$="/declare"]').count() == 0


def _all_are_told(day: Day, reported: Numbers, words: Mapping[str, str]) -> None:
    for language, person in READERS.items():
        assert words[language] in day.mails_to(person)[-1]
        assert words[language] in Clicking.on(day.live).sign_in(person).open(f"/tickets/{reported[person]}").text
    for person, number in reported.items():
        assert number in day.mails_to(person)[-1]


def callers_rate(day: Day, chen: Typist, reported: Numbers) -> None:
    """One presses stars in the mail, without signing in; another says them when they are called."""
    day.it_is("19:00")
    link = re.findall(r"/rate/[^\s?]+", day.mails_to(ENGLISH)[-1])[0]
    day.window("en").open(f"{link}?score=4").send({}).press('button[name=score][value="9"]')
    chen.press('nav a[href="/desk/calls"]').press(f'main a[href="/desk/calls/{reported[TRADITIONAL]}"]')
    chen.send({"outcome": "reached", "stars": "5", "words": "很快就好了"})


def the_board_shows_the_day(day: Day, chen: Typist, reported: Numbers) -> None:
    """Every promise of the day was kept; the stars are counted; a figure leads to its tickets."""
    day.it_is("20:00")
    chen.press('nav a[href="/desk/more"]').press('main a[href="/desk/board/"]')
    assert _promises(day, Outcome.MISSED) == 0
    this_week = 'main a[href*="measure={}"][href*="from=2026-04-20"]'
    assert chen.page.locator(this_week.format("kept")).first.inner_text() == str(_promises(day, Outcome.KEPT))
    assert "4.0" in chen.words  # two, five, four and five stars
    chen.press(this_week.format("opened"))
    assert set(reported.values()) < numbers_in(chen.words)


def _promises(day: Day, outcome: Outcome) -> int:
    with day.database.read() as session:
        counted = select(func.count()).select_from(PromiseOutcome).where(PromiseOutcome.outcome == outcome)
        return session.execute(counted).scalar_one()
