"""A calendar's week, a day of its own, and a file with days."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField, SelectField, StringField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from portal.agreements.forms.fields import DayField
from portal.agreements.forms.hours import read_hours, write_hours
from portal.agreements.models import DayKind
from portal.agreements.queries import CalendarVersion
from portal.agreements.services import CalendarDraft
from portal.agreements.services.importing import MOST_BYTES
from portal.agreements.terms import OtherDay
from portal.core.calendar import CalendarError, Interval
from portal.core.errors import StaleError
from portal.ui.forms import PortalForm, clean

_LONGEST = 200
_WEEK = range(7)


def _cleaned(text: str | None) -> str:
    return clean(text)


def _readable(_form: PortalForm, field: Field) -> None:
    try:
        read_hours(field.data or "")
    except ValueError as error:
        raise ValidationError(_l("Write hours like 09:00-12:00, 13:00-18:00; leave it empty for a day off.")) from error


def _hours(label: str) -> StringField:
    return StringField(label, filters=[_cleaned], validators=[Length(max=_LONGEST), _readable])


class _VersionedForm(PortalForm):
    """A form that knows which version it was made of."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that the page showed; one that can't be is older than all."""
        given = self.version.data or ""
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1


class CalendarForm(_VersionedForm):
    """The hours of each weekday, and the zone."""

    zone = StringField(
        _l("Time zone"), filters=[_cleaned], validators=[DataRequired(_l("Write a zone, such as Asia/Shanghai."))]
    )
    day_0 = _hours(_l("Monday"))
    day_1 = _hours(_l("Tuesday"))
    day_2 = _hours(_l("Wednesday"))
    day_3 = _hours(_l("Thursday"))
    day_4 = _hours(_l("Friday"))
    day_5 = _hours(_l("Saturday"))
    day_6 = _hours(_l("Sunday"))

    @property
    def days(self) -> list[Field]:
        """The seven fields, Monday first."""
        return [self[f"day_{number}"] for number in _WEEK]

    def show(self, found: CalendarVersion) -> None:
        """Fill in what applies now."""
        self.version.data, self.zone.data = str(found.calendar.version), found.calendar.zone.key
        for number, field in enumerate(self.days):
            field.data = write_hours(found.calendar.weekly.get(number, ()))

    def draft(self, found: CalendarVersion) -> CalendarDraft:
        """Return the next version: this week, with the days that differ as they are."""
        weekly = {number: read_hours(field.data or "") for number, field in enumerate(self.days)}
        return CalendarDraft(found.calendar.name, self.zone.data, weekly, found.other_days)

    def refuse(self, error: CalendarError | StaleError) -> None:
        """Say what a rule of calendars refused, and what to do instead."""
        field = self.zone if error.code == "zone-unknown" else self.day_0
        field.errors = [words_for(error)]


class DayForm(_VersionedForm):
    """A day with hours of its own."""

    day = DayField(_l("Day"), validators=[DataRequired(_l("Choose a day."))])
    kind = SelectField(
        _l("On this day"),
        choices=[
            SelectChoice(DayKind.OFF.value, _l("nobody works")),
            SelectChoice(DayKind.ON.value, _l("people work, although its weekday is off")),
            SelectChoice(DayKind.SHORT.value, _l("people work other hours")),
        ],
    )
    hours = StringField(
        _l("Hours, where people work"), filters=[_cleaned], validators=[Length(max=_LONGEST), _readable]
    )
    label = StringField(_l("What day it is"), filters=[_cleaned], validators=[Length(max=120)])

    def validate_hours(self, field: Field) -> None:
        """Ask for hours where people work."""
        if self.kind.data != DayKind.OFF and not (field.data or "").strip():
            raise ValidationError(_("Write the hours of this day, like 09:00-12:00."))

    @property
    def other_day(self) -> OtherDay:
        """The day as a calendar keeps it."""
        kind = DayKind(self.kind.data)
        hours: tuple[Interval, ...] = () if kind is DayKind.OFF else read_hours(self.hours.data or "")
        return OtherDay(self.day.data, kind, hours, self.label.data or "")

    def refuse(self, error: CalendarError | StaleError) -> None:
        """Say what a rule of calendars refused, and what to do instead."""
        self.day.errors = [words_for(error)]


class FeedForm(PortalForm):
    """An .ics file to look at."""

    file = FileField(_l("Calendar file (.ics)"))

    def refuse(self, code: str) -> None:
        """Say why a file can't be used, and what to do instead."""
        self.file.errors = [dict(_feed_words())[code]]


def _feed_words() -> Iterator[tuple[str, str]]:
    size = MOST_BYTES // 1024
    yield "missing", str(_("Choose a file."))
    yield (
        "too-large",
        str(_("A file of up to %(size)d KB is enough for many years. Export only the holidays.", size=size)),
    )
    yield "too-many-days", str(_("This file names more days than a calendar can have. Export fewer years."))
    yield "not-a-calendar", str(_("This is not a calendar that can be read. Export it again as .ics."))
    yield "nothing-in-it", str(_("There is no whole day in this file."))


def words_for(error: CalendarError | StaleError) -> str:
    """Say what a rule of calendars refused, and what to do instead."""
    words = {
        "changed-meanwhile": _("Somebody has changed this calendar while you were writing. Look at it and save again."),
        "calendar-is-empty": _("In this week nobody ever works. Write hours for one day at least."),
        "zone-unknown": _("This zone is not known. Write one such as Asia/Shanghai."),
        "calendar-stays-shut": _("With this, nobody works for years. Take some days off out."),
        "too-many-days": _("A calendar can have 2,000 days of its own. Take earlier ones out first."),
        "day-twice": _("This day is there already. Take it out first."),
    }
    return str(words[error.code])
