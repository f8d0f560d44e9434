"""How soon a customer hears from us: arithmetic on working time, without a database."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.agreements.terms import Agreement
from portal.tickets.models import Priority, PromiseKind

APOLOGY_WORKING_MINUTES = 60
RESUME_WORKING_MINUTES = 60
"""What is left at least to solve a ticket that comes back from the customer."""
_OFFERED_WORKING_MINUTES = 60
_SOONEST = timedelta(minutes=15)
_WORTH_COUNTING = 5
_CLOSELY_WATCHED = timedelta(hours=2)
_HALF_HOUR, _HOUR = timedelta(minutes=30), timedelta(minutes=60)


def first_reply_due(agreement: Agreement, priority: Priority, at: datetime) -> datetime:
    """Return by when a person answers: a quarter of a working hour, and never more than an hour."""
    targets = agreement.policy.targets
    if priority in targets.reply_within:
        return at + timedelta(minutes=targets.reply_within[priority])
    by_working_time = agreement.calendar.business_walk(at, targets.reply_working_minutes)
    return min(by_working_time, at + timedelta(minutes=targets.reply_at_most))


@dataclass(frozen=True, slots=True)
class Course:
    """How a ticket has gone so far, as far as its next update depends on it."""

    priority: Priority
    opened_at: datetime
    updates_this_week: int


def next_update_due(agreement: Agreement, course: Course, at: datetime) -> datetime:
    """Return by when the customer hears again: the earliest of the gap and of two updates a working week."""
    if course.priority == Priority.P1:
        return at + (_HALF_HOUR if at < course.opened_at + _CLOSELY_WATCHED else _HOUR)
    gap = agreement.calendar.walk_days(at, agreement.policy.targets.gap_working_days)
    end = agreement.calendar.end_of_week(at)
    return min(gap, end) if end and _is_owed_this_week(agreement, course, at, end) else gap


def offered_times(agreement: Agreement, course: Course, at: datetime) -> list[datetime]:
    """Return times by which a next update could be promised now, the soonest first; the last is the latest allowed."""
    latest, calendar = next_update_due(agreement, course, at), agreement.calendar
    this_evening = calendar.end_of_day(calendar.business_walk(at, 0).astimezone(calendar.zone).date())
    tomorrow = calendar.business_walk(this_evening, _OFFERED_WORKING_MINUTES)
    wanted = (_to_half_hour(calendar.business_walk(at, _OFFERED_WORKING_MINUTES)), this_evening, tomorrow)
    return [*sorted({each for each in wanted if at + _SOONEST <= each < latest}), latest]


def _to_half_hour(moment: datetime) -> datetime:
    """Return a moment, or the next full or half hour after it: people remember those."""
    over = timedelta(minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond)
    return moment + (_HALF_HOUR - over) if over else moment


def _is_owed_this_week(agreement: Agreement, course: Course, at: datetime, end: datetime) -> bool:
    """Whether another update belongs into this working week.

    In the week in which a ticket was opened only while more than a working day is left of it: a second update an hour
    after the first, because it is Friday, would say nothing.
    """
    if course.updates_this_week >= agreement.policy.targets.updates_a_week or end <= at:
        return False
    calendar = agreement.calendar
    return course.opened_at < calendar.start_of_week(at) or calendar.walk_days(at, 1) < end


def resolution_due(agreement: Agreement, priority: Priority, at: datetime) -> datetime | None:
    """Return by when a ticket is solved, where the policy says so."""
    minutes = agreement.policy.targets.resolution.get(priority)
    return agreement.calendar.business_walk(at, minutes) if minutes else None


def resumed_due(agreement: Agreement, minutes_left: int, at: datetime) -> datetime:
    """Return by when a ticket is solved that comes back from the customer with so much working time left."""
    return agreement.calendar.business_walk(at, max(minutes_left, RESUME_WORKING_MINUTES))


def accepted_due(agreement: Agreement, fix_on: date) -> datetime:
    """Return by when a customer hears who waits for a planned day: the end of its work, or of the next worked day's."""
    calendar = agreement.calendar
    midnight = datetime.combine(fix_on, time(), tzinfo=calendar.zone)
    opens = calendar.business_walk(midnight, 0).astimezone(calendar.zone)
    return calendar.end_of_day(opens.date())


def apology_due(
    agreement: Agreement, kind: PromiseKind, priority: Priority, at: datetime, *, is_repeated: bool
) -> datetime:
    """Return the new time after a promise was missed.

    An hour of working time; a working day when that was missed too, and for a solution that is late.
    """
    if kind == PromiseKind.RESOLUTION:
        return agreement.calendar.walk_days(at, 1)
    if priority == Priority.P1:
        return at + _HOUR
    calendar = agreement.calendar
    return calendar.walk_days(at, 1) if is_repeated else calendar.business_walk(at, APOLOGY_WORKING_MINUTES)


def warning_at(agreement: Agreement, made_at: datetime, due_at: datetime) -> datetime:
    """Return when four fifths of a promise's working time have passed; of all its time, where hardly any is worked."""
    working = agreement.calendar.minutes_between(made_at, due_at)
    if working < _WORTH_COUNTING:
        return made_at + (due_at - made_at) * 4 / 5
    return agreement.calendar.business_walk(made_at, working * 4 // 5)
