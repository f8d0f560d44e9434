"""Promises folded from the export of the ledger, written from docs/ledger.md alone, without anything of the portal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tests.ledger.hours import MINUTE, WorkingTime
from tests.ledger.tickets import ENDED, Promise, Ticket

Line = dict[str, Any]
AT_REST = ENDED | {"waiting_customer", "resolved"}
UPDATES = {"updated", "asked", "planned", "resolved", "decided", "visited"}


@dataclass
class Step:
    """One event with what applied to it."""

    ticket: Ticket
    kind: str
    by: str
    seq: int
    at: datetime
    facts: Line
    targets: Line
    hours: WorkingTime

    def make(self, kind: str, due_at: datetime, source: str = "") -> None:
        source = source or self.facts["under"]
        self.ticket.promises.append(Promise(kind, self.at, self.seq, source, due_at))

    def end(self, found: Iterable[Promise], outcome: str) -> None:
        for each in found:
            each.outcome, each.ended_at, each.ended_by = outcome, self.at, self.seq

    def settle(self, found: Iterable[Promise], outcome: str) -> None:
        for each in found:
            self.end([each], outcome if each.due_at >= self.at else "missed")

    def first(self) -> datetime:
        within = self.targets["reply_within"].get(self.ticket.priority)
        if within:
            return self.at + int(within) * MINUTE
        at_most = self.at + int(self.targets["reply_at_most"]) * MINUTE
        return min(self.hours.walk(self.at, self.targets["reply_working_minutes"]), at_most)

    def cadence(self) -> datetime:
        at, ticket = self.at, self.ticket
        if ticket.priority == "P1":
            return at + (30 if at < ticket.opened_at + timedelta(hours=2) else 60) * MINUTE
        gap, end = self.hours.walk_days(at, self.targets["gap_working_days"]), self.hours.week_end(at)
        begin = self.hours.week_start(at)
        written = sum(each >= begin for each in ticket.updates)
        if end is None or end <= at or written >= self.targets["updates_a_week"]:
            return gap
        is_owed = ticket.opened_at < begin or self.hours.walk_days(at, 1) < end
        return min(gap, end) if is_owed else gap

    def next_due(self) -> tuple[datetime, str]:
        accepted = self.ticket.accepted
        return (accepted, "accepted") if accepted and accepted > self.at else (self.cadence(), "")

    def apology(self, missed: Promise) -> datetime:
        if missed.kind == "resolution":
            return self.hours.walk_days(self.at, 1)
        if self.ticket.priority == "P1":
            return self.at + 60 * MINUTE
        if missed.source.startswith("apology"):
            return self.hours.walk_days(self.at, 1)
        return self.hours.walk(self.at, 60)

    def keep(self) -> None:
        self.settle(self.ticket.open(replies=True), "kept")
        if self.ticket.state not in AT_REST:
            if "next_by" in self.facts:
                self.make("next_update", datetime.fromisoformat(self.facts["next_by"]), "person")
            else:
                self.make("next_update", *self.next_due())
        self.solving()

    def wake(self) -> None:
        if not self.ticket.open(replies=True):
            self.make("next_update", *self.next_due())
        elif self.ticket.accepted is not None:
            self.bring_forward(self.cadence())
        self.solving()

    def bring_forward(self, due_at: datetime) -> None:
        found = self.ticket.open(replies=True)
        for each in found:
            if each.due_at > due_at:
                self.end([each], "superseded")
                self.make(each.kind, due_at)
        if not found:
            self.make("next_update", due_at)

    def solving(self) -> None:
        ticket = self.ticket
        running = [each for each in ticket.open() if each.kind == "resolution"]
        if ticket.state in ENDED | {"resolved"}:
            ticket.left = None
            self.settle(running, "kept" if ticket.state == "resolved" else "superseded")
        elif ticket.state == "waiting_customer":
            for each in running:
                ticket.left = self.hours.worked_between(self.at, each.due_at) if each.due_at > self.at else 0
            self.settle(running, "superseded")
        else:
            self.run(running)

    def run(self, running: list[Promise]) -> None:
        times = []
        target = self.targets["resolution"].get(self.ticket.priority)
        if target and self.kind in {"opened", "reopened", "prioritised", "escalated"}:
            times.append(self.hours.walk(self.at, target))
        if self.ticket.left is not None and self.kind != "reopened":
            times.append(self.hours.walk(self.at, max(60, self.ticket.left)))
        self.ticket.left = None
        if times and not any(each.due_at <= min(times) for each in running):
            self.end(running, "superseded")
            self.make("resolution", min(times))


def opened(step: Step) -> None:
    step.ticket.state, step.ticket.priority, step.ticket.opened_at = "new", step.facts["priority"], step.at
    step.make("first_reply", step.first())
    step.solving()


def heard(step: Step) -> None:
    if step.kind == "escalated":
        step.ticket.priority = step.facts["priority"]
    if step.by == "customer" and step.ticket.state == "waiting_customer":
        step.ticket.enter("in_progress")
    if step.ticket.state not in AT_REST:
        step.wake()
    if step.kind == "escalated":
        step.bring_forward(step.first())
        step.solving()


def written(step: Step) -> None:
    state = step.facts.get("state") or ("resolved" if step.kind == "resolved" else None)
    if state is None and step.ticket.state in {"new", "triaged"}:
        state = "in_progress"
    if state is not None:
        step.ticket.enter(state)
    if step.ticket.state in ENDED:
        step.settle(step.ticket.open(), "superseded")
    else:
        step.keep()


def decided(step: Step) -> None:
    step.ticket.enter(step.facts["state"])
    if step.ticket.state in ENDED:
        step.settle(step.ticket.open(), "kept")
    else:
        step.keep()


def visited(step: Step) -> None:
    written(step)
    for due_at in step.facts["actions_due"]:
        step.make("action", datetime.fromisoformat(due_at), "person")


def action_done(step: Step) -> None:
    step.settle([step.ticket.action(datetime.fromisoformat(step.facts["was_due_at"]))], "kept")


def action_late(step: Step) -> None:
    action_done(step)
    step.make("action", step.hours.walk_days(step.at, 1), f"apology {step.facts['under']}")


def moved(step: Step) -> None:
    step.ticket.enter(step.facts["state"])
    if step.ticket.state in ENDED:
        step.settle(step.ticket.open(), "superseded")
    elif step.ticket.state not in AT_REST:
        step.wake()


def prioritised(step: Step) -> None:
    step.ticket.priority = step.facts["to"]
    if step.facts["to"] < step.facts["from"] and step.ticket.open():
        step.bring_forward(step.first())
        step.solving()


def accepted(step: Step) -> None:
    step.settle(step.ticket.open(replies=True), "superseded")
    step.ticket.accepted = step.hours.end_of_day_from(date.fromisoformat(step.facts["fix_on"]))
    step.make("next_update", step.ticket.accepted, "accepted")


def promise_missed(step: Step) -> None:
    missed = [each for each in step.ticket.open() if each.due_at < step.at]
    step.end(missed, "missed")
    for each in missed:
        step.make(each.kind, step.apology(each), f"apology {step.facts['under']}")


def reopened(step: Step) -> None:
    step.ticket.enter("in_progress")
    step.bring_forward(step.first())
    step.solving()


def closed(step: Step) -> None:
    step.ticket.enter("closed")


def cancelled(step: Step) -> None:
    step.ticket.enter("cancelled")
    step.settle(step.ticket.open(), "superseded")


FOLD: dict[str, Callable[[Step], None]] = {
    "opened": opened, "replied": heard, "described": heard, "escalated": heard, "updated": written, "asked": written,
    "planned": written, "resolved": written, "moved": moved, "decided": decided, "visited": visited,
    "action_done": action_done, "action_late": action_late, "prioritised": prioritised, "accepted": accepted,
    "promise_missed": promise_missed, "reopened": reopened, "confirmed": closed, "closed": closed,
    "cancelled": cancelled,
}  # fmt: skip


def fold(lines: Iterable[Line]) -> dict[str, Ticket]:
    """Return every ticket as its events make it; the lines of promises are not looked at."""
    tickets: dict[str, Ticket] = {}
    hours: dict[str, WorkingTime] = {}
    targets: dict[str, Line] = {}
    for line in lines:
        if line["type"] == "calendar":
            hours[line["calendar"]] = WorkingTime(line)
        elif line["type"] == "policy":
            targets[line["policy"]] = line["targets"]
        elif line["type"] == "event":
            ticket = tickets.setdefault(line["ticket"], Ticket())
            policy, _, calendar = line["facts"].get("under", "default/1 cn-office/1").partition(" ")
            step = Step(
                ticket,
                line["kind"],
                line["by"],
                line["seq"],
                datetime.fromisoformat(line["at"]),
                line["facts"],
                targets[policy],
                hours[calendar],
            )
            if step.kind in UPDATES and line["audience"] == "customer":
                ticket.updates.append(step.at)
            if step.kind in FOLD:
                FOLD[step.kind](step)
    return tickets


def stated(lines: Iterable[Line]) -> dict[str, list[Promise]]:
    """Return the promises as the export states them, by ticket."""
    found: dict[str, list[Promise]] = {}
    for line in lines:
        if line["type"] == "promise":
            found.setdefault(line["ticket"], []).append(
                Promise(
                    kind=line["kind"],
                    made_at=datetime.fromisoformat(line["made_at"]),
                    made_by=line["made_by"],
                    source=line["source"],
                    due_at=datetime.fromisoformat(line["due_at"]),
                    outcome=line["outcome"],
                    ended_at=datetime.fromisoformat(line["ended_at"]) if line["ended_at"] else None,
                    ended_by=line["ended_by"],
                )
            )
    return found
