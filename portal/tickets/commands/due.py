"""``portal calendar due``: when something is due, and why then; it needs no database."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from portal.agreements import shipped
from portal.agreements.services import FeedDay, FeedError, Office, Verdict, normal_hours, read_feed
from portal.agreements.services.importing import MOST_BYTES
from portal.agreements.terms import PRIORITIES, Agreement
from portal.core.calendar import HORIZON_DAYS, Calendar, CalendarError
from portal.tickets.models import Priority, PromiseKind
from portal.tickets.services import policies
from portal.tickets.services.policies import Course

FIRST, LAST = date(2008, 1, 1), date(2090, 12, 31)
"""For these years the library knows China's holidays as they are kept today."""
_POLICIES = {each.name: each for each in shipped.POLICIES}
_KINDS = (PromiseKind.FIRST_REPLY, PromiseKind.NEXT_UPDATE)
_FEED_WORDS = {
    "too-large": f"An .ics file of more than {MOST_BYTES // 1024} KB is not read: a year has no more than 366 days.",
    "too-many-days": "The file names more days than a calendar can have.",
    "not-a-calendar": "This is not a calendar that can be read. Export it again as .ics.",
    "nothing-in-it": "The file has no whole day in it.",
}
_STAYS_SHUT = f"The calendar would have to be walked for more than {HORIZON_DAYS} days. Ask for less."


class Moment(click.ParamType[datetime]):
    """A time with its zone."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read a time such as 2026-10-01T17:55:00+08:00."""
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no time. Write it like 2026-10-01T17:55:00+08:00.", param, ctx)
        if moment.tzinfo is None:
            self.fail("Write the time with its zone, like 2026-10-01T17:55:00+08:00.", param, ctx)
        if not FIRST <= moment.date() <= LAST:
            self.fail(f"Times from {FIRST.year} to {LAST.year} can be reckoned.", param, ctx)
        return moment


