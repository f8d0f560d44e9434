"""The forms of products, modules and fault types."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields import Field
from wtforms.validators import Regexp, ValidationError

from portal.administration.forms.fields import SetupForm, text_field

_CODE_WORDS = _l("Use small letters, digits and hyphens, for example lab-orders.")


def _code() -> Field:
    field = text_field(_l("Code"), 60, needed=_CODE_WORDS, hint=_l("It stays: questionnaires and lists name it."))
    field.kwargs["validators"].append(Regexp(r"[a-z0-9][a-z0-9_-]*$", message=_CODE_WORDS))
    return field


class ProductForm(SetupForm):
    """What a product is called."""

    FIXED: tuple[str, ...] = ("code",)
    code = _code()
    name_en = text_field(_l("Name in English"), 120, needed=_l("Enter the name in English."))
    name_zh_Hans = text_field(_l("Name in Simplified Chinese"), 120)  # noqa: N815 (the locale's own name)
    name_zh_Hant = text_field(_l("Name in Traditional Chinese"), 120)  # noqa: N815 (the locale's own name)


class ModuleForm(ProductForm):
    """A module, and the product that it belongs to."""

    FIXED = ("above", "code")
    above = SelectField(_l("Product"), validate_choice=False)

    def validate_above(self, field: Field) -> None:
        """Take what there is."""
        if field.data not in dict(self.above.choices):
            raise ValidationError(_("Choose what it belongs to."))


class FaultTypeForm(ModuleForm):
    """A way in which a module goes wrong."""

    above = SelectField(_l("Module"), validate_choice=False)
