"""What agents choose on a notice's way out: who looks at it, and when it goes."""

import re
import unicodedata
from datetime import datetime, time
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectField, StringField, ValidationError
from wtforms.fields import Field
from wtforms.validators import DataRequired

from portal.notices.forms.options import options
from portal.notices.forms.writing import read_day
from portal.ui.forms import PortalForm, clean

_TIME = re.compile(r"([01]?\d|2[0-3])\s*[:.点點時时]\s*([0-5]\d)?\s*分?")


def read_time(text: str | None) -> time | None:
    """Read a time of day however it is written, 8:30 or 8 点 30 分, full-width digits too."""
    match = _TIME.fullmatch(unicodedata.normalize("NFKC", text or "").strip())
    return time(int(match[1]), int(match[2] or 0)) if match else None


def _is_a_day(_form: Form, field: Field) -> None:
    if read_day(field.data) is None:
        raise ValidationError(_l("Write the day like 2026-04-30."))


def _is_a_time(_form: Form, field: Field) -> None:
    if read_time(field.data) is None:
        raise ValidationError(_l("Write the time like 08:30."))


class ReviewerForm(PortalForm):
    """Who looks at a notice before it goes out."""

    reviewer = SelectField(
        _l("Who looks at it?"),
        choices=options({"": _l("Choose a colleague")}),
        validators=[DataRequired(_l("Choose the colleague who looks at it before it goes out."))],
        validate_choice=False,
    )

    def validate_reviewer(self, field: Field) -> None:
        """Refuse somebody who isn't offered: who wrote a part of it, or has left."""
        if field.data not in {str(each.value) for each in field.choices}:
            raise ValidationError(_l("Choose the colleague who looks at it before it goes out."))


class ScheduleForm(PortalForm):
    """When a notice goes out by itself."""

    day = StringField(_l("Day"), filters=[clean], validators=[DataRequired(_l("Enter the day.")), _is_a_day])
    time = StringField(_l("Time"), filters=[clean], validators=[DataRequired(_l("Enter the time.")), _is_a_time])

    def moment(self, zone: ZoneInfo) -> datetime:
        """Return what was typed as a moment, once both are there."""
        on, at = read_day(self.day.data), read_time(self.time.data)
        assert on is not None  # noqa: S101 (the form has just been checked)
        assert at is not None  # noqa: S101
        return datetime.combine(on, at, zone)
