"""The phrasebook's word before something is sent: plain words are offered, and a term stays only with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.core import web
from portal.desk import queries
from portal.desk.forms import WordedForm
from portal.desk.services import Kept
from portal.phrasebook.queries import Finding, FindingKind, Phrasebook, phrasebook, replaced
from portal.ui import languages

INSTEAD = "instead"
_STOPS = (FindingKind.JARGON, FindingKind.BARE_KEY)
"""What keeps words from being sent; the rest is a matter of taste."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What the phrasebook found in words for a customer."""

    locale: str
    findings: Sequence[Finding]
    is_replaced: bool = False
    """Whether plain words have just been put in place of the agent's."""


def wording_of(reference: str, form: WordedForm) -> Wording:
    """Return what the phrasebook finds; plain words stand in the form already where the agent asked for them."""
    locale = queries.language_of_reader(web.reading(), reference) or languages.current_locale()
    book = phrasebook(web.reading(), locale)
    findings = _found(form, book)
    if form.wording.data != INSTEAD or not findings:
        return Wording(locale, findings)
    for field in form.worded:
        field.data = _in_plain_words(field.data or "", book)
    form.wording.data = ""
    return Wording(locale, _found(form, book), is_replaced=True)


def must_ask(wording: Wording, form: WordedForm) -> bool:
    """Whether the agent has something to read or to decide first; says so beside the form."""
    is_asking = wording.is_replaced or bool(wording.findings and not form.kept_because.data)
    if is_asking:
        form.ask_for_plain_words()
    return is_asking


def kept_in(wording: Wording, form: WordedForm) -> Kept:
    """Return the terms that are sent all the same, with the reason."""
    return Kept([each.found for each in wording.findings], wording.locale, form.kept_because.data or "")


def _found(form: WordedForm, book: Phrasebook) -> list[Finding]:
    return [each for field in form.worded for each in book.check(field.data or "") if each.kind in _STOPS]


def _in_plain_words(text: str, book: Phrasebook) -> str:
    found = [each for each in book.check(text) if each.kind in _STOPS and each.instead]
    for each in sorted(found, key=lambda one: one.start, reverse=True):
        text = replaced(text, each)
    return text
