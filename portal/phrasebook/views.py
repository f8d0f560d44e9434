"""The phrasebook on the desk: every term of a language, adding one, changing one, dropping one."""

from collections.abc import Sequence

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from portal.core import clock, web
from portal.core.i18n import LOCALES
from portal.phrasebook import queries, services
from portal.phrasebook.forms import LONGEST_TERM, PhraseForm, back, dropped, kept, put_aside
from portal.phrasebook.queries import Entry
from portal.ui import access, languages, pages
from portal.ui.forms import clean

blueprint = Blueprint("phrasebook", __name__)


@blueprint.get("/desk/phrasebook")
@access.agent
def show() -> ResponseReturnValue:
    """Show the terms of a language; one of them may be open for changing."""
    form = PhraseForm(formdata=None)
    form.language.data = _language()
    found, asked = queries.entries(web.reading(), form.language.data), clean(request.args.get("term", ""))
    form.term.data = asked[:LONGEST_TERM]
    for each in found:
        if each.term == asked:
            form.sentence.data = each.sentence
    return _page(form, form.language.data, found, term=form.term.data or "")


@blueprint.post("/desk/phrasebook")
@access.agent
def keep() -> ResponseReturnValue:
    """Keep what customers are told instead of a term."""
    form = PhraseForm()
    if not form.validate_on_submit():
        language = form.language.data if form.language.data in LOCALES else languages.current_locale()
        return _page(form, language, queries.entries(web.reading(), language)), 422
    language, term, sentence, at = form.language.data, form.term.data, form.sentence.data, clock.now()
    with web.changing() as session:
        services.keep(session, language, term=term, sentence=sentence, at=at)
    pages.say(kept(term))
    return pages.go_to(".show", language=language)


@blueprint.post("/desk/phrasebook/drop")
@access.agent
def drop() -> ResponseReturnValue:
    """Take a term out of the phrasebook."""
    language, term, at = _language(), _term(), clock.now()
    if term:
        with web.changing() as session:
            services.drop(session, language, term=term, at=at)
        pages.say(dropped(term))
    return pages.go_to(".show", language=language)


@blueprint.post("/desk/phrasebook/aside")
@access.agent
def put_term_aside() -> ResponseReturnValue:
    """Put aside what agents keep typing: it is no term."""
    language, term, at = _language(), _term(), clock.now()
    if term:
        with web.changing() as session:
            services.put_aside(session, language, term=term, by=access.current_actor(), at=at)
        pages.say(put_aside(term))
    return pages.go_to(".show", language=language)


@blueprint.post("/desk/phrasebook/aside/back")
@access.agent
def take_term_back() -> ResponseReturnValue:
    """Let something be proposed again that was put aside."""
    language, term = _language(), _term()
    if term:
        with web.changing() as session:
            services.take_back(session, language, term=term)
        pages.say(back(term))
    return pages.go_to(".show", language=language)


def _term() -> str:
    """Return the term that a button was pressed for."""
    return clean(request.form.get("term", ""))[:LONGEST_TERM]


def _language() -> str:
    """Return the language that was asked for; the reader's own where none was."""
    asked = request.values.get("language", "")
    return asked if asked in LOCALES else languages.current_locale()


def _page(form: PhraseForm, language: str, entries: Sequence[Entry], *, term: str = "") -> str:
    """Return the page of a language; with a term that was asked for, it tells where that is used."""
    shown = {"language": language, "locales": LOCALES, "entries": entries, "term": term}
    return pages.page("phrasebook/show.html", form=form, **shown)
