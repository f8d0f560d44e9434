"""The service levels that there are."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Organisation
from portal.agreements.queries import policies

_SHIPPED = frozenset({"standard", "gold"})


def known_tiers(session: Session) -> frozenset[str]:
    """Return the keys of the levels that come with the portal, that a policy names, or that an organisation has."""
    named = (tier for each in policies(session) for tier in each.policy.conditions.tier)
    return _SHIPPED.union(named, session.scalars(select(Organisation.tier).distinct()))
