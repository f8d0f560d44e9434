"""Who is on the phone, and what it is about."""

from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from portal.ui.forms import OnceForm


class CallerForm(OnceForm):
    """The contact who calls, and the questionnaire that is filled in for them."""

    contact = SelectField(_l("Who is on the phone?"), choices=[], validate_choice=False)
    questionnaire = SelectField(_l("What is it about?"), choices=[], validate_choice=False)

    @property
    def contact_id(self) -> UUID | None:
        """The contact who was chosen."""
        try:
            return UUID(str(self.contact.data))
        except ValueError:
            return None

    def ask_for_missing(self, *, has_contact: bool, has_questionnaire: bool) -> None:
        """Say what is still to be chosen."""
        if not has_contact:
            self.contact.errors = [_("Choose who is on the phone")]
        if not has_questionnaire:
            self.questionnaire.errors = [_("Choose what it is about")]
