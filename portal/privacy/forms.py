"""What is filled in about a person's data."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import InputRequired

from portal.ui.forms import PortalForm


class EraseForm(PortalForm):
    """That it is certain."""

    sure = BooleanField(
        _l("Yes, erase this person for good"),
        validators=[InputRequired(_l("Tick the box if you are certain; it can’t be undone."))],
    )
