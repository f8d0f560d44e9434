"""When and for whom a series comes back every year."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields import Field
from wtforms.validators import DataRequired, Length

from portal.core.i18n import LOCALES
from portal.notices.forms.options import options
from portal.notices.forms.writing import lines_of
from portal.notices.models import AudienceKind, NoticeSeries
from portal.notices.queries import Workbench
from portal.notices.queries.seasons import following, on_day
from portal.notices.services.series import SeriesError, Timing
from portal.ui.forms import OnceForm, clean

_MONTH_DAY = re.compile(r"(\d{1,2})\D{1,3}(\d{1,2})\D?")
SHORTEST, LONGEST, USUAL_LEAD = 7, 180, 45
"""Days for review before a series starts."""
_LEAP_YEAR = 2024
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def read_month_day(text: str | None) -> str | None:
    """Read a day of every year however it is written, 04-01 or 4 月 1 日."""
    match = _MONTH_DAY.fullmatch(unicodedata.normalize("NFKC", text or "").strip())
    if match is None:
        return None
    month, day = int(match[1]), int(match[2])
    return f"{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= _LONGEST_MONTHS[month - 1] else None


def read_days(text: str | None) -> int | None:
    """Read a number of days, in full-width digits too."""
    plain = unicodedata.normalize("NFKC", text or "").strip()
    return int(plain) if re.fullmatch(r"\d{1,4}", plain) else None


def _is_a_month_day(_form: Form, field: Field) -> None:
    if read_month_day(field.data) is None:
        raise ValidationError(_l("Write month and day like 04-01."))


def _name(label: str) -> StringField:
    return StringField(
        label, filters=[clean], validators=[Length(max=120, message=_l("Keep the name to 120 characters."))]
    )


def _month_day(label: str) -> StringField:
    return StringField(label, filters=[clean], validators=[DataRequired(_l("Enter month and day.")), _is_a_month_day])


class SeriesForm(OnceForm):
    """What a series is called, its days in every year, its regions, and who answers for it."""

    name_zh_Hans = _name(_l("Name in Simplified Chinese"))  # noqa: N815 (the locale's own name)
    name_zh_Hant = _name(_l("Name in Traditional Chinese"))  # noqa: N815 (the locale's own name)
    name_en = _name(_l("Name in English"))
    regions = TextAreaField(
        _l("Regions, one on each line, as they stand with the organisations"),
        filters=[clean],
        validators=[Length(max=2000, message=_l("Please shorten this."))],
    )
    starts_on = _month_day(_l("Readers should have it on"))
    act_by = _month_day(_l("To be done by"))
    ends_on = _month_day(_l("In force until"))
    lead_days = StringField(_l("Days for review before that"), filters=[clean])
    lead = SelectField(_l("Who is alarmed while nobody approves"), choices=options({"": _l("The admins")}))
    is_active = BooleanField(_l("It comes back every year"), default=True)

    def validate_name_zh_Hans(self, field: Field) -> None:  # noqa: N802 (the field's name is the locale's own)
        """Ask for a name in one language at least."""
        if not any(self.names.values()):
            raise ValidationError(_l("Enter the name in one language at least."))

    def validate_lead_days(self, field: Field) -> None:
        """Refuse what is no number of days, or leaves nobody the time to look at anything."""
        if read_days(field.data) not in range(SHORTEST, LONGEST + 1):
            raise ValidationError(_l("Enter a number between 7 and 180."))

    def validate_act_by(self, field: Field) -> None:
        """Refuse a day to act by that comes after the notice is gone."""
        days = [read_month_day(each.data) for each in (self.starts_on, field, self.ends_on)]
        if all(days):
            begins = on_day(_LEAP_YEAR, str(days[0]))
            act_by, ends_on = (following(str(each), begins) for each in days[1:])
            if act_by > ends_on:
                raise ValidationError(_l("This day comes after the notice is no longer in force."))

    @property
    def names(self) -> dict[str, str]:
        """What was typed as names, by language."""
        return {each: self[f"name_{each}"].data or "" for each in LOCALES}

    def fill(self, series: NoticeSeries) -> None:
        """Show what a series is now."""
        self._fill_names(series.names)
        self.regions.data = "\n".join(series.regions)
        self.starts_on.data, self.act_by.data, self.ends_on.data = series.starts_on, series.act_by, series.ends_on
        self.lead_days.data, self.is_active.data = str(series.lead_days), series.is_active
        self.lead.data = str(series.lead_id or "")

    def _fill_names(self, names: Mapping[str, str]) -> None:
        for locale, name in names.items():
            self[f"name_{locale}"].data = name

    def timing(self, leads: Mapping[str, UUID]) -> Timing:
        """Return what was typed, once it has been checked."""
        names = self.names
        first = next(name for name in names.values() if name)
        return Timing(
            names={locale: name or first for locale, name in names.items()},
            regions=lines_of(self.regions.data),
            starts_on=read_month_day(self.starts_on.data) or "",
            act_by=read_month_day(self.act_by.data) or "",
            ends_on=read_month_day(self.ends_on.data) or "",
            lead_days=read_days(self.lead_days.data) or SHORTEST,
            lead_id=leads.get(self.lead.data),
            is_active=self.is_active.data,
        )


class NewSeriesForm(SeriesForm):
    """A series that there isn't yet, and the notice whose words it begins with."""

    begins_with = StringField(
        _l("Number of a notice to begin with"),
        filters=[clean],
        validators=[Length(max=30, message=_l("Please shorten this."))],
    )

    def begin_with(self, bench: Workbench, published_on: date) -> None:
        """Offer a series with the names, the regions and the days of a notice that has been out."""
        revision = bench.revision
        self.begins_with.data = bench.notice.code
        self._fill_names({language: text.title for language, text in bench.texts.items()})
        self.regions.data = "\n".join(revision.audience.get(AudienceKind.REGION, ()))
        days = ((self.starts_on, published_on), (self.act_by, revision.act_by), (self.ends_on, revision.expires_on))
        for field, day in days:
            field.data = f"{day:%m-%d}" if day else ""

    def refuse(self, error: SeriesError) -> None:
        """Say beside the field why a notice can't be begun with."""
        words = {
            "not-out": _("There is no notice with this number that has been out."),
            "taken": _("This notice belongs to another series already."),
        }
        self.begins_with.errors = [words[error.code]]
