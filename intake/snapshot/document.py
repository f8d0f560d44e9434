"""The problem snapshot: what an engineer needs to know, as one document with a fixed shape."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from intake.answers import Mark
from intake.fingerprint import fingerprint
from intake.interview import Interview
from intake.kinds.base import is_none, is_unknown
from intake.kinds.error_text import text_of
from intake.kinds.known_issues import NO_MATCH
from intake.kinds.typed_text import marked_kinds
from intake.plain import Json
from intake.questionnaire import Question
from intake.triage import triage

SCHEMA = "problem-snapshot/1"
OWN_KEYS = frozenset({
    "schema", "questionnaire", "locale", "channel", "lane", "times", "triage", "redactions", "prefilled", "unknown",
    "completeness",
})  # fmt: skip


def build(
    interview: Interview, *, now: datetime, locale: str | None = None, channel: str = "web",
    started_at: datetime | None = None,
) -> dict[str, Json]:  # fmt: skip
    """Return the snapshot of an interview: equal answers at the same moment give equal bytes.

    `now` and `started_at` are aware moments; they stand in the snapshot in UTC.
    """
    questionnaire = interview.questionnaire
    mapped = _mapped(interview)
    document: dict[str, Json] = {
        "schema": SCHEMA,
        "questionnaire": {
            "id": questionnaire.id,
            "version": questionnaire.version,
            "sha256": questionnaire.sha256,
        },
        "locale": locale or questionnaire.source_locale,
        "channel": channel,
        "lane": "emergency" if interview.emergency else "normal",
        "times": _times(now, started_at),
        "triage": triage(questionnaire, interview).as_document(),
        "redactions": _redactions(interview),
        "prefilled": _prefilled(interview, mapped),
        "unknown": [path for path, question_id in mapped if is_unknown(interview.live.get(question_id))],
        "completeness": completeness(interview),
    }
    for path, question_id in mapped:
        value = _value(interview, questionnaire.question(question_id))
        if value is not None:
            _place(document, path, value)
    return document


def completeness(interview: Interview) -> float:
    """Return how much of what was asked has been answered, from 0 to 1; "I do not know" is no answer."""
    shown = interview.shown
    if not shown:
        return 1.0
    answered = [key for key in shown if key in interview.live and not is_unknown(interview.live[key])]
    return round(len(answered) / len(shown), 2)


def _mapped(interview: Interview) -> list[tuple[str, str]]:
    """Return the paths of the mapping, each with its question, without what is no question or not ours to fill."""
    questions = interview.questionnaire.questions
    return [
        (path, question_id)
        for path, question_id in sorted(interview.questionnaire.snapshot.items())
        if question_id in questions and path.partition(".")[0] not in OWN_KEYS
    ]


def _value(interview: Interview, question: Question) -> Json:
    if not interview.on_path(question.id):
        return None
    answer = interview.live.get(question.id)
    if answer is None:
        return dict(NO_MATCH) if question.type == "known_issues" else None
    if is_unknown(answer):
        return None
    return _error(answer) if question.type == "error_text" else answer


def _error(answer: Json) -> Json:
    if is_none(answer):
        return answer
    text = text_of(answer)
    found = fingerprint(text)
    kept = answer.get("fingerprints") if isinstance(answer, Mapping) else None
    return {
        "text": text,
        "template": found.template,
        "fingerprints": kept if isinstance(kept, list) and kept else list(found.fingerprints),
        "code": found.code,
        "exception": found.exception,
    }


def _place(document: dict[str, Json], path: str, value: Json) -> None:
    *parents, last = path.split(".")
    inner = document
    for parent in parents:
        following = inner.setdefault(parent, {})
        if not isinstance(following, dict):
            return
        inner = following
    inner.setdefault(last, value)


def _times(now: datetime, started_at: datetime | None) -> dict[str, Json]:
    times: dict[str, Json] = {"taken_at": now.astimezone(UTC).isoformat(timespec="seconds")}
    if started_at is not None:
        times["started_at"] = started_at.astimezone(UTC).isoformat(timespec="seconds")
    return times


def _redactions(interview: Interview) -> list[Json]:
    """Count the markers in everything that was typed; the same secret twice in one answer counts once."""
    counted: Counter[str] = Counter()
    for answer in interview.live.values():
        for text in _texts_in(answer):
            counted.update(marked_kinds(text))
    return [{"kind": kind, "count": count} for kind, count in sorted(counted.items())]


def _texts_in(answer: Json) -> Iterator[str]:
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, Mapping):
        for item in answer.values():
            yield from _texts_in(item)
    elif isinstance(answer, list):
        for item in answer:
            yield from _texts_in(item)


def _prefilled(interview: Interview, mapped: list[tuple[str, str]]) -> list[Json]:
    """Tell of each answer that was offered whether the person kept and confirmed it."""
    prefilled: list[Json] = []
    for path, question_id in mapped:
        offered = interview.offered(question_id)
        if offered is None or not interview.on_path(question_id):
            continue
        mark = interview.answers.marks.get(question_id, Mark())
        is_kept = interview.live.get(question_id) == offered
        prefilled.append({"path": path, "offered": offered, "kept": is_kept, "confirmed": mark.confirmed})
    return prefilled
