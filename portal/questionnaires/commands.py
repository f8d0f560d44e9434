"""Publishing questionnaires from the command line."""

from collections.abc import Iterator
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from intake.findings import Finding
from portal.core import clock, web
from portal.core.actor import SYSTEM
from portal.core.i18n import SOURCE_LOCALE
from portal.questionnaires import services
from portal.questionnaires.forms import difference_words
from portal.questionnaires.labels import Labels
from portal.questionnaires.services import Examined, Explained, PublishError
from portal.ui import languages

_WORDS = {
    "number-is-taken": "{key} has another version {number} already. Give the file a higher `version:`.",
    "number-is-behind": "{key} has version {newest} already. Write `version: {next}` in the file.",
    "number-is-too-large": "Give the file a smaller `version:`.",
    "key-is-too-long": "Give the file a shorter `id:`, of 60 characters at most.",
    "reserved-page": "The portal needs the address `{page}` for itself. Give the page another id.",
}


_EXPLAINED = "plainport.explained"


def explain_by(app: Flask, explained: Explained) -> None:
    """Let a feature that this one may not see say which engineers' terms have plain words."""
    app.extensions[_EXPLAINED] = explained


@click.group("questionnaires")
def questionnaires() -> None:
    """Publish questionnaires."""


@questionnaires.command("publish")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def publish(file: Path) -> None:
    """Check the questionnaire in FILE, say what it changes, and publish it; the same text again changes nothing."""
    source = file.read_bytes()
    explained = current_app.extensions.get(_EXPLAINED, services.nothing_explained)
    found = services.examine(web.reading(), source, name=str(file), explained=explained)
    for finding in found.findings:
        click.echo(_line(finding), err=True)
    if found.refusal is not None:
        raise click.ClickException(_refused(found.refusal))
    if found.questionnaire is None or not found.may_be_published:
        raise click.ClickException("Nothing was published.")
    for line in _differences(found):
        click.echo(line)
    with web.changing() as session:
        version = services.publish(
            session, found.questionnaire, by=SYSTEM, at=clock.now(), source=source.decode("utf-8-sig")
        )
    click.echo(f"{version.key} version {version.number} is published ({version.sha256[:12]}).")


def _differences(found: Examined) -> Iterator[str]:
    """Yield what a draft of the published version would meet, as the desk says it."""
    if found.published is None or found.questionnaire is None or found.is_published:
        return
    old, new = (Labels(each, SOURCE_LOCALE) for each in (found.published.questionnaire, found.questionnaire))
    with languages.reading_as(SOURCE_LOCALE, languages.settings().time_zone):
        for each in found.differences:
            stays = "" if each.is_settled else " Drafts stay on their version."
            yield f"- {difference_words(each, old, new)}{stays}"


def _refused(refusal: PublishError) -> str:
    return _WORDS[refusal.code].format(**refusal.parameters)


def _line(finding: Finding) -> str:
    return f"{finding.file}:{finding.line}:{finding.column}: {finding.code} {finding.message} {finding.suggestion}"
