"""Reads of the board: what is suspected, what was declared, what is being counted, what went out today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Person
from portal.accounts.queries import agent_actor
from portal.core.actor import Actor
from portal.core.db import READERS_KEPT
from portal.core.models import TypedText
from portal.incidents.models import Surge, SurgeAside
from portal.incidents.queries.reports import Reported, reported_about
from portal.incidents.queries.visibility import visible_to
from portal.incidents.surge import Key, Rule, Watch
from portal.notices.models import Notice, NoticeState

AT_ONCE = 20
_SHORT = 12
"""So much of the end of an id is random, and tells it from the others that stand on a page."""
IS_OVER = (NoticeState.RESOLVED, NoticeState.ARCHIVED, NoticeState.WITHDRAWN, NoticeState.SUPERSEDED)


@dataclass(slots=True)
class Suspect:
    """A surge as the board shows it."""

    id: UUID
    key: Key
    organisations: int
    release: str
    raised_at: datetime
    is_quiet: bool
    notice_code: str = ""
    is_out: bool = False
    """Whether readers see the notice."""
    declared_by: str = ""
    next_update_at: datetime | None = None
    is_over: bool = False
    """Whether it was declared and somebody has said that it is over, here or by its notice."""
    ended_at: datetime | None = None
    is_solved: bool = False
    """Whether no ticket of what was declared waits for a solution any more."""
    reports: list[Reported] = field(default_factory=list)
    """The latest of each organisation: within the window, or of all tickets of what was declared."""
    since_end: int = 0
    """How many of those have reported it within the window who did so after it was over."""
    asides: list["Aside"] = field(default_factory=list)
    """How often it was put aside, the latest first."""

    @property
    def aside(self) -> "Aside | None":
        """What was said when it was put aside; None where it stands on the desk."""
        return next((each for each in self.asides if each.taken_back_at is None), None)


@dataclass(frozen=True, slots=True)
class Aside:
    """Why somebody put a surge aside, and who took it back."""

    reason: str
    who: str
    at: datetime
    taken_back_by: str = ""
    taken_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counting:
    """What is being counted under a key."""

    key: Key
    organisations: int
    stopped: int


def suspects(session: Session, actor: Actor) -> list[Suspect]:
    """Return what is suspected, and what was declared and isn't both over and quiet, the latest first."""
    still = or_(Surge.quiet_at.is_(None), is_declared())
    rows = session.execute(
        select(Surge, Notice.code, Notice.revision_number, Notice.state, Person.name)
        .outerjoin(Notice, Notice.id == Surge.notice_id)
        .outerjoin(Person, Person.id == Surge.declared_by)
        .where(still, visible_to(actor))
        .order_by(Surge.raised_at.desc(), Surge.id)
        .limit(AT_ONCE)
    )
    return [
        Suspect(
            id=row.Surge.id,
            key=Key(row.Surge.product_code, row.Surge.module_code, row.Surge.fault_type, row.Surge.fingerprint),
            organisations=row.Surge.organisations,
            release=row.Surge.release_version,
            raised_at=row.Surge.raised_at,
            is_quiet=row.Surge.quiet_at is not None,
            notice_code=row.code or "",
            is_out=row.revision_number is not None,
            declared_by=row.name or "",
            next_update_at=row.Surge.next_update_at,
            is_over=row.Surge.ended_at is not None or row.state in IS_OVER,
            ended_at=row.Surge.ended_at,
        )
        for row in rows
    ]


