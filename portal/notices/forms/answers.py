"""What readers answer to a notice."""

import re

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from portal.notices.forms.options import options
from portal.notices.models import ReceiptKind
from portal.ui.forms import OnceForm


class ReadForm(OnceForm):
    """A form that knows which revision its page showed."""

    revision = HiddenField()
    """The number of that revision."""

    def read(self, current: int) -> int:
        """Return the number of the revision that was read; what a form can't have shown is the present one."""
        typed = self.revision.data or ""
        number = int(typed) if re.fullmatch("[0-9]{1,6}", typed) else current
        return number if 0 < number <= current else current


class AnswerForm(ReadForm):
    """One answer for the whole organisation."""

    answer = RadioField(
        _l("Please choose one"),
        choices=options(
            {
                ReceiptKind.DONE.value: _l("We have done everything"),
                ReceiptKind.IN_PROGRESS.value: _l("We have begun and are not done yet"),
                ReceiptKind.READ.value: _l("We have read it"),
                ReceiptKind.NEED_HELP.value: _l("We need help"),
                ReceiptKind.NOT_APPLICABLE.value: _l("It does not apply to us"),
            }
        ),
        validators=[InputRequired(_l("Choose one of the answers."))],
        validate_choice=True,
    )
