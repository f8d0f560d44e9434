"""What is there already of what a list's rows are about, read for many rows at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Installation, Organisation, Person
from portal.accounts.queries import digits_of
from portal.administration.models import Register
from portal.administration.queries.tiers import known_tiers
from portal.administration.services.taking import cells as reading
from portal.administration.services.taking.rows import Row
from portal.catalogue.models import Module, Product, Release
from portal.core.actor import Role

Cells = Mapping[str, str]
Line = Mapping[str, Any]
"""A row of the database."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row can't be taken."""

    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a row is about: what it says, what is there, and which one that is."""

    values: Mapping[str, Any]
    was: Mapping[str, Any] = field(default_factory=dict)
    subject: UUID | None = None
    place: tuple[object, ...] | None = None
    """What nothing else may stand at, where rows can name the same in different words."""


class Known(Protocol):
    """What is there, as far as some rows are concerned."""

    def find(self, cells: Cells) -> Found | Problem:
        """Return what a row is about, or why it can't be taken."""


def gather(session: Session, register: Register, rows: Sequence[Row]) -> Known:
    """Read what is there of what these rows are about."""
    return _READERS[register](session, [row.cells for row in rows])


class _Organisations:
    """The organisations that rows name, by number and by name."""

    def __init__(self, session: Session, named: Iterable[str]) -> None:
        wanted = {each for words in named for each in (words, reading.narrow(words))}
        rows = session.execute(
            select(Organisation.__table__).where(or_(Organisation.code.in_(wanted), Organisation.name.in_(wanted)))
        ).mappings()
        self.by_code: dict[str, Line] = {}
        self.by_name: dict[str, list[Line]] = defaultdict(list)
        for row in rows:
            self.by_name[row["name"]].append(dict(row))
            self.by_code |= {row["code"]: dict(row)} if row["code"] else {}

    def named(self, words: str) -> Line | Problem:
        """Return the organisation that a cell names by its number or its name."""
        code = words if words in self.by_code else reading.narrow(words)
        if code in self.by_code:
            return self.by_code[code]
        named = self.by_name.get(words) or self.by_name.get(code, [])
        if len(named) == 1:
            return named[0]
        return Problem("organisation", "two-organisations" if named else "unknown-organisation")


class _KnownOrganisations:
    def __init__(self, session: Session, rows: Sequence[Cells]) -> None:
        named = [cells.get(each, "") for cells in rows for each in ("code", "name")]
        self._there = _Organisations(session, [each for each in named if each])
        self._tiers = {each.casefold(): each for each in known_tiers(session)} if _has("tier", rows) else {}

    def find(self, cells: Cells) -> Found | Problem:
        """Find it by its number; by its name where it has none yet, or none is told."""
        values = {name: text for name, text in cells.items() if text}
        if "tier" in values:
            if values["tier"].casefold() not in self._tiers:
                return Problem("tier", "unknown-tier")
            values["tier"] = self._tiers[values["tier"].casefold()]
        code = values.get("code", "")
        if code in self._there.by_code:
            row = self._there.by_code[code]
            return Found(values, row, row["id"])
        named = [row for row in self._there.by_name.get(cells["name"], []) if not (code and row["code"])]
        if len(named) > 1:
            return Problem("name", "two-organisations")
        return Found(values, named[0], named[0]["id"]) if named else Found(values)


def _has(column: str, rows: Sequence[Cells]) -> bool:
    return any(cells.get(column) for cells in rows)


_WAYS_IN = ("email", "phone", "user_name")
_OF_CONTACT = (
    Contact.id.label("contact_id"),
    Contact.organisation_id,
    Contact.role,
    Contact.see_scope,
    Contact.title,
)


class _KnownContacts:
    def __init__(self, session: Session, rows: Sequence[Cells]) -> None:
        self._organisations = _Organisations(session, {cells["organisation"] for cells in rows})
        wanted = [_ways_in(cells) for cells in rows]
        people = (
            session.execute(
                select(Person.__table__, *_OF_CONTACT)
                .outerjoin(Contact, Contact.person_id == Person.id)
                .where(or_(*(getattr(Person, name).in_({each.get(name, "") for each in wanted}) for name in _WAYS_IN)))
            )
            .mappings()
            .all()
        )
        self._people: dict[str, dict[str, Line]] = {name: {} for name in _WAYS_IN}
        for row in people:
            for name in _WAYS_IN:
                if row[name]:
                    self._people[name][row[name]] = dict(row)
        self._managers = _managers(session, {each["organisation_id"] for each in people}) if _has("role", rows) else {}

    def find(self, cells: Cells) -> Found | Problem:
        """Find somebody by the first way in that is told; the others must be theirs or nobody's."""
        organisation, ways = self._organisations.named(cells["organisation"]), _ways_in(cells)
        if isinstance(organisation, Problem):
            return organisation
        if organisation["closed_at"]:
            return Problem("organisation", "closed-organisation")
        if not ways:
            return Problem("email", "no-way-in")
        there = {name: self._people[name].get(value) for name, value in ways.items()}
        person = next(iter(there.values()))
        for name, other in there.items():
            if other is not None and (person is None or other["id"] != person["id"]):
                return Problem(name, "taken")
        said = {name: text for name, text in cells.items() if text and name not in ("organisation", *_WAYS_IN)}
        values = {**said, **ways, "organisation_id": organisation["id"]}
        if person is None:
            return Found(values)
        if person["organisation_id"] != organisation["id"]:
            return Problem(next(iter(ways)), "taken")
        if self._was_the_last_manager(person, cells):
            return Problem("role", "last-manager")
        return Found(values, person, person["contact_id"])

    def _was_the_last_manager(self, person: Line, cells: Cells) -> bool:
        """Tell whether nobody would manage an organisation any more; every row before counts."""
        managers = self._managers.get(person["organisation_id"], set())
        if cells.get("role") != Role.CONTACT or person["contact_id"] not in managers:
            return False
        if len(managers) > 1:
            managers.discard(person["contact_id"])
            return False
        return True


