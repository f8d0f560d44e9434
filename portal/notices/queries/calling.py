"""The call sheet of a notice: who has not answered, whom to call there, and who asked for help."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Organisation, Person
from portal.core.actor import Actor, Role
from portal.core.models import TypedText
from portal.notices.models import IN_FORCE, Channel, Notice, NoticeCopy, NoticeRevision, Receipt, ReceiptKind
from portal.notices.queries.reach import organisations_reached
from portal.notices.queries.reading import is_current
from portal.notices.queries.visibility import visible_to

AT_ONCE = 20_000
"""Organisations whose people are read in one statement; a database takes no more values."""


@dataclass(frozen=True, slots=True)
class Latest:
    """What an organisation said last, and who said it by which way."""

    kind: ReceiptKind
    channel: Channel
    at: datetime
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class CallLine:
    """An organisation to call."""

    organisation_id: UUID
    name: str
    must_check: bool
    latest: Latest | None

    @property
    def has_answered(self) -> bool:
        """Whether somebody there said anything; only looking at it is no answer."""
        return self.latest is not None and self.latest.kind is not ReceiptKind.OPENED

    @property
    def wants_help(self) -> bool:
        """Whether they asked for help."""
        return self.latest is not None and self.latest.kind is ReceiptKind.NEED_HELP


@dataclass(frozen=True, slots=True)
class CallSheet:
    """Where the answers to a notice stand."""

    notice_id: UUID
    code: str
    number: int
    asks_anew_since: int
    """The revision since which it asks what it asks now."""
    lines: Sequence[CallLine]
    """Every organisation that the notice concerns, as far as the agent may see it."""

    @property
    def unanswered(self) -> list[CallLine]:
        """Those who have not answered, those who haven't even opened it first."""
        open_ones = [each for each in self.lines if not each.has_answered]
        return sorted(open_ones, key=lambda each: (each.latest is not None, each.name))

    @property
    def helping(self) -> list[CallLine]:
        """Those who asked for help, who has waited longest first."""
        asked = [(each.latest.at, each) for each in self.lines if each.latest is not None and each.wants_help]
        return [each for _, each in sorted(asked, key=lambda pair: pair[0])]

    @property
    def answered(self) -> int:
        """How many have answered."""
        return sum(each.has_answered for each in self.lines)

    def line_of(self, organisation_id: UUID) -> CallLine | None:
        """Return an organisation of the sheet."""
        return next((each for each in self.lines if each.organisation_id == organisation_id), None)


@dataclass(frozen=True, slots=True)
class CallPerson:
    """Somebody to call at an organisation."""

    contact_id: UUID
    name: str
    title: str
    phone: str
    email: str
    is_manager: bool


def call_sheet(session: Session, actor: Actor, code: str) -> CallSheet | None:
    """Return where the answers to a notice stand, for an agent who may see it; None before it is out."""
    row = session.execute(
        select(Notice, NoticeRevision).join(NoticeRevision, is_current()).where(Notice.code == code, visible_to(actor))
    ).first()
    if row is None:
        return None
    notice, revision = row.Notice, row.NoticeRevision
    latest = latest_of(session, notice.id, since=notice.material_number)
    lines = [
        CallLine(each.organisation_id, each.name, each.must_check, latest.get(each.organisation_id))
        for each in organisations_reached(session, revision)
        if actor.organisations is None or each.organisation_id in actor.organisations
    ]
    return CallSheet(notice.id, notice.code, revision.number, notice.material_number, lines)


