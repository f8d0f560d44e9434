"""What to do about each problem with an answer, in the reader's language."""

from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from intake.answers import AnswerProblem, ProblemCode
from intake.questionnaire import Question
from portal.questionnaires.labels import Labels

_Words = Callable[[str, Mapping[str, object]], str]
_MEGABYTE = 1024 * 1024


def words_for(problem: AnswerProblem, question: Question, labels: Labels) -> str:
    """Return what the reader can do about a problem."""
    asked = labels.question(question).plain
    if problem.code is ProblemCode.REQUIRED:
        return _missing(question, asked)
    if problem.code is ProblemCode.NOT_PRESSED_RIGHT:
        return _pressed_otherwise(labels.explanation(question, str(problem.parameters.get("option"))).plain)
    if problem.code is ProblemCode.NOT_AN_OPTION:
        return str(_("Choose one of the answers shown: %(question)s", question=asked))
    return str(_WORDS[problem.code](asked, problem.parameters))


def _missing(question: Question, asked: str) -> str:
    words = {
        "version": lambda: _("Enter the version, for example 5.6.2"),
        "phone": lambda: _("Enter a phone number, for example 010-5555-0100"),
        "email": lambda: _("Enter an e-mail address, for example name@hospital.example"),
        "error_text": lambda: _("Copy the message into the box, or say that there was none"),
        "steps": lambda: _("Describe at least the step at which it went wrong"),
        "files": lambda: _("Add a file: %(question)s", question=asked),
        "text": lambda: _("Write an answer: %(question)s", question=asked),
        "longtext": lambda: _("Write an answer: %(question)s", question=asked),
        "number": lambda: _("Enter a number: %(question)s", question=asked),
    }
    found = words.get(question.type)
    return str(found() if found else _("Choose an answer: %(question)s", question=asked))


def _pressed_otherwise(explanation: str) -> str:
    words = _(
        "That was something else than this step asks for. Please try it once more, or tell us that it did not help."
    )
    return explanation or str(words)


def _too_long(_asked: str, parameters: Mapping[str, object]) -> str:
    words = _(
        "This text has %(length)s characters, and %(most)s fit in here. "
        "Keep the most important part and add the rest as a file.",
        length=parameters.get("length", ""),
        most=parameters.get("max_length", ""),
    )
    return str(words)


def _too_large_file(_asked: str, parameters: Mapping[str, object]) -> str:
    most = parameters.get("max_bytes")
    words = _(
        "%(name)s is larger than %(megabytes)s MB. Send a smaller picture, or only the last part of the log.",
        name=parameters.get("name", ""),
        megabytes=max(1, most // _MEGABYTE) if isinstance(most, int) else "",
    )
    return str(words)


def _unknown_type(_asked: str, parameters: Mapping[str, object]) -> str:
    words = _(
        "%(name)s is a kind of file that we can't open here. Send a picture, a PDF or a text file.",
        name=parameters.get("name", ""),
    )
    return str(words)


def _count(parameters: Mapping[str, object], name: str) -> int:
    value = parameters.get(name)
    return value if isinstance(value, int) else 0


_WORDS: Mapping[ProblemCode, _Words] = {
    ProblemCode.TOO_LONG: _too_long,
    ProblemCode.NOT_THE_PATTERN: lambda asked, _p: _("Write it as the hint shows: %(question)s", question=asked),
    ProblemCode.OTHER_IS_EMPTY: lambda asked, _p: _("Say in a few words what it is: %(question)s", question=asked),
    ProblemCode.NOT_A_NUMBER: lambda asked, _p: _("Enter a number: %(question)s", question=asked),
    ProblemCode.TOO_SMALL: lambda asked, p: _(
        "Enter a number of %(least)s or more: %(question)s", least=p.get("min", ""), question=asked
    ),
    ProblemCode.TOO_LARGE: lambda asked, p: _(
        "Enter a number of %(most)s or less: %(question)s", most=p.get("max", ""), question=asked
    ),
    ProblemCode.NOT_A_DATE: lambda _a, _p: _("Enter a day, for example 2026-04-21"),
    ProblemCode.NOT_A_MOMENT: lambda _a, _p: _("Enter a day and a time, for example 2026-04-21 09:50"),
    ProblemCode.NOT_A_PHONE: lambda _a, _p: _("Enter a phone number, for example 010-5555-0100"),
    ProblemCode.NOT_AN_EMAIL: lambda _a, _p: _("Enter an e-mail address, for example name@hospital.example"),
    ProblemCode.NOT_A_VERSION: lambda _a, _p: _("Enter the version, for example 5.6.2"),
    ProblemCode.TOO_FEW_ROWS: lambda _a, p: ngettext(
        "Describe at least %(num)d step", "Describe at least %(num)d steps", _count(p, "min")
    ),
    ProblemCode.TOO_MANY_ROWS: lambda _a, p: ngettext(
        "Keep to %(num)d step. Write the rest into the last one.",
        "Keep to %(num)d steps. Write the rest into the last one.",
        _count(p, "max"),
    ),
    ProblemCode.TOO_MANY_FILES: lambda _a, p: ngettext(
        "Send %(num)d file. Remove the others.",
        "Send at most %(num)d files. Remove the others.",
        _count(p, "max_count"),
    ),
    ProblemCode.FILE_TOO_LARGE: _too_large_file,
    ProblemCode.FILE_TYPE_NOT_TAKEN: _unknown_type,
    ProblemCode.UNREADABLE: lambda asked, _p: _("Please answer once more: %(question)s", question=asked),
}
