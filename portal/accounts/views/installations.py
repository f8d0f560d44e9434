"""What an organisation runs, kept by its manager or by support."""

from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.accounts import queries, services
from portal.accounts.forms import InstallationForm
from portal.accounts.models import Installation, Organisation
from portal.accounts.services import Running
from portal.accounts.views.blueprint import blueprint
from portal.accounts.views.reach import find_installation, find_organisation, go_back_to
from portal.catalogue.queries import offered_products, product_names
from portal.core import clock, web
from portal.ui import access, languages, pages
from portal.ui.forms import OnceForm


@blueprint.get("/organisations/<uuid:organisation_id>/installations/new")
@access.signed_in
def new_installation(organisation_id: UUID) -> ResponseReturnValue:
    """Ask what else an organisation runs."""
    session = web.reading()
    return _show(find_organisation(session, organisation_id), _form(session, InstallationForm(formdata=None)))


@blueprint.post("/organisations/<uuid:organisation_id>/installations")
@access.signed_in
def add_installation(organisation_id: UUID) -> ResponseReturnValue:
    """Add what an organisation runs."""
    reading = web.reading()
    organisation, form = find_organisation(reading, organisation_id), _form(reading, InstallationForm())
    if not form.validate():
        return _show(organisation, form), 422
    with web.changing() as session:
        services.add_installation(session, organisation_id, _typed(form), by=access.current_actor(), at=clock.now())
    return _thank(organisation_id)


@blueprint.get("/organisations/<uuid:organisation_id>/installations/history")
@access.signed_in
def show_installation_changes(organisation_id: UUID) -> ResponseReturnValue:
    """Show who told us what about the installations."""
    session = web.reading()
    organisation = find_organisation(session, organisation_id)
    return pages.page(
        "accounts/installation_changes.html",
        organisation=organisation,
        changes=queries.installation_changes(session, organisation_id),
        products=product_names(session, languages.current_locale()),
    )


@blueprint.get("/installations/<uuid:installation_id>")
@access.signed_in
def show_installation(installation_id: UUID) -> ResponseReturnValue:
    """Show what an organisation runs, to be changed."""
    session = web.reading()
    found = find_installation(session, installation_id)
    form = _form(session, InstallationForm(formdata=None), found.product_code)
    form.product.data, form.version.data, form.site.data = found.product_code, found.version, found.site
    return _show(find_organisation(session, found.organisation_id), form, found)


@blueprint.post("/installations/<uuid:installation_id>")
@access.signed_in
def change_installation(installation_id: UUID) -> ResponseReturnValue:
    """Say that it is another version, or elsewhere."""
    reading = web.reading()
    found = find_installation(reading, installation_id)
    form = _form(reading, InstallationForm(), found.product_code)
    if not form.validate():
        return _show(find_organisation(reading, found.organisation_id), form, found), 422
    with web.changing() as session:
        held = find_installation(session, installation_id)
        services.change_installation(session, held, _typed(form), by=access.current_actor(), at=clock.now())
    return _thank(found.organisation_id)


@blueprint.post("/installations/<uuid:installation_id>/remove")
@access.signed_in
def remove_installation(installation_id: UUID) -> ResponseReturnValue:
    """Take it off the list, because it runs no more."""
    with web.changing() as session:
        held = find_installation(session, installation_id)
        organisation_id = held.organisation_id
        services.remove_installation(session, held, by=access.current_actor(), at=clock.now())
    return _thank(organisation_id)


def _form(session: Session, form: InstallationForm, also: str = "") -> InstallationForm:
    form.product.choices = list(offered_products(session, languages.current_locale(), also=also).items())
    return form


def _typed(form: InstallationForm) -> Running:
    return Running(form.product.data, form.version.data, form.site.data)


def _thank(organisation_id: UUID) -> Response:
    pages.say(_("Thank you. Notices know now whether they concern you."))
    return go_back_to(organisation_id)


def _show(organisation: Organisation, form: InstallationForm, installation: Installation | None = None) -> str:
    return pages.page(
        "accounts/installation.html",
        organisation=organisation,
        installation=installation,
        form=form,
        once=OnceForm(formdata=None),
    )
