"""The forms of contacts and agents."""

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email

from portal.administration.forms.fields import SetupForm, lines_field, text_field
from portal.core.actor import Role, SeeScope
from portal.core.i18n import LOCALES


def _language() -> SelectField:
    return SelectField(
        _l("Language"),
        choices=[SelectChoice("", _l("As the organisation’s")), *(SelectChoice(*each) for each in LOCALES.items())],
        default="",
    )


class PersonForm(SetupForm):
    """Somebody who signs in."""

    name = text_field(_l("Name"), 120, needed=_l("Enter the name."))
    email = text_field(_l("E-mail"), 254)
    phone = text_field(_l("Phone"), 32)
    user_name = text_field(_l("User name"), 64, hint=_l("For people who share a desk and have no e-mail."))
    locale = _language()

    def validate_email(self, field: Field) -> None:
        """Take what looks like an address, or none."""
        if field.data:
            Email(_l("Enter an e-mail address like name@hospital.example."))(self, field)


class ContactForm(PersonForm):
    """Somebody at an organisation."""

    FIXED = ("organisation",)
    organisation = text_field(
        _l("Organisation"), 160, needed=_l("Enter the organisation’s customer number or its name.")
    )
    position = text_field(_l("Position"), 120)
    role = SelectField(
        _l("What may they do?"),
        choices=[
            SelectChoice(Role.CONTACT.value, _l("Report problems and follow them")),
            SelectChoice(Role.MANAGER.value, _l("Also manage people and installations")),
        ],
    )
    see_scope = SelectField(
        _l("Which problems do they see?"),
        choices=[
            SelectChoice(SeeScope.OWN.value, _l("Their own, and what is shared with them")),
            SelectChoice(SeeScope.ORGANISATION.value, _l("All problems of the organisation")),
        ],
    )


class AgentForm(PersonForm):
    """Somebody in support."""

    role = SelectField(
        _l("What may they do?"),
        choices=[
            SelectChoice(Role.AGENT.value, _l("Help customers")),
            SelectChoice(Role.ADMIN.value, _l("Also set the portal up")),
        ],
    )
    teams = SelectMultipleField(_l("Teams"), choices=[], validate_choice=False)
    products = lines_field(_l("Only these products"), hint=_l("One code a line. Empty: all products."))
    organisations = lines_field(
        _l("Only these organisations"), hint=_l("One customer number or name a line. Empty: all organisations.")
    )

    def values(self, fixed: dict[str, Any]) -> dict[str, Any]:
        """Return what was filled in; of the teams those that there are."""
        offered = {value for value, _name in self.teams.choices}
        chosen = [UUID(each) for each in dict.fromkeys(self.teams.data or ()) if each in offered]
        return {**super().values(fixed), "teams": chosen}
