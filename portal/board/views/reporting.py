"""Reports of a month: made, read, sent by mail, printed, and as a table."""

from typing import Any
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue

from portal.board import services
from portal.board.documents import figures_of, file_name, is_early, last_day, name_of, subject_of
from portal.board.forms import ReaderForm, ReportForm, mail_words
from portal.board.models import MonthlyReport
from portal.board.queries import behind, figures, reports
from portal.board.queries.figures import NONE, Scope, Sums
from portal.board.queries.values import sums_of, value_of
from portal.board.views.blueprint import blueprint
from portal.board.views.showing import MEASURES, asked_id
from portal.catalogue import queries as catalogue
from portal.core import clock, web
from portal.files import delivery
from portal.files.queries import stored_file
from portal.outbox.queries import JobState, job_status
from portal.ui import access, languages, pages
from portal.ui.access import current_actor
from portal.ui.tables import table_file

_ABOUT = ("month", "last_day", "subject_kind", "subject", "subject_name", "measure", "measure_name")
_OF_A_MONTH = ("count", "total", "value", "unit")
_COLUMNS = (*_ABOUT, *_OF_A_MONTH, *(f"{each}_month_before" for each in _OF_A_MONTH))


@blueprint.get("/reports")
@access.agent
def show_reports() -> ResponseReturnValue:
    """List the reports that were made, and ask for another."""
    form = ReportForm(formdata=None)
    today = clock.now().astimezone(languages.portal_zone()).date()
    form.month.data = f"{services.month_before(today):%Y-%m}"
    return _reports_page(form)


@blueprint.post("/reports")
@access.agent
def make_report() -> ResponseReturnValue:
    """Make the report of a product or an organisation of a month."""
    form, actor = ReportForm(), current_actor()
    _offer(form)
    month = form.day() if form.validate() else None
    if month is None:
        return _reports_page(form), 422
    organisation_id = behind.organisation_named(web.reading(), actor, form.organisation.data)
    product = "" if organisation_id else form.about.data
    scope = Scope("organisation", organisation_id.hex) if organisation_id else Scope("product", product)
    if (form.organisation.data and organisation_id is None) or not figures.seen_by(actor, scope):
        form.refuse()
        return _reports_page(form), 422
    with web.changing() as session:
        about: dict[str, Any] = {"product": product, "organisation_id": organisation_id}
        row = services.make_report(session, month, **about, by=actor, at=clock.now())
    return pages.go_to(".show_report", report_id=row.id)


@blueprint.get("/reports/<uuid:report_id>")
@access.agent
def show_report(report_id: UUID) -> ResponseReturnValue:
    """Show a report."""
    session, report = web.reading(), _find(report_id)
    job = job_status(session, services.paper_key(report, languages.current_locale()))
    name = name_of(session, report, languages.current_locale())
    is_reader = reports.is_reader(session, current_actor(), report)
    shown = {"report": report, "name": name, "job": job, "is_reader": is_reader, **figures_of(report)}
    return pages.page("board/report.html", links=_links(report), **shown)


def _links(report: MonthlyReport) -> dict[str, dict[str, str]]:
    """Return where the tickets behind each figure of a report are, but for which figure: of its month, and before."""
    scope = Scope("organisation", report.organisation_id.hex) if report.organisation_id else None
    about, month = str(scope or Scope("product", report.product_code)), report.month
    stretches = {"now": (month, services.month_after(month)), "before": (services.month_before(month), month)}
    return {
        when: {"scope": about, "from": first.isoformat(), "until": after.isoformat()}
        for when, (first, after) in stretches.items()
    }


@blueprint.post("/reports/<uuid:report_id>/readers")
@access.agent
def read_along(report_id: UUID) -> ResponseReturnValue:
    """Begin or stop getting each month's report about the same by mail."""
    report, form = _find(report_id), ReaderForm()
    if not form.validate():
        abort(422)
    with web.changing() as session:
        services.read_along(session, report, by=current_actor(), wants=form.wants, at=clock.now())
    pages.say(mail_words(wants=form.wants))
    return pages.go_to(".show_report", report_id=report_id)


@blueprint.get("/reports/<uuid:report_id>/table")
@access.agent
def show_table(report_id: UUID) -> ResponseReturnValue:
    """Send a report's figures as a table that spreadsheets open."""
    session, report, locale = web.reading(), _find(report_id), languages.current_locale()
    subject, kind = subject_of(session, report), "organisation" if report.organisation_id else "product"
    about = (f"{report.month:%Y-%m}", last_day(report).isoformat(), kind, subject, name_of(session, report, locale))
    months = [sums_of(report, when) for when in ("now", "before")]
    names = pages.render("board/measures.txt", locale, measures=MEASURES).splitlines()
    rows = [
        [*about, measure, name, *(cell for month in months for cell in _cells(month, measure))]
        for measure, name in zip(MEASURES, names, strict=True)
    ]
    return table_file(file_name(report, subject), [_COLUMNS, *rows])


@blueprint.post("/reports/<uuid:report_id>/paper")
@access.agent
def print_report(report_id: UUID) -> ResponseReturnValue:
    """Have the PDF made in the agent's language."""
    report, locale = _find(report_id), languages.current_locale()
    with web.changing() as session:
        services.add_paper(session, report, locale, time_zone=current_actor().time_zone, at=clock.now())
    return pages.go_to(".show_report", report_id=report_id)


@blueprint.get("/reports/<uuid:report_id>/paper")
@access.agent
def fetch_report_paper(report_id: UUID) -> ResponseReturnValue:
    """Send the PDF; where there is none yet, lead back to the page that says so."""
    job = job_status(web.reading(), services.paper_key(_find(report_id), languages.current_locale()))
    if job is not None and job.state is JobState.DONE:
        file = stored_file(web.reading(), UUID(str(job.result["file_id"])))
        if file is not None:
            return delivery.send(file)
    return pages.go_to(".show_report", report_id=report_id)


def _find(report_id: UUID) -> MonthlyReport:
    row = reports.find_report(web.reading(), current_actor(), report_id) or abort(404)
    report: MonthlyReport = row[0]
    return report


def _cells(month: Sums, measure: str) -> list[object]:
    value = value_of(month, measure)
    return [*month.get(measure, NONE), *((value.amount, str(value.unit)) if value else ("", ""))]


def _offer(form: ReportForm) -> None:
    actor, names = current_actor(), catalogue.product_names(web.reading(), languages.current_locale())
    seen = {code: name for code, name in names.items() if figures.seen_by(actor, Scope("product", code))}
    form.about.choices = [("", "–"), *seen.items()]


def _reports_page(form: ReportForm) -> str:
    _offer(form)
    locale = languages.current_locale()
    rows = reports.reports(web.reading(), current_actor(), after=asked_id())
    next_id = rows[reports.AT_ONCE - 1][0].id if len(rows) > reports.AT_ONCE else None
    products = catalogue.product_names(web.reading(), locale)
    shown = {"rows": rows[: reports.AT_ONCE], "next": next_id, "is_first": "after" not in request.args}
    return pages.page("board/reports.html", form=form, products=products, is_early=is_early, **shown)
