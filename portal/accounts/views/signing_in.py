"""The ways in: password, e-mailed code, and in the demo one press; and the way out."""

from datetime import timedelta

from flask import abort, redirect, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.accounts import doorman, passwords, queries, services
from portal.accounts.forms import AskCodeForm, CodeForm, SignInForm
from portal.accounts.views.blueprint import blueprint
from portal.core import clock, limits, web
from portal.ui import access, languages, pages
from portal.ui.redirects import own_path

_WHO = "code-for"
_NEXT = "next"


@blueprint.get("/sign-in")
@access.public
def sign_in() -> ResponseReturnValue:
    """Show the ways to sign in."""
    if access.current_actor().is_signed_in:
        return pages.go_to("home.show")
    return _show_ways()


@blueprint.post("/sign-in")
@access.public
def sign_in_by_password() -> ResponseReturnValue:
    """Sign in with a password; the answer and its time are the same for unknown names."""
    form = SignInForm(prefix="password")
    if not form.validate_on_submit():
        return _show_ways(password_form=form), 422
    _count_try(form.identifier.data)
    account = queries.account_of(web.reading(), form.identifier.data)
    if not passwords.matches(form.password.data, account.password if account else None) or account is None:
        form.refuse()
        return _show_ways(password_form=form), 422
    return _enter(account)


@blueprint.post("/sign-in/code")
@access.public
def ask_for_code() -> ResponseReturnValue:
    """Send a code, and answer alike whether or not we know the address."""
    form = AskCodeForm(prefix="code")
    if not form.validate_on_submit():
        return _show_ways(code_form=form), 422
    _count_try(form.identifier.data)
    account = queries.account_of(web.reading(), form.identifier.data)
    if account is not None and account.email:
        with web.changing() as session:
            services.send_code(session, person_id=account.person_id, secret_key=_secret_key(), at=clock.now())
    cookie[_WHO] = form.identifier.data
    cookie[_NEXT] = request.form.get("next", "")
    return pages.go_to("accounts.show_code")


@blueprint.get("/sign-in/code")
@access.public
def show_code() -> ResponseReturnValue:
    """Ask for the code that was sent."""
    if _WHO not in cookie:
        return pages.go_to("accounts.sign_in")
    return pages.page("accounts/code.html", form=CodeForm(), identifier=cookie[_WHO])


@blueprint.post("/sign-in/code/check")
@access.public
def sign_in_by_code() -> ResponseReturnValue:
    """Sign in with a code; it works once."""
    form, who = CodeForm(), str(cookie.get(_WHO, ""))
    if not who:
        return pages.go_to("accounts.sign_in")
    if form.validate_on_submit():
        _count_try(who)
        account = queries.account_of(web.reading(), who)
        if account is not None and _is_right_code(account, form.code.data):
            return _enter(account)
        form.refuse()
    return pages.page("accounts/code.html", form=form, identifier=who), 422


@blueprint.post("/sign-in/demo")
@access.public
def sign_in_as_demo_person() -> ResponseReturnValue:
    """Sign in as one of the demo's people; only in demo mode."""
    if not languages.settings().demo:
        abort(404)
    account = queries.account_of(web.reading(), request.form.get("person", ""))
    if account is None:
        abort(404)
    return _enter(account)


@blueprint.post("/sign-out")
@access.signed_in
def sign_out() -> Response:
    """End this browser's session."""
    actor = access.current_actor()
    if actor.session_id and actor.person_id:
        with web.changing() as session:
            services.end_session(session, session_id=actor.session_id, person_id=actor.person_id, at=clock.now())
    doorman.let_out()
    return pages.go_to("accounts.sign_in")


def _show_ways(password_form: SignInForm | None = None, code_form: AskCodeForm | None = None) -> str:
    return pages.page(
        "accounts/sign_in.html",
        cast=_demo_cast(web.reading()),
        password_form=password_form or SignInForm(prefix="password", formdata=None),
        code_form=code_form or AskCodeForm(prefix="code", formdata=None),
        next=request.values.get("next", ""),
    )


def _demo_cast(session: Session) -> list[dict[str, str]]:
    return queries.demo_cast(session) if languages.settings().demo else []


def _enter(account: queries.Account) -> Response:
    onward = own_path(request.form.get("next", "") or str(cookie.get(_NEXT, "")))
    with web.changing() as session:
        token = services.start_session(
            session, person_id=account.person_id, browser=request.user_agent.string, at=clock.now()
        )
    doorman.let_in(token)
    return redirect(onward or url_for("home.show"), 303)


def _is_right_code(account: queries.Account, code: str) -> bool:
    with web.changing() as session:
        return services.use_code(
            session, person_id=account.person_id, code=queries.digits_of(code), secret_key=_secret_key(), at=clock.now()
        )


def _count_try(identifier: str) -> None:
    """Count a try against the account and the address it comes from; 429 past the limit."""
    at = clock.now()
    with web.changing() as session:
        by_account = limits.hit(
            session, f"sign-in:{queries.token_hash(identifier.lower())}", at=at, per=timedelta(minutes=15), most=10
        )
        by_address = limits.hit(
            session, f"sign-in-from:{request.remote_addr}", at=at, per=timedelta(minutes=15), most=100
        )
    if not (by_account and by_address):
        abort(429)


def _secret_key() -> str:
    return languages.settings().secret_key
