"""What is asked for before a CSAF file is taken in, and the words for what is wrong with one."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField

from portal.formats.services.schema import CsafError, Fault
from portal.ui.forms import OnceForm


class CsafForm(OnceForm):
    """A CSAF document, as a file or as text; what was looked at is what is taken in."""

    text = TextAreaField(_l("Or paste its text here"))
    name = HiddenField()


def refusal_of(error: CsafError) -> str:
    """Return why a file can't be taken in, as a sentence that says what to do."""
    sentences: dict[str, str] = {
        "too-large": _("This file is larger than 8 MB. Please leave out what is not needed."),
        "too-deep": _("This file nests its parts too deeply to be read. Please ask its publisher for another."),
        "not-json": _(
            "This is not JSON. Look at line %(line)s: something is missing or too much there.", line=error.line
        ),
        "not-csaf": _("This is not a whole CSAF 2.0 document yet. What is to be put right:"),
    }
    return sentences[error.code]


def fault_words(fault: Fault) -> str:
    """Return what is to be done about one place of a document."""
    wanted = fault.wanted
    sentences: dict[str, str] = {
        "missing": _("This is missing. Please add it."),
        "type": _("Something of another kind should stand here: %(wanted)s.", wanted=wanted),
        "choice": _("One of these should stand here: %(wanted)s.", wanted=wanted),
        "pattern": _("This is not written as the standard asks: %(wanted)s", wanted=wanted),
        "empty": _("This is empty. Please fill it in, or leave it out."),
        "twice": _("The same stands here twice."),
        "unknown": _("The standard knows no such part here."),
        "other": _("This is not as the standard asks."),
    }
    return sentences[fault.rule]
