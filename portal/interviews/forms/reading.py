"""Reading one posted page: the answers, what is wrong with them, and the questions that they reveal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as a_field

from intake.answers import AnswerProblem, Mark, ProblemCode
from intake.interview import KNOWN_ISSUES, Interview
from intake.kinds import field_name, kind_of, problems_in
from intake.plain import Json, sha256_of
from intake.questionnaire import Question
from portal.interviews.forms.filling import values_of
from portal.interviews.forms.posted import Posted

LONGEST = {"longtext": 20_000, "error_text": 20_000, "steps": 5_000}
LONGEST_LINE = 1_000
"""Characters a question takes where it doesn't say itself."""
MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a posted page."""

    interview: Interview
    """With every answer that could be read."""
    changes: Mapping[str, Json]
    problems: tuple[AnswerProblem, ...]
    typed: Mapping[str, list[str]]
    """What was typed, masked, to fill the page again."""
    revealed: tuple[str, ...] = ()
    """The questions of this page that are asked now and weren't shown."""
    marks: Mapping[str, Mark] = a_field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """Whether any answer differs from what the interview had."""
        return bool(self.changes)


def read_page(interview: Interview, questions: Sequence[Question], shown: Sequence[str], posted: Posted) -> Reading:
    """Read the questions that a page had shown; what it didn't show is neither read nor missed."""
    asked = [question for question in questions if question.id in shown]
    values = posted.for_engine(asked, {each.id: _offered(interview, each) for each in asked})
    reads = {question.id: kind_of(question).read(question, values) for question in asked}
    long = {question.id: found for question in asked if (found := _too_long(question, values, posted))}
    answers = {key: read for key, read in reads.items() if not isinstance(read, tuple) and key not in long}
    after = interview.with_answers(answers)
    problems = [
        each
        for question in asked
        if after.on_path(question.id)
        for each in long.get(question.id) or problems_in(reads[question.id]) or _check(after, question, reads)
    ]
    revealed = [each for each in questions if each.id not in shown and after.on_path(each.id)]
    known = {key: value for each in revealed for key, value in values_of(each, interview.answers.get(each.id)).items()}
    return Reading(
        interview=after,
        changes={key: answer for key, answer in answers.items() if answer != interview.answers.get(key)},
        problems=tuple(problems),
        typed={**known, **posted.masked(asked)},
        revealed=tuple(each.id for each in revealed),
        marks={key: mark for key, mark in after.answers.marks.items() if key in answers},
    )


def _offered(interview: Interview, question: Question) -> Json:
    """Return what the page offered: the known issues to choose from, or what we have on record."""
    return interview.context.get(KNOWN_ISSUES) if question.type == KNOWN_ISSUES else interview.offered(question.id)


def fingerprint_of(interview: Interview, questions: Sequence[Question]) -> str:
    """Return a short sign of what is answered on a page, so that two windows notice each other."""
    return sha256_of({each.id: interview.answers.get(each.id) for each in questions})[:16]


def _check(after: Interview, question: Question, reads: Mapping[str, Json]) -> list[AnswerProblem]:
    return kind_of(question).check(question, reads[question.id], after.facts)


def _too_long(question: Question, values: Mapping[str, list[str]], posted: Posted) -> tuple[AnswerProblem, ...]:
    """Refuse what is longer than a question takes, also where the questionnaire sets no limit."""
    name = field_name(question)
    most = question.max_length or LONGEST.get(question.type, LONGEST_LINE)
    own = {key: each for key, each in values.items() if key == name or key.startswith(f"{name}-")}
    lengths = {key: posted.cut.get(key, len(each[0])) for key, each in own.items() if each}
    if question.type == "files":
        return ()
    if len(own) > MOST_ROWS * 4:
        return (AnswerProblem(ProblemCode.TOO_MANY_ROWS, question.id, None, {"max": MOST_ROWS}),)
    return tuple(
        AnswerProblem(
            ProblemCode.TOO_LONG, question.id, key[len(name) + 1 :] or None, {"max_length": most, "length": n}
        )
        for key, n in lengths.items()
        # Where the questionnaire sets a limit the engine measures, without masks, which are held against nobody.
        if n > most and not (key == name and question.max_length and key not in posted.cut)
    )
