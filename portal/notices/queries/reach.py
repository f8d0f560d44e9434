"""Whom a notice reaches: the organisations it concerns, and the people there."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.versions import Verdict
from portal.accounts.models import Contact, Installation, Organisation, Person
from portal.core.actor import Actor
from portal.notices.models import (
    AudienceKind,
    Notice,
    NoticeRevision,
    NoticeScope,
    Receipt,
    ReceiptKind,
    product_ranges,
)
from portal.notices.queries.concern import Installed, concern


@dataclass(frozen=True, slots=True)
class Reached:
    """An organisation that a notice concerns, or that must look for itself."""

    organisation_id: UUID
    name: str
    must_check: bool


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What an organisation answered last, for support to follow up."""

    organisation_id: UUID
    name: str
    kind: ReceiptKind | None


def organisations_reached(session: Session, revision: NoticeRevision) -> list[Reached]:
    """Return the organisations that a revision concerns; three statements, whatever their number."""
    products = product_ranges(revision.products)
    runs: dict[UUID, list[Installed]] = {}
    for row in session.execute(
        select(Installation.organisation_id, Installation.product_code, Installation.modules, Installation.version)
    ):
        runs.setdefault(row.organisation_id, []).append(
            Installed(row.product_code, frozenset(row.modules), row.version)
        )
    found = []
    for one in session.execute(select(Organisation.id, Organisation.name, Organisation.region, Organisation.tier)):
        meant = concern(products, runs.get(one.id, ()))
        if meant.is_likely and _is_meant(revision, one.id, one.region, one.tier):
            found.append(Reached(one.id, one.name, meant.verdict is Verdict.PLEASE_CHECK))
    return found


def _is_meant(revision: NoticeRevision, organisation_id: UUID, region: str, tier: str) -> bool:
    if revision.scope != NoticeScope.TARGETED:
        return True
    asked = {AudienceKind(kind): values for kind, values in revision.audience.items()}
    me = str(organisation_id)
    return (
        _takes_in(asked.get(AudienceKind.REGION), region)
        and _takes_in(asked.get(AudienceKind.TIER), tier)
        and _takes_in(asked.get(AudienceKind.ORGANISATION), me)
        and me not in asked.get(AudienceKind.EXCEPT, ())
    )


def _takes_in(values: Iterable[str] | None, value: str) -> bool:
    return not values or value in values


def people_reached(session: Session, revision: NoticeRevision) -> list[UUID]:
    """Return everyone at the organisations that a revision concerns."""
    reached = {each.organisation_id for each in organisations_reached(session, revision)}
    rows = session.execute(
        select(Contact.person_id, Contact.organisation_id)
        .join(Person, Person.id == Contact.person_id)
        .where(Person.active)
        .order_by(Contact.id)
    )
    return [row.person_id for row in rows if row.organisation_id in reached]


def standpoints(session: Session, actor: Actor, notice: Notice, revision: NoticeRevision) -> list[Standpoint]:
    """Return what each organisation that the notice concerns answered last, those who haven't answered first."""
    latest: dict[UUID, ReceiptKind] = {}
    for row in session.execute(
        select(Receipt.organisation_id, Receipt.kind)
        .where(Receipt.notice_id == notice.id, Receipt.revision_number >= notice.material_number)
        .order_by(Receipt.at, Receipt.id)
    ):
        kind = ReceiptKind(row.kind)
        if kind is not ReceiptKind.OPENED or row.organisation_id not in latest:
            latest[row.organisation_id] = kind
    mine = [each for each in organisations_reached(session, revision) if _may_see(actor, each.organisation_id)]
    found = [Standpoint(each.organisation_id, each.name, latest.get(each.organisation_id)) for each in mine]
    return sorted(found, key=lambda each: (each.kind is not None, each.name))


def _may_see(actor: Actor, organisation_id: UUID) -> bool:
    return actor.organisations is None or organisation_id in actor.organisations


def organisations_named(session: Session, names: Iterable[str]) -> dict[str, UUID]:
    """Return the organisations that have these names."""
    rows = session.execute(select(Organisation.name, Organisation.id).where(Organisation.name.in_(list(names))))
    return {row.name: row.id for row in rows}


def names_of_organisations(session: Session, ids: Iterable[str]) -> list[str]:
    """Return the names of organisations that an audience holds by id."""
    wanted = [UUID(each) for each in ids]
    return list(
        session.execute(
            select(Organisation.name).where(Organisation.id.in_(wanted)).order_by(Organisation.name)
        ).scalars()
    )
