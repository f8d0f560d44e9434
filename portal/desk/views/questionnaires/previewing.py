"""One page of a questionnaire as customers see it, in each language; nothing is saved."""

from dataclasses import replace

from flask import abort
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from intake.interview import Interview
from intake.questionnaire import Page
from portal.core import clock
from portal.core.i18n import LANGUAGE_TAGS, LOCALES
from portal.desk.views.blueprint import blueprint
from portal.desk.views.questionnaires.finding import NUMBER, Found, find
from portal.interviews.forms import Field, fields_for
from portal.questionnaires.forms import condition_words
from portal.questionnaires.labels import Labels
from portal.ui import access, languages, pages


@blueprint.get(f"/questionnaires/<key>/<{NUMBER}:number>/pages/<page_id>/<language>")
@access.agent
def preview_page(key: str, number: int, page_id: str, language: str) -> ResponseReturnValue:
    """Show a page with every question that may stand on it, and below, when each is asked."""
    found = find(key, number)
    page = found.questionnaire.pages_by_id.get(page_id)
    if page is None or language not in LOCALES:
        abort(404)
    return pages.page(
        "desk/questionnaire_page.html",
        found=found,
        page=page,
        language=language,
        tag=LANGUAGE_TAGS[language],
        title=Labels(found.questionnaire, language).page(page),
        shown=_shown(found, page, language),
        notes=_notes(found, page),
    )


def _shown(found: Found, page: Page, language: str) -> Markup:
    html = pages.render("desk/_preview.html", language, fields=_fields(found, page, language), file_errors={})
    return Markup(html)  # noqa: S704 (our own template)


def _fields(found: Found, page: Page, language: str) -> list[Field]:
    today = clock.now().astimezone(languages.current_zone()).date()
    run = Interview.begin(found.questionnaire, today=today, emergency=bool(page.only))
    fields = fields_for(run, page.questions, Labels(found.questionnaire, language))
    return [replace(each, is_title=False) for each in fields]


def _notes(found: Found, page: Page) -> list[tuple[object, str]]:
    """Return what is asked or offered after certain answers alone, in the reader's language."""
    labels = found.labels
    notes: list[tuple[object, str]] = []
    if page.ask_if:
        notes.append((labels.page(page), condition_words(page.ask_if, labels)))
    for question in page.questions:
        if question.ask_if:
            notes.append((labels.question(question), condition_words(question.ask_if, labels)))
        notes += [
            (labels.option(question, option.id), condition_words(option.show_if, labels))
            for option in question.options
            if option.show_if
        ]
    return notes
