"""The phrasebook's word before customers are told something; of a closed drill nobody outside reads."""

from portal.core import references, web
from portal.phrasebook.forms import WordedForm, Wording
from portal.phrasebook.queries import phrasebook
from portal.plans import queries
from portal.plans.models import Mode
from portal.ui import languages
from portal.ui.access import current_actor


def wording_of(form: WordedForm, mode: str, reference: str) -> Wording | None:
    """Return what the phrasebook finds, in the language of whoever reads it; None where nobody outside does."""
    if mode == Mode.CLOSED:
        return None
    session = web.reading()
    readers = queries.readers_of(session, current_actor(), references.as_written(reference)) if reference else None
    locale = (readers.locale if readers else "") or languages.current_locale()
    return form.looked_at(phrasebook(session, locale))
