"""Lists from elsewhere: sent in, looked through by the worker, shown, and taken in."""

from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.administration import queries, services
from portal.administration.forms import ListForm, heading
from portal.administration.models import TAKEN_IN, ImportState, ListImport, Register
from portal.administration.queries.received import MOST_SHOWN
from portal.administration.services import COLUMNS, Received, SetupError
from portal.administration.services.taking.rows import count_rows, read_rows
from portal.administration.views.blueprint import blueprint
from portal.core import clock, web
from portal.files.delivery import storage
from portal.ui import access, languages, pages
from portal.ui.tables import table_file

_LISTS = f"any({','.join(repr(each.value) for each in TAKEN_IN)})"
_PREVIEWED = 5
_EXAMPLES = {
    Register.ORGANISATIONS: ("K-1001", "Qinghe Hospital", "gold", "Guangdong", "Asia/Shanghai", "zh_Hans", ""),
    Register.CONTACTS: ("K-1001", "Tang Xiuying", "tang@hospital.example", "", "", "contact", "own", "", "zh_Hans"),
    Register.INSTALLATIONS: ("K-1001", "his", "5.6.2", "Main building", "orders; nursing"),
    Register.RELEASES: ("his", "5.6.2", "", "2026-04-30"),
}


@blueprint.get("/lists")
@access.admin
def show_lists() -> ResponseReturnValue:
    """Ask for a list, and show those that were sent in."""
    return _lists_page(ListForm(formdata=None))


@blueprint.post("/lists")
@access.admin
def send_list() -> ResponseReturnValue:
    """Receive a list; the worker looks through it."""
    form = ListForm()
    sent = request.files.get("list")
    if not form.validate() or sent is None or not sent.filename:
        if not form.list.errors:
            form.list.errors = [_("Choose the file with the list.")]
        return _lists_page(form), 422
    with sent.stream as stream:
        kept = form.kept(stream.read())
    if kept is None:
        return _lists_page(form), 422
    received = Received(Register(form.register.data), storage().put(kept), len(kept), count_rows(kept))
    with web.changing() as session:
        row = services.receive(session, received, by=access.current_actor(), at=clock.now())
    return pages.go_to(".show_received", import_id=row.id)


@blueprint.get("/lists/<uuid:import_id>")
@access.admin
def show_received(import_id: UUID) -> ResponseReturnValue:
    """Show how far a list is, what it would do, and which rows can't be taken."""
    row = _find(import_id)
    kind = Register(row.kind)
    after = request.args.get("after", 0, type=int)
    refused = queries.refused_rows(web.reading(), row.id, after=max(0, min(after, 10**9)))
    return pages.page(
        "administration/received.html",
        row=row,
        share=_share(row),
        refused=refused[:MOST_SHOWN],
        next=refused[MOST_SHOWN - 1].row if len(refused) > MOST_SHOWN else 0,
        preview=_preview(row),
        headings=[heading(kind, each, languages.current_locale()) for each in COLUMNS[kind]],
        columns=COLUMNS[kind],
    )


@blueprint.post("/lists/<uuid:import_id>/take-in")
@access.admin
def take_in(import_id: UUID) -> ResponseReturnValue:
    """Have a list taken in; the rows that can't be are left out."""
    _find(import_id)
    try:
        with web.changing() as session:
            row = session.get_one(ListImport, import_id, with_for_update=True)
            services.take_in(session, row, by=access.current_actor(), at=clock.now())
    except SetupError:
        pages.say(_("This list is not looked through yet, or it was not kept. Send it in once more."), "stop")
    return pages.go_to(".show_received", import_id=import_id)


@blueprint.get(f"/lists/samples/<{_LISTS}:register>.csv")
@access.admin
def show_sample(register: str) -> ResponseReturnValue:
    """Send a list with headings in the reader's language and one row, as spreadsheets open it."""
    kind, locale = Register(register), languages.current_locale()
    return table_file(register, [[heading(kind, each, locale) for each in COLUMNS[kind]], _EXAMPLES[kind]])


def _find(import_id: UUID) -> ListImport:
    return queries.import_of(web.reading(), import_id) or abort(404)


def _share(row: ListImport) -> int:
    """Return how much of a round is done, in percent."""
    return 100 if row.state in (ImportState.CHECKED, ImportState.DONE) else 100 * row.place // max(row.size, 1)


def _preview(row: ListImport) -> list[dict[str, str]]:
    """Return the first rows as they were understood, while the list is kept."""
    path = storage().path_of(row.storage_key) if row.storage_key else None
    if row.state != ImportState.CHECKED or path is None or not path.is_file():
        return []
    return [dict(each.cells) for each in read_rows(path, 0, limit=_PREVIEWED)[0]]


def _lists_page(form: ListForm) -> str:
    rows = queries.recent_imports(web.reading())
    return pages.page("administration/lists.html", form=form, rows=rows, kinds=TAKEN_IN)
