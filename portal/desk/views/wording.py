"""The phrasebook's word before something is sent: it is asked in the language of whoever reads it."""

from portal.core import web
from portal.desk import queries
from portal.phrasebook.forms import WordedForm, Wording
from portal.phrasebook.queries import phrasebook
from portal.ui import languages


def wording_of(reference: str, form: WordedForm) -> Wording:
    """Return what the phrasebook finds; plain words stand in the form already where the agent asked for them."""
    locale = queries.language_of_reader(web.reading(), reference) or languages.current_locale()
    return form.looked_at(phrasebook(web.reading(), locale))
