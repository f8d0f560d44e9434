"""Which commands there are, what each takes, and how each ends."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence

from intake.cli.asking import show_differences, show_path, show_snapshot
from intake.cli.evidence import show_fingerprint, show_redacted
from intake.cli.importing import import_form
from intake.cli.linting import check_questionnaires
from intake.cli.opening import CannotRunError
from intake.cli.running import run_interview

INTERRUPTED = 130
"""What a shell expects of a program that was stopped by hand."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code: 0 fine, 1 findings, 2 could not run."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    arguments = _parser().parse_args(words)
    command: Callable[[Namespace], int] = arguments.command
    try:
        return command(arguments)
    except CannotRunError as error:
        print(error, file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough, as `head` does.
        sys.stderr.close()
        return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m intake", description="Questionnaires in, problem snapshots out.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Callable[[Namespace], int], about: str) -> ArgumentParser:
        added: ArgumentParser = commands.add_parser(name, help=about, description=about)
        added.set_defaults(command=command)
        return added

    _add_check(add("check", check_questionnaires, "Say everything that is wrong with questionnaires."))
    imported = add("import", import_form, "Turn a form of another tool into a questionnaire.")
    imported.add_argument("format", choices=("github-issue-form",))
    imported.add_argument("file")
    imported.add_argument("-o", "--output", metavar="OUT", help="write to a file instead of the output")
    _add_asking(add("path", show_path, "Print the questions asked, in order."))
    _add_asking(add("snapshot", show_snapshot, "Print the problem snapshot of some answers."))
    difference = add("diff", show_differences, "Print what a draft of an older version would meet.")
    difference.add_argument("old")
    difference.add_argument("new")
    fingerprint = add("fingerprint", show_fingerprint, "Print the fingerprint of an error text on the input.")
    fingerprint.add_argument("--lines", action="store_true", help="one object for each line")
    redact = add("redact", show_redacted, "Print the input with secrets and personal details masked.")
    redact.add_argument("--lines", action="store_true", help="treat each line by itself")
    redact.add_argument("--format", choices=("text", "json"), default="text")
    add("run", run_interview, "Hold the interview in this terminal.").add_argument("file")
    return parser


def _add_check(check: ArgumentParser) -> None:
    check.add_argument("files", nargs="+", metavar="FILE")
    check.add_argument("--format", choices=("text", "json"), default="text")
    check.add_argument("--strict", action="store_true", help="warnings count as well")
    check.add_argument("--translations", metavar="DIR", help="the folder with <locale>/LC_MESSAGES/messages.po")
    check.add_argument("--phrasebook", metavar="FILE", help="engineers' terms and what to say instead")
    check.add_argument("--against", metavar="OLD", help="the version that drafts may be on")


def _add_asking(command: ArgumentParser) -> None:
    command.add_argument("file")
    command.add_argument("answers", metavar="ANSWERS.json")
    command.add_argument("--emergency", action="store_true", help="begin with the emergency lane")
    command.add_argument("--now", metavar="T", help="the moment, such as 2026-11-21T09:05:00+08:00")
