"""Declaring a surge: by when everybody hears more, and the words with which the notice begins."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from portal.incidents.services import AsideError
from portal.notices.models import Step, Words
from portal.notices.services import Draft
from portal.ui import languages, moments
from portal.ui.forms import OnceForm, clean

_TIME = re.compile(r"([01]?\d|2[0-3])[:.时時]([0-5]\d)分?")
_HALF_A_DAY = timedelta(hours=12)
_QUARTER = 15
_LANGUAGES = ("zh_Hans", "zh_Hant", "en")
"""The first is the one that notices are written in first."""


class _TimeForm(OnceForm):
    """A form that asks for a time of today, or of the night that follows."""

    def read(self, typed: StringField, *, at: datetime, zone: ZoneInfo) -> datetime | None:
        """Return the moment that was typed; None, with words beside the field, where it can't be said."""
        found = read_time(typed.data, at=at, zone=zone)
        if found is None:
            typed.errors = [_("Write a time that is still to come, like 18:00.")]
        return found


class DeclareForm(_TimeForm):
    """One click, with a time that can be changed."""

    next_by = StringField(_l("Next update by"), filters=[clean])


class AsideForm(OnceForm):
    """Why a surge is none."""

    reason = StringField(
        _l("Why it is not one problem"),
        filters=[clean],
        validators=[
            DataRequired(_l("Write why it is not one problem, so that your colleagues know.")),
            Length(max=300, message=_l("Please shorten this to 300 characters.")),
        ],
    )

    def refuse(self, error: AsideError) -> None:
        """Say why it can't be put aside any more."""
        self.reason.errors = [
            _("It was declared an incident meanwhile.") if error.code == "declared" else _("It is quiet by itself now.")
        ]


class NewTimeForm(_TimeForm):
    """Another time than the one that was said."""

    new_time = StringField(_l("Next update by"), filters=[clean])


def read_time(typed: str | None, *, at: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the next moment of a time such as 18:00, full-width digits too; None where it isn't within half a day."""
    match = _TIME.fullmatch(unicodedata.normalize("NFKC", typed or "").strip())
    if match is None:
        return None
    here = at.astimezone(zone)
    moment = here.replace(hour=int(match[1]), minute=int(match[2]), second=0, microsecond=0)
    moment += timedelta(days=1 if moment <= here else 0)
    return moment if moment - here <= _HALF_A_DAY else None


def next_quarter(at: datetime, zone: ZoneInfo) -> str:
    """Return the full quarter of an hour that is at least half an hour away."""
    here = at.astimezone(zone).replace(second=0, microsecond=0) + timedelta(minutes=30)
    return moments.clock_time(here + timedelta(minutes=-here.minute % _QUARTER), zone)


def drafts(names: Mapping[str, str], *, organisations: int, time_zone: str, since: datetime) -> Mapping[str, Draft]:
    """Return the words with which an incident notice begins, in each language; its author goes on from there."""
    found = {}
    for language in _LANGUAGES:
        with languages.reading_as(language, time_zone):
            found[language] = _draft(names[language], organisations, since)
    return found


def _draft(place: str, organisations: int, since: datetime) -> Draft:
    moment = moments.moment_in_words(since, languages.current_locale(), languages.current_zone())
    return Draft(
        _("Problem reported by several customers: %(place)s", place=place)[:200],
        Words(
            what=_(
                "Since %(moment)s, several customers have reported the same problem (%(num)s so far). "
                "We are on it. This notice says what we know, and is brought up to date.",
                moment=moment,
                num=organisations,
            ),
            who=_("Everybody who uses %(place)s.", place=place),
            steps=(_until_solved(),),
        ),
    )


def _until_solved() -> Step:
    """Return what everybody can do before anything is known, so that the draft lacks nothing but a colleague's eyes."""
    return Step(
        do=_("Work by hand for now where that is possible, and leave until later what can wait."),
        see=_("This notice says that it is solved, and what was done."),
    )
