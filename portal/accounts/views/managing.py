"""What a manager decides about colleagues."""

from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.accounts import services
from portal.accounts.forms import ContactForm
from portal.accounts.models import Contact, Person
from portal.accounts.views.blueprint import blueprint
from portal.accounts.views.reach import find_contact, go_back_to
from portal.core import clock, web
from portal.core.actor import Role, SeeScope
from portal.ui import access, pages
from portal.ui.forms import OnceForm


@blueprint.get("/contacts/<uuid:contact_id>")
@access.signed_in
def show_contact(contact_id: UUID) -> ResponseReturnValue:
    """Show what a colleague may do and see, to be changed."""
    contact = find_contact(web.reading(), contact_id)
    form = ContactForm(formdata=None)
    form.role.data, form.see_scope.data = contact.role, contact.see_scope
    return _show(web.reading(), contact, form)


@blueprint.post("/contacts/<uuid:contact_id>")
@access.signed_in
def change_contact(contact_id: UUID) -> ResponseReturnValue:
    """Decide what a colleague may do and see."""
    contact, form = find_contact(web.reading(), contact_id), ContactForm()
    if not form.validate():
        return _show(web.reading(), contact, form), 422
    role, see_scope = Role(form.role.data), SeeScope(form.see_scope.data)
    try:
        with web.changing() as session:
            held, at = find_contact(session, contact_id), clock.now()
            services.change_contact(session, held, role=role, see_scope=see_scope, by=access.current_actor(), at=at)
    except services.PersonError:
        form.refuse_last_manager()
        return _show(web.reading(), contact, form), 422
    pages.say(_("It is changed, and holds from now on."))
    return go_back_to(contact.organisation_id)


@blueprint.post("/contacts/<uuid:contact_id>/disable")
@access.signed_in
def disable_contact(contact_id: UUID) -> ResponseReturnValue:
    """Take a colleague's way in."""
    contact = find_contact(web.reading(), contact_id)
    try:
        with web.changing() as session:
            held = find_contact(session, contact_id)
            services.disable_contact(session, held, by=access.current_actor(), at=clock.now())
    except services.PersonError:
        form = ContactForm(formdata=None)
        form.role.data, form.see_scope.data = contact.role, contact.see_scope
        form.refuse_last_manager()
        return _show(web.reading(), contact, form), 422
    pages.say(_("They can't sign in any more, and are signed out everywhere."))
    if contact.person_id == access.signed_in_person():
        return pages.go_to("accounts.sign_in")
    return go_back_to(contact.organisation_id)


def _show(session: Session, contact: Contact, form: ContactForm) -> str:
    person = session.get_one(Person, contact.person_id)
    return pages.page("accounts/contact.html", contact=contact, person=person, form=form, once=OnceForm(formdata=None))
