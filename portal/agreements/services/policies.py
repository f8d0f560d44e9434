"""Writing the next version of a policy."""

from dataclasses import fields, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.agreements.models import PromisePolicy
from portal.agreements.permissions import require_editor
from portal.agreements.queries import forget_agreements
from portal.agreements.queries.versions import policy_of
from portal.agreements.services.calendars import latest_version as latest_calendar
from portal.agreements.terms import DEFAULT, PRIORITIES, Conditions, Policy, Targets
from portal.core.actor import Actor
from portal.core.audit import note_audit, what_changed
from portal.core.db import new_id
from portal.core.errors import DomainError, StaleError

LONGEST_MINUTES = 90 * 24 * 60


class PolicyError(DomainError):
    """A policy that can't be: ``default-fits-all``, ``no-calendar`` or ``target-out-of-range``."""


def save_policy(session: Session, policy: Policy, *, by: Actor, at: datetime, seen: int | None = None) -> PromisePolicy:
    """Write a policy's next version; what was promised under earlier ones stays.

    Raises PolicyError for one that can't be, and StaleError where ``seen`` is not the latest version.
    """
    require_editor(by)
    latest = latest_version(session, policy.name)
    if seen is not None and seen != latest:
        raise StaleError("changed-meanwhile", version=latest)
    _check(session, policy)
    policy = replace(policy, version=latest + 1)
    row = PromisePolicy(
        id=new_id(),
        name=policy.name,
        version=policy.version,
        rank=policy.rank,
        is_on=policy.is_on,
        conditions=policy.conditions.as_json(),
        targets=policy.targets.as_json(),
        calendar=policy.calendar,
        made_at=at,
        made_by=by.person_id,
    )
    session.add(row)
    session.flush()
    before = session.scalars(select(PromisePolicy).filter_by(name=policy.name, version=latest)).first()
    facts = what_changed(_by_field(policy_of(before)) if before else {}, _by_field(policy))
    note_audit(session, "save-policy", subject=row, by=by, at=at, version=f"{policy.name}/{policy.version}", **facts)
    session.flush()
    forget_agreements(session)
    return row


def latest_version(session: Session, name: str) -> int:
    """Return the number of a policy's latest version, 0 before the first."""
    return session.execute(select(func.max(PromisePolicy.version)).where(PromisePolicy.name == name)).scalar() or 0


def _by_field(policy: Policy) -> dict[str, object]:
    """Return what a policy says, as its form asks for it."""
    conditions = {each.name: sorted(getattr(policy.conditions, each.name)) for each in fields(Conditions)}
    targets = {each.name: getattr(policy.targets, each.name) for each in fields(Targets)}
    reply, resolution = targets.pop("reply_within"), targets.pop("resolution")
    by_priority = {
        f"{name}_{each.lower()}": times.get(each)
        for name, times in (("reply", reply), ("resolution", resolution))
        for each in PRIORITIES
    }
    return {"is_on": policy.is_on, "calendar": policy.calendar, **conditions, **targets, **by_priority}


def _check(session: Session, policy: Policy) -> None:
    """Make sure that every ticket has a policy, and every policy times that can be kept."""
    if policy.name == DEFAULT and not (policy.is_on and policy.conditions == Conditions()):
        raise PolicyError("default-fits-all")
    if not latest_calendar(session, policy.calendar):
        raise PolicyError("no-calendar", name=policy.calendar)
    targets = policy.targets
    minutes = [targets.reply_working_minutes, targets.reply_at_most]
    minutes += [*targets.reply_within.values(), *targets.resolution.values()]
    counts = (targets.updates_a_week, targets.gap_working_days)
    if not all(1 <= each <= LONGEST_MINUTES for each in minutes) or not all(1 <= each <= 10 for each in counts):
        raise PolicyError("target-out-of-range")
