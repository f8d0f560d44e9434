"""The command that checks questionnaires."""

import json
from argparse import Namespace
from collections.abc import Collection
from pathlib import Path

from intake.checking import CheckOptions, check_files
from intake.cli.opening import CANNOT_RUN, FINE, FOUND, CannotRunError, line_of, open_questionnaire, read_bytes
from intake.loading.tree import Report, parse


def check_questionnaires(arguments: Namespace) -> int:
    """Print every finding; 0 without errors (with --strict without warnings), 1 with some."""
    options = CheckOptions(
        explained=None if arguments.phrasebook is None else phrasebook_terms(arguments.phrasebook),
        translations=_folder(arguments.translations),
        against=None if arguments.against is None else open_questionnaire(arguments.against),
    )
    files = {path: read_bytes(path) for path in arguments.files}
    findings = check_files(files, options)
    if arguments.format == "json":
        print(json.dumps([finding.as_document() for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            print(line_of(finding))
    counted = findings if arguments.strict else [finding for finding in findings if finding.is_error]
    return FOUND if counted else FINE


def phrasebook_terms(path: str) -> Collection[str]:
    """Return the engineers' terms of a phrasebook file, in small letters.

    The file is YAML or JSON: a map from term to the customer's sentence, or a list of maps with a `term`.
    """
    report = Report(path)
    root = parse(read_bytes(path), report)
    if root is None or report.findings:
        raise CannotRunError("\n".join(map(line_of, report.findings)), CANNOT_RUN)
    if isinstance(root.value, dict):
        return {term.lower() for term in root.value}
    entries = root.value if isinstance(root.value, list) else []
    terms = [entry.value["term"].value for entry in entries if isinstance(entry.value, dict) and "term" in entry.value]
    return {str(term).lower() for term in terms}


def _folder(path: str | None) -> Path | None:
    if path is None:
        return None
    if not Path(path).is_dir():
        message = f"{path}: there is no such folder"
        raise CannotRunError(message)
    return Path(path)
