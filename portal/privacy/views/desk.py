"""What admins do about a person's data: find them, take it along for them, erase it."""

from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, web
from portal.files import delivery
from portal.privacy import queries, services
from portal.privacy.forms import EraseForm
from portal.privacy.permissions import EraseError
from portal.privacy.views.own import ask_for, blueprint, export_of, send_export
from portal.ui import access, pages
from portal.ui.access import current_actor
from portal.ui.forms import clean

_LONGEST = 254


@blueprint.get("/desk/people")
@access.admin
def find() -> ResponseReturnValue:
    """Find a person by what they sign in with."""
    words = clean(request.args.get("q", ""))[:_LONGEST]
    found = queries.find_person(web.reading(), words)
    return pages.page("privacy/find.html", words=words, found=found)


@blueprint.get("/desk/people/<uuid:person_id>")
@access.admin
def show(person_id: UUID) -> ResponseReturnValue:
    """Show whom it is about, and what can be done."""
    return _person_page(person_id, EraseForm(formdata=None))


@blueprint.post("/desk/people/<uuid:person_id>/export")
@access.admin
def export(person_id: UUID) -> ResponseReturnValue:
    """Have a person's archive made."""
    queries.person_by_id(web.reading(), person_id) or abort(404)
    ask_for(person_id)
    return pages.go_to("privacy.show", person_id=person_id)


@blueprint.get("/desk/people/<uuid:person_id>/file")
@access.admin
def fetch(person_id: UUID) -> ResponseReturnValue:
    """Send a person's archive."""
    queries.person_by_id(web.reading(), person_id) or abort(404)
    return send_export(person_id) or pages.go_to("privacy.show", person_id=person_id)


@blueprint.post("/desk/people/<uuid:person_id>/erase")
@access.admin
def erase(person_id: UUID) -> ResponseReturnValue:
    """Erase a person, once it is certain that they are meant."""
    form = EraseForm()
    if not form.validate():
        return _person_page(person_id, form), 422
    queries.person_by_id(web.reading(), person_id) or abort(404)
    try:
        with web.changing() as session:
            keys = services.erase(session, person_id, by=current_actor(), at=clock.now())
    except EraseError as error:
        form.sure.errors = [
            _("You can’t erase yourself. Ask another admin.")
            if error.code == "yourself"
            else _("This person was erased before.")
        ]
        return _person_page(person_id, form), 422
    for key in keys:
        delivery.storage().remove(key)
    pages.say(_("The person is erased. The database file is tidied up within minutes."))
    return pages.go_to("privacy.find")


def _person_page(person_id: UUID, form: EraseForm) -> str:
    found = queries.person_by_id(web.reading(), person_id) or abort(404)
    problems = [(str(each.id), text) for each, text in form.problems()]
    return pages.page("privacy/person.html", found=found, form=form, problems=problems, job=export_of(person_id))
