"""What the forms of setting up have in common."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import InputRequired, Length, ValidationError

from portal.administration.services import SetupError
from portal.ui.forms import OnceForm, clean


def text_field(label: Any, most: int, *, needed: Any = "", hint: Any = "") -> StringField:
    """Return a field for one line of text; ``needed`` says what to do about an empty one."""
    return StringField(label, filters=[clean], description=hint, validators=_validators(most, needed))


def lines_field(label: Any, *, hint: Any = "") -> TextAreaField:
    """Return a field for several names, one a line."""
    return TextAreaField(label, filters=[clean], description=hint, validators=_validators(20_000, ""))


def _validators(most: int, needed: Any) -> list[Any]:
    words = _l("Keep it under %(most)d characters.", most=most)
    return [*([InputRequired(needed), _not_blank(needed)] if needed else []), Length(max=most, message=words)]


def _not_blank(words: Any) -> Any:
    def check(_form: Any, field: Field) -> None:
        if not field.data:
            raise ValidationError(words)

    return check


class SetupForm(OnceForm):
    """A form of one thing that is set up; what it is told apart by can't be changed afterwards."""

    FIXED: tuple[str, ...] = ()
    seen = HiddenField()
    """What stood there when the form was shown, in short."""

    def shown(self, *, is_new: bool) -> Iterator[Field]:
        """Yield the fields that can be filled in."""
        for field in self:
            if field.name not in ("once", "seen") and (is_new or field.name not in self.FIXED):
                yield field

    def values(self, fixed: dict[str, Any]) -> dict[str, Any]:
        """Return what was filled in, with what can't be changed."""
        return {**{field.name: field.data for field in self.shown(is_new=True)}, **fixed}

    def keep(self, known: dict[str, Any]) -> dict[str, Any]:
        """Take what can't be changed from what is there, and return it."""
        fixed = {name: known[name] for name in self.FIXED}
        for name, value in fixed.items():
            self[name].data = value
            self[name].validators = ()
        return fixed

    def differing(self, there: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Return what stands there now where something else was typed, by the names of the fields."""
        return [
            (str(field.label.text), self._said(field, there[field.name]))
            for field in self.shown(is_new=False)
            if field.name in there and field.data != there[field.name]
        ]

    def _said(self, field: Field, value: Any) -> str:
        """Return a value as the reader would choose it."""
        offered = {each[0]: str(each[1]) for each in getattr(field, "choices", None) or ()}
        values = value if isinstance(value, list) else [value]
        return ", ".join(offered.get(each, str(each)) for each in values if each) or "–"

    def refuse(self, error: SetupError) -> None:
        """Say beside a field what the rules refused."""
        field = self[error.field] if error.field in self else next(iter(self.shown(is_new=True)))
        field.errors = [_refusal(error)]


def _refusal(error: SetupError) -> str:
    name = error.parameters.get("name", "")
    return str(
        {
            "taken": _("Another one has this already. Choose a different one."),
            "unknown-organisation": _("We know no open organisation by this number or name. %(name)s", name=name),
            "unknown-product": _("We know no product by this code. %(name)s", name=name),
            "unknown-module": _("We know no module by this code. %(name)s", name=name),
            "no-way-in": _("Enter an e-mail address, a phone number or a user name, so that they can sign in."),
            "last-manager": _(
                "Somebody has to manage people and installations. Let a colleague manage first, then change this."
            ),
            "last-admin": _("Somebody has to set the portal up. Let a colleague do so first, then change this."),
            "closed-organisation": _("Their organisation is closed. Open it again first."),
            "changed-meanwhile": _(
                "Somebody has changed this meanwhile. What stands there now is listed below; yours is kept in the "
                "fields. Save once more if yours is right."
            ),
            "yourself": _("This is you. Ask another admin to do it, so that nobody locks themselves out."),
            "gone": _("This is not there any more. Go back to the list."),
        }[error.code]
    ).strip()
