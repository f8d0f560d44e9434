"""What the pages of an interview are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _

from intake.answers import AnswerProblem
from intake.conditions import subjects
from intake.questionnaire import Page, Question
from portal.files.checks import FileProblem
from portal.files.forms import words_for as words_for_file
from portal.interviews.forms import Field, fields_for, fingerprint_of, rows
from portal.interviews.forms.describing import SHORT_KINDS, in_short
from portal.interviews.forms.filling import BY_BUTTON
from portal.interviews.services import NO_CODES, fault_type_of
from portal.interviews.views import noting
from portal.interviews.views.finding import Found, is_by_phone
from portal.questionnaires.forms import changed_questions
from portal.questionnaires.labels import Label, Labels
from portal.ui import pages

FROM_CHECK = "check"
"""Says that a page was opened to change one answer, and leads back to checking."""
TRIED = ("guidance", "known_issues")
"""Kinds of question that tell what to try, and ask whether it helped."""
_MOST_SO_FAR = 6


@dataclass(frozen=True, slots=True)
class Refused:
    """What came with a post that can't go on yet: what is wrong, and everything that was typed."""

    typed: Mapping[str, list[str]]
    problems: Sequence[AnswerProblem] = ()
    file_problems: Sequence[tuple[str, FileProblem]] = ()
    is_overtaken: bool = False
    is_parked: bool = False


def page_html(found: Found, page: Page, *, refused: Refused | None = None) -> str:
    """Return one page of an interview."""
    questions = found.run.questions_on(page.id)
    fields = fields_for(
        found.run,
        questions,
        found.labels,
        typed=dict(refused.typed) if refused else None,
        problems=refused.problems if refused else (),
        rows=(rows.number_pressed(request.args.get("rows", "")), rows.number_pressed(request.args.get("open", ""))),
    )
    all_of_page = found.questions_of(page)
    return pages.page(
        "interviews/page.html",
        fields=fields,
        issues=found.issues,
        articles=found.articles,
        heading=_heading(found, page, fields),
        page_title=found.labels.page(page),
        file_errors=_file_errors(refused),
        errors=_errors(fields, refused),
        is_overtaken=bool(refused and refused.is_overtaken),
        is_parked=bool(refused and refused.is_parked),
        kept={
            "shown": " ".join(each.id for each in questions),
            "seen": fingerprint_of(found.run, all_of_page),
            "of": found.questionnaire.version,
            "since": noting.shown_since(),
            "from": FROM_CHECK if request.values.get("from") == FROM_CHECK else "",
        },
        revealing=_revealing(found, page),
        has_files=any(each.type == "files" for each in questions),
        action=url_for("interviews.save_page", interview_id=found.draft.id, page_id=page.id),
        **frame_of(found, page),
    )


def _revealing(found: Found, page: Page) -> set[str]:
    """Return the questions of a page whose answers reveal others on it, where showing them at once loses nothing.

    Files that were chosen and not sent yet would be lost, and each answer would be a new revision of a snapshot.
    """
    questions = found.questions_of(page)
    if found.draft.ticket_id or any(each.type == "files" for each in questions):
        return set()
    conditions = [each.ask_if for each in questions if each.ask_if]
    conditions += [option.show_if for each in questions for option in each.options if option.show_if]
    named = {subject for condition in conditions for subject in subjects(condition)}
    return {each.id for each in questions if each.id in named and each.type in BY_BUTTON}


def frame_of(found: Found, page: Page | None) -> dict[str, object]:
    """Return what stands around an interview's questions: the way so far, what was told, when it was saved."""
    path = [each for each in found.run.path if each.only is None]
    names = [found.labels.page(each) for each in path] + [Label(str(_("Check your answers")))]
    step = next((number for number, each in enumerate(path, start=1) if page and each.id == page.id), len(names))
    before = path[step - 2] if step > 1 else None
    return {
        "draft": found.draft,
        "step": step,
        "total": len(names),
        "step_name": names[step - 1],
        "next_name": names[step] if step < len(names) else "",
        "back": url_for("interviews.show_page", interview_id=found.draft.id, page_id=before.id) if before else "",
        "so_far": _so_far(found, path[: step - 1]),
        "emergency_url": _emergency_url(found),
        "is_details": found.draft.ticket_id is not None,
        "of": found.questionnaire.version,
        "changed": _changed(found),
        "on_behalf": found.known.name if is_by_phone(found.draft) else "",
        "alike": alike(found),
    }


def alike(found: Found) -> dict[str, object]:
    """Return what this report would be alike by, as far as it is known: until it was asked, what they run.

    An empty product stands for none that we know: that is what they answered, or nobody asks for any.
    """
    asked, live = found.questionnaire.questions.values(), found.run.live
    told = {each.type: live[each.id] for each in asked if each.id in live}
    module = told.get("module")
    return {
        "products": _products(found, told),
        "module": module if isinstance(module, str) else "",
        "questionnaire": found.questionnaire.id,
        "faults": [fault] if (fault := fault_type_of(found.run)) else sorted(found.labels.fault_types()),
        "title": found.labels.title.plain,
    }


def _products(found: Found, told: Mapping[str, object]) -> list[str]:
    product, runs = told.get("product"), sorted(found.known.versions)
    if isinstance(product, str) and product not in NO_CODES:
        return [product]
    is_to_come = product is None and any(each.type == "product" for each in found.questionnaire.questions.values())
    return runs if is_to_come else ["", *runs]


def _changed(found: Found) -> list[str]:
    """Return what is no longer as it was when the interview was begun, a line for each question."""
    upgrade = found.upgrade
    if upgrade is None:
        return []
    return changed_questions(upgrade.differences, Labels(upgrade.old, found.labels.locale), found.labels)


def _emergency_url(found: Found) -> str:
    """Return where help can be had at once; empty where it is on its way."""
    if found.draft.ticket_id is not None:
        return ""
    if found.questionnaire.emergency is None:
        return url_for("interviews.show_lane")
    return url_for("interviews.show_emergency", interview_id=found.draft.id)


def _so_far(found: Found, done: Sequence[Page]) -> list[tuple[Label, str]]:
    told = [each for page in done for each in found.run.questions_on(page.id) if each.type in SHORT_KINDS]
    words = [(found.labels.question(each), in_short(found.run, each, found.labels)) for each in told]
    return [(label, said) for label, said in words if said][-_MOST_SO_FAR:]


def _heading(found: Found, page: Page, fields: Sequence[Field]) -> Label:
    """Return the page's heading: its only question, where that is one to choose an answer to, else its title."""
    if found.articles and not found.issues and any(each.question.type == "known_issues" for each in fields):
        return Label(str(_("This may help")))
    return fields[0].label if fields and fields[0].is_title else found.labels.page(page)


def _file_errors(refused: Refused | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for question_id, problem in refused.file_problems if refused else ():
        found.setdefault(question_id, []).append(str(words_for_file(problem)))
    return found


def _errors(fields: Sequence[Field], refused: Refused | None) -> list[tuple[str, str]]:
    """Return everything that is missing, each with the field it leads to, in the order of the page."""
    file_errors = _file_errors(refused)
    lines: list[tuple[str, str]] = []
    for field in fields:
        lines.extend(field.links)
        lines.extend((field.name, words) for words in file_errors.get(field.question.id, ()))
    return lines


def questions_of_emergency(found: Found) -> tuple[Question, ...]:
    """Return the few questions of the emergency lane; files are added on a page, where they are looked at."""
    lane = found.questionnaire.emergency
    asked = [found.questionnaire.question(each) for each in lane.ask] if lane else []
    return tuple(each for each in asked if each.type != "files")
