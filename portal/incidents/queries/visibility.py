"""Which surges somebody sees: they speak of many organisations, so agents who are limited to some see none."""

from sqlalchemy import ColumnElement, false, true

from portal.core.actor import Actor
from portal.incidents.models import Surge


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the clause that lets through the surges that somebody may see."""
    if not actor.is_agent or actor.organisations is not None:
        return false()
    return true() if actor.products is None else Surge.product_code.in_(sorted(actor.products))
