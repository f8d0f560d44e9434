"""What can be seen without asking anything: default rule, snapshot mapping, prefills, options that read alike."""

import re
from collections.abc import Iterator

from intake.checking.places import finding, question_path
from intake.conditions import subjects
from intake.findings import Finding
from intake.loading.shapes import nearest
from intake.questionnaire import Question, Questionnaire
from intake.snapshot.document import OWN_KEYS
from intake.words import Path

# Where the published schema says what stands at a path, only this kind of question may be mapped to it.
KINDS_BY_PATH = {"error": "error_text", "steps": "steps", "attachments": "files", "known_issue": "known_issues"}
_PIECE = re.compile(r"-(?:other|unknown|none|keep|pressed|solved|tried|issue|zone|\d+-(?:did|expected|saw|file))$")
_RISKY_TYPES = {"application/octet-stream", "text/html", "image/svg+xml", "application/x-msdownload"}


def structural_findings(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Yield the findings that need no answers."""
    yield from _shared_fields(questionnaire)
    yield from _options_alike(questionnaire)
    yield from _default_rule(questionnaire)
    yield from _mapping(questionnaire)
    yield from _prefills(questionnaire)
    yield from _wide_files(questionnaire)
    yield from _unused(questionnaire)


def _shared_fields(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Yield ids that would share a form field: a question `a` has the field `a-unknown` already."""
    for question_id in questionnaire.questions:
        found = _PIECE.search(question_id)
        if found is not None and question_id[: found.start()] in questionnaire.questions:
            path = (*question_path(questionnaire, question_id), "id")
            message = f"`{question_id}` is a field of the question `{question_id[: found.start()]}` already."
            yield finding(questionnaire, "E101", path, message, "Give it an id of its own.")


def _options_alike(questionnaire: Questionnaire) -> Iterator[Finding]:
    for number, position, _, question in questionnaire.walk():
        path: Path = ("pages", number, "questions", position)
        yield from _alike(questionnaire, (*path, "options"), [option.text for option in question.options])
        if question.confirm is not None:
            texts = [option.text for option in question.confirm.options]
            yield from _alike(questionnaire, (*path, "confirm", "options"), texts)


def _alike(questionnaire: Questionnaire, path: Path, texts: list[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, text in enumerate(texts):
        folded = " ".join(text.casefold().split())
        if folded in seen:
            message = f"The option “{text}” stands here twice."
            yield finding(questionnaire, "E103", (*path, number, "text"), message, "Say how the two differ.")
        seen.add(folded)


def _default_rule(questionnaire: Questionnaire) -> Iterator[Finding]:
    rules = questionnaire.triage
    if not rules or rules[-1].when is not None:
        path: Path = ("triage", len(rules) - 1, "when") if rules else ("triage",)
        suggestion = "End with `{id: default, set: P3, because: ...}`, without `when`."
        yield finding(questionnaire, "E401", path, "The last triage rule is no default.", suggestion)


def _mapping(questionnaire: Questionnaire) -> Iterator[Finding]:
    known = questionnaire.questions
    mapped = set(questionnaire.snapshot.values()) | set(questionnaire.omit)
    for question_id in known:
        if question_id not in mapped:
            path = (*question_path(questionnaire, question_id), "id")
            suggestion = f"Add `some.path: {question_id}` to `snapshot`, or {question_id} to `omit`."
            yield finding(questionnaire, "E601", path, f"The answer to `{question_id}` is mapped nowhere.", suggestion)
    for where, question_id in questionnaire.snapshot.items():
        if question_id not in known:
            message = f"`{where}` is to hold the answer to `{question_id}`, which is no question."
            yield finding(questionnaire, "E602", ("snapshot", where), message, nearest(question_id, list(known)))
        elif (fault := _schema_fault(questionnaire, where, known[question_id])) is not None:
            yield finding(questionnaire, "E603", ("snapshot", where), *fault)
    for number, question_id in enumerate(questionnaire.omit):
        if question_id not in known:
            message = f"`omit` names `{question_id}`, which is no question."
            yield finding(questionnaire, "E602", ("omit", number), message, nearest(question_id, list(known)))


def _schema_fault(questionnaire: Questionnaire, path: str, question: Question) -> tuple[str, str] | None:
    top = path.partition(".")[0]
    if top in OWN_KEYS:
        return f"`{top}` is written by the engine itself.", "Choose another path."
    kind = KINDS_BY_PATH.get(path)
    if kind is not None and question.type != kind:
        return f"`{path}` holds the answer to a {kind} question, not to a {question.type} one.", "Choose another path."
    if top in KINDS_BY_PATH and path != top:
        return f"`{top}` has a shape of its own; nothing may stand under it.", "Choose another path."
    inner = [other for other in questionnaire.snapshot if other.startswith(f"{path}.")]
    if inner:
        return f"`{path}` cannot hold an answer and `{inner[0]}` as well.", f"Write `{path}.answer`, or the like."
    return None


def _prefills(questionnaire: Questionnaire) -> Iterator[Finding]:
    for number, position, _, question in questionnaire.walk():
        if question.prefill is not None and question.prefill.source not in questionnaire.context:
            path = ("pages", number, "questions", position, "prefill", "from")
            message = f"`{question.prefill.source}` is no context value."
            suggestion = nearest(question.prefill.source, list(questionnaire.context), "Declare it under `context`.")
            yield finding(questionnaire, "E701", path, message, suggestion)


def _wide_files(questionnaire: Questionnaire) -> Iterator[Finding]:
    for number, position, _, question in questionnaire.walk():
        if question.type != "files":
            continue
        wide = [kind for kind in question.accept if "*" in kind or kind in _RISKY_TYPES]
        if wide or not question.accept:
            named = ", ".join(wide) or "any file"
            path = ("pages", number, "questions", position, "accept")
            suggestion = "Name the types that help, such as image/png, image/jpeg, text/plain."
            yield finding(questionnaire, "W703", path, f"The question takes {named}.", suggestion)


def _unused(questionnaire: Questionnaire) -> Iterator[Finding]:
    used = set(questionnaire.snapshot.values())
    conditions = [rule.when for rule in questionnaire.triage]
    for page in questionnaire.pages:
        conditions.append(page.ask_if)
        for question in page.questions:
            used.update(question.match)
            conditions.extend([question.ask_if, *(option.show_if for option in question.options)])
    used.update(*(subjects(condition) for condition in conditions if condition is not None))
    for question in questionnaire.questions.values():
        if not question.required and question.id not in used:
            path = (*question_path(questionnaire, question.id), "id")
            message = f"Nothing uses the answer to `{question.id}`, and it need not be given."
            yield finding(questionnaire, "W902", path, message, "Map it in `snapshot`, or ask it no more.")
