"""Days and numbers: what can't be read as one stands in the page again as it was typed."""

from flask_babel import gettext as _
from wtforms import DateField, IntegerField

from portal.ui.forms import clean

_LONGEST = 200


class DayField(DateField):
    """A day; what isn't one is asked for in plain words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was chosen."""
        self.raw_data = _as_typed(valuelist)
        try:
            super().process_formdata(self.raw_data)
        except ValueError as error:
            raise ValueError(_("Choose a day.")) from error


class NumberField(IntegerField):
    """A whole number; what isn't one is asked for in plain words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        self.raw_data = _as_typed(valuelist)
        try:
            super().process_formdata(self.raw_data)
        except ValueError as error:
            raise ValueError(_("Write a number.")) from error


def _as_typed(values: list[str]) -> list[str]:
    """Return what was sent as a page can show it again."""
    return [clean(each[:_LONGEST]) for each in values]
