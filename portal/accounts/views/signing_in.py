"""The ways in: password, e-mailed code, and in the demo one press; and the way out."""

from datetime import timedelta
from ipaddress import ip_address

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
_STRETCH = timedelta(minutes=15)
_CODES_A_DAY = 30


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
    account = queries.account_of(web.reading(), form.identifier.data)
    with web.changing() as session:  # one transaction, known or not: what takes as long tells nothing
        may_try = _may_try_codes(session, form.identifier.data)
        if may_try and account is not None and account.email:
            services.send_code(session, person_id=account.person_id, secret_key=_secret_key(), at=clock.now())
    if not may_try:
        abort(429)
    cookie[_WHO] = form.identifier.data
    cookie[_NEXT] = own_path(request.form.get("next", "")) or ""
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
        account = queries.account_of(web.reading(), who)
        if _is_right_code(who, account, form.code.data) and account is not None:
            return _enter(account)
        form.refuse()
    return pages.page("accounts/code.html", form=form, identifier=who), 422


@blueprint.post("/sign-in/demo")
@access.public
def sign_in_as_demo_person() -> ResponseReturnValue:
    """Sign in as one of the demo's people; only in demo mode."""
    if not _is_demo():
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
    return queries.demo_cast(session) if _is_demo() else []


def _is_demo() -> bool:
    """Whether anybody may come in: in demo mode, and from this machine only, whatever serves the portal."""
    return languages.settings().demo and ip_address(request.remote_addr or "::").is_loopback


def _enter(account: queries.Account) -> Response:
    onward = own_path(request.form.get("next", "") or str(cookie.get(_NEXT, "")))
    with web.changing() as session:
        token = services.start_session(
            session,
            person_id=account.person_id,
            browser=request.user_agent.string,
            at=clock.now(),
            instead_of=access.current_actor().session_id,
        )
    doorman.let_in(token)
    return redirect(onward or url_for("home.show"), 303)


def _is_right_code(who: str, account: queries.Account | None, code: str) -> bool:
    """Count a try and say whether a code is the one that was sent; 429 past the limit."""
    digits = queries.digits_of(code)
    with web.changing() as session:
        may_try = _may_try_codes(session, who)
        is_right = (
            may_try
            and account is not None
            and services.use_code(
                session, person_id=account.person_id, code=digits, secret_key=_secret_key(), at=clock.now()
            )
        )
    if not may_try:
        abort(429)
    return is_right


def _count_try(identifier: str) -> None:
    """Count a try in a transaction of its own, refused or not; 429 past the limit."""
    with web.changing() as session:
        may_try = _may_try(session, identifier)
    if not may_try:
        abort(429)


def _may_try(session: Session, identifier: str) -> bool:
    """Count a try against the name, however it is typed, and against where it comes from."""
    at, name = clock.now(), queries.token_hash(queries.plain_name(identifier))
    network = limits.network_of(request.remote_addr)
    by_name = limits.hit(session, f"sign-in:{name}", at, per=_STRETCH, most=10)
    by_address = limits.hit(session, f"sign-in-from:{network}", at, per=_STRETCH, most=100)
    return by_name and by_address


def _may_try_codes(session: Session, identifier: str) -> bool:
    """Count asking for a code or trying one; a day has few of them, or six digits would be guessed within a year."""
    name = queries.token_hash(queries.plain_name(identifier))
    today = limits.hit(session, f"codes:{name}", clock.now(), per=timedelta(days=1), most=_CODES_A_DAY)
    return _may_try(session, identifier) and today


def _secret_key() -> str:
    return languages.settings().secret_key
