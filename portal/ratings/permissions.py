"""What somebody may be asked about a ticket, and when: each question is answered once, and none is ever a gate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.core.errors import DomainError
from portal.ratings.models import RatingKind
from portal.tickets.models import TicketState

SCORES: Mapping[RatingKind, range] = {
    RatingKind.MOOD: range(1, 4),
    RatingKind.STARS: range(1, 6),
    RatingKind.RECOMMEND: range(11),
}
"""Which answers there are to each question."""
LOW_STARS = 2
"""Up to here somebody calls first."""
_NOT_ASKED = {TicketState.CANCELLED, TicketState.DUPLICATE}
_SOLVED = {TicketState.RESOLVED, TicketState.CLOSED}


class RatingError(DomainError):
    """An answer to a question that is not asked: ``not-asked``, or there is no such answer: ``no-answer``."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A ticket as somebody who follows it may rate it."""

    ticket_id: UUID
    reference: str
    organisation_id: UUID
    person_id: UUID
    state: TicketState
    resolved_at: datetime | None
    has_answer: bool = True
    """Whether somebody of ours has written yet; before, nobody is asked how it goes."""
    answered: frozenset[str] = frozenset()
    """The occasions that this person has answered."""

    def occasion(self, kind: RatingKind, *, at: datetime) -> str:
        """Return what a question is about: a day, one solution, or a quarter of the year."""
        if kind is RatingKind.MOOD:
            return f"mood:{self.ticket_id}:{self.person_id}:{at.date()}"
        if kind is RatingKind.STARS:
            solved = self.resolved_at.isoformat() if self.resolved_at else ""
            return f"stars:{self.ticket_id}:{self.person_id}:{solved}"
        return f"recommend:{self.person_id}:{at.year}-{(at.month - 1) // 3 + 1}"

    def has_answered(self, kind: RatingKind, *, at: datetime) -> bool:
        """Whether this person has answered a question already."""
        return self.occasion(kind, at=at) in self.answered

    @property
    def main_kind(self) -> RatingKind | None:
        """Return what is asked of a ticket as it stands: how it goes, or how it was."""
        if self.state in _NOT_ASKED:
            return None
        if self.state in _SOLVED:
            return RatingKind.STARS if self.resolved_at else None
        return RatingKind.MOOD if self.has_answer else None

    def next_kind(self, *, at: datetime) -> RatingKind | None:
        """Return the question that is still open; whether we are recommended is asked after the stars alone."""
        main = self.main_kind
        if main is None or not self.has_answered(main, at=at):
            return main
        if main is RatingKind.STARS and not self.has_answered(RatingKind.RECOMMEND, at=at):
            return RatingKind.RECOMMEND
        return None


def require_asked(subject: Subject, kind: RatingKind, score: int) -> None:
    """Raise RatingError for an answer to something that is not asked now."""
    allowed = {subject.main_kind}
    if subject.main_kind is RatingKind.STARS:
        allowed.add(RatingKind.RECOMMEND)
    if kind not in allowed:
        raise RatingError("not-asked")
    if score not in SCORES[kind]:
        raise RatingError("no-answer")
