"""The form of a saved reply."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import DataRequired, Length, ValidationError

from portal.core.errors import DomainError
from portal.core.i18n import LOCALES
from portal.replies.queries import PLACES, Reply, unknown_places
from portal.ui.forms import PortalForm, clean

_LONGEST = 5000


def cut(text: str | None) -> str:
    """Return what was typed as a database can hold it, and not more than a page can show again."""
    return clean((text or "")[: _LONGEST * 2])


def _known_places(_form: PortalForm, field: Field) -> None:
    unknown = unknown_places(field.data or "")
    if unknown:
        known = ", ".join(f"{{{each}}}" for each in PLACES)
        raise ValidationError(
            _("{%(place)s} is not known here. These can be filled in: %(known)s", place=unknown[0], known=known)
        )


_IS_SHORT = Length(max=_LONGEST, message=_l("Keep it under 5,000 characters."))


class ReplyForm(PortalForm):
    """The name of a saved reply, and its words in three languages."""

    name = StringField(
        _l("Name, for colleagues"),
        filters=[cut],
        validators=[
            DataRequired(_l("Enter a name for it.")),
            Length(max=80, message=_l("Keep it under 80 characters.")),
        ],
    )
    zh_Hans = TextAreaField(_l("In Simplified Chinese"), filters=[cut], validators=[_known_places, _IS_SHORT])  # noqa: N815 (the name of a locale)
    zh_Hant = TextAreaField(_l("In Traditional Chinese"), filters=[cut], validators=[_known_places, _IS_SHORT])  # noqa: N815 (the name of a locale)
    en = TextAreaField(_l("In English"), filters=[cut], validators=[_known_places, _IS_SHORT])

    def show(self, reply: Reply) -> None:
        """Put a saved reply into the fields."""
        self.name.data = reply.name
        for locale in LOCALES:
            self[locale].data = reply.texts.get(locale, "")

    @property
    def texts(self) -> dict[str, str]:
        """The words by language, as far as they are written."""
        return {locale: str(self[locale].data) for locale in LOCALES if self[locale].data}

    def has_words(self) -> bool:
        """Whether it is written in any language; says so at the first field where it isn't."""
        if not self.texts:
            self.zh_Hans.errors = [_("Write it in at least one language.")]
        return bool(self.texts)

    def refuse(self, error: DomainError) -> None:
        """Say what is wrong with the name."""
        words = {
            "taken": _("Another saved reply has this name. Choose another one."),
            "too-many": _("There are 200 saved replies already. Remove one that nobody needs any more."),
            "not-there": _("A colleague has removed it meanwhile. Keep it as a new one."),
        }
        self.name.errors = [words[error.code]]
