"""The commands that ask a questionnaire: path, snapshot and diff."""

import json
from argparse import Namespace
from datetime import UTC, datetime

from intake.cli.opening import FINE, CannotRunError, open_answers, open_questionnaire
from intake.interview import Interview
from intake.migration import differences
from intake.snapshot import build


def show_path(arguments: Namespace) -> int:
    """Print the ids of the questions asked, in order; in an emergency the details only where they are answered."""
    interview = _interview(arguments)
    print(json.dumps(path_of(interview)))
    return FINE


def show_snapshot(arguments: Namespace) -> int:
    """Print the problem snapshot of the answers."""
    interview = _interview(arguments)
    snapshot = build(interview, now=moment(arguments.now), channel="command-line")
    print(json.dumps(snapshot, ensure_ascii=False, indent=2, sort_keys=True))
    return FINE


def show_differences(arguments: Namespace) -> int:
    """Print what a draft of the older version would meet in the newer one."""
    found = differences(open_questionnaire(arguments.old), open_questionnaire(arguments.new))
    print(json.dumps([difference.as_document() for difference in found], ensure_ascii=False, indent=2))
    return FINE


def path_of(interview: Interview) -> list[str]:
    """Return the ids of the questions asked; of an emergency's details only those that are answered."""
    if not interview.emergency:
        return list(interview.asked)
    return [
        question_id
        for stage, asked in interview.course.stages
        for question_id in asked
        if stage.is_first_aid or question_id in interview.answers
    ]


def moment(text: str | None) -> datetime:
    """Return the moment `--now` names, in UTC where it names no offset; without it, the present one."""
    if text is None:
        return datetime.now(UTC)  # noqa: TID251  # the command line is where the time comes from
    try:
        named = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"--now {text}: write it like 2026-11-21T09:05:00+08:00"
        raise CannotRunError(message) from error
    return named if named.tzinfo is not None else named.replace(tzinfo=UTC)


def _interview(arguments: Namespace) -> Interview:
    questionnaire = open_questionnaire(arguments.file)
    answers = open_answers(arguments.answers, questionnaire)
    today = moment(arguments.now).date()
    return Interview.begin(questionnaire, today=today, answers=answers, emergency=arguments.emergency)
