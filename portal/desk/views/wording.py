"""The phrasebook's word before something is sent: plain words are offered, and a term stays only with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.core import web
from portal.desk import queries
from portal.desk.forms import UpdateForm
from portal.phrasebook.queries import Finding, FindingKind, check, replaced
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


def wording_of(reference: str, form: UpdateForm) -> Wording:
    """Return what the phrasebook finds; plain words stand in the form already where the agent asked for them."""
    locale = queries.language_of_reader(web.reading(), reference) or languages.current_locale()
    findings = _found(form.body.data or "", locale)
    if form.wording.data != INSTEAD or not findings:
        return Wording(locale, findings)
    for each in sorted(findings, key=lambda one: one.start, reverse=True):
        if each.instead:
            form.body.data = replaced(form.body.data, each)
    form.wording.data = ""
    return Wording(locale, _found(form.body.data, locale), is_replaced=True)


def findings_in(reference: str, body: str) -> list[Finding]:
    """Return over which words the contact of a ticket could stumble."""
    return _found(body, queries.language_of_reader(web.reading(), reference) or languages.current_locale())


def _found(body: str, locale: str) -> list[Finding]:
    return [each for each in check(web.reading(), body, locale) if each.kind in _STOPS]
