"""A ticket and its promises while they are folded."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

ENDED = {"closed", "duplicate", "cancelled"}


@dataclass
class Promise:
    """A promise; the fields are those of its line."""

    kind: str
    made_at: datetime
    made_by: int
    source: str
    due_at: datetime
    outcome: str | None = None
    ended_at: datetime | None = None
    ended_by: int | None = None


@dataclass
class Ticket:
    """One ticket while its events are folded."""

    state: str = ""
    priority: str = ""
    opened_at: datetime = datetime(1, 1, 1, tzinfo=UTC)
    accepted: datetime | None = None
    left: int | None = None
    promises: list[Promise] = field(default_factory=list)
    updates: list[datetime] = field(default_factory=list)

    def open(self, *, replies: bool = False) -> list[Promise]:
        left_out = {"action", "resolution"} if replies else {"action"}
        return [each for each in self.promises if each.outcome is None and each.kind not in left_out]

    def action(self, due_at: datetime) -> Promise:
        return next(each for each in self.promises
                    if each.outcome is None and each.kind == "action" and each.due_at == due_at)  # fmt: skip

    def enter(self, state: str) -> None:
        self.state, self.accepted = state, None
