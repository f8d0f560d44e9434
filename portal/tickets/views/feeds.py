"""Promised times in people's own calendars: the secret link, and what stands at its other end."""

from datetime import timedelta

from flask import Flask, abort, make_response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, web
from portal.core.calendar import quarter_begins
from portal.core.calendar_file import Entry, calendar_file
from portal.notices.documents.calendars import entry_of
from portal.notices.queries.windows import CalendarWindow, windows_in_calendars
from portal.tickets.queries.feed import Feed, FeedTime, feed_at, feed_link_of
from portal.tickets.queries.record import record_since
from portal.tickets.services import feeds
from portal.tickets.views.finding import blueprint
from portal.ui import access, languages, pages
from portal.ui.access import current_actor, signed_in_person

_SHOWN_BEFORE = timedelta(minutes=15)
"""A time is a quarter of an hour in a calendar, and ends when it is due."""
_CALENDAR = "text/calendar"


def show_record() -> str:
    """Return how the promises to the reader's organisation went this quarter, for its page."""
    organisation_id = current_actor().organisation_id
    if organisation_id is None:
        return ""
    since = quarter_begins(clock.now(), languages.current_zone())
    return pages.page("tickets/_record.html", record=record_since(web.reading(), organisation_id, since), since=since)


def init_app(app: Flask) -> None:
    """Show the record beside an organisation."""
    pages.fill_slot(app, "beside-organisation", show_record)


@blueprint.get("/calendar")
@access.signed_in
def show_feed_link() -> ResponseReturnValue:
    """Show the address at which a person's calendar finds the promised times."""
    link = feed_link_of(web.reading(), signed_in_person())
    settings = languages.settings()
    token = feeds.feed_token(link.id, settings.secret_key) if link else ""
    address = f"{settings.public_url}/calendar/{token}.ics" if link else ""
    return pages.page("tickets/feed.html", link=link, address=address)


@blueprint.post("/calendar")
@access.signed_in
def make_feed_link() -> ResponseReturnValue:
    """Make an address, and let an earlier one work no more."""
    secret_key = languages.settings().secret_key
    with web.changing() as session:
        feeds.make_feed_link(session, secret_key=secret_key, by=current_actor(), at=clock.now())
    pages.say(_("This is your address now. An earlier one works no more."))
    return pages.go_to("tickets.show_feed_link")


@blueprint.post("/calendar/revoke")
@access.signed_in
def revoke_feed_link() -> ResponseReturnValue:
    """Take the address back."""
    with web.changing() as session:
        feeds.revoke_feed_links(session, by=current_actor(), at=clock.now())
    pages.say(_("The address works no more."))
    return pages.go_to("tickets.show_feed_link")


@blueprint.get("/calendar/<secret>.ics")
@access.public
def show_feed(secret: str) -> ResponseReturnValue:
    """Send the promised times to whoever knows the secret address, which is somebody's calendar program."""
    feed = feed_at(web.reading(), secret[:100])
    if feed is None:
        abort(404)
    response = make_response(_calendar(feed))
    response.mimetype = _CALENDAR
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _calendar(feed: Feed) -> bytes:
    settings = languages.settings()
    with languages.reading_as(feed.locale or settings.default_locale, settings.time_zone):
        windows = (entry_of(each.window, each.notice) for each in _windows(feed))
        return calendar_file(_("Promised times"), [*map(_entry, feed.times), *windows])


def _entry(each: FeedTime) -> Entry:
    return Entry(
        uid=f"{each.ticket_id}@plainport",
        sequence=each.version,
        changed_at=each.changed_at,
        starts=each.at - _SHOWN_BEFORE,
        ends=each.at,
        summary=_words(each),
        is_private=True,
    )


def _windows(feed: Feed) -> list[CalendarWindow]:
    """Return the maintenance that concerns a customer; agents plan it, and have it on the desk."""
    if not feed.reader.is_customer:
        return []
    today = clock.now().astimezone(languages.current_zone()).date()
    return windows_in_calendars(web.reading(), feed.reader, locale=languages.current_locale(), today=today)


def _words(each: FeedTime) -> str:
    """Name the ticket by its number alone: calendars are shared, and read aloud."""
    if each.is_yours:
        return str(_("%(number)s waits for an answer until then", number=each.reference))
    return str(_("%(number)s: an update is promised by then", number=each.reference))
