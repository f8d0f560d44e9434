"""Limits count tries in stretches of time."""

from datetime import timedelta

from sqlalchemy.orm import Session

from portal.core import clock, limits

HOUR = timedelta(hours=1)


def tries(session: Session, count: int, key: str = "call-back:203.0.113.7") -> list[bool]:
    return [limits.hit(session, key, clock.now(), HOUR, 3) for _ in range(count)]


def test_it_allows_as_many_as_said_and_then_no_more(session: Session) -> None:
    assert tries(session, 5) == [True, True, True, False, False]


def test_each_key_counts_for_itself(session: Session) -> None:
    tries(session, 4)
    assert tries(session, 1, key="call-back:203.0.113.8") == [True]


def test_a_new_stretch_begins_anew(session: Session) -> None:
    tries(session, 4)
    assert limits.hit(session, "call-back:203.0.113.7", clock.now() + HOUR, HOUR, 3)


def test_old_stretches_are_forgotten(session: Session) -> None:
    tries(session, 4)
    limits.forget(session, before=clock.now() + HOUR)
    assert tries(session, 1) == [True]
