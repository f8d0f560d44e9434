"""The sums of the days, for one scope or for all of a kind; nothing here reads what happened to tickets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from portal.board.models import BoardFigure
from portal.board.queries.lengths import counted_up
from portal.core.actor import Actor

WEEK = timedelta(days=7)
_SHOWN_BESIDE = ("opened", "resolved", "kept", "missed", "first_reply", "reopened", "stars", "deflected")
MOST_ROWS = 12
"""How many products, modules, organisations or teams are shown side by side."""


class Sum(NamedTuple):
    """How many, and their minutes or points."""

    number: int
    total: int

    @property
    def mean(self) -> float | None:
        """Return the minutes or points of one of them."""
        return self.total / self.number if self.number else None


Sums = Mapping[str, Sum]
NONE = Sum(0, 0)


KINDS = ("all", "product", "module", "organisation", "team", "both")


@dataclass(frozen=True, slots=True)
class Scope:
    """What the figures are about: ``all``, or one ``product``, ``module``, ``organisation`` or ``team``.

    What a limited agent serves is ``served``: several scopes of one kind, whose tickets are different ones.
    """

    kind: str = "all"
    key: str = ""
    within: tuple["Scope", ...] = ()

    @classmethod
    def read(cls, text: str) -> "Scope":
        """Read ``product:his``; whatever can't be read is everything."""
        kind, _, key = text.partition(":")
        return cls(kind, key) if kind in KINDS[1:] and key else cls()

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}" if self.key else self.kind


EVERYTHING = Scope()
SERVED = "served"


def seen_by(actor: Actor, scope: Scope) -> bool:
    """Whether an agent may see the figures of a scope: those of what they serve."""
    if not actor.is_agent:
        return False
    if not actor.is_limited or scope == first_scope(actor):
        return True
    product, organisation = _named(scope)
    is_theirs = actor.organisations is None or organisation in {each.hex for each in actor.organisations}
    return is_theirs and (actor.products is None or product in actor.products)


def _named(scope: Scope) -> tuple[str, str]:
    """Return the product and the organisation that a scope names."""
    if scope.kind == "both":
        organisation, _, product = scope.key.partition("/")
        return product, organisation
    return {
        "product": (scope.key, ""),
        "module": (scope.key.partition("/")[0], ""),
        "organisation": ("", scope.key),
    }.get(scope.kind, ("", ""))


def first_scope(actor: Actor) -> Scope:
    """Return what an agent sees first: everything that they serve."""
    if not actor.is_limited:
        return EVERYTHING
    served = _served(actor)
    return served[0] if len(served) == 1 else Scope(SERVED, within=served)


def _served(actor: Actor) -> tuple[Scope, ...]:
    """Return what a limited agent serves, in scopes that have no ticket in common."""
    products = sorted(actor.products or ())
    organisations = sorted(each.hex for each in actor.organisations or ())
    if actor.products is None:
        return tuple(Scope("organisation", each) for each in organisations)
    if actor.organisations is None:
        return tuple(Scope("product", each) for each in products)
    return tuple(Scope("both", f"{each}/{product}") for each in organisations for product in products)


def by_week(session: Session, scope: Scope, begin: date, weeks: int) -> list[tuple[date, dict[str, Sum]]]:
    """Return the figures of each week that are shown week by week, the oldest first."""
    rows = session.execute(
        select(BoardFigure.day, BoardFigure.measure, BoardFigure.count, BoardFigure.total).where(
            _is(scope), _is_shown_beside(), BoardFigure.day >= begin, BoardFigure.day < begin + weeks * WEEK
        )
    )
    found: list[tuple[date, dict[str, Sum]]] = [(begin + number * WEEK, {}) for number in range(weeks)]
    for day, measure, count, total in rows:
        sums_of_week = found[(day - begin).days // 7][1]
        was = sums_of_week.get(measure, NONE)
        sums_of_week[measure] = Sum(was.number + count, was.total + total)
    return found


def sums(session: Session, scope: Scope, begin: date, end: date) -> dict[str, Sum]:
    """Return the figures of a stretch of days."""
    rows = session.execute(
        select(BoardFigure.measure, func.sum(BoardFigure.count), func.sum(BoardFigure.total))
        .where(_is(scope), BoardFigure.day >= begin, BoardFigure.day < end)
        .group_by(BoardFigure.measure)
    )
    return {measure: Sum(int(count), int(total)) for measure, count, total in rows}


def side_by_side(session: Session, actor: Actor, begin: date, end: date) -> dict[str, list[tuple[str, dict[str, Sum]]]]:
    """Return the figures of each product, module, organisation and team, those with most tickets first."""
    rows = session.execute(
        select(
            BoardFigure.scope_kind,
            BoardFigure.scope,
            BoardFigure.measure,
            func.sum(BoardFigure.count),
            func.sum(BoardFigure.total),
        )
        .where(
            BoardFigure.scope_kind.in_(("product", "module", "organisation", "team")),
            _is_shown_beside(),
            BoardFigure.day >= begin,
            BoardFigure.day < end,
            _visible_to(actor),
        )
        .group_by(BoardFigure.scope_kind, BoardFigure.scope, BoardFigure.measure)
    )
    found: dict[str, dict[str, dict[str, Sum]]] = {}
    for kind, scope, measure, count, total in rows:
        found.setdefault(kind, {}).setdefault(scope, {})[measure] = Sum(int(count), int(total))
    return {
        kind: sorted(each.items(), key=lambda item: (-item[1].get("opened", NONE).number, item[0]))[:MOST_ROWS]
        for kind, each in found.items()
    }


def _is_shown_beside() -> ColumnElement[bool]:
    return or_(BoardFigure.measure.in_(_SHOWN_BESIDE), BoardFigure.measure.startswith(counted_up("first_reply")))


def _visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a scope is one of what an agent serves."""
    kind, scope = BoardFigure.scope_kind, BoardFigure.scope
    if actor.products is not None and actor.organisations is not None:
        return kind == "both"  # which is shown nowhere side by side
    if actor.products is not None:
        modules = or_(*(scope.startswith(f"{each}/", autoescape=True) for each in sorted(actor.products)))
        return or_(and_(kind == "product", scope.in_(sorted(actor.products))), and_(kind == "module", modules))
    if actor.organisations is not None:
        return and_(kind == "organisation", scope.in_(sorted(each.hex for each in actor.organisations)))
    return kind != "both"


def _is(scope: Scope) -> ColumnElement[bool]:
    if scope.kind == SERVED:
        kinds, keys = {each.kind for each in scope.within}, [each.key for each in scope.within]
        return and_(BoardFigure.scope_kind.in_(kinds), BoardFigure.scope.in_(keys))
    return and_(BoardFigure.scope_kind == scope.kind, BoardFigure.scope == scope.key)


def organisation_of(scope: Scope) -> UUID | None:
    """Return the organisation that a scope names."""
    try:
        return UUID(_named(scope)[1])
    except ValueError:
        return None


def product_of(scope: Scope) -> str:
    """Return the product that a scope names."""
    return _named(scope)[0]
