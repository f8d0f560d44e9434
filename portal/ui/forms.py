"""What every form does: a form of ours, an idempotency key, text that a database can hold."""

import secrets
import unicodedata
from collections.abc import Iterator

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.fields import Field

_OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_KEPT_CONTROLS = {"\n", "\t"}


class PortalForm(FlaskForm):
    """A form that knows its problems in the order of its fields."""

    class Meta(FlaskForm.Meta):
        """Where a form's values come from."""

        def wrap_formdata(self, form: FlaskForm, formdata: object) -> object:
            """Take values from forms alone: the library would read a JSON body too, whatever its shape."""
            return super().wrap_formdata(form, None if request.is_json else formdata)

    def problems(self) -> Iterator[tuple[Field, str]]:
        """Yield each field with what to do about it, for the summary."""
        for each in self:
            for text in each.errors:
                yield each, str(text)


class OnceForm(PortalForm):
    """A form whose doing happens once, however often it is sent."""

    once = HiddenField(default=lambda: secrets.token_hex(16))


def clean(text: str | None) -> str:
    """Return text without what no database or page can hold: NUL, lone surrogates, other controls.

    Direction marks stay inside words, but overrides that could disguise a line are dropped.
    """
    if not text:
        return ""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in unified if each in _KEPT_CONTROLS or not _is_unwanted(each)).strip()


def _is_unwanted(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in _OVERRIDES
