"""Reads about what comes back every year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.versions import Verdict, check
from portal.accounts.models import Installation
from portal.catalogue.models import Release
from portal.notices.models import (
    Notice,
    NoticeRevision,
    NoticeSeason,
    NoticeSeries,
    ProductRange,
    Receipt,
    ReceiptKind,
    product_ranges,
)
from portal.notices.queries.reading import is_current

ALARM = 3
"""The lead is alarmed once only a third of the time for review is left."""


@dataclass(frozen=True, slots=True)
class Window:
    """A series's days in one year."""

    year: int
    review_from: date
    alarm_from: date
    """From then on the lead is alarmed while nobody has approved it."""
    starts_on: date
    act_by: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class LastYear:
    """The newest notice that a series brought before a year, and the revision that its readers saw last."""

    year: int
    notice: Notice
    revision: NoticeRevision


@dataclass(frozen=True, slots=True)
class ChangedProduct:
    """What has happened to a product since last year's notice."""

    product: ProductRange
    releases: tuple[str, ...]
    """Versions that came out since."""
    outside: Mapping[str, int]
    """Versions that run now and that last year's range doesn't take in, with how many run them."""


@dataclass(frozen=True, slots=True)
class Season:
    """What the desk shows beside a season's draft."""

    series: NoticeSeries
    window: Window
    last: LastYear | None
    answers: Mapping[ReceiptKind, int]
    """Last year's, each organisation once, by what it answered last."""
    changed: Sequence[ChangedProduct]


def on_day(year: int, month_day: str) -> date:
    """Return a month-day in a year; 29 February is the 28th where there is none."""
    month, day = (int(part) for part in month_day.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, day - 1)


def window_of(series: NoticeSeries, today: date) -> Window:
    """Return the window that is looked after on a day: the latest whose review has begun, else the next one.

    A window that lasts until the next is reviewed makes room for it, so that no year's draft comes late.
    """
    windows = [window_in(series, today.year + each) for each in (-1, 0, 1, 2)]
    begun = [each for each in windows if each.review_from <= today <= each.ends_on]
    return begun[-1] if begun else next(each for each in windows if each.review_from > today)


def window_in(series: NoticeSeries, year: int) -> Window:
    """Return the days of a series in the window that starts in a year."""
    starts_on = on_day(year, series.starts_on)
    ends_on, act_by = (following(each, starts_on) for each in (series.ends_on, series.act_by))
    review_from = starts_on - timedelta(days=series.lead_days)
    return Window(year, review_from, starts_on - timedelta(days=series.lead_days // ALARM), starts_on, act_by, ends_on)


def following(month_day: str, start: date) -> date:
    """Return the first such day that is not before a window's start: it may lie in the next year."""
    found = on_day(start.year, month_day)
    return found if found >= start else on_day(start.year + 1, month_day)


def last_year(session: Session, series_id: UUID, year: int) -> LastYear | None:
    """Return the newest published notice that a series brought before a year."""
    row = session.execute(
        select(NoticeSeason.year, Notice, NoticeRevision)
        .join(Notice, Notice.id == NoticeSeason.notice_id)
        .join(NoticeRevision, is_current())
        .where(NoticeSeason.series_id == series_id, NoticeSeason.year < year)
        .order_by(NoticeSeason.year.desc())
        .limit(1)
    ).first()
    return LastYear(row.year, row.Notice, row.NoticeRevision) if row else None


def unpublished_seasons(session: Session) -> list[tuple[NoticeSeries, Notice, Window]]:
    """Return the seasons of active series that nobody has published yet, with their days."""
    rows = session.execute(
        select(NoticeSeries, Notice, NoticeSeason.year)
        .join(NoticeSeason, NoticeSeason.series_id == NoticeSeries.id)
        .join(Notice, Notice.id == NoticeSeason.notice_id)
        .where(NoticeSeries.is_active, Notice.revision_number.is_(None))
    )
    return [(row.NoticeSeries, row.Notice, window_in(row.NoticeSeries, row.year)) for row in rows]


def season_of(session: Session, notice: Notice) -> Season | None:
    """Return the season of a notice with last year's answers and what has changed since; None where it has none."""
    row = session.execute(
        select(NoticeSeries, NoticeSeason.year)
        .join(NoticeSeason, NoticeSeason.series_id == NoticeSeries.id)
        .where(NoticeSeason.notice_id == notice.id)
    ).first()
    if row is None:
        return None
    last = last_year(session, row.NoticeSeries.id, row.year)
    return Season(
        series=row.NoticeSeries,
        window=window_in(row.NoticeSeries, row.year),
        last=last,
        answers=_answers(session, last.notice.id) if last else {},
        changed=_changed_products(session, last) if last else (),
    )


def _answers(session: Session, notice_id: UUID) -> dict[ReceiptKind, int]:
    latest: dict[UUID, ReceiptKind] = {}
    for row in session.execute(
        select(Receipt.organisation_id, Receipt.kind)
        .where(Receipt.notice_id == notice_id)
        .order_by(Receipt.at, Receipt.id)
    ):
        if row.kind != ReceiptKind.OPENED or row.organisation_id not in latest:
            latest[row.organisation_id] = ReceiptKind(row.kind)
    return {kind: count for kind in ReceiptKind if (count := list(latest.values()).count(kind))}


def _changed_products(session: Session, last: LastYear) -> list[ChangedProduct]:
    products = product_ranges(last.revision.products)
    codes = {each.product for each in products}
    released = session.execute(
        select(Release.product_code, Release.version)
        .where(Release.product_code.in_(codes), Release.published_at > last.revision.published_at)
        .order_by(Release.published_at)
    ).all()
    running = session.execute(
        select(Installation.product_code, Installation.version, func.count(Installation.organisation_id.distinct()))
        .where(Installation.product_code.in_(codes), Installation.version != "")
        .group_by(Installation.product_code, Installation.version)
        .order_by(Installation.version)
    ).all()
    found = [
        ChangedProduct(
            product=product,
            releases=tuple(version for code, version in released if code == product.product),
            outside={
                version: count
                for code, version, count in running
                if code == product.product and _is_news(product, version)
            },
        )
        for product in products
    ]
    return [each for each in found if each.releases or each.outside]


def _is_news(product: ProductRange, version: str) -> bool:
    """Whether last year's notice said nothing of a version: not affected by it, and not where it was improved."""
    return version != product.fixed_in and check(product.range, version) is not Verdict.AFFECTED
