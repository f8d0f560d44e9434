"""The interview in a terminal. Nothing is known of other reports here, so known issues are answered `none`, unseen."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator

from intake.answers import AnswerProblem
from intake.cli.asking import moment
from intake.cli.opening import FINE, FOUND, CannotRunError, open_questionnaire, read_bytes
from intake.interview import Interview
from intake.kinds import field_name, kind_of, problems_in
from intake.kinds.files import described
from intake.kinds.guidance import SOLVED
from intake.kinds.steps import COLUMNS
from intake.plain import Json
from intake.questionnaire import Option, Page, Question
from intake.snapshot import as_text, build, plain_text
from intake.words import source_words

SHOWN_BY_NUMBER = ("choice", "multi", "product", "module")


def run_interview(arguments: Namespace) -> int:
    """Ask page by page on the terminal, then print the snapshot; an input that ends early ends the interview."""
    questionnaire = open_questionnaire(arguments.file)
    now = moment(None)
    interview = Interview.begin(questionnaire, today=now.date())
    try:
        while (page := interview.next_page) is not None:
            interview = _ask_page(interview, page)
    except EOFError:
        print(file=sys.stderr)
        return FOUND
    print(as_text(build(interview, now=now, channel="terminal"), questionnaire=questionnaire))
    return FINE


def _ask_page(interview: Interview, page: Page) -> Interview:
    print(f"\n== {page.title} ==")
    answered: set[str] = set()
    while question := next((q for q in interview.questions_on(page.id) if q.id not in answered), None):
        answered.add(question.id)
        interview = interview.with_answer(question.id, _ask(interview, question))
    return interview.with_visited(page.id)


def _ask(interview: Interview, question: Question) -> Json:
    print(f"\n{plain_text(question.text, interview.questionnaire, interview.live, source_words)}")
    if question.hint:
        print(f"  ({question.hint})")
    while True:
        form = dict(_typed(interview, question))
        read = kind_of(question).read(question, form)
        answer = None if problems_in(read) else read
        problems = list(problems_in(read)) or kind_of(question).check(question, answer, interview.facts)
        if not problems:
            return answer
        for problem in problems:
            print(f"  ! {_words_for(problem, question)}")


def _typed(interview: Interview, question: Question) -> Iterator[tuple[str, list[str]]]:
    name = field_name(question)
    asked = _ASKED_OTHERWISE.get(question.type)
    if asked is not None:
        yield from asked(question, name)
        return
    options = [option for option in question.options if _is_shown(interview, question, option)]
    _print_options(options)
    offered = interview.offered(question.id)
    typed = input(f"  [{offered}] > " if offered is not None else "  > ").strip()
    if typed == "?" and question.allow_unknown:
        yield f"{name}-unknown", ["1"]
    elif typed == "-" and question.allow_none is not None:
        yield f"{name}-none", ["1"]
    elif not typed and offered is not None:
        yield name, [str(offered)]
    elif question.type in SHOWN_BY_NUMBER:
        yield from _chosen(name, typed, options, is_open=question.other)
    else:
        yield name, [typed]


def _is_shown(interview: Interview, question: Question, option: Option) -> bool:
    return (
        not kind_of(question).check_answer(question, option.id, interview.facts) if question.type != "multi" else True
    )


def _print_options(options: list[Option]) -> None:
    for number, option in enumerate(options, start=1):
        print(f"  {number}. {option.text}")


def _chosen(name: str, typed: str, options: list[Option], *, is_open: bool = False) -> Iterator[tuple[str, list[str]]]:
    numbers = typed.replace(",", " ").split()
    if numbers and all(number.isdecimal() and 1 <= int(number) <= len(options) for number in numbers):
        yield name, [options[int(number) - 1].id for number in numbers]
    elif typed:
        yield name, ["other" if is_open else typed]
        yield f"{name}-other", [typed]


def _steps(question: Question, name: str) -> Iterator[tuple[str, list[str]]]:
    print("  One step a line; an empty line ends them.")
    number = 0
    while did := input(f"  {number + 1}. did > ").strip():
        yield f"{name}-{number}-did", [did]
        for column in question.columns or COLUMNS:
            if column != "did":
                yield f"{name}-{number}-{column}", [input(f"     {column} > ").strip()]
        number += 1


def _guidance(question: Question, name: str) -> Iterator[tuple[str, list[str]]]:
    if question.confirm is not None:
        print(f"  {question.confirm.text}")
        options = list(question.confirm.options)
        _print_options(options)
        yield from ((f"{name}-pressed", chosen) for _, chosen in list(_chosen(name, input("  > "), options))[:1])
    if question.solved is not None:
        yield f"{name}-solved", [input(f"  {question.solved} ({'/'.join(SOLVED)}) > ").strip()]
        yield f"{name}-tried", ["1"]


def _files(_question: Question, name: str) -> Iterator[tuple[str, list[str]]]:
    print("  The path of one file a line; an empty line ends them.")
    files: list[str] = []
    while path := input(f"  {len(files) + 1}. file > ").strip():
        try:
            files.append(json.dumps(described(path, read_bytes(path))))
        except CannotRunError as error:
            print(f"  ! {error}")
    yield name, files


_ASKED_OTHERWISE: dict[str, Callable[[Question, str], Iterator[tuple[str, list[str]]]]] = {
    "steps": _steps,
    "guidance": _guidance,
    "files": _files,
}


def _words_for(problem: AnswerProblem, question: Question) -> str:
    limits = ", ".join(f"{key} {value}" for key, value in problem.parameters.items())
    hint = f" {question.hint}" if question.hint else ""
    return f"{problem.code.replace('-', ' ')}{f' ({limits})' if limits else ''}.{hint}"
