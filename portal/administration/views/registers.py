"""The lists of what is set up, and the form of each thing on them."""

from collections.abc import Mapping, Sequence

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.administration import queries, services
from portal.administration.forms import FORMS, AgentForm, FaultTypeForm, OrganisationForm, SetupForm
from portal.administration.models import Register
from portal.administration.services import SetupError
from portal.administration.services.taking.cells import read_day
from portal.administration.views.blueprint import blueprint
from portal.catalogue import queries as catalogue
from portal.core import clock, idempotency, web
from portal.core.actor import Actor
from portal.teams.queries import agents, teams
from portal.ui import access, languages, pages
from portal.ui.forms import OnceForm, clean

_ANY = f"any({','.join(repr(each.value) for each in Register)})"


@blueprint.get("/")
@access.admin
def show() -> ResponseReturnValue:
    """Show what can be set up."""
    return pages.page("administration/show.html", registers=list(Register))


@blueprint.get(f"/<{_ANY}:register>")
@access.admin
def show_list(register: str) -> ResponseReturnValue:
    """List what there is of one kind."""
    words, after = _asked("q"), _asked("after")
    found = queries.lines_of(web.reading(), Register(register), words=words, after=after)
    return pages.page(
        "administration/list.html",
        register=Register(register),
        found=found,
        words=words,
        is_first=not after,
    )


@blueprint.get(f"/<{_ANY}:register>/new")
@access.admin
def show_new(register: str) -> ResponseReturnValue:
    """Ask what is to be added."""
    defaults = {"time_zone": "Asia/Shanghai", "tier": "standard", "locale": languages.current_locale()}
    known = defaults if register == Register.ORGANISATIONS else {}
    return _form_page(Register(register), FORMS[Register(register)](formdata=None, data=known), "", known)


@blueprint.post(f"/<{_ANY}:register>")
@access.admin
def create(register: str) -> ResponseReturnValue:
    """Add something; sent twice, it is added once."""
    form, by = FORMS[Register(register)](), access.current_actor()
    _offer(form)
    if not form.validate():
        return _form_page(Register(register), form, "", {}), 422
    try:
        with web.changing() as session:
            _add_once(session, Register(register), form, by)
    except SetupError as error:
        form.refuse(error)
        return _form_page(Register(register), form, "", {}), 422
    pages.say(_("It is added."))
    return pages.go_to(".show_list", register=register)


def _add_once(session: Session, register: Register, form: SetupForm, by: Actor) -> None:
    key, purpose, at = form.once.data or "", "set-up", clock.now()
    if idempotency.earlier_result(session, key, purpose=purpose, person_id=by.person_id) is None:
        services.add(session, register, form.values({}), by=by, at=at)
        done = {"done": True}
        idempotency.remember(session, key, purpose=purpose, person_id=by.person_id, result=done, at=at)


@blueprint.get(f"/<{_ANY}:register>/<key>")
@access.admin
def show_one(register: str, key: str) -> ResponseReturnValue:
    """Show one thing, to be changed."""
    known = queries.values_of(web.reading(), Register(register), key) or abort(404)
    return _form_page(Register(register), FORMS[Register(register)](formdata=None, data=_typed(known)), key, known)


@blueprint.post(f"/<{_ANY}:register>/<key>")
@access.admin
def change(register: str, key: str) -> ResponseReturnValue:
    """Change one thing."""
    known = queries.values_of(web.reading(), Register(register), key) or abort(404)
    form = FORMS[Register(register)]()
    fixed = form.keep(known)
    _offer(form, str(known.get("product") or known.get("above") or ""))
    if not form.validate():
        return _form_page(Register(register), form, key, known), 422
    by, values = access.current_actor(), form.values(fixed)
    try:
        with web.changing() as session:
            _require_unchanged(session, Register(register), key, form)
            services.change(session, Register(register), key, values, by=by, at=clock.now())
    except SetupError as error:
        form.refuse(error)
        known = queries.values_of(web.reading(), Register(register), key) or known
        theirs = form.differing(_typed(known)) if error.code == "changed-meanwhile" else ()
        return _form_page(Register(register), form, key, known, theirs), 422
    pages.say(_("It is changed, and holds from now on."))
    return pages.go_to(".show_list", register=register)


@blueprint.post(f"/<{_ANY}:register>/<key>/state")
@access.admin
def close(register: str, key: str) -> ResponseReturnValue:
    """Close one thing, or open it again."""
    known = queries.values_of(web.reading(), Register(register), key) or abort(404)
    is_closed = request.form.get("closed") != "no"
    try:
        with web.changing() as session:
            by, at = access.current_actor(), clock.now()
            services.close(session, Register(register), key, is_closed=is_closed, by=by, at=at)
    except SetupError as error:
        form = FORMS[Register(register)](formdata=None, data=_typed(known))
        form.refuse(error)
        return _form_page(Register(register), form, key, known), 422
    pages.say(_("It is closed.") if is_closed else _("It is open again."))
    return pages.go_to(".show_list", register=register)


def _require_unchanged(session: Session, register: Register, key: str, form: SetupForm) -> None:
    """Refuse to write over what somebody else has changed since the form was shown."""
    there = queries.values_of(session, register, key)
    if form.seen.data and there is not None and form.seen.data != queries.mark_of(there):
        raise SetupError("changed-meanwhile")


def _form_page(
    register: Register,
    form: SetupForm,
    key: str,
    known: Mapping[str, object],
    theirs: Sequence[tuple[str, str]] = (),
) -> str:
    _offer(form, str(known.get("product") or known.get("above") or ""))
    fields = list(form.shown(is_new=not key))
    once = OnceForm(formdata=None)
    shown = {"title": known.get("title", ""), "is_closed": bool(known.get("closed")), "theirs": theirs}
    fixed = [(form[name].label.text, known[name]) for name in form.FIXED if key]
    seen = queries.mark_of(dict(known)) if key else ""
    return pages.page(
        "administration/form.html",
        register=register,
        form=form,
        fields=fields,
        fixed=fixed,
        key=key,
        once=once,
        seen=seen,
        **shown,
    )


def _offer(form: SetupForm, chosen: str = "") -> None:
    """Fill in what can be chosen from: products, what a part belongs to, agents or teams."""
    if isinstance(form, OrganisationForm):
        form.offer([(str(key), name) for key, name in agents(web.reading())])
    if isinstance(form, AgentForm):
        form.teams.choices = [(str(each.id), each.name) for each in teams(web.reading())]
    name = next((each for each in ("above", "product") if each in form and form[each].type == "SelectField"), None)
    if name is None:
        return
    locale, session = languages.current_locale(), web.reading()
    parts = [each for each in catalogue.every_part(session) if not each.fault_type]
    known = {each.code: each.name(locale) for each in parts if bool(each.module) == isinstance(form, FaultTypeForm)}
    if chosen:
        known.setdefault(chosen, chosen)  # what was chosen before may be retired meanwhile
    form[name].choices = list(known.items())


def _typed(known: Mapping[str, object]) -> dict[str, object]:
    """Return what is known as a form takes it."""
    day = known.get("published_on")
    return {**known, "published_on": read_day(str(day))} if day else dict(known)


def _asked(name: str) -> str:
    return clean(request.args.get(name, ""))[:160]
