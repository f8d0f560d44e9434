"""The files of a draft: taken in with a page, sent out to whoever may see the draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue

from intake.answers import AnswerProblem, ProblemCode
from intake.interview import Interview
from intake.kinds.files import files_of
from intake.plain import Json
from intake.questionnaire import Question
from portal.core import web
from portal.files import delivery
from portal.files.checks import ACCEPTED, MAX_BYTES, CheckedFile, FileProblem
from portal.files.models import StoredFile
from portal.interviews import queries
from portal.interviews.services import NewFile
from portal.interviews.views.finding import blueprint
from portal.ui import access
from portal.ui.access import current_actor


@blueprint.get("/interviews/<uuid:interview_id>/files/<uuid:file_id>")
@access.signed_in
def show_file(interview_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """Send a file of a draft."""
    file = queries.draft_file(web.reading(), current_actor(), interview_id, file_id)
    if file is None:
        abort(404)
    return delivery.send(file)


@dataclass(frozen=True, slots=True)
class Uploads:
    """What a page sent for its questions about files."""

    files: Sequence[NewFile] = ()
    removed: str = ""
    """The id of a file that was taken away again."""
    problems: Sequence[tuple[str, FileProblem]] = ()
    """The question, and what is wrong with a file for it."""
    missing: Sequence[AnswerProblem] = ()
    """Too few or too many files."""


def take_uploads(run: Interview, questions: Sequence[Question], *, removed: str) -> Uploads:
    """Check the files of a post and lay the good ones on the store; slow, so before the transaction."""
    asked = [each for each in questions if each.type == "files" and run.on_path(each.id)]
    checked = [(each, file) for each in asked for file in _checked(each)]
    problems = [(each.id, file) for each, file in checked if isinstance(file, FileProblem)]
    good = [(each, file) for each, file in checked if isinstance(file, CheckedFile)]
    missing = [found for each in asked if (found := _wrong_count(run, each, good, removed))]
    too_many = {each.question_id for each in missing if each.code is ProblemCode.TOO_MANY_FILES}
    new = [NewFile(each.id, file, delivery.storage().put(file.body)) for each, file in good if each.id not in too_many]
    return Uploads(new, removed, problems, missing)


def _checked(question: Question) -> list[CheckedFile | FileProblem]:
    accept = tuple(each for each in question.accept if each in ACCEPTED) or ACCEPTED
    most = min(question.max_bytes or MAX_BYTES, MAX_BYTES)
    return delivery.check_all(request.files.getlist(f"q-{question.id}-add"), accept=accept, max_bytes=most)


def _wrong_count(
    run: Interview, question: Question, good: Sequence[tuple[Question, CheckedFile]], removed: str
) -> AnswerProblem | None:
    count = len(_kept(run, question, removed)) + sum(each.id == question.id for each, _ in good)
    if question.max_count is not None and count > question.max_count:
        return AnswerProblem(ProblemCode.TOO_MANY_FILES, question.id, None, {"max_count": question.max_count})
    if question.required and not count:
        return AnswerProblem(ProblemCode.REQUIRED, question.id)
    return None


def changed_answers(run: Interview, uploads: Uploads, added: Sequence[StoredFile]) -> dict[str, Json]:
    """Return the answers that name the files which a draft has now."""
    changes: dict[str, Json] = {}
    for question in run.questionnaire.questions.values():
        own = [as_answer(row) for row, new in zip(added, uploads.files, strict=True) if new.question_id == question.id]
        kept = _kept(run, question, uploads.removed)
        if own or len(kept) != len(files_of(run.answers.get(question.id))):
            changes[question.id] = [*kept, *own] or None
    return changes


def _kept(run: Interview, question: Question, removed: str) -> list[Json]:
    return [dict(each) for each in files_of(run.answers.get(question.id)) if each["id"] != removed]


def as_answer(row: StoredFile) -> dict[str, Json]:
    """Return a stored file as the answer to a question names it."""
    return {"id": str(row.id), "name": row.name, "type": row.media_type, "size": row.size, "sha256": row.sha256}