def _managers(session: Session, organisations: Iterable[UUID | None]) -> dict[UUID, set[UUID]]:
    """Return who manages each organisation and can sign in."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = (
        select(Contact.organisation_id, Contact.id)
        .join(Person, Person.id == Contact.person_id)
        .where(Contact.organisation_id.in_(organisations), Contact.role == Role.MANAGER, Person.active)
    )
    for organisation_id, contact_id in session.execute(rows):
        found[organisation_id].add(contact_id)
    return found


def _ways_in(cells: Cells) -> dict[str, str]:
    """Return how somebody signs in, as it is kept."""
    kept = {
        "email": cells.get("email", "").lower(),
        "phone": digits_of(cells.get("phone", "")),
        "user_name": cells.get("user_name", ""),
    }
    return {name: value for name, value in kept.items() if value}


class _KnownInstallations:
    def __init__(self, session: Session, rows: Sequence[Cells]) -> None:
        self._organisations = _Organisations(session, {cells["organisation"] for cells in rows})
        products = {cells["product"] for cells in rows}
        self._products = set(session.scalars(select(Product.code).where(Product.code.in_(products))))
        modules = select(Module.product_code, Module.code).where(Module.product_code.in_(products))
        self._modules = {(row.product_code, row.code) for row in session.execute(modules)}
        theirs = {row["id"] for each in self._organisations.by_name.values() for row in each}
        running = session.execute(select(Installation.__table__).where(Installation.organisation_id.in_(theirs)))
        self._running: dict[tuple[object, ...], Line] = {
            (row["organisation_id"], row["product_code"], row["site"]): dict(row) for row in running.mappings()
        }

    def find(self, cells: Cells) -> Found | Problem:
        """Find what an organisation runs of a product at a site."""
        organisation, product = self._organisations.named(cells["organisation"]), cells["product"]
        if isinstance(organisation, Problem):
            return organisation
        modules = reading.listed(cells.get("modules", ""))
        if product not in self._products:
            return Problem("product", "unknown-product")
        if any((product, each) not in self._modules for each in modules):
            return Problem("modules", "unknown-module")
        site = cells.get("site", "")
        values: dict[str, Any] = {"organisation_id": organisation["id"], "product_code": product, "site": site}
        if cells.get("version"):
            values["version"] = cells["version"]
        if modules:
            values["modules"] = modules
        place = (organisation["id"], product, site)
        row = self._running.get(place)
        return Found(values, row, row["id"]) if row else Found(values, place=place)


class _KnownReleases:
    def __init__(self, session: Session, rows: Sequence[Cells]) -> None:
        products = {cells["product"] for cells in rows}
        self._products = set(session.scalars(select(Product.code).where(Product.code.in_(products))))
        found = session.execute(select(Release.__table__).where(Release.product_code.in_(products)))
        self._there: dict[tuple[str, ...], Line] = {
            (row["product_code"], row["version"], row["component"]): dict(row) for row in found.mappings()
        }

    def find(self, cells: Cells) -> Found | Problem:
        """Find a version of a product."""
        day = reading.read_day(cells["published_on"])
        if cells["product"] not in self._products or day is None:
            return Problem("product", "unknown-product")
        key = (cells["product"], cells["version"], cells.get("component", ""))
        named = dict(zip(("product_code", "version", "component"), key, strict=True))
        row = self._there.get(key)
        if row is not None and row["published_at"].date() == day:
            return Found(named, row, row["id"])  # a list knows days; the hour that somebody set stays
        values = {**named, "published_at": reading.moment_of(day)}
        return Found(values, row, row["id"]) if row else Found(values)


_READERS: Mapping[Register, Callable[[Session, Sequence[Cells]], Known]] = {
    Register.ORGANISATIONS: _KnownOrganisations,
    Register.CONTACTS: _KnownContacts,
    Register.INSTALLATIONS: _KnownInstallations,
    Register.RELEASES: _KnownReleases,
}
