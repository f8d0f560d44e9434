"""When a maintenance window is to be, and what pages say where it can't be so."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import time
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from portal.notices.forms.options import options
from portal.notices.forms.writing import read_day
from portal.notices.models import MaintenanceWindow
from portal.notices.queries.recurring import Repeat, repeat_of
from portal.notices.services.windows import MOST_LEFT_OUT, Plan, WindowError
from portal.ui import languages
from portal.ui.forms import OnceForm, clean

_TIME = re.compile(r"(\d{1,2})\D(\d{2})")
_LENGTH = re.compile(r"\d{1,5}")
_ZONES = ("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "UTC")
_SHORT = [Length(max=40, message=_l("Please shorten this."))]


def read_time(text: str | None) -> time | None:
    """Read a time of day however it is written: 22:00, 22：00, 9.30."""
    match = _TIME.fullmatch(unicodedata.normalize("NFKC", text or "").strip())
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return time(int(match[1]), int(match[2]))


def read_minutes(text: str | None) -> int | None:
    """Read a number of minutes, full-width digits too."""
    plain = unicodedata.normalize("NFKC", text or "").strip()
    return int(plain) if _LENGTH.fullmatch(plain) else None


class WindowForm(OnceForm):
    """When maintenance is planned."""

    day = StringField(
        _l("On which day?"),
        description=_l("For example 2026-12-05."),
        filters=[clean],
        validators=[InputRequired(_l("Enter the day.")), *_SHORT],
    )
    at = StringField(
        _l("From when?"),
        description=_l("For example 22:00, on the clock of the place below."),
        filters=[clean],
        validators=[InputRequired(_l("Enter the time.")), *_SHORT],
    )
    minutes = StringField(
        _l("How many minutes?"), filters=[clean], validators=[InputRequired(_l("Enter how many minutes.")), *_SHORT]
    )
    time_zone = SelectField(
        _l("Whose clock?"),
        choices=options(
            {
                "Asia/Shanghai": _l("Beijing"),
                "Asia/Hong_Kong": _l("Hong Kong"),
                "Asia/Taipei": _l("Taipei"),
                "UTC": _l("World time (UTC)"),
            }
        ),
    )
    repeat = SelectField(
        _l("Does it come again?"),
        choices=options(
            {
                Repeat.NEVER.value: _l("No, once"),
                Repeat.WEEKLY.value: _l("Every week, on the same weekday"),
                Repeat.FORTNIGHTLY.value: _l("Every two weeks"),
                Repeat.MONTHLY_ON_DAY.value: _l("Every month, on the same day of the month"),
                Repeat.MONTHLY_ON_WEEKDAY.value: _l("Every month, on the same weekday, such as the second Saturday"),
                Repeat.YEARLY.value: _l("Every year"),
            }
        ),
    )
    until = StringField(
        _l("Until which day?"),
        description=_l("Empty means: as long as the notice is in force."),
        filters=[clean],
        validators=_SHORT,
    )

    def validate_day(self, field: StringField) -> None:
        """Ask for a day that can be read."""
        if read_day(field.data) is None:
            raise ValidationError(_l("Write the day like 2026-12-05."))

    def validate_until(self, field: StringField) -> None:
        """Ask for a last day that can be read."""
        if field.data and read_day(field.data) is None:
            raise ValidationError(_l("Write the day like 2026-12-05."))

    def validate_at(self, field: StringField) -> None:
        """Ask for a time that can be read."""
        if read_time(field.data) is None:
            raise ValidationError(_l("Write the time like 22:00."))

    def validate_minutes(self, field: StringField) -> None:
        """Ask for a number of minutes."""
        if read_minutes(field.data) is None:
            raise ValidationError(_l("Write the number of minutes, such as 90."))

    def plan(self) -> Plan:
        """Return what was entered; call it after checking."""
        day, at, minutes = read_day(self.day.data), read_time(self.at.data), read_minutes(self.minutes.data)
        if day is None or at is None or minutes is None:
            raise ValueError("the form was not checked")
        return Plan(
            day=day,
            at=at,
            minutes=minutes,
            time_zone=self.time_zone.data,
            repeat=Repeat(self.repeat.data),
            until=read_day(self.until.data),
        )

    def fill(self, window: MaintenanceWindow) -> "WindowForm":
        """Begin with what a window is now."""
        first = window.starts_at.astimezone(ZoneInfo(window.time_zone))
        self.day.data, self.at.data = first.date().isoformat(), f"{first:%H:%M}"
        self.minutes.data, self.time_zone.data = str(window.minutes), window.time_zone
        self.repeat.data = repeat_of(window.rule).value
        until = re.search(r"UNTIL=(\d{4})(\d{2})(\d{2})", window.rule)
        self.until.data = "-".join(until.groups()) if until else ""
        return self

    def refuse(self, error: WindowError) -> None:
        """Put what is wrong beside the field that it is about."""
        name = _FIELDS.get(error.code, "day")
        self[name].errors = [refusal(error)]


class OffForm(OnceForm):
    """Why a window does not take place."""

    reason = TextAreaField(
        _l("Why does it not take place?"),
        description=_l("Customers read this."),
        filters=[clean],
        validators=[
            InputRequired(_l("Write why, in the customer’s words.")),
            Length(max=1_000, message=_l("Keep it to 1,000 characters.")),
        ],
    )


_FIELDS: Mapping[str, str] = {
    "length": "minutes",
    "overlaps-itself": "minutes",
    "until-too-early": "until",
    "rare-day": "day",
}


def refusal(error: WindowError) -> str:
    """Say why a window can't be planned so, and what to do instead."""
    words: Mapping[str, str] = {
        "not-maintenance": _("Only a maintenance notice has windows. Write one, and plan it there."),
        "over": _("This notice is no longer in force. Plan the window in one that is."),
        "past": _("This moment has passed. Choose one that is to come."),
        "length": _("Choose between one minute and seven days."),
        "rare-day": _rare_words(str(error.parameters.get("day", ""))),
        "overlaps-itself": _("It would begin again before it has ended. Make it shorter, or let it come less often."),
        "until-too-early": _("The last day lies before the first. Choose a later one."),
        "other-day": _("The window does not come on this day. Choose one of the days that are shown."),
        "too-many-left-out": _(
            "At most %(most)s days can be left out. Move the window, or plan another one.", most=MOST_LEFT_OUT
        ),
        "after-expiry": _("The notice is no longer in force on this day. Let the notice last longer first."),
    }
    return words[error.code]


def _rare_words(day: str) -> str:
    if day.endswith("-02-29"):
        return str(
            _("29 February comes only every four years. Choose 28 February or 1 March, or a window that comes once.")
        )
    return str(
        _("Not every month has this day. Choose a day up to the 28th, or “on the same weekday”: the fifth is the last.")
    )


def default_zone() -> str:
    """Return the clock that the form begins with."""
    own = languages.settings().time_zone
    return own if own in _ZONES else _ZONES[0]
