"""The only place that reads the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_stopped_at: datetime | None = None


def now() -> datetime:
    """Return this moment, aware and in UTC."""
    return _stopped_at or datetime.now(UTC)


@contextmanager
def stopped_at(moment: datetime) -> Iterator[datetime]:
    """Hold the clock at a moment, for tests and simulations; the moment must be aware."""
    global _stopped_at  # noqa: PLW0603 (all threads of a process must see the same clock)
    if moment.tzinfo is None:
        raise ValueError("a clock is stopped at an aware moment")
    before, _stopped_at = _stopped_at, moment.astimezone(UTC)
    try:
        yield _stopped_at
    finally:
        _stopped_at = before