@dataclass(frozen=True, slots=True)
class Due:
    """A moment, and why it is that one."""

    at: datetime
    because: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a promise is asked about."""

    policy: str
    priority: Priority
    kind: PromiseKind
    opened_at: datetime | None
    updates_this_week: int


@click.group("calendar")
def calendar() -> None:
    """Reckon with working time."""


@calendar.command("due")
@click.option("--from", "start", type=Moment(), required=True, help="Like 2026-10-01T17:55:00+08:00.")
@click.option("--minutes", type=click.IntRange(0, 10**7), help="So many working minutes later.")
@click.option("--policy", type=click.Choice(sorted(_POLICIES)), help="What this policy promises.")
@click.option("--priority", type=click.Choice(PRIORITIES), help="Of the ticket, for --policy.")
@click.option("--kind", type=click.Choice([each.value for each in _KINDS]), default=_KINDS[0].value, show_default=True)
@click.option("--opened", type=Moment(), help="When the ticket was opened; the same as --from if not given.")
@click.option(
    "--updates-this-week", type=click.IntRange(0, 1000), default=0, help="Updates of this working week, up to --from."
)
@click.option(
    "--calendar", "name", type=click.Choice([shipped.CN_OFFICE]), default=shipped.CN_OFFICE, show_default=True
)
@click.option("--ics", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="More days off or worked.")
def due(start: datetime, minutes: int | None, ics: Path | None, **asked: Any) -> None:
    """Print when something is due, and because of what, as JSON."""
    working, aside = _calendar(start, ics)
    try:
        found = _after(working, start, minutes) if minutes is not None else _promised(working, start, _read(**asked))
    except CalendarError as error:
        raise click.ClickException(_STAYS_SHUT) from error
    if minutes is not None and asked["policy"]:
        raise click.UsageError("Ask for --minutes or for --policy, not for both.")
    answer = {"due": _local(working, found.at), "because": f"{found.because}{aside}"}
    click.echo(json.dumps(answer, ensure_ascii=False))


def _read(
    *, policy: str | None, priority: str | None, kind: str, opened: datetime | None, updates_this_week: int, **_: object
) -> Asked:
    if policy is None:
        raise click.UsageError("Say what is due: --minutes N, or --policy NAME with --priority P2.")
    if priority is None:
        raise click.UsageError("A policy needs the ticket's --priority.")
    return Asked(policy, Priority(priority), PromiseKind(kind), opened, updates_this_week)


def _calendar(start: datetime, ics: Path | None) -> tuple[Calendar, str]:
    """Return the shipped calendar with a file's days, and what is to be said about the days left out."""
    working = shipped.cn_office(start.year + HORIZON_DAYS // 365 + 1, first_year=start.year - 1)
    if ics is None:
        return working, ""
    hours = normal_hours(working.weekly.values())
    feed = _feed(ics, working)
    taken = [each for each in feed if each.verdict in (Verdict.HOLIDAY, Verdict.MAKE_UP, Verdict.UNKNOWN)]
    days = {each.day: each.as_other_day(hours).intervals for each in taken}
    left_out = sum(each.verdict is Verdict.OBSERVANCE for each in feed)
    aside = f"; of {ics.name}, {left_out} of {len(feed)} days look like no holiday and are left out" if left_out else ""
    return replace(working, exceptions={**working.exceptions, **days}), aside


def _feed(ics: Path, working: Calendar) -> Sequence[FeedDay]:
    office = Office(working.zone, frozenset(day for day, hours in working.weekly.items() if hours))
    try:
        with ics.open("rb") as file:
            # One byte more than is allowed tells that it is too much, however large the file is.
            return read_feed(file.read(MOST_BYTES + 1), office)
    except FeedError as error:
        raise click.ClickException(_FEED_WORDS[error.code]) from error


def _after(working: Calendar, start: datetime, minutes: int) -> Due:
    return Due(working.business_walk(start, minutes), f"{minutes} working minutes of {working.name}")


def _promised(working: Calendar, start: datetime, asked: Asked) -> Due:
    agreement = Agreement(_POLICIES[asked.policy], working)
    if asked.kind is PromiseKind.FIRST_REPLY:
        return _first_reply(agreement, asked, start)
    opened_at = asked.opened_at or start
    if opened_at > start:
        raise click.UsageError("The ticket would be opened after --from.")
    course = Course(asked.priority, opened_at.astimezone(UTC), asked.updates_this_week)
    return _next_update(agreement, course, start)


def _first_reply(agreement: Agreement, asked: Asked, start: datetime) -> Due:
    targets, found = agreement.policy.targets, policies.first_reply_due(agreement, asked.priority, start)
    if asked.priority in targets.reply_within:
        minutes = targets.reply_within[asked.priority]
        return Due(found, f"{asked.policy}: {asked.priority} is answered within {minutes} minutes, day and night")
    by_work = agreement.calendar.business_walk(start, targets.reply_working_minutes)
    in_words = f"{targets.reply_working_minutes} working minutes of {agreement.calendar.name}"
    if by_work == found:
        return Due(found, f"{asked.policy}: {in_words}")
    ends = _local(agreement.calendar, by_work)
    return Due(
        found, f"{asked.policy}: {in_words} would end at {ends}, but never more than {targets.reply_at_most} minutes"
    )


def _next_update(agreement: Agreement, course: Course, start: datetime) -> Due:
    targets, found = agreement.policy.targets, policies.next_update_due(agreement, course, start.astimezone(UTC))
    name = agreement.policy.name
    if course.priority is Priority.P1:
        return Due(found, f"{name}: P1 hears every 30 minutes for two hours, then every 60, day and night")
    if found == agreement.calendar.walk_days(start, targets.gap_working_days):
        return Due(found, f"{name}: no gap over {targets.gap_working_days} working days of {agreement.calendar.name}")
    return Due(found, f"{name}: at least {targets.updates_a_week} updates a working week, which ends then")


def _local(working: Calendar, moment: datetime) -> str:
    return moment.astimezone(working.zone).isoformat()
