"""The form of a report of a month."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields import Field
from wtforms.validators import InputRequired, ValidationError

from portal.core import clock
from portal.ui import languages
from portal.ui.forms import PortalForm, clean


class ReportForm(PortalForm):
    """Which month, and which product or organisation."""

    month = StringField(
        _l("Month"), filters=[clean], validators=[InputRequired(_l("Enter the month, for example 2026-04."))]
    )
    about = SelectField(_l("Product"), validate_choice=False)
    organisation = StringField(
        _l("Or an organisation"), filters=[clean], description=_l("Its customer number or its name.")
    )

    def validate_month(self, field: Field) -> None:
        """Take a month of this century that has begun."""
        day = self.day()
        if day is None:
            raise ValidationError(_("Enter the month, for example 2026-04."))
        if day > clock.now().astimezone(languages.portal_zone()).date():
            raise ValidationError(_("This month has not begun yet. Choose an earlier one."))

    def validate_about(self, field: Field) -> None:
        """Take what there is."""
        if field.data not in dict(self.about.choices) or not (field.data or self.organisation.data):
            raise ValidationError(_("Choose a product, or name an organisation."))

    def day(self) -> date | None:
        """Return the first day of the month; None where it can't be read."""
        try:
            day = date.fromisoformat(f"{(self.month.data or '')[:7]}-01")
        except ValueError:
            return None
        return day if 2000 <= day.year < 2100 else None

    def refuse(self) -> None:
        """Say that there is no such organisation."""
        self.organisation.errors = [_("We know no organisation by this number or name that you serve.")]


class ReaderForm(PortalForm):
    """Whether by mail."""

    by_mail = SelectField(choices=["yes", "no"])

    @property
    def wants(self) -> bool:
        """Whether the reports are to come by mail."""
        return bool(self.by_mail.data == "yes")


def mail_words(*, wants: bool) -> str:
    """Say whether reports come by mail from now on."""
    if wants:
        return str(_("You get this report by mail on the first of each month."))
    return str(_("You get no more mails with this report."))
