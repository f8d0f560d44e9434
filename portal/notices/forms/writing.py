"""What agents write: a notice's facts, and its words in one language."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, FormField, HiddenField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields import Field, FieldList
from wtforms.validators import DataRequired, InputRequired, Length

from portal.core.i18n import LOCALES
from portal.notices.forms.options import options
from portal.notices.models import ActionNeeded, NoticeKind, NoticeScope
from portal.notices.models.words import DRAWN_KEYS
from portal.ui.forms import OnceForm, PortalForm, clean

_DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?")
_PARAGRAPH = 1200
_KEPT = 5000
_TOO_LONG = _l("Please shorten this. The first 5,000 characters are kept here.")
_TOO_MANY = _l("These are more than can be kept here. Please choose by region or tier.")


def read_day(text: str | None) -> date | None:
    """Read a day however it is written, 2026-04-30 or 2026年4月30日, full-width digits too."""
    match = _DAY.fullmatch(unicodedata.normalize("NFKC", text or "").strip())
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def lines_of(text: str | None) -> list[str]:
    """Return the lines of a text that say something."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _is_a_day(_form: Form, field: Field) -> None:
    if field.data and read_day(field.data) is None:
        raise ValidationError(_l("Write the day like 2026-04-30."))


def _kept(text: str | None) -> str:
    return clean((text or "")[:_KEPT])


def _line(label: str, most: int = 200) -> StringField:
    return StringField(label, filters=[_kept], validators=[Length(max=most, message=_TOO_LONG)])


def _paragraph(label: str, most: int = _PARAGRAPH) -> TextAreaField:
    return TextAreaField(label, filters=[_kept], validators=[Length(max=most, message=_TOO_LONG)])


def _names(label: str) -> TextAreaField:
    return TextAreaField(label, filters=[clean], validators=[Length(max=20_000, message=_TOO_MANY)])


class ProductForm(Form):
    """A product, and the versions that are affected or are not."""

    code = SelectField(_l("Product"), choices=options({"": ""}), validate_choice=False)
    range = StringField(
        _l("Versions, as you would write them"),
        filters=[_kept],
        validators=[
            Length(max=200, message=_l("Versions take at most 200 characters. Write the others in a row of their own."))
        ],
    )
    status = SelectField(
        _l("Affected?"),
        choices=options({"affected": _l("Affected"), "not_affected": _l("Not affected")}),
        validate_choice=False,
    )
    fixed_in = _line(_l("Improved from"), 60)


class FactsForm(OnceForm):
    """What a notice is, whom it is for and until when."""

    known_organisations: Mapping[str, UUID] = MappingProxyType({})
    """Those of the names typed below that exist; the view looks them up."""
    catalogue: dict[str, str]
    """The names of products and modules by code; the view looks them up."""
    version = HiddenField(default="0")
    kind = SelectField(
        _l("What is it?"),
        choices=options(
            {
                NoticeKind.ADVISORY.value: _l("Advisory: something to do or to know"),
                NoticeKind.KNOWN_ISSUE.value: _l("Known issue: a fault we are working on"),
                NoticeKind.INCIDENT.value: _l("Incident: something has stopped for many"),
                NoticeKind.MAINTENANCE.value: _l("Planned maintenance"),
            }
        ),
    )
    action = SelectField(
        _l("What do you ask of the readers?"),
        choices=options(
            {
                ActionNeeded.REQUIRED.value: _l("They must do something by a day"),
                ActionNeeded.CHECK.value: _l("They should check"),
                ActionNeeded.NONE.value: _l("Nothing, it is good to know"),
            }
        ),
    )
    scope = SelectField(
        _l("Who may read it?"),
        choices=options(
            {
                NoticeScope.PUBLIC.value: _l("Everyone, signed out too"),
                NoticeScope.CUSTOMERS.value: _l("All customers"),
                NoticeScope.TARGETED.value: _l("Only the customers named below, or with the products below"),
            }
        ),
    )
    source_language = SelectField(_l("Written first in"), choices=options(LOCALES))
    act_by = StringField(_l("To be done by"), filters=[_kept], validators=[_is_a_day])
    expires_on = StringField(
        _l("In force until"),
        filters=[_kept],
        validators=[DataRequired(_l("Enter the day after which nobody needs this notice.")), _is_a_day],
    )
    products = FieldList(FormField(ProductForm), min_entries=1, max_entries=60)
    regions = _line(_l("Only these regions"))
    tiers = _line(_l("Only these service tiers"))
    organisations = _names(_l("Only these organisations, one on each line"))
    without = _names(_l("Not these organisations, one on each line"))

    def named(self) -> list[str]:
        """Return every organisation that the form names."""
        return [*lines_of(self.organisations.data), *lines_of(self.without.data)]

    def validate_products(self, field: FieldList) -> None:
        """Ask which product versions belong to: a row without one would be gone after saving."""
        for row in field:
            code, rest = row.form.code, (row.form.range.data, row.form.fixed_in.data)
            if code.data and code.data not in self.catalogue:
                code.errors = [_("We don’t have this product any more. Choose another.")]
            elif any(rest) and not code.data:
                code.errors = [_("Choose the product that these versions belong to.")]
        if any(row.form.code.errors for row in field):
            raise ValidationError(_("Choose the products."))

    def validate_organisations(self, field: Field) -> None:
        """Refuse a name that no organisation has."""
        unknown = [name for name in lines_of(field.data) if name not in self.known_organisations]
        if unknown:
            raise ValidationError(_("We know no organisation called “%(name)s”.", name=unknown[0]))

    validate_without = validate_organisations

    def validate_act_by(self, field: Field) -> None:
        """Refuse a day to act by that comes after the notice is gone."""
        act_by, expires_on = read_day(field.data), read_day(self.expires_on.data)
        if act_by and expires_on and act_by > expires_on:
            raise ValidationError(_l("This day comes after the notice is no longer in force."))


