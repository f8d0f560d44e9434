"""A person says that a surge is an incident: its notice is drafted, its tickets are joined, everybody else is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from portal.catalogue.models import Module, Product
from portal.core.actor import Actor
from portal.core.errors import DomainError
from portal.incidents.models import Surge
from portal.incidents.queries.reports import alike
from portal.incidents.services.ending import end_for
from portal.incidents.services.linking import link
from portal.incidents.services.putting_aside import aside_of
from portal.incidents.services.watching import key_of
from portal.notices import services as notices
from portal.notices.models import ActionNeeded, Notice, NoticeKind, NoticeScope, ProductRange
from portal.notices.services import Draft, Facts

_IN_FORCE = timedelta(days=7)
_ALL_VERSIONS = "*"


class DeclareError(DomainError):
    """What can't be declared: the time ``has-passed``, somebody put it ``aside``, or it was declared and is ``over``.

    What is over is a new surge once it was quiet and many report it anew.
    """


@dataclass(frozen=True, slots=True)
class Declaration:
    """What is said when a surge is declared."""

    drafts: Mapping[str, Draft]
    """The words with which the notice begins, by language; the first is written first."""
    next_update_at: datetime
    """By when everybody who reports the same hears more."""


def declare(session: Session, surge: Surge, *, declaration: Declaration, by: Actor, at: datetime) -> Notice:
    """Draft an incident notice for a surge that is held, and join its tickets; who comes second finds the first one."""
    if surge.ended_at is not None:
        raise DeclareError("over")
    if surge.notice_id is not None:
        return session.get_one(Notice, surge.notice_id)
    if aside_of(session, surge) is not None:
        raise DeclareError("aside")
    _require_to_come(declaration.next_update_at, at)
    notice = notices.start_notice(session, _facts(session, surge, declaration, at), by=by, at=at)
    for language, draft in declaration.drafts.items():
        notices.save_text(session, notice, language, draft, by=by)
    surge.notice_id, surge.declared_by, surge.declared_at = notice.id, by.person_id, at
    surge.next_update_at = declaration.next_update_at
    _join(session, surge, notice, by=by, at=at)
    return notice


def say_next(session: Session, surge: Surge, *, next_update_at: datetime, at: datetime) -> None:
    """Say another time by which everybody who reports the same hears more."""
    _require_to_come(next_update_at, at)
    session.execute(update(Surge).where(_is_same(surge)).values(next_update_at=next_update_at))


def end(session: Session, surge: Surge, *, at: datetime) -> None:
    """Say that it is over: nobody is told of it any more, and nothing more is joined to it."""
    if surge.notice_id is not None:
        end_for(session, surge.notice_id, at=at)


def _is_same(surge: Surge) -> ColumnElement[bool]:
    """Return what all that was declared to be the same incident has in common."""
    return and_(Surge.notice_id == surge.notice_id, Surge.ended_at.is_(None))


def _require_to_come(moment: datetime, at: datetime) -> None:
    if moment <= at:
        raise DeclareError("has-passed")


def _facts(session: Session, surge: Surge, declaration: Declaration, at: datetime) -> Facts:
    products = _products(session, surge)
    return Facts(
        kind=NoticeKind.INCIDENT,
        scope=NoticeScope.TARGETED if products else NoticeScope.CUSTOMERS,
        action=ActionNeeded.NONE,
        expires_on=(at + _IN_FORCE).date(),
        products=products,
        source_language=next(iter(declaration.drafts)),
    )


def _products(session: Session, surge: Surge) -> list[ProductRange]:
    """Return the product and module of a surge as a notice names them; none where the catalogue doesn't know it."""
    row = session.execute(
        select(Product.names, Module.names.label("module_names"))
        .outerjoin(Module, (Module.product_code == Product.code) & (Module.code == surge.module_code))
        .where(Product.code == surge.product_code)
    ).first()
    if row is None:
        return []
    module = surge.module_code if row.module_names else ""
    return [ProductRange(surge.product_code, module, row.names, row.module_names or {}, _ALL_VERSIONS)]


def _join(session: Session, surge: Surge, notice: Notice, *, by: Actor, at: datetime) -> list[UUID]:
    """Join what looks the same and was reported since shortly before it was noticed."""
    since = surge.raised_at - timedelta(hours=2)
    return link(session, notice.id, [each for each, _ in alike(session, [key_of(surge)], after=since)], by=by, at=at)
