"""Whom a notice reaches: the organisations it concerns, and the people there."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import JSON, Select, Uuid, cast, func, literal, select
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
from portal.notices.queries.concern import Concern, Installed, concern


@dataclass(frozen=True, slots=True)
class Reached:
    """An organisation that a notice concerns, or that must look for itself."""

    organisation_id: UUID
    name: str
    must_check: bool
    is_version_known: bool = True
    """Whether we know a version of what it runs; where we do and it must check all the same, a range is unclear."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many a notice reaches, as the desk reads it before publishing."""

    organisations: int
    contacts: int
    version_unknown: int
    """Organisations that are asked to check, because we know no version of what they run."""
    range_unclear: int
    """Organisations that are asked to check, because a range can't be compared with what they run."""


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What an organisation answered last, for support to follow up."""

    organisation_id: UUID
    name: str
    kind: ReceiptKind | None


def organisations_reached(session: Session, revision: NoticeRevision) -> list[Reached]:
    """Return the organisations that a revision concerns; two statements, whatever their number."""
    products = product_ranges(revision.products)
    runs = _installed_by_organisation(session, {each.product for each in products}) if products else {}
    seen: dict[tuple[Installed, ...], Concern] = {}
    found = []
    for one in session.execute(select(Organisation.id, Organisation.name, Organisation.region, Organisation.tier)):
        if not _is_meant(revision, one.id, one.region, one.tier):
            continue
        # Most hospitals run one of a few versions: what each combination means is worked out once.
        installed = runs.get(one.id, ())
        meant = seen.get(installed) or seen.setdefault(installed, concern(products, installed))
        if meant.is_likely:
            found.append(_reached(one.id, one.name, meant))
    return found


def _installed_by_organisation(session: Session, products: set[str]) -> dict[UUID, tuple[Installed, ...]]:
    """Return what matters of what each organisation runs: the notice's products, or that it runs something else."""
    known: dict[tuple[str, str, str], Installed] = {}
    runs: dict[UUID, list[Installed]] = {}
    for row in session.execute(_INSTALLED):
        is_ours = row.product_code in products
        key = (row.product_code, row.version, "\n".join(row.modules)) if is_ours else ("", "", "")
        one = known.get(key) or known.setdefault(key, Installed(key[0], frozenset(row.modules), key[1]))
        runs.setdefault(row.organisation_id, []).append(one)
    return {organisation_id: tuple(installed) for organisation_id, installed in runs.items()}


_INSTALLED = select(Installation.organisation_id, Installation.product_code, Installation.modules, Installation.version)


def _reached(organisation_id: UUID, name: str, meant: Concern) -> Reached:
    must_check = meant.verdict is Verdict.PLEASE_CHECK
    is_known = not must_check or any(each.version for each in meant.decisive)
    return Reached(organisation_id, name, must_check, is_known)


def reach(session: Session, found: Sequence[Reached]) -> Reach:
    """Return how many organisations and contacts a revision reaches, and how many must look for themselves."""
    asked = [each for each in found if each.must_check]
    people = people_at(session, [each.organisation_id for each in found]).subquery()
    return Reach(
        organisations=len(found),
        contacts=session.execute(select(func.count()).select_from(people)).scalar_one(),
        version_unknown=sum(not each.is_version_known for each in asked),
        range_unclear=sum(each.is_version_known for each in asked),
    )


def people_at(session: Session, organisation_ids: Sequence[UUID]) -> Select[UUID]:
    """Return what selects everyone who works at some organisations; one value, whatever their number."""
    ids = json.dumps([str(each) for each in organisation_ids])
    if session.get_bind().dialect.name == "sqlite":
        each = func.json_each(literal(ids)).table_valued("value")
        here = select(func.replace(each.c.value, "-", ""))
    else:
        here = select(cast(func.json_array_elements_text(cast(literal(ids), JSON)), Uuid))
    return (
        select(Contact.person_id)
        .join(Person, Person.id == Contact.person_id)
        .where(Person.active, Contact.organisation_id.in_(here))
    )


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


def standpoints(session: Session, actor: Actor, notice: Notice, reached: Iterable[Reached]) -> list[Standpoint]:
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
    mine = [each for each in reached if _may_see(actor, each.organisation_id)]
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
