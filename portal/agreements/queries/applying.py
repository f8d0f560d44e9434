"""What applies to a ticket now: one statement a transaction, and calendars that are read once a process."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Organisation
from portal.agreements.models import PromisePolicy, WorkCalendar
from portal.agreements.queries.versions import calendar_of, other_days_of, policy_of
from portal.agreements.terms import Agreement, Policy, Subject, applying
from portal.core.calendar import Calendar
from portal.core.db import in_this_transaction

_KEPT = "agreements"
_MOST_CALENDARS = 200
_calendars: dict[UUID, Calendar] = {}
"""Versions of calendars never change, and their ids are never given twice."""
_any_policy, _any_calendar = aliased(PromisePolicy), aliased(WorkCalendar)
_NOW = select(PromisePolicy, WorkCalendar.id).where(
    PromisePolicy.version
    == select(func.max(_any_policy.version)).where(_any_policy.name == PromisePolicy.name).scalar_subquery(),
    WorkCalendar.name == PromisePolicy.calendar,
    WorkCalendar.version
    == select(func.max(_any_calendar.version)).where(_any_calendar.name == WorkCalendar.name).scalar_subquery(),
)
_Now = list[tuple[Policy, UUID]]


def agreement_for(session: Session, subject: Subject, organisation_id: UUID | None) -> Agreement:
    """Return the policy that applies to a ticket of an organisation, with its calendar, in their latest versions."""
    now = _agreed_now(session)
    if organisation_id is not None and any(policy.is_on and policy.conditions.tier for policy, _ in now):
        subject = replace(subject, tier=_tier(session, organisation_id))
    policy = applying((each for each, _ in now), subject)
    return Agreement(policy, _calendar(session, next(found for each, found in now if each == policy)))


def forget_agreements(session: Session) -> None:
    """Read again what applies, because this transaction has changed it."""
    in_this_transaction(session, _KEPT).clear()


def _agreed_now(session: Session) -> _Now:
    """Return every policy with its calendar, as this transaction sees them."""
    kept = in_this_transaction(session, _KEPT).get(_KEPT)
    if kept is None:
        kept = [(policy_of(policy), calendar_id) for policy, calendar_id in session.execute(_NOW)]
        in_this_transaction(session, _KEPT)[_KEPT] = kept
    return kept


def _tier(session: Session, organisation_id: UUID) -> str:
    tiers: dict[UUID, str] = in_this_transaction(session, _KEPT)
    if organisation_id not in tiers:
        wanted = select(Organisation.tier).where(Organisation.id == organisation_id)
        tiers[organisation_id] = session.execute(wanted).scalar() or ""
    return tiers[organisation_id]


def _calendar(session: Session, calendar_id: UUID) -> Calendar:
    if calendar_id not in _calendars:
        if len(_calendars) >= _MOST_CALENDARS:
            _calendars.clear()
        row = session.get_one(WorkCalendar, calendar_id)
        _calendars[calendar_id] = calendar_of(row, other_days_of(session, calendar_id))
    return _calendars[calendar_id]
