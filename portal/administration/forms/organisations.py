"""The form of an organisation."""

from collections.abc import Sequence
from zoneinfo import available_timezones

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.administration.forms.fields import SetupForm, text_field
from portal.administration.services.taking.cells import narrow
from portal.core.i18n import LOCALES
from portal.ui.forms import clean

_ZONES = available_timezones()


class OrganisationForm(SetupForm):
    """What an organisation is called, where it is, and how it is served."""

    name = text_field(_l("Name of the organisation"), 160, needed=_l("Enter the name of the organisation."))
    code = text_field(
        _l("Customer number"), 60, hint=_l("As your contracts name it; lists find the organisation by it.")
    )
    code.kwargs["filters"].append(narrow)
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
    service_manager = SelectField(
        _l("Service manager"),
        filters=[clean],
        validate_choice=False,
        description=_l("Looks after them, and hears of promises that are late."),
    )
    named_agent = SelectField(
        _l("Named engineer"),
        filters=[clean],
        validate_choice=False,
        description=_l("Gets their new tickets first, where tickets are given out by rule."),
    )

    def validate_time_zone(self, field: Field) -> None:
        """Take zones that there are."""
        if field.data not in _ZONES:
            raise ValidationError(_("Enter the time zone, for example Asia/Shanghai."))

    def offer(self, agents: Sequence[tuple[str, str]]) -> None:
        """Let the agents that there are be chosen, or nobody."""
        for field in (self.service_manager, self.named_agent):
            field.choices = [SelectChoice("", _("Nobody")), *(SelectChoice(*each) for each in agents)]

    def validate_service_manager(self, field: Field) -> None:
        """Take agents that there are."""
        if field.data and field.data not in {each.value for each in field.choices}:
            raise ValidationError(_("Choose somebody from the list."))

    validate_named_agent = validate_service_manager