def add_asides(session: Session, found: Sequence[Suspect]) -> None:
    """Put beside each surge who put it aside, why, and who took that back."""
    by_id = {each.id: each for each in found}
    taker = aliased(Person)
    rows = session.execute(
        select(SurgeAside, TypedText.body, Person.name, taker.name)
        .join(TypedText, TypedText.id == SurgeAside.text_id)
        .outerjoin(Person, Person.id == SurgeAside.person_id)
        .outerjoin(taker, taker.id == SurgeAside.taken_back_by)
        .where(SurgeAside.surge_id.in_(by_id))
        .order_by(SurgeAside.at.desc(), SurgeAside.id.desc())
    )
    for row, reason, who, taken_back_by in rows:
        said = Aside(reason, who or "", row.at, taken_back_by or "", row.taken_back_at)
        by_id[row.surge_id].asides.append(said)


def add_reports(found: Iterable[Suspect], reported: Sequence[Reported]) -> None:
    """Put beside each surge who reported it, each organisation once."""
    for suspect in found:
        suspect.reports = _latest(each for each in reported if suspect.key in (each.report.key, each.report.key.coarse))


def add_tickets(session: Session, actor: Actor, found: Iterable[Suspect]) -> None:
    """Put beside each that was declared all who have a ticket about it, however long ago, and whether that is solved.

    What was declared keeps its organisations when their reports leave the window.
    """
    declared = [each for each in found if each.notice_code]
    joined = reported_about(session, actor, {each.notice_code for each in declared}) if declared else []
    for suspect in declared:
        ended_at = suspect.ended_at
        suspect.since_end = sum(ended_at is not None and each.report.at > ended_at for each in suspect.reports)
        own = [(is_open, each) for code, is_open, each in joined if code == suspect.notice_code]
        suspect.reports = _latest(each for _, each in own)
        suspect.is_solved = bool(own) and not any(is_open for is_open, _ in own)


def _latest(reported: Iterable[Reported]) -> list[Reported]:
    return list({each.organisation_id: each for each in reported}.values())


def counting(reported: Sequence[Reported], rule: Rule, *, at: datetime) -> list[Counting]:
    """Return what is counted now, the most first: what at least two organisations report."""
    watch = Watch(rule)
    list(watch.advance(at))
    for each in reported:
        watch.recall(each.report)
    found = [Counting(*each) for each in watch.counting() if each[1] > 1]
    return sorted(found, key=lambda each: (-each.organisations, -each.stopped, each.key))[:AT_ONCE]


def undecided(session: Session, actor: Actor) -> list[str]:
    """Return by which the surges are known that an agent sees and nobody has declared or put aside."""
    return [each.hex[-_SHORT:] for each in session.scalars(_undecided(actor))]


@lru_cache(maxsize=READERS_KEPT)
def _undecided(actor: Actor) -> Select[UUID]:
    wanted = select(Surge.id).where(_is_undecided(), visible_to(actor))
    return wanted.order_by(Surge.raised_at, Surge.id).limit(AT_ONCE)


def still_suspected(session: Session, surge_id: UUID, person_id: UUID) -> Surge | None:
    """Return a surge for the mail of somebody in support; None where nothing is left to decide, or it isn't theirs."""
    actor = agent_actor(session, person_id)
    if actor is None:
        return None
    wanted = select(Surge).where(Surge.id == surge_id, _is_undecided(), visible_to(actor))
    return session.scalars(wanted).one_or_none()


def surge_to_change(session: Session, actor: Actor, surge_id: UUID) -> Surge | None:
    """Return a surge to change, held until the transaction ends; None if it isn't there or isn't theirs."""
    return session.scalars(select(Surge).where(Surge.id == surge_id, visible_to(actor)).with_for_update()).one_or_none()


def is_declared() -> ColumnElement[bool]:
    """Whether somebody has declared it, and nobody has said yet that it is over."""
    return and_(Surge.notice_id.is_not(None), Surge.ended_at.is_(None))


def _is_undecided() -> ColumnElement[bool]:
    """Whether something is suspected of which nobody has said yet what it is."""
    aside = exists().where(SurgeAside.surge_id == Surge.id, SurgeAside.taken_back_at.is_(None))
    return and_(Surge.quiet_at.is_(None), Surge.notice_id.is_(None), ~aside)
