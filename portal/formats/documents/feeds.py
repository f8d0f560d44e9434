"""Lists of notices as feed readers, calendars and programs read them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from flask_babel import gettext as _

from portal.core.calendar_file import Entry, calendar_file
from portal.core.i18n import LANGUAGE_TAGS
from portal.notices.documents.calendars import entry_of
from portal.notices.documents.sheets import url_of
from portal.notices.queries import NoticeRow
from portal.notices.queries.windows import CalendarWindow
from portal.ui import languages, pages
from portal.ui.prose import plain_keys

ATOM = "http://www.w3.org/2005/Atom"
SCHEMA = "plainport-notices/1"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed changed last that has nothing in it."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What stands in a feed, and where it is found."""

    url: str
    locale: str
    rows: Sequence[NoticeRow]
    name: str = ""
    """Of the organisation that it is for; empty for everyone's."""
    windows: Sequence[CalendarWindow] = ()
    """The maintenance that stands in a calendar."""


def as_atom(feed: Feed) -> bytes:
    """Return a feed in the Atom format."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {f"{_XML}lang": LANGUAGE_TAGS[feed.locale]})
    _say(root, "id", feed.url if not feed.name else f"{_tag()}:notices:organisation")
    _say(root, "title", _title(feed))
    _say(root, "updated", _moment(max((row.updated_at for row in feed.rows), default=_BEGINNING)))
    ET.SubElement(root, f"{{{ATOM}}}link", {"rel": "self", "type": "application/atom+xml", "href": feed.url})
    author = ET.SubElement(root, f"{{{ATOM}}}author")
    _say(author, "name", pages.site(feed.locale).vendor_name)
    for row in feed.rows:
        _add_entry(root, row)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _add_entry(root: ET.Element, row: NoticeRow) -> None:
    entry = ET.SubElement(root, f"{{{ATOM}}}entry", {f"{_XML}lang": LANGUAGE_TAGS[row.language]})
    _say(entry, "id", f"{_tag()}:notices:{row.code}")
    _say(entry, "title", row.title)
    _say(entry, "updated", _moment(row.updated_at))
    ET.SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": url_of(row.code)})
    ET.SubElement(entry, f"{{{ATOM}}}category", {"term": row.kind.value})
    _say(entry, "summary", plain_keys(row.summary))


def _say(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _tag() -> str:
    return f"tag:{urlsplit(languages.settings().public_url).hostname},2026"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _title(feed: Feed) -> str:
    if feed.name:
        return str(_("Notices for %(organisation)s", organisation=feed.name))
    return str(_("Notices of %(vendor)s", vendor=pages.site(feed.locale).vendor_name))


def as_calendar(feed: Feed) -> bytes:
    """Return the days by which something is to be done, and the maintenance that is planned, as a calendar."""
    maintenance = (entry_of(each.window, each.notice) for each in feed.windows)
    return calendar_file(_title(feed), [*_entries(feed), *maintenance])


def _entries(feed: Feed) -> Iterator[Entry]:
    host = urlsplit(languages.settings().public_url).hostname
    for row in feed.rows:
        if row.act_by is not None and not row.is_settled:
            yield Entry(
                uid=f"{row.code}@{host}",
                sequence=row.number,
                changed_at=row.updated_at,
                starts=row.act_by,
                ends=row.act_by + timedelta(days=1),
                summary=str(_("To be done by today: %(title)s", title=row.title)),
                description=plain_keys(row.summary),
                url=url_of(row.code),
            )


def as_json(feed: Feed) -> bytes:
    """Return a list of notices for programs."""
    body = {"schema": SCHEMA, "url": feed.url, "notices": [_row(row) for row in feed.rows]}
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def _row(row: NoticeRow) -> dict[str, object]:
    return {
        "code": row.code,
        "url": url_of(row.code),
        "kind": row.kind.value,
        "state": row.state.value,
        "action": row.action.value,
        "act_by": row.act_by.isoformat() if row.act_by else None,
        "revision": row.number,
        "updated_at": _moment(row.updated_at),
        "language": LANGUAGE_TAGS[row.language],
        "title": row.title,
        "summary": plain_keys(row.summary),
    }
