"""What every form does: a form of ours, an idempotency key, text that a database can hold."""

import re
import secrets
from collections.abc import Iterator
from functools import cache

from babel.support import NullTranslations, Translations
from flask import g, request
from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.fields import Field
from wtforms.i18n import messages_path

from portal.ui import languages

_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Controls but for line breaks and tabs, lone surrogates, overrides of direction."""


@cache
def _library_words(locale: str) -> NullTranslations:
    """Return what the library of forms says itself, read once for each language."""
    return Translations.load(messages_path(), [locale], domain="wtforms")


class PortalForm(FlaskForm):
    """A form that knows its problems in the order of its fields."""

    class Meta(FlaskForm.Meta):
        """Where a form's values come from."""

        csrf = False
        """Every post is checked for its token before its view is called; no form need do it again."""

        def get_translations(self, form: FlaskForm) -> NullTranslations:
            """Speak the reader's language; the library would read its words anew for every request."""
            return _library_words(languages.current_locale())

        def wrap_formdata(self, form: FlaskForm, formdata: object) -> object:
            """Take values from forms alone: the library would read a JSON body too, whatever its shape."""
            return super().wrap_formdata(form, None if request.is_json else formdata)

    def problems(self) -> Iterator[tuple[Field, str]]:
        """Yield each field with what to do about it, for the summary."""
        for each in self:
            for text in each.errors:
                yield each, str(text)


def _new_key() -> str:
    """Return a key for a form, noted so that a page that is answered again gets new ones."""
    key = secrets.token_hex(16)
    g.setdefault("once_keys", []).append(key)
    return key


class OnceForm(PortalForm):
    """A form whose doing happens once, however often it is sent."""

    once = HiddenField(default=_new_key)


def clean(text: str | None) -> str:
    """Return text without what no database or page can hold: NUL, lone surrogates, other controls.

    Direction marks stay inside words, but overrides that could disguise a line are dropped.
    """
    if not text:
        return ""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWANTED.sub("", unified).strip()
