"""Publishing questionnaires from the command line."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from intake.findings import Finding, QuestionnaireError
from intake.loading import load_file
from portal.core import clock, web
from portal.core.actor import SYSTEM
from portal.questionnaires import services
from portal.questionnaires.services import PublishError

_WORDS = {
    "number-is-taken": "{key} has another version {number} already. Give the file a higher `version:`.",
    "reserved-page": "The portal needs the address `{page}` for itself. Give the page another id.",
}


@click.group("questionnaires")
def questionnaires() -> None:
    """Publish questionnaires."""


@questionnaires.command("publish")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def publish(file: Path) -> None:
    """Publish the questionnaire in FILE; publishing the same text again changes nothing."""
    try:
        questionnaire = load_file(file)
        with web.changing() as session:
            version = services.publish(session, questionnaire, by=SYSTEM, at=clock.now())
    except QuestionnaireError as error:
        raise click.ClickException("\n".join(_line(each) for each in error.findings)) from error
    except PublishError as error:
        raise click.ClickException(_WORDS[error.code].format(**error.parameters)) from error
    click.echo(f"{version.key} version {version.number} is published ({version.sha256[:12]}).")


def _line(finding: Finding) -> str:
    return f"{finding.file}:{finding.line}:{finding.column}: {finding.code} {finding.message} {finding.suggestion}"
