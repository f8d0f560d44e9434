"""``portal notices``: notices from and to other formats, and on paper."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from portal.core import clock, web
from portal.core.actor import Actor, Role
from portal.core.i18n import LOCALES, SOURCE_LOCALE
from portal.formats.documents.csaf import as_csaf
from portal.formats.forms import fault_words, refusal_of
from portal.formats.queries.imports import kept_for_csaf
from portal.formats.services.importing import import_csaf
from portal.formats.services.schema import CsafError, read_csaf
from portal.notices.documents.batches import Batch, print_batch
from portal.notices.documents.sheets import Edition, edition_of, printed
from portal.notices.queries.copies import Problem, Trouble
from portal.notices.queries.printing import PrintedNotice, published_notice
from portal.printing import PrintError, print_document
from portal.ui import languages

_OPERATOR = Actor(role=Role.ADMIN, name="Plainport")
"""Whoever may run commands on the server may do everything."""
_PROBLEMS = {
    Problem.NO_ADDRESS: "no address",
    Problem.TOO_LONG: "the address is too long for its place",
    Problem.UNPRINTABLE: "no font here has these signs",
}

_REASONS = {
    "limits": "it took more time or memory than a document may. Try again once this machine has less to do.",
    "too-long": "it is longer than a document may be. Shorten its words.",
}


@click.group("notices")
def notices() -> None:
    """Take notices in from CSAF, give them out, and print them."""


@notices.command("import-csaf")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--language", type=click.Choice([*LOCALES]), default=SOURCE_LOCALE, help="Of what is said about a file.")
@with_appcontext
def take_in_csaf(paths: Sequence[Path], language: str) -> None:
    """Make a draft of each CSAF 2.0 file, and print one JSON object a file."""
    with languages.reading_as(language, languages.settings().time_zone):
        answers = [_take_in(path) for path in paths]
    if any("refused" in each for each in answers):
        raise SystemExit(1)


def _take_in(path: Path) -> dict[str, object]:
    answer: dict[str, object] = {"file": str(path)}
    try:
        document = read_csaf(path.read_bytes())
        with web.changing() as session:
            made = import_csaf(session, document, path.name, by=_OPERATOR, at=clock.now())
        answer |= {"code": made.code, "products": made.products, "ranges": made.ranges}
        answer["kept_unmapped"] = list(made.kept_unmapped)
    except CsafError as error:
        faults = [{"path": each.path, "problem": fault_words(each)} for each in error.faults]
        answer |= {"refused": refusal_of(error), "faults": faults}
    except OSError as error:
        answer |= {"refused": error.strerror or str(error), "faults": []}
    click.echo(json.dumps(answer, ensure_ascii=False))
    if "refused" in answer:
        _explain(path, answer)
    return answer


def _explain(path: Path, answer: Mapping[str, Any]) -> None:
    click.echo(f"{path}: {answer['refused']}", err=True)
    for each in answer["faults"]:
        click.echo(f"  {each['path']}: {each['problem']}", err=True)


@notices.command("export-csaf")
@click.argument("code")
@click.option(
    "--language", type=click.Choice([*LOCALES]), help="Of the document; the notice's own where none is named."
)
@with_appcontext
def give_out_csaf(code: str, language: str | None) -> None:
    """Print a published notice as a CSAF 2.0 document."""
    notice = _published(code)
    locale = language or notice.source_language
    if locale not in notice.texts:
        raise click.ClickException(f"{notice.code} is not written in {locale}.")
    with web.database().read() as session:
        kept = kept_for_csaf(session, notice.id)
    click.echo(json.dumps(as_csaf(notice, locale, kept=kept), ensure_ascii=False, indent=2))


@notices.command("print")
@click.argument("code")
@click.option("--language", "wanted", default="", metavar="zh_Hans,en", help="The first is the large one.")
@click.option("--arrangement", type=click.Choice(["beside", "apart", "board"]), default="beside", show_default=True)
@click.option("--batch", "is_batch", is_flag=True, help="A copy for each organisation that it concerns, by name.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .pdf, or with --batch a .zip."
)
@with_appcontext
def print_notice(code: str, wanted: str, arrangement: str, *, is_batch: bool, out: Path) -> None:
    """Print a published notice; with --batch, with each organisation's address and a code of its own."""
    if is_batch and arrangement != "beside":
        raise click.UsageError("Copies by name have their languages beside each other: leave --arrangement out.")
    notice = _published(code)
    edition = _edition(notice, wanted, arrangement)
    _require_writable(out)
    try:
        with languages.reading_as(edition.locales[0], languages.settings().time_zone):
            troubles = _print_batch(notice, edition, out) if is_batch else _print_one(notice, edition, out)
    except PrintError as error:
        raise click.ClickException(f"It could not be printed: {_REASONS.get(str(error), error)}") from error
    except OSError as error:
        raise _unwritable(out, error) from error
    for each in troubles:
        click.echo(f"{each.name}: {_PROBLEMS[each.problem]} {each.signs}".rstrip(), err=True)


def _require_writable(out: Path) -> None:
    """Refuse a place that nothing can be written to before anything is printed; what lies there stays as it is."""
    was_there = out.exists()
    try:
        with out.open("ab"):
            pass
        if not was_there:
            out.unlink()
    except OSError as error:
        raise _unwritable(out, error) from error


def _unwritable(out: Path, error: OSError) -> click.ClickException:
    return click.ClickException(f"{out} could not be written: {error.strerror or error}.")


def _print_one(notice: PrintedNotice, edition: Edition, out: Path) -> list[Trouble]:
    with _progress(1) as step:
        out.write_bytes(print_document(printed(notice, edition)))
        step(1)
    return []


def _print_batch(notice: PrintedNotice, edition: Edition, out: Path) -> list[Trouble]:
    batch = Batch(notice, edition.locales, is_separate=out.suffix.lower() == ".zip")
    with tempfile.TemporaryDirectory() as folder:
        return print_batch(web.database(), batch, Path(folder), out, _progress)


@contextmanager
def _progress(length: int) -> Iterator[Callable[[int], object]]:
    """Show how far it is, where somebody is looking."""
    with click.progressbar(length=length, label="Printing", file=sys.stderr) as bar:
        yield bar.update


def _published(code: str) -> PrintedNotice:
    with web.database().read() as session:
        found = published_notice(session, _OPERATOR, code.strip().upper())
    if found is None:
        raise click.ClickException(f"There is no published notice {code}.")
    return found


def _edition(notice: PrintedNotice, wanted: str, arrangement: str) -> Edition:
    asked = [each.strip() for each in wanted.split(",") if each.strip()] or [notice.source_language]
    missing = [each for each in asked if each not in notice.texts]
    if missing:
        raise click.ClickException(f"{notice.code} is not written in {', '.join(missing)}.")
    edition = edition_of(notice, asked, arrangement)
    if edition is None:
        raise click.ClickException(f"{notice.code} is written in no language.")
    return edition
