"""When and for whom a series comes back every year."""

import re
import unicodedata
from collections.abc import Mapping
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields import Field
from wtforms.validators import DataRequired, Length

from portal.notices.forms.options import options
from portal.notices.forms.writing import lines_of
from portal.notices.models import NoticeSeries
from portal.notices.services.seasons import Timing
from portal.ui.forms import PortalForm, clean

_MONTH_DAY = re.compile(r"(\d{1,2})\D{1,3}(\d{1,2})\D?")
SHORTEST, LONGEST = 7, 180
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


def _month_day(label: str) -> StringField:
    return StringField(label, filters=[clean], validators=[DataRequired(_l("Enter month and day.")), _is_a_month_day])


class SeriesForm(PortalForm):
    """The days of a series in every year, its regions, and who answers for it."""

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
    is_active = BooleanField(_l("It comes back every year"))

    def validate_lead_days(self, field: Field) -> None:
        """Refuse what is no number of days, or leaves nobody the time to look at anything."""
        if read_days(field.data) not in range(SHORTEST, LONGEST + 1):
            raise ValidationError(_l("Enter a number between 7 and 180."))

    def fill(self, series: NoticeSeries) -> None:
        """Show what a series is now."""
        self.regions.data = "\n".join(series.regions)
        self.starts_on.data, self.act_by.data, self.ends_on.data = series.starts_on, series.act_by, series.ends_on
        self.lead_days.data, self.is_active.data = str(series.lead_days), series.is_active
        self.lead.data = str(series.lead_id or "")

    def timing(self, leads: Mapping[str, UUID]) -> Timing:
        """Return what was typed, once it has been checked."""
        return Timing(
            regions=lines_of(self.regions.data),
            starts_on=read_month_day(self.starts_on.data) or "",
            act_by=read_month_day(self.act_by.data) or "",
            ends_on=read_month_day(self.ends_on.data) or "",
            lead_days=read_days(self.lead_days.data) or SHORTEST,
            lead_id=leads.get(self.lead.data),
            is_active=self.is_active.data,
        )
