"""The audit log: who did what, and when."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.administration.forms.changes import more
from portal.administration.forms.deeds import SUBJECTS, deed, deeds_with, ends_early
from portal.administration.forms.lists import NAMES
from portal.administration.models import Register
from portal.administration.queries.log import (
    AT_ONCE,
    AuditLine,
    Sought,
    audit_lines,
    names_of_members,
    names_of_subjects,
)
from portal.administration.services.taking.cells import read_day
from portal.administration.views.blueprint import blueprint
from portal.core import web
from portal.ui import access, languages, pages
from portal.ui.forms import clean
from portal.ui.tables import table_file

_MOST = 10_000
"""As many lines a table has: a year of a portal with many hands."""
_REGISTERS = {
    "organisation": "organisations",
    "contact": "contacts",
    "agent": "agents",
    "installation": "installations",
    "product": "products",
    "release": "releases",
}
"""Where what was changed is set up, by how it is kept."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A line of the log in words."""

    at: datetime
    who: str
    deed: Markup
    more: str


@blueprint.get("/log")
@access.admin
def show_log() -> ResponseReturnValue:
    """Show who did what, the newest first, and let the reader look for a name, what it was about, or days."""
    asked = _asked()
    found = audit_lines(web.reading(), _sought(asked))
    lines = found[:AT_ONCE]
    names, members = names_of_subjects(web.reading(), lines), names_of_members(web.reading(), lines)
    return pages.page(
        "administration/log.html",
        lines=[_told(each, names, members) for each in lines],
        next=lines[-1].id if len(found) > AT_ONCE else None,
        asked=asked,
        subjects=SUBJECTS,
        is_first="before" not in request.args,
    )


@blueprint.get("/log.csv")
@access.admin
def fetch_log() -> ResponseReturnValue:
    """Send what was looked for as a table, each deed with the codes by which it is kept."""
    lines = audit_lines(web.reading(), _sought(_asked()), most=_MOST + 1)
    head = ("at", "who", "action", "subject_kind", "subject_id", "facts")
    rows = (
        (each.at.isoformat(), each.who, each.action, each.subject_kind, each.subject_id, _written(each.facts))
        for each in lines[:_MOST]
    )
    end = [(ends_early(_MOST),)] if len(lines) > _MOST else []
    return table_file("log", [head, *rows, *end])


def _told(line: AuditLine, names: Mapping[tuple[str, str], str], members: Mapping[str, str]) -> _Told:
    name = names.get((line.subject_kind, line.subject_id), "")
    return _Told(line.at, line.who, deed(line.action, line.subject_kind, _link(line, name)), more(line.facts, members))


def _link(line: AuditLine, name: str) -> Markup | str:
    """Return what somebody changed, leading to where it is set up; its name alone where that isn't there any more."""
    if line.subject_kind == "list_import" and line.facts.get("kind") in set(Register):
        url = url_for(".show_received", import_id=UUID(line.subject_id))
        return Markup('<a href="{}">{}</a>').format(url, NAMES[Register(line.facts["kind"])])
    if line.subject_kind == "article" and name:
        url = url_for("knowledge.show_on_desk", article_id=UUID(line.subject_id))
        return Markup('<a href="{}">{}</a>').format(url, name)
    register = _REGISTERS.get(line.subject_kind)
    name = name or (line.subject_id if register == "products" else "")
    if not register or not name:
        return name
    url = url_for(".show_one", register=register, key=line.subject_id)
    return Markup('<a href="{}">{}</a>').format(url, name)


def _written(facts: Mapping[str, object]) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True) if facts else ""


def _asked() -> dict[str, str]:
    return {name: clean(request.args.get(name, ""))[:120] for name in ("who", "what", "words", "from", "until")}


def _sought(asked: Mapping[str, str]) -> Sought:
    begin, end = _begin(asked["from"]), _begin(asked["until"])
    return Sought(
        who=asked["who"],
        what=asked["what"],
        words=asked["words"],
        actions=deeds_with(asked["words"]) if asked["words"] else (),
        begin=begin,
        end=end + timedelta(days=1) if end else None,
        before=_id(request.args.get("before", "")),
    )


def _begin(typed: str) -> datetime | None:
    """Return when a day begins where the reader is; None where no day was typed."""
    day = read_day(typed)
    return datetime.combine(day, time(), languages.current_zone()) if day and 2000 <= day.year < 3000 else None


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
