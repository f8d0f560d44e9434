"""What the desk writes into the phrasebook, and forms whose words it looks at before customers read them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from portal.core.i18n import LOCALES
from portal.phrasebook.queries import Finding, FindingKind, Phrasebook, replaced
from portal.phrasebook.services import Kept
from portal.ui.forms import PortalForm, clean

LONGEST_TERM = 60
LONGEST_SENTENCE = 300
_KEPT = 5000
_INSTEAD = "instead"
_STOPS = (FindingKind.JARGON, FindingKind.BARE_KEY)
"""What keeps words from being sent; the rest is a matter of taste."""


def _kept(text: str | None) -> str:
    return clean((text or "")[:_KEPT])


class PhraseForm(PortalForm):
    """A term, and what customers are told instead."""

    language = SelectField(
        _l("Language"), choices=[SelectChoice(code, name) for code, name in LOCALES.items()], default="zh_Hans"
    )
    term = StringField(
        _l("Engineers’ term"),
        filters=[_kept],
        validators=[
            DataRequired(_l("Enter the term.")),
            Length(max=LONGEST_TERM, message=_l("Please shorten this to 60 characters.")),
        ],
    )
    sentence = TextAreaField(
        _l("What customers are told instead"),
        filters=[_kept],
        validators=[
            DataRequired(_l("Enter the words for customers.")),
            Length(max=LONGEST_SENTENCE, message=_l("Please shorten this to 300 characters.")),
        ],
    )


def kept(term: str) -> str:
    """Say that an entry is in the phrasebook."""
    return str(_("“%(term)s” is in the phrasebook.", term=term))


def dropped(term: str) -> str:
    """Say that an entry is out of the phrasebook."""
    return str(_("“%(term)s” is out of the phrasebook.", term=term))


def put_aside(term: str) -> str:
    """Say that something isn't proposed as a term any more."""
    return str(_("“%(term)s” is put aside as no term. You can take that back below.", term=term))


def back(term: str) -> str:
    """Say that something may be proposed as a term again."""
    return str(_("“%(term)s” is proposed again, as long as it is often written.", term=term))


@dataclass(frozen=True, slots=True)
class Wording:
    """What the phrasebook found in words for a customer."""

    locale: str
    findings: Sequence[Finding]
    is_replaced: bool = False
    """Whether plain words have just been put in place of the agent's."""


class WordedForm(PortalForm):
    """Something that customers read; an engineer's term in it stays only with a reason."""

    READ_BY_CUSTOMERS: Sequence[str] = ()
    """The names of the fields that they read."""
    wording = HiddenField(filters=[_kept])
    """``instead`` where the phrasebook's words are to stand in place of the agent's."""
    kept_because = StringField(
        _l("Keep my words, because"),
        filters=[_kept],
        validators=[Length(max=LONGEST_SENTENCE, message=_l("Keep it under 300 characters."))],
    )

    @property
    def worded(self) -> list[Field]:
        """Return the fields that customers read."""
        return [self[name] for name in self.READ_BY_CUSTOMERS]

    def looked_at(self, book: Phrasebook) -> Wording:
        """Return what the phrasebook finds; plain words stand in the form already where the agent asked for them."""
        findings = self._found(book)
        if self.wording.data != _INSTEAD or not findings:
            return Wording(book.language, findings)
        for field in self.worded:
            field.data = _in_plain_words(field.data or "", book)
        self.wording.data = ""
        return Wording(book.language, self._found(book), is_replaced=True)

    def must_ask(self, wording: Wording) -> bool:
        """Whether the agent has something to read or to decide first; says so beside the fields."""
        is_asking = wording.is_replaced or bool(wording.findings and not self.kept_because.data)
        if is_asking:
            self.ask_for_plain_words()
        if wording.is_replaced and not wording.findings:
            # Nothing is missing but that somebody reads it: it is said beside what there is to read.
            self.kept_because.errors = []
            self.worded[0].errors = [_("Plain words are in their places now. Read it once more, then send it.")]
        return is_asking

    def ask_for_plain_words(self) -> None:
        """Say that customers could stumble over some of the words."""
        self.kept_because.errors = [_("Take the plain words, change yours, or write why they should stay.")]

    def kept_terms(self, wording: Wording) -> Kept:
        """Return the terms that are sent all the same, with the reason."""
        terms = {each.found: each.language or wording.locale for each in wording.findings}
        return Kept(terms, self.kept_because.data or "")

    def _found(self, book: Phrasebook) -> list[Finding]:
        return [each for field in self.worded for each in book.check(field.data or "") if each.kind in _STOPS]


def _in_plain_words(text: str, book: Phrasebook) -> str:
    found = [each for each in book.check(text) if each.kind in _STOPS and each.instead]
    for each in sorted(found, key=lambda one: one.start, reverse=True):
        text = replaced(text, each)
    return text