def latest_of(session: Session, notice_id: UUID, *, since: int) -> dict[UUID, Latest]:
    """Return what each organisation said last to the revisions that count; opening it again is nothing new."""
    rows = session.execute(
        select(
            Receipt.organisation_id, Receipt.kind, Receipt.channel, Receipt.at, Person.name, Person.phone,
            TypedText.body,
        )
        .outerjoin(Contact, Contact.id == Receipt.contact_id)
        .outerjoin(Person, Person.id == Contact.person_id)
        .outerjoin(TypedText, TypedText.id == Receipt.said_id)
        .where(Receipt.notice_id == notice_id, Receipt.revision_number >= since)
        .order_by(Receipt.at, Receipt.id)
    )  # fmt: skip
    found: dict[UUID, Latest] = {}
    for row in rows:
        kind = ReceiptKind(row.kind)
        if kind is ReceiptKind.OPENED and row.organisation_id in found:
            continue
        said = json.loads(row.body) if row.body else {}
        name, phone = row.name or said.get("name", ""), row.phone or said.get("phone", "")
        found[row.organisation_id] = Latest(kind, Channel(row.channel), row.at, name, phone)
    return found


def unanswered_by(session: Session, notice: Notice, organisation_ids: Sequence[UUID]) -> list[UUID]:
    """Return which of some organisations have not answered what a notice asks now."""
    answered = set(
        session.execute(
            select(Receipt.organisation_id)
            .distinct()
            .where(
                Receipt.notice_id == notice.id,
                Receipt.revision_number >= notice.material_number,
                Receipt.kind != ReceiptKind.OPENED,
            )
        ).scalars()
    )
    return [each for each in organisation_ids if each not in answered]


def people_to_call(session: Session, organisation_ids: Sequence[UUID]) -> dict[UUID, list[CallPerson]]:
    """Return whom to call at some organisations: managers first, and those with a number before those without."""
    rows = session.execute(
        select(
            Contact.id, Contact.organisation_id, Contact.role, Contact.title, Person.name, Person.phone, Person.email
        )
        .join(Person, Person.id == Contact.person_id)
        .where(Contact.organisation_id.in_(organisation_ids), Person.active)
    )
    found: dict[UUID, list[CallPerson]] = {}
    for row in rows:
        person = CallPerson(
            row.id, row.name, row.title, row.phone or "", row.email or "", is_manager=row.role == Role.MANAGER
        )
        found.setdefault(row.organisation_id, []).append(person)
    for people in found.values():
        people.sort(key=lambda each: (not each.phone, not each.is_manager, each.name))
    return found


def lines_with_people(session: Session, lines: Sequence[CallLine]) -> Iterator[tuple[CallLine, Sequence[CallPerson]]]:
    """Yield lines with whom to call, reading some thousands at a time."""
    rest = iter(lines)
    while part := list(islice(rest, AT_ONCE)):
        people = people_to_call(session, [each.organisation_id for each in part])
        yield from ((each, people.get(each.organisation_id, ())) for each in part)


@dataclass(frozen=True, slots=True)
class Copy:
    """A printed copy that somebody holds in their hands."""

    code: str
    notice_id: UUID
    notice_code: str
    organisation_id: UUID
    organisation_name: str
    locale: str
    number: int
    """The revision that its notice is at now."""
    printed: int
    """The revision that stands on it; the present one where it doesn't say."""
    asks_anew_since: int
    """The revision since which the notice asks what it asks now."""

    @property
    def is_outdated(self) -> bool:
        """Whether what is to be done has changed since it was printed."""
        return self.printed < self.asks_anew_since


def copy_of(session: Session, code: str, revision: int | None) -> Copy | None:
    """Return the copy that has a code and was printed of a revision, if its notice is still out."""
    row = session.execute(
        select(NoticeCopy.code, Notice, Organisation)
        .join(Notice, Notice.id == NoticeCopy.notice_id)
        .join(Organisation, Organisation.id == NoticeCopy.organisation_id)
        .where(NoticeCopy.code == code, Notice.state.in_(IN_FORCE), Notice.revision_number.is_not(None))
    ).first()
    if row is None:
        return None
    notice, organisation = row.Notice, row.Organisation
    number = notice.revision_number or 0
    if revision is not None and not 0 < revision <= number:
        return None
    return Copy(
        code=row.code,
        notice_id=notice.id,
        notice_code=notice.code,
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        locale=organisation.locale,
        number=number,
        printed=number if revision is None else revision,
        asks_anew_since=notice.material_number,
    )
