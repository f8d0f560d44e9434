"""What is published: the list, and one version with all its paths, what the linter says and what it has changed."""

from collections.abc import Sequence

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intake.migration import differences
from intake.words import messages
from portal.core import clock, web
from portal.core.i18n import LOCALES
from portal.desk.views.blueprint import blueprint
from portal.desk.views.learning import explained
from portal.desk.views.questionnaires.finding import NUMBER, Found, find
from portal.interviews import queries as interviews
from portal.questionnaires import queries
from portal.questionnaires.flow import Flow, Stop, flow_of
from portal.questionnaires.forms import PagePath, difference_words, paths_of
from portal.questionnaires.labels import Labels
from portal.ui import access, languages, pages


@blueprint.get("/questionnaires")
@access.agent
def show_questionnaires() -> ResponseReturnValue:
    """List the published questionnaires, each with its versions."""
    session, locale = web.reading(), languages.current_locale()
    lines = queries.history(session)
    titles = {each.id: Labels(each.questionnaire, locale).title for each in queries.latest(session)}
    return pages.page(
        "desk/questionnaires.html",
        newest=[(each, titles[each.id]) for each in lines if each.id in titles],
        lines=lines,
        drafts=interviews.open_drafts(session, [each.id for each in lines], at=clock.now()),
    )


@blueprint.get(f"/questionnaires/<key>/<{NUMBER}:number>")
@access.agent
def show_questionnaire(key: str, number: int) -> ResponseReturnValue:
    """Show one version: its pages, all paths through it, what the linter says, what it changed."""
    found, session = find(key, number), web.reading()
    known = explained(found.questionnaire.source_locale)
    proof = queries.proof_of(session, found.line.id, name=_file_name(found), explained=known)
    paths = paths_of(found.labels, proof.reached)
    return pages.page(
        "desk/questionnaire.html",
        found=found,
        paths=paths,
        picture=_picture(found, paths),
        findings=proof.findings,
        changes=_changes(found),
        drafts=interviews.open_drafts(session, [each.id for each in found.lines], at=clock.now()),
        translated=[(LOCALES[locale], _share_in(found, locale)) for locale in LOCALES],
    )


@blueprint.get(f"/questionnaires/<key>/<{NUMBER}:number>/source")
@access.agent
def download_questionnaire(key: str, number: int) -> ResponseReturnValue:
    """Send a version as the file it was published from."""
    found = find(key, number)
    response = Response(queries.source_of(web.reading(), found.line.id), mimetype="application/yaml")
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(found)}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _file_name(found: Found) -> str:
    return f"{found.line.key}-{found.line.number}.yaml"


def _picture(found: Found, paths: Sequence[PagePath]) -> Flow:
    stops = [_stop(each, number) for number, each in enumerate((p for p in paths if not p.page.only), start=1)]
    rules = found.questionnaire.triage
    last = [(f"{rule.sets}: {found.labels.because(rule.id, rule.because).plain}", False) for rule in rules]
    return flow_of([*stops, Stop(str(_("Check your answers and send them")), "", last), *_emergency(found)])


def _stop(path: PagePath, number: int) -> Stop:
    when = str(_("Only if: %(condition)s", condition=path.when)) if path.when else ""
    if path.is_sometimes and not when:
        when = str(_("Only if one of its questions is asked"))
    asked = [(each.label.plain, each.is_sometimes) for each in path.questions]
    return Stop(f"{number} {path.label.plain}", when, asked)


def _emergency(found: Found) -> list[Stop]:
    """Return the emergency lane as a box of its own: it can be entered from every page."""
    lane = found.questionnaire.emergency
    if lane is None:
        return []
    asked = [(found.labels.question(found.questionnaire.question(each)).plain, False) for each in lane.ask]
    when = str(_("From every page, at once: these questions, then a ticket of %(priority)s", priority=lane.sets))
    return [Stop(found.labels.emergency.plain, when, asked, is_apart=True)]


def _changes(found: Found) -> list[str]:
    if found.before is None:
        return []
    old = queries.parsed(web.reading(), found.before.id)
    words = Labels(old, found.labels.locale)
    return [difference_words(each, words, found.labels) for each in differences(old, found.questionnaire)]


def _share_in(found: Found, locale: str) -> int:
    """Return how many of a hundred texts a language has."""
    labels = Labels(found.questionnaire, locale)
    texts = list(messages(found.questionnaire))
    own = sum(not labels.words(each.context, each.text).lang for each in texts)
    return own * 100 // max(len(texts), 1)
