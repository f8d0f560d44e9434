"""Reads of the board: what is suspected, what was declared, what is being counted, what went out today."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Person
from portal.accounts.queries import agent_actor
from portal.catalogue.models import FaultType
from portal.core.actor import Actor
from portal.core.db import READERS_KEPT
from portal.core.models import TypedText
from portal.incidents.models import Surge, SurgeAside
from portal.incidents.queries.reports import Reported
from portal.incidents.queries.visibility import visible_to
from portal.incidents.surge import Key, Rule, Watch
from portal.notices.models import IN_FORCE, Notice, NoticeState

AT_ONCE = 20
_SHORT = 12
"""So much of the end of an id is random, and tells it from the others that stand on a page."""
_IS_OVER = (NoticeState.RESOLVED, NoticeState.ARCHIVED, NoticeState.WITHDRAWN, NoticeState.SUPERSEDED)


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
    reports: list[Reported] = field(default_factory=list)
    """What was reported within the window, the latest of each organisation."""
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
    """Return what is suspected, and what was declared and isn't over, the latest first."""
    still = or_(Surge.quiet_at.is_(None), _is_declared())
    rows = session.execute(
        select(Surge, Notice.code, Notice.revision_number, Person.name)
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
            notice_code=row.code or "" if row.Surge.ended_at is None else "",
            is_out=row.revision_number is not None,
            declared_by=row.name or "",
            next_update_at=row.Surge.next_update_at,
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
        latest: Mapping[UUID, Reported] = {
            each.organisation_id: each for each in reported if suspect.key in (each.report.key, each.report.key.coarse)
        }
        suspect.reports = list(latest.values())


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


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody is told who is about to report what many report."""

    next_update_at: datetime | None
    notice_code: str
    """Where to read what we know; empty while the notice isn't out."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What a report that is being written would be alike by, as far as it is known."""

    products: Collection[str]
    questionnaire: str
    module: str = ""
    faults: Collection[str] = ()
    """In which ways it may go wrong: until it was asked, in every one that the questionnaire knows."""


def told_to(session: Session, begun: Begun, *, at: datetime) -> Told | None:
    """Return what those are told who report the same as many; None where nothing like it was declared."""
    where = [_may_be(begun), Surge.raised_at > at - timedelta(days=30), _is_declared()]
    if module := begun.module:
        where.append(Surge.module_code.in_((module, "")))
    rows = session.execute(
        select(Surge.next_update_at, Notice.code, Notice.revision_number, Notice.state)
        .join(Notice, Notice.id == Surge.notice_id)
        .where(*where, Notice.state.not_in(_IS_OVER))
        .order_by(Surge.declared_at.desc())
        .limit(1)
    )
    for row in rows:
        return Told(row.next_update_at, row.code if row.state in IN_FORCE else "")
    return None


def _may_be(begun: Begun) -> ColumnElement[bool]:
    """Whether a surge may be what a report that is being written is about."""
    own = (begun.questionnaire, *begun.faults)
    asked = or_(Surge.fault_type.in_(("", *own)), Surge.fault_type.in_(select(FaultType.code)))
    of_product = and_(Surge.product_code.in_(begun.products), asked)
    return or_(of_product, and_(Surge.product_code == "", Surge.fault_type.in_(own)))


def _is_declared() -> ColumnElement[bool]:
    return and_(Surge.notice_id.is_not(None), Surge.ended_at.is_(None))


def _is_undecided() -> ColumnElement[bool]:
    """Whether something is suspected of which nobody has said yet what it is."""
    aside = exists().where(SurgeAside.surge_id == Surge.id, SurgeAside.taken_back_at.is_(None))
    return and_(Surge.quiet_at.is_(None), Surge.notice_id.is_(None), ~aside)
