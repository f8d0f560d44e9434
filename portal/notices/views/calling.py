"""The call sheet of a notice: who has not answered, on a page and as a file, and writing down what they say."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, idempotency, web
from portal.notices import queries
from portal.notices.forms.options import pairs
from portal.notices.forms.receiving import (
    CHANNEL_WORDS,
    CallForm,
    SlipForm,
    call_sheet_head,
    no_such_copy,
    standing_words,
    taken,
)
from portal.notices.models import Channel, ReceiptKind
from portal.notices.queries.calling import (
    CallLine,
    CallPerson,
    CallSheet,
    call_sheet,
    copy_of,
    lines_with_people,
    people_to_call,
)
from portal.notices.services.copies import code_as_printed
from portal.notices.services.receipts import Brought, take_answer
from portal.notices.views.desk import bench_of
from portal.notices.views.pieces import blueprint
from portal.ui import access, languages, pages
from portal.ui.access import current_actor
from portal.ui.forms import OnceForm
from portal.ui.tables import table_file

A_PAGE = 50
_MOST_PEOPLE = 100
_MOST_SHOWN = 10
_PURPOSE = "write-down-answer"


@blueprint.get("/desk/notices/<code>/calls")
@access.agent
def show_calls(code: str) -> ResponseReturnValue:
    """Show who has not answered, with whom to call there."""
    sheet = find_sheet(code)
    first = max(request.args.get("from", 0, type=int), 0)
    unanswered = sheet.unanswered
    shown = unanswered[first : first + A_PAGE]
    return pages.page(
        "notices/desk/calls.html",
        sheet=sheet,
        title=title_of(sheet),
        helping=list(lines_with_people(web.reading(), sheet.helping[:A_PAGE])),
        lines=list(lines_with_people(web.reading(), shown)),
        unanswered=len(unanswered),
        first=first,
        last=first + len(shown),
        older=first + A_PAGE if first + A_PAGE < len(unanswered) else None,
        newer=max(first - A_PAGE, 0) if first else None,
        channels=CHANNEL_WORDS,
        slip=SlipForm(),
    )


@blueprint.get("/desk/notices/<code>/calls.csv")
@access.agent
def fetch_calls(code: str) -> ResponseReturnValue:
    """Send the call sheet as a file that opens in a spreadsheet, a line for each person."""
    sheet = find_sheet(code)
    return table_file(f"calls-{sheet.code}", _rows_to_call(sheet))


@blueprint.get("/desk/notices/<code>/calls/<uuid:organisation_id>")
@access.agent
def show_call(code: str, organisation_id: UUID) -> ResponseReturnValue:
    """Ask what an organisation said on the phone."""
    sheet = call_sheet(web.reading(), current_actor(), code) or abort(404)
    return _call_page(sheet, _line(sheet, organisation_id), CallForm())


@blueprint.post("/desk/notices/<code>/calls/<uuid:organisation_id>")
@access.agent
def write_call(code: str, organisation_id: UUID) -> ResponseReturnValue:
    """Keep what somebody said on the phone."""
    sheet, form = call_sheet(web.reading(), current_actor(), code) or abort(404), CallForm()
    line = _line(sheet, organisation_id)
    _offer_people(form, line)
    if not form.validate_on_submit():
        return _call_page(sheet, line, form), 422
    person = form.person.data
    brought = Brought(
        notice_id=sheet.notice_id,
        organisation_id=organisation_id,
        kind=ReceiptKind(form.answer.data),
        channel=Channel.PHONE,
        contact_id=UUID(person) if person else None,
        name=form.name.data or "",
        read=form.read(sheet.number),
    )
    _keep_once(brought, form)
    pages.say(taken(line.name, outdated=_outdated(brought, sheet)))
    return pages.go_to("notices.show_calls", code=code)


@blueprint.get("/desk/slips")
@access.agent
def show_slips() -> ResponseReturnValue:
    """Ask what stands on a slip that came back."""
    return _slip_page(SlipForm())


@blueprint.post("/desk/slips")
@access.agent
def write_slip() -> ResponseReturnValue:
    """Keep what stands on a slip, and be ready for the next."""
    form = SlipForm()
    if not form.validate_on_submit():
        return _slip_page(form), 422
    printed = code_as_printed(form.code.data)
    copy = copy_of(web.reading(), printed.code, printed.revision)
    sheet = call_sheet(web.reading(), current_actor(), copy.notice_code) if copy else None
    if copy is None or sheet is None or not _serves(copy.organisation_id):
        form.code.errors = [no_such_copy()]
        return _slip_page(form), 422
    brought = Brought(
        notice_id=copy.notice_id,
        organisation_id=copy.organisation_id,
        kind=ReceiptKind(form.answer.data),
        channel=Channel.SLIP,
        name=form.name.data or "",
        phone=form.phone.data or "",
        read=copy.printed,
    )
    _keep_once(brought, form)
    pages.say(taken(copy.organisation_name, outdated=_outdated(brought, sheet)))
    return pages.go_to("notices.show_slips")


def find_sheet(code: str) -> CallSheet:
    """Return the call sheet of a notice that this agent may see, or answer that there is none; a draft has none yet."""
    sheet = call_sheet(web.reading(), current_actor(), code)
    if sheet is None:
        bench_of(code)
        pages.say(_("Nobody has to be called yet: this notice is not out."))
        abort(pages.go_to("notices.show_on_desk", code=code))
    return sheet


def title_of(sheet: CallSheet) -> tuple[str, str]:
    """Return the title of a sheet's notice, and its language where that isn't the reader's."""
    notice = queries.reader_notices(web.reading(), [sheet.notice_id], languages.current_locale())[0]
    is_own = notice.language == languages.current_locale()
    return notice.title, "" if is_own else notice.language.replace("_", "-")


