"""What those are told who are about to report what many report, while nobody has said that it is over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from portal.catalogue.models import FaultType, Module, Product
from portal.catalogue.queries import Entry
from portal.incidents.models import Surge
from portal.incidents.queries.board import IS_OVER, is_declared
from portal.notices.models import IN_FORCE, Notice
from portal.tickets.models import Ticket, TicketState


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody is told who is about to report what many report."""

    next_update_at: datetime | None
    notice_code: str
    """Where to read what we know; empty while the notice isn't out."""
    where: Entry | None
    """The product, and the module of it, in which it is; None where nobody named any."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What a report that is being written would be alike by, as far as it is known."""

    products: Collection[str]
    """What was answered, or everything that they run; an empty one for an answer that names none that we know."""
    questionnaire: str
    module: str = ""
    faults: Collection[str] = ()
    """In which ways it may go wrong: until it was asked, in every one that the questionnaire knows."""


def told_to(session: Session, begun: Begun, *, at: datetime) -> Told | None:
    """Return what those are told who report the same as many; None where nothing like it waits to be solved."""
    where = [_may_be(begun), Surge.raised_at > at - timedelta(days=30), is_declared()]
    if module := begun.module:
        where.append(Surge.module_code.in_((module, "")))
    row = session.execute(
        select(
            Surge.next_update_at, Surge.product_code, Surge.module_code,
            Notice.code, Notice.state, Product.names, Module.names.label("module_names"),
        )
        .join(Notice, Notice.id == Surge.notice_id)
        .outerjoin(Product, Product.code == Surge.product_code)
        .outerjoin(Module, and_(Module.product_code == Surge.product_code, Module.code == Surge.module_code))
        .where(*where, Notice.state.not_in(IS_OVER), _is_to_be_solved())
        .order_by(Surge.declared_at.desc())
        .limit(1)
    ).first()  # fmt: skip
    if row is None:
        return None
    place = Entry(row.product_code, row.module_code, row.names, row.module_names or {}) if row.names else None
    return Told(row.next_update_at, row.code if row.state in IN_FORCE else "", place)


def _may_be(begun: Begun) -> ColumnElement[bool]:
    """Whether a surge may be what a report that is being written is about."""
    own = (begun.questionnaire, *begun.faults)
    asked = or_(Surge.fault_type.in_(("", *own)), Surge.fault_type.in_(select(FaultType.code)))
    is_alike = or_(Surge.fault_type.in_(own), and_(Surge.product_code != "", asked))
    return and_(Surge.product_code.in_(begun.products), is_alike)


def _is_to_be_solved() -> ColumnElement[bool]:
    """Whether any ticket about it waits for a solution."""
    return exists().where(
        Ticket.notice_id == Surge.notice_id, Ticket.closed_at.is_(None), Ticket.state != TicketState.RESOLVED
    )
