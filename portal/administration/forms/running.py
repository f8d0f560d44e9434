"""The forms of installations and releases."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.validators import InputRequired

from portal.administration.forms.fields import SetupForm, lines_field, text_field
from portal.ui.forms import clean


class InstallationForm(SetupForm):
    """What an organisation runs."""

    FIXED = ("organisation",)
    organisation = text_field(
        _l("Organisation"), 160, needed=_l("Enter the organisation’s customer number or its name.")
    )
    product = SelectField(
        _l("Product"),
        filters=[clean],
        validate_choice=False,
        validators=[InputRequired(_l("Choose the product."))],
    )
    version = text_field(_l("Version"), 60, hint=_l("Leave it empty if nobody knows it."))
    site = text_field(_l("Where"), 160, hint=_l("For example a building or a department."))
    modules = lines_field(_l("Modules"), hint=_l("One code a line."))


class ReleaseForm(SetupForm):
    """A version that customers can install."""

    product = SelectField(
        _l("Product"),
        filters=[clean],
        validate_choice=False,
        validators=[InputRequired(_l("Choose the product."))],
    )
    version = text_field(_l("Version"), 60, needed=_l("Enter the version, for example 5.6.2."))
    component = text_field(_l("Part"), 60, hint=_l("Only where a part of the product has versions of its own."))
    published_on = DateField(
        _l("Out since"), validators=[InputRequired(_l("Enter the day on which it came or comes out."))]
    )
