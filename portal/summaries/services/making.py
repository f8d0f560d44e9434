"""Making the summaries whose period is over."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Organisation
from portal.outbox import services as outbox
from portal.summaries import messages, queries
from portal.summaries.models import Rhythm, ServiceSummary, SummaryPlan, SummaryReader
from portal.summaries.services.periods import begin_of, end_after

AT_ONCE = 20
"""How many one pass makes, so that its transaction stays short; the next pass goes on."""
_EASTERNMOST = timedelta(hours=14)
"""How far ahead of UTC a day begins anywhere."""
_DAY = timedelta(days=1)


def make_due(session: Session, *, at: datetime) -> int:
    """Make the summaries of periods that are over where the organisation is; returns how many."""
    rows = session.execute(
        select(SummaryPlan, Organisation.time_zone)
        .join(Organisation, Organisation.id == SummaryPlan.organisation_id)
        .where(SummaryPlan.next_on <= (at + _EASTERNMOST).date())
        .order_by(SummaryPlan.next_on)
        .limit(AT_ONCE)
        .with_for_update(of=SummaryPlan, skip_locked=True)
    ).all()
    due = [(plan, ZoneInfo(zone)) for plan, zone in rows if at >= _begin(plan.next_on, ZoneInfo(zone))]
    for plan, zone in due:
        _make(session, plan, zone, at=at)
    return len(due)


def _make(session: Session, plan: SummaryPlan, zone: ZoneInfo, *, at: datetime) -> None:
    rhythm, end = Rhythm(plan.rhythm), plan.next_on
    begin = begin_of(rhythm, end - _DAY)
    plan.next_on = end_after(rhythm, end)
    same = (ServiceSummary.organisation_id == plan.organisation_id, ServiceSummary.begins_on == begin)
    if session.scalars(select(ServiceSummary.id).where(*same, ServiceSummary.ends_on == end)).first():
        return
    figures = queries.figures(session, plan.organisation_id, begin=_begin(begin, zone), end=_begin(end, zone))
    row = ServiceSummary(
        organisation_id=plan.organisation_id, begins_on=begin, ends_on=end, figures=figures, made_at=at
    )
    session.add(row)
    session.flush()
    readers = select(SummaryReader.person_id).where(SummaryReader.organisation_id == plan.organisation_id)
    outbox.queue_all(session, [messages.ready(row.id, each) for each in session.scalars(readers)], at=at)


def _begin(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
