"""What comes back every year: the draft of a season, and the alarm while nobody approves it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Person
from portal.core.actor import Actor, Role
from portal.notices import messages
from portal.notices.models import (
    ActionNeeded,
    AudienceKind,
    Notice,
    NoticeKind,
    NoticeRevision,
    NoticeScope,
    NoticeSeason,
    NoticeSeries,
    NoticeState,
    Words,
    product_ranges,
)
from portal.notices.queries.seasons import LastYear, Window, last_year, unpublished_seasons, window_of
from portal.notices.queries.workbench import texts_of
from portal.notices.services.writing import Draft, Facts, put_text, start_notice
from portal.notices.shipped import SHIPPED
from portal.outbox.services import queue_all

SOURCE_LANGUAGE = "zh_Hans"
"""Of series that begin without a notice of the year before."""
SHORTEST = timedelta(days=14)
"""Which readers have at least to act, in a year that begins late."""
MOST_LEADS = 20
WEEK = 7


def ship(session: Session, *, at: datetime) -> None:
    """Bring the series that the portal comes with, each once."""
    there = set(session.execute(select(NoticeSeries.key)).scalars())
    session.add_all(
        NoticeSeries(
            key=each.key,
            names=dict(each.names),
            regions=list(each.regions),
            starts_on=each.starts_on,
            act_by=each.act_by,
            ends_on=each.ends_on,
            lead_days=each.lead_days,
            words=dict(each.words),
            created_at=at,
        )
        for each in SHIPPED
        if each.key not in there
    )
    session.flush()


def begin_due_seasons(session: Session, *, by: Actor, at: datetime, today: date) -> None:
    """Begin the year's draft of every series whose time for review has come."""
    for series in session.execute(select(NoticeSeries).where(NoticeSeries.is_active)).scalars().all():
        window = window_of(series, today)
        if today >= window.review_from:
            begin_season(session, series, by=by, at=at, today=today)


def begin_season(session: Session, series: NoticeSeries, *, by: Actor, at: datetime, today: date) -> Notice:
    """Return the year's notice of a series: the one that is there, or a draft made of the year before."""
    session.execute(select(NoticeSeries.id).where(NoticeSeries.id == series.id).with_for_update())
    window = window_of(series, today)
    season = session.get(NoticeSeason, (series.id, window.year))
    if season is not None:
        return session.get_one(Notice, season.notice_id)
    before = last_year(session, series.id, window.year)
    notice = start_notice(session, _facts(series, window, before, today), by=by, at=at)
    notice.owner_id = series.lead_id or by.agent_id
    revision = session.execute(select(NoticeRevision).where(NoticeRevision.notice_id == notice.id)).scalar_one()
    for language, draft in _words(session, series, before, notice.source_language).items():
        put_text(session, notice, revision, language, draft)
    session.add(NoticeSeason(series_id=series.id, year=window.year, notice_id=notice.id))
    session.flush()
    _tell(session, messages.season_begun, notice, _leads(session, series), at)
    return notice


def _facts(series: NoticeSeries, window: Window, before: LastYear | None, today: date) -> Facts:
    """Return last year's facts with this year's days; the region is the series's own."""
    audience = dict(before.revision.audience) if before else {}
    audience[AudienceKind.REGION.value] = list(series.regions)
    kept = {AudienceKind(kind): values for kind, values in audience.items() if values}
    is_for_all = before is not None and before.revision.scope == NoticeScope.PUBLIC and not kept
    return Facts(
        kind=NoticeKind(before.notice.kind) if before else NoticeKind.ADVISORY,
        scope=NoticeScope.PUBLIC if is_for_all or not kept else NoticeScope.TARGETED,
        action=ActionNeeded(before.revision.action) if before else ActionNeeded.REQUIRED,
        act_by=min(max(window.act_by, today + SHORTEST), window.ends_on),
        expires_on=window.ends_on,
        products=product_ranges(before.revision.products) if before else (),
        audience=kept,
        source_language=before.notice.source_language if before else SOURCE_LANGUAGE,
    )


def _words(session: Session, series: NoticeSeries, before: LastYear | None, source: str) -> Mapping[str, Draft]:
    """Return the words to begin from, the source first; each translation waits to be read again."""
    if before is None:
        found = {language: Draft(each["title"], Words.of(each["words"])) for language, each in series.words.items()}
    else:
        rows = texts_of(session, before.revision.id)
        found = {language: Draft(row.title, Words.of(row.document)) for language, row in rows.items()}
    return {language: found[language] for language in sorted(found, key=lambda each: (each != source, each))}


def alarm_leads(session: Session, *, at: datetime, today: date) -> None:
    """Tell the lead of each season that nobody approves: late in the time for review, and every week from then on."""
    for series, notice, window in unpublished_seasons(session):
        if notice.state == NoticeState.DRAFT and window.alarm_from <= today <= window.ends_on:
            week = (today - window.alarm_from).days // WEEK
            _tell(session, messages.season_late, notice, _leads(session, series), at, week)


def _tell(
    session: Session, message: messages.ToColleague, notice: Notice, people: list[UUID], at: datetime, occasion: int = 0
) -> None:
    queue_all(session, [message(notice, each, occasion) for each in people], at=at)


def _leads(session: Session, series: NoticeSeries) -> list[UUID]:
    """Return the lead of a series; where nobody is named or they have left, the admins."""
    active = select(Person.id).join(Agent, Agent.person_id == Person.id).where(Person.active)
    named = session.execute(active.where(Agent.id == series.lead_id)).scalars().all()
    admins = active.where(Agent.role == Role.ADMIN).order_by(Agent.id).limit(MOST_LEADS)
    return list(named or session.execute(admins).scalars())
