"""Feeds of notices: for everyone, and at an organisation's secret address, which can be taken back."""

from collections.abc import Callable, Mapping

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, web
from portal.core.i18n import LOCALES
from portal.formats.documents.feeds import Feed, as_atom, as_calendar, as_json
from portal.formats.queries.feeds import FeedReader, feed_rows, feed_windows, link_of, reader_at
from portal.formats.services import links
from portal.formats.views.pieces import answer, blueprint
from portal.ui import access, languages, pages
from portal.ui.access import current_actor

_FORMATS: Mapping[str, tuple[Callable[[Feed], bytes], str]] = {
    "atom": (as_atom, "application/atom+xml"),
    "ics": (as_calendar, "text/calendar"),
    "json": (as_json, "application/json"),
}


@blueprint.get("/feeds/notices.<form>")
@access.public
def show_public_feed(form: str) -> ResponseReturnValue:
    """Send the notices that everyone may read, as a feed, a calendar or a list."""
    return _feed(form, FeedReader(), f"/feeds/notices.{form}")


@blueprint.get("/feeds/<secret>/notices.<form>")
@access.public
def show_private_feed(secret: str, form: str) -> ResponseReturnValue:
    """Send the notices for an organisation to whoever knows its secret address."""
    reader = reader_at(web.reading(), secret[:100])
    return _feed(form, reader, f"/feeds/{secret}/notices.{form}") if reader else abort(404)


def _feed(form: str, reader: FeedReader, path: str) -> ResponseReturnValue:
    if form not in _FORMATS:
        abort(404)
    write, media_type = _FORMATS[form]
    asked = request.args.get("language", "")
    locale = asked if asked in LOCALES else reader.locale or languages.current_locale()
    settings = languages.settings()
    with languages.reading_as(locale, settings.time_zone):
        today = clock.now().astimezone(languages.current_zone()).date()
        rows = feed_rows(web.reading(), reader, locale=locale, today=today)
        windows = feed_windows(web.reading(), reader, locale=locale, today=today) if form == "ics" else ()
        body = write(Feed(f"{settings.public_url.rstrip('/')}{path}", locale, rows, reader.name, windows))
    response = answer(body, media_type, is_private=bool(reader.name))
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/feeds")
@access.public
def show_feeds() -> ResponseReturnValue:
    """Show the addresses of feeds: everyone's, and the organisation's own."""
    actor, settings = current_actor(), languages.settings()
    link = link_of(web.reading(), actor.organisation_id) if actor.organisation_id else None
    base = settings.public_url.rstrip("/")
    own = f"{base}/feeds/{links.link_token(link.id, settings.secret_key)}" if link else ""
    return pages.page("formats/feeds.html", base=f"{base}/feeds", own=own, link=link)


@blueprint.post("/feeds/link")
@access.manager
def make_feed_link() -> ResponseReturnValue:
    """Make a secret address for the organisation, and let an earlier one work no more."""
    secret_key = languages.settings().secret_key
    with web.changing() as session:
        links.make_link(session, secret_key=secret_key, by=current_actor(), at=clock.now())
    pages.say(_("This is your organisation’s address now. An earlier one works no more."))
    return pages.go_to("formats.show_feeds")


@blueprint.post("/feeds/link/revoke")
@access.manager
def revoke_feed_link() -> ResponseReturnValue:
    """Take the organisation's address back."""
    with web.changing() as session:
        links.revoke_links(session, by=current_actor(), at=clock.now())
    pages.say(_("The address works no more."))
    return pages.go_to("formats.show_feeds")