class StepForm(Form):
    """One step: what to do, what one should see, what to do where one doesn't."""

    do = _paragraph(_l("What to do"), 400)
    see = _line(_l("You should see"), 300)
    if_not = _line(_l("If not"), 300)
    key = SelectField(
        _l("Draw this key on a keyboard"),
        choices=options({"": _l("No key"), **dict(zip(DRAWN_KEYS, DRAWN_KEYS, strict=True))}),
        validate_choice=False,
    )


class TextForm(PortalForm):
    """What a notice says in one language; prose may be Markdown."""

    version = HiddenField(default="0")
    title = _line(_l("Title"))
    what = _paragraph(_l("What happens"))
    who = _paragraph(_l("Who is affected"))
    do = _paragraph(_l("What to do"))
    checklist_title = _line(_l("Title of the checklist"))
    checklist = _paragraph(_l("Checklist, one thing on each line"), 4000)
    steps_title = _line(_l("Title of the steps"))
    steps = FieldList(FormField(StepForm), min_entries=1, max_entries=60)
    cause = _paragraph(_l("Why this happens"))
    prevention = _paragraph(_l("How to avoid it later"))
    links = _paragraph(_l("To read more: words, a space and an https address on each line"), 2000)
    change = _line(_l("What is new in this revision"), 300)

    def validate_links(self, field: Field) -> None:
        """Refuse a line whose last word is no web address."""
        for line in (field.data or "").splitlines():
            if line.strip() and not re.search(r"(?:^|\s)https://\S+$", line.strip()):
                raise ValidationError(_l("Each line ends in an address that begins with https://."))


class ReasonForm(OnceForm):
    """Why something is sent back or withdrawn."""

    reason = TextAreaField(
        _l("Reason"),
        filters=[_kept],
        validators=[DataRequired(_l("Write the reason in a sentence.")), Length(max=_PARAGRAPH, message=_TOO_LONG)],
    )


class RevisionForm(OnceForm):
    """How much the next revision changes."""

    weight = RadioField(
        _l("What will change?"),
        choices=options(
            {
                "material": _l("What readers must do, or whom it concerns: everyone is asked again"),
                "editorial": _l("Only the wording: answers stay"),
            }
        ),
        validators=[InputRequired(_l("Choose one of the two."))],
    )


class SupersedeForm(OnceForm):
    """The notice to read instead."""

    code = StringField(
        _l("Number of the newer notice"), filters=[_kept], validators=[DataRequired(_l("Enter its number."))]
    )
