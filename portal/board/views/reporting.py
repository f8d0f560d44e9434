"""Reports of a month: made, read, printed, and as a table."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

from portal.board import services
from portal.board.documents import DOCUMENT, name_of
from portal.board.forms import ReportForm
from portal.board.models import MonthlyReport
from portal.board.queries import behind, figures
from portal.board.queries.figures import Scope
from portal.board.views.blueprint import blueprint
from portal.board.views.showing import MEASURES, this_monday
from portal.catalogue import queries as catalogue
from portal.core import clock, web
from portal.files import delivery
from portal.files.queries import stored_file
from portal.outbox.queries import JobState, job_status
from portal.outbox.services import add_job
from portal.printing import PDF_JOB
from portal.ui import access, languages, pages
from portal.ui.access import current_actor
from portal.ui.tables import table_file


@blueprint.get("/reports")
@access.agent
def show_reports() -> ResponseReturnValue:
    """List the reports that were made, and ask for another."""
    form = ReportForm(formdata=None)
    form.month.data = f"{this_monday().replace(day=1) - timedelta(days=1):%Y-%m}"
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
    report = _find(report_id)
    job = job_status(web.reading(), _paper_key(report))
    name = name_of(web.reading(), report, languages.current_locale())
    return pages.page("board/report.html", report=report, name=name, job=job)


@blueprint.get("/reports/<uuid:report_id>/table")
@access.agent
def show_table(report_id: UUID) -> ResponseReturnValue:
    """Send a report's figures as a table that spreadsheets open."""
    report = _find(report_id)
    rows: list[list[object]] = [["measure", "count", "total", "count_month_before", "total_month_before"]]
    for measure in MEASURES:
        now, before = (report.figures[when].get(measure, (0, 0)) for when in ("now", "before"))
        rows.append([measure, *now, *before])
    return table_file(f"report-{report.month:%Y-%m}", rows)


@blueprint.post("/reports/<uuid:report_id>/paper")
@access.agent
def print_report(report_id: UUID) -> ResponseReturnValue:
    """Have the PDF made in the agent's language."""
    report, locale = _find(report_id), languages.current_locale()
    parameters = {"document": DOCUMENT, "id": str(report.id), "locale": locale, "time_zone": current_actor().time_zone}
    with web.changing() as session:
        add_job(session, PDF_JOB, parameters, dedupe_key=_paper_key(report), at=clock.now())
    return pages.go_to(".show_report", report_id=report_id)


@blueprint.get("/reports/<uuid:report_id>/paper")
@access.agent
def fetch_report_paper(report_id: UUID) -> ResponseReturnValue:
    """Send the PDF; where there is none yet, lead back to the page that says so."""
    job = job_status(web.reading(), _paper_key(_find(report_id)))
    if job is not None and job.state is JobState.DONE:
        file = stored_file(web.reading(), UUID(str(job.result["file_id"])))
        if file is not None:
            return delivery.send(file)
    return pages.go_to(".show_report", report_id=report_id)


def _find(report_id: UUID) -> MonthlyReport:
    row = behind.find_report(web.reading(), current_actor(), report_id) or abort(404)
    report: MonthlyReport = row[0]
    return report


def _paper_key(report: MonthlyReport) -> str:
    return f"board-paper:{report.id}:{report.made_at:%Y%m%d%H%M%S}:{languages.current_locale()}"


def _offer(form: ReportForm) -> None:
    actor, names = current_actor(), catalogue.product_names(web.reading(), languages.current_locale())
    seen = {code: name for code, name in names.items() if figures.seen_by(actor, Scope("product", code))}
    form.about.choices = [("", "–"), *seen.items()]


def _reports_page(form: ReportForm) -> str:
    _offer(form)
    locale = languages.current_locale()
    rows = behind.reports(web.reading(), current_actor())
    products = catalogue.product_names(web.reading(), locale)
    return pages.page("board/reports.html", form=form, rows=rows, products=products)
