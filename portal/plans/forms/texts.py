"""Texts that customers read, in the languages in which they read them."""

from collections.abc import Mapping
from dataclasses import replace

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.fields import Field
from wtforms.validators import DataRequired, Length

from portal.core.i18n import LOCALES, catalogue
from portal.phrasebook.forms import WordedForm, Wording
from portal.phrasebook.queries import Phrasebook
from portal.plans.forms.words import LONGEST, cut
from portal.ui.forms import OnceForm, PortalForm
from portal.ui.pages import N_

_LONG = Length(max=LONGEST, message=_l("Keep it under 20,000 characters."))
_HOLDING = N_(
    "We have started our emergency plan: people are called together at this moment. "
    "We write to you again within the time that you see below."
)

_REASON = N_("Our emergency plan was started for it.")


def paragraph(label: str, missing: str) -> TextAreaField:
    """Return a field for a text that can't be left out."""
    return TextAreaField(label, filters=[cut], validators=[DataRequired(missing), _LONG])


def problems_of(*forms: PortalForm) -> list[tuple[str, str]]:
    """Return what is to be done about forms, each with the field it leads to."""
    return [(str(field.id), text) for form in forms for field, text in form.problems()]


def holding_words(locale: str) -> str:
    """Return what we propose that customers read at once, in a language."""
    return catalogue(locale).gettext(_HOLDING)


def reasons() -> dict[str, str]:
    """Return why a ticket goes before others once its plan is started, in the words of each language."""
    return {each: catalogue(each).gettext(_REASON) for each in LOCALES}


def are_holding_words(text: str) -> bool:
    """Whether somebody has left what we proposed as it was, in whichever language."""
    return text in {holding_words(each) for each in LOCALES}


class TextsForm(WordedForm, OnceForm):
    """A text for customers while every minute counts, and what is said instead to those who read another language."""

    READ_BY_CUSTOMERS = ("words", *(f"words_{each}" for each in LOCALES))
    words_zh_Hans = TextAreaField(_l("Update in Simplified Chinese"), filters=[cut], validators=[_LONG])  # noqa: N815 (named for its language)
    words_zh_Hant = TextAreaField(_l("Update in Traditional Chinese"), filters=[cut], validators=[_LONG])  # noqa: N815 (named for its language)
    words_en = TextAreaField(_l("Update in English"), filters=[cut], validators=[_LONG])

    def looked_at(self, book: Phrasebook) -> Wording:
        """Return what the phrasebook finds; plain words that were asked for are sent without being read once more."""
        return replace(super().looked_at(book), is_replaced=False)

    @property
    def others(self) -> list[Field]:
        """The fields for those who read another language."""
        return [self[f"words_{each}"] for each in LOCALES]

    @property
    def in_other(self) -> Mapping[str, str]:
        """What was written for those who read another language, by language."""
        written = {each: self[f"words_{each}"].data for each in LOCALES}
        return {each: text for each, text in written.items() if text}