def _serves(organisation_id: UUID) -> bool:
    """Whether the agent serves an organisation: what everyone may read is answered by others, too."""
    served = current_actor().organisations
    return served is None or organisation_id in served


def _line(sheet: CallSheet, organisation_id: UUID) -> CallLine:
    return sheet.line_of(organisation_id) or abort(404)


def _people(line: CallLine) -> list[CallPerson]:
    """Return whom to call at an organisation; a big one has more, who are written down by name."""
    return people_to_call(web.reading(), [line.organisation_id]).get(line.organisation_id, [])[:_MOST_PEOPLE]


def _offer_people(form: CallForm, line: CallLine) -> list[CallPerson]:
    people = _people(line)
    form.offer([(str(each.contact_id), each.name) for each in people])
    return people


def _call_page(sheet: CallSheet, line: CallLine, form: CallForm) -> str:
    people = _offer_people(form, line)
    return pages.page(
        "notices/desk/call.html",
        sheet=sheet,
        title=title_of(sheet),
        line=line,
        people=people[:_MOST_SHOWN],
        form=form,
        options=pairs(form.answer),
        channels=CHANNEL_WORDS,
    )


def _slip_page(form: SlipForm) -> str:
    return pages.page("notices/desk/slip.html", form=form, options=pairs(form.answer))


def _outdated(brought: Brought, sheet: CallSheet) -> int:
    """Return the revision that was answered where it asked for something else than the one that is out; else 0."""
    is_counted = brought.kind is ReceiptKind.NEED_HELP or brought.read >= sheet.asks_anew_since
    return 0 if is_counted else brought.read


def _keep_once(brought: Brought, form: OnceForm) -> None:
    by, at = current_actor(), clock.now()
    with web.changing() as session:
        once = form.once.data
        if idempotency.earlier_result(session, once, purpose=_PURPOSE, person_id=by.person_id) is None:
            receipt = take_answer(session, brought, by=by, at=at)
            result = {"receipt": str(receipt.id)}
            idempotency.remember(session, once, purpose=_PURPOSE, person_id=by.person_id, result=result, at=at)


def _rows_to_call(sheet: CallSheet) -> Iterator[Sequence[str]]:
    yield call_sheet_head()
    for line, people in lines_with_people(web.reading(), [*sheet.helping, *sheet.unanswered]):
        where = standing_words(is_opened=line.latest is not None, wants_help=line.wants_help)
        for row in [(each.name, each.title, each.phone, each.email) for each in people] or [("", "", "", "")]:
            yield line.name, where, *row
