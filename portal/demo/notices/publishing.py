"""Taking the demonstration's notices through writing, review and publishing, as people would."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.queries import entries
from portal.core.actor import Actor
from portal.demo.notices import insurance_delay, maintenance_night, rainy_season
from portal.demo.notices.telling import Edition, Story
from portal.notices import services
from portal.notices.models import Notice, NoticeSeason, NoticeSeries, ProductRange
from portal.notices.queries.seasons import window_of
from portal.notices.services import seasons

_SERIES = "rainy-season-south-china"
_STORIES = (rainy_season.tell, maintenance_night.tell, insurance_delay.tell)


def tell(session: Session, *, author: Actor, approver: Actor, at: datetime) -> list[Notice]:
    """Publish every notice of the demonstration; the products they name must be in the catalogue."""
    known = {(each.product, each.module): each for each in entries(session)}

    def named(product: str, module: str, text: str, *, is_affected: bool = True, fixed_in: str = "") -> ProductRange:
        entry = known[product, module]
        return ProductRange(product, module, entry.names, entry.module_names, text, is_affected, fixed_in)

    notices = [_publish(session, each(at.date(), named), author=author, approver=approver, at=at) for each in _STORIES]
    seasons.ship(session, at=at)
    _make_last_years(session, notices[0], at=at)
    return notices


def _make_last_years(session: Session, notice: Notice, *, at: datetime) -> None:
    """Let the rainy-season notice count as the season's before the next, whose draft then begins with its words."""
    series = session.execute(select(NoticeSeries).where(NoticeSeries.key == _SERIES)).scalar_one()
    year = window_of(series, at.date()).year - 1
    session.add(NoticeSeason(series_id=series.id, year=year, notice_id=notice.id))
    session.flush()


def _publish(session: Session, story: Story, *, author: Actor, approver: Actor, at: datetime) -> Notice:
    first, *later = story.editions
    begun = at - timedelta(days=first.days_ago)
    code = f"HY-{at.year}-{story.number:03d}"
    notice = services.start_notice(session, first.facts, by=author, at=begun, code=code)
    _take_through(session, notice, first, author=author, approver=approver, at=begun)
    for edition in later:
        on = at - timedelta(days=edition.days_ago)
        services.start_revision(session, notice, is_material=edition.is_material, by=author, at=on)
        services.change_facts(session, notice, edition.facts, by=author)
        _take_through(session, notice, edition, author=author, approver=approver, at=on)
    return notice


def _take_through(
    session: Session, notice: Notice, edition: Edition, *, author: Actor, approver: Actor, at: datetime
) -> None:
    today: date = at.date()
    for language, draft in edition.drafts.items():
        services.save_text(session, notice, language, draft, by=author)
    services.send_to_review(session, notice, by=author, today=today)
    for language in edition.drafts:
        if language != notice.source_language:
            services.review_text(session, notice, language, by=approver)
    services.approve(session, notice, by=approver, at=at, today=today)
    services.publish(session, notice, by=author, at=at, today=today)
