"""What is filled in to connect a group."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from portal.chat.models import ChatService
from portal.core.i18n import LOCALES
from portal.ui.forms import PortalForm, clean

_TOO_LONG = _l("Please check this: it is much longer than any address or key that we know.")


class GroupForm(PortalForm):
    """A group's robot."""

    service = SelectField(_l("Where the group is"), choices=[each.value for each in ChatService])
    address = StringField(
        _l("Address of the group’s robot"),
        filters=[clean],
        validators=[
            InputRequired(_l("Copy the robot’s address from the group’s settings.")),
            Length(max=500, message=_TOO_LONG),
        ],
    )
    secret = StringField(
        _l("Signing key, if the robot has one"), filters=[clean], validators=[Length(max=200, message=_TOO_LONG)]
    )
    language = SelectField(_l("Language of the messages"), choices=list(LOCALES))
