"""The form of an organisation."""

from zoneinfo import available_timezones

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.administration.forms.fields import SetupForm, text_field
from portal.core.i18n import LOCALES

_ZONES = available_timezones()


class OrganisationForm(SetupForm):
    """What an organisation is called, where it is, and how it is served."""

    name = text_field(_l("Name of the organisation"), 160, needed=_l("Enter the name of the organisation."))
    code = text_field(
        _l("Customer number"), 60, hint=_l("As your contracts name it; lists find the organisation by it.")
    )
    tier = text_field(
        _l("Service level"),
        20,
        needed=_l("Enter the service level."),
        hint=_l("The key by which policies know it: standard, gold, or one of your own."),
    )
    region = text_field(_l("Region"), 40)
    time_zone = text_field(_l("Time zone"), 60, needed=_l("Enter the time zone, for example Asia/Shanghai."))
    locale = SelectField(_l("Language"), choices=[SelectChoice(*each) for each in LOCALES.items()])
    address = text_field(_l("Address"), 300)

    def validate_time_zone(self, field: Field) -> None:
        """Take zones that there are."""
        if field.data not in _ZONES:
            raise ValidationError(_("Enter the time zone, for example Asia/Shanghai."))
