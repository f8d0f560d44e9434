"""What is sent to check and to publish a questionnaire, and the words for what stands in the way."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, TextAreaField

from portal.questionnaires.services import PublishError
from portal.ui.forms import PortalForm


class SourceForm(PortalForm):
    """A questionnaire on its way: a file, or its text as it stands on the page."""

    file = FileField(_l("Questionnaire file (YAML)"))
    name = HiddenField()
    """What the file is called."""
    source = TextAreaField(_l("The questionnaire"))


def refusal_words(error: PublishError) -> str:
    """Return why a questionnaire can't be published as it is, and what to do."""
    words = {
        "number-is-taken": lambda: _(
            "Version %(number)s is published with another text. Write `version: %(next)s` in the file.",
            number=error.parameters.get("number"),
            next=error.parameters.get("next"),
        ),
        "number-is-behind": lambda: _(
            "Version %(newest)s is published already, so nobody would get version %(number)s. "
            "Write `version: %(next)s` in the file.",
            newest=error.parameters.get("newest"),
            number=error.parameters.get("number"),
            next=error.parameters.get("next"),
        ),
        "number-is-too-large": lambda: _("Write a smaller `version:` in the file."),
        "key-is-too-long": lambda: _("Write a shorter `id:` in the file, of 60 characters at most."),
        "reserved-page": lambda: _(
            "The portal needs the address `%(page)s` for itself. Give the page another id.",
            page=error.parameters.get("page"),
        ),
    }
    return str(words[error.code]())
