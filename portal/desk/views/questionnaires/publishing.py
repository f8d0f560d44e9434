"""Publishing a questionnaire from the desk: a file is looked at, then published as it was looked at."""

import unicodedata
from dataclasses import dataclass, replace

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intake.findings import Finding
from intake.loading.tree import MOST_BYTES
from portal.core import clock, web
from portal.desk.views.blueprint import blueprint
from portal.desk.views.learning import explained
from portal.interviews import queries as interviews
from portal.interviews.services import goes_on
from portal.questionnaires import queries, services
from portal.questionnaires.forms import SourceForm, difference_words, refusal_words
from portal.questionnaires.labels import Labels
from portal.questionnaires.queries import VersionLine
from portal.questionnaires.services import Examined, PublishError
from portal.ui import access, languages, pages
from portal.ui.access import current_actor
from portal.ui.forms import clean

_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Waiting:
    """Drafts on an older version, and what becomes of them."""

    line: VersionLine
    count: int
    goes_on: bool


@blueprint.get("/questionnaires/new")
@access.admin
def show_upload() -> ResponseReturnValue:
    """Ask for the file of a questionnaire."""
    return _upload_html(SourceForm(formdata=None))


@blueprint.post("/questionnaires/check")
@access.admin
def check_questionnaire() -> ResponseReturnValue:
    """Say what is wrong with a questionnaire and what it would change; nothing is published yet."""
    name, source = _sent()
    if not source:
        return _upload_html(SourceForm(formdata=None), is_empty=True), 422
    found = _examine(name, source)
    return _examined_html(name, source, found), 200 if found.may_be_published else 422


@blueprint.post("/questionnaires")
@access.admin
def publish_questionnaire() -> ResponseReturnValue:
    """Publish the text that stands on the page; the same text again is published already."""
    name, source = _sent()
    found = _examine(name, source)
    if found.questionnaire is None or not found.may_be_published or not SourceForm().validate_on_submit():
        return _examined_html(name, source, found), 422
    try:
        with web.changing() as session:
            version = services.publish(
                session, found.questionnaire, by=current_actor(), at=clock.now(), source=source.decode("utf-8-sig")
            )
            key, number = version.key, version.number
    except PublishError:  # somebody else published this number in between
        return _examined_html(name, source, _examine(name, source)), 422
    pages.say(_("Version %(number)s is published. Whoever starts now gets it.", number=number))
    return pages.go_to("desk.show_questionnaire", key=key, number=number)


def _examine(name: str, source: bytes) -> Examined:
    return services.examine(web.reading(), source, name=name, explained=explained)


def _sent() -> tuple[str, bytes]:
    """Return what a file is called and its bytes: of a file that was chosen, else of the text on the page."""
    upload = request.files.get("file")
    if upload is not None and upload.filename:
        return _named(upload.filename), upload.stream.read(MOST_BYTES + 1)
    text = request.form.get("source", "").replace("\r\n", "\n").replace("\r", "\n")
    return _named(request.form.get("name", "")), text.encode("utf-8", "surrogatepass")[: MOST_BYTES + 1]


def _named(name: str) -> str:
    last = clean(name).replace("\\", "/").rpartition("/")[2].replace("\n", " ")
    return last[:_LONGEST_NAME] or "questionnaire.yaml"


def _upload_html(form: SourceForm, *, is_empty: bool = False) -> str:
    return pages.page("desk/questionnaire_upload.html", form=form, is_empty=is_empty)


def _examined_html(name: str, source: bytes, found: Examined) -> str:
    form = SourceForm(formdata=None)
    form.source.data, form.name.data = _shown(source), name
    return pages.page(
        "desk/questionnaire_check.html",
        form=form,
        name=name,
        found=found,
        findings=[_on_a_page(each) for each in found.findings],
        title=Labels(found.questionnaire, languages.current_locale()).title if found.questionnaire else "",
        refusal=refusal_words(found.refusal) if found.refusal else "",
        changes=_changes(found),
        waiting=_waiting(found),
    )


def _on_a_page(finding: Finding) -> Finding:
    return replace(
        finding, message=_without_controls(finding.message), suggestion=_without_controls(finding.suggestion)
    )


def _shown(source: bytes) -> str:
    """Return the text to go on with; one that a page can't show as it is, is left out."""
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    text = text.replace("\r\n", "\n")
    return text if _without_controls(text) == text and len(source) <= MOST_BYTES else ""


def _without_controls(text: str) -> str:
    """Return a text as a page may hold it; what no page may hold becomes a question mark in a box."""
    return "".join("\ufffd" if _has_no_sign(each) else each for each in text)


def _has_no_sign(character: str) -> bool:
    """Whether a character is a control, half of one, or one that never is a character."""
    number = ord(character)
    is_never = number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF
    return is_never or (character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cs"))


def _changes(found: Examined) -> list[str]:
    if found.published is None or found.questionnaire is None:
        return []
    locale = languages.current_locale()
    old, new = Labels(found.published.questionnaire, locale), Labels(found.questionnaire, locale)
    return [difference_words(each, old, new) for each in found.differences]


def _waiting(found: Examined) -> list[Waiting]:
    """Return the drafts that somebody has begun, by version, and whether they would go on in this one."""
    if found.questionnaire is None or found.is_published or found.published is None:
        return []
    session = web.reading()
    lines = queries.history(session, found.questionnaire.id)
    drafts = interviews.open_drafts(session, [each.id for each in lines], at=clock.now())
    newer = [found.questionnaire]
    waiting = []
    for line in lines:
        questionnaire = queries.parsed(session, line.id)
        if drafts.get(line.id):
            waiting.append(Waiting(line, drafts[line.id], goes_on(questionnaire, newer)))
        newer = [questionnaire, *newer]
    return waiting
