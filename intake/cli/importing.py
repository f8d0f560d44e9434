"""The command that turns another tool's form into a questionnaire."""

import sys
from argparse import Namespace
from pathlib import Path

from intake.cli.opening import FINE, FOUND, CannotRunError, read_bytes
from intake.importing import NotAnIssueFormError, from_github_issue_form


def import_form(arguments: Namespace) -> int:
    """Print or write the questionnaire; what could not be carried over goes to the error output."""
    try:
        draft = from_github_issue_form(read_bytes(arguments.file), name=arguments.file)
    except NotAnIssueFormError as error:
        raise CannotRunError(str(error), FOUND) from error
    for lost in draft.lost:
        print(f"{arguments.file}:{lost.line}:{lost.column}: not carried over: {lost.what}", file=sys.stderr)
    if arguments.output is None:
        sys.stdout.write(draft.as_yaml())
        return FINE
    try:
        Path(arguments.output).write_text(draft.as_yaml(), "utf-8")
    except OSError as error:
        message = f"{arguments.output}: {error.strerror}"
        raise CannotRunError(message) from error
    return FINE
