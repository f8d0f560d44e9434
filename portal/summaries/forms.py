"""What is chosen about summaries."""

from wtforms import SelectField

from portal.summaries.models import Rhythm
from portal.ui.forms import PortalForm

NEVER = "never"


class PlanForm(PortalForm):
    """How often."""

    rhythm = SelectField(choices=[NEVER, *(each.value for each in Rhythm)])


class ReaderForm(PortalForm):
    """Whether by mail."""

    by_mail = SelectField(choices=["yes", "no"])
