"""Wiring: the only place that knows every feature."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from uuid import UUID

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, PackageLoader, StrictUndefined
from sqlalchemy.exc import DBAPIError
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.accounts import passwords
from portal.accounts.doorman import load_actor
from portal.core import clock, db, web
from portal.features import FEATURES
from portal.files.checks import CheckedFile
from portal.files.delivery import storage
from portal.files.services import Owner, receive
from portal.menu import MENU
from portal.outbox.registry import register_job
from portal.printing import PDF_JOB, Document, pdf_maker
from portal.settings import ROOT, Settings
from portal.ui import access, assets, errors, headers, htmx, keeping, languages, menu, pages
from portal.ui.cookies import SignedCookies
from portal.ui.environments import LanguageEnvironment


class PortalFlask(Flask):
    """A Flask whose templates are folded by language, and whose pages are kept while they hold."""

    jinja_environment = LanguageEnvironment
    session_interface = SignedCookies()

    def dispatch_request(self) -> ResponseReturnValue:
        """Do what was asked; once more where the database went away in the middle and doing it twice is harmless."""
        try:
            return keeping.answer(super().dispatch_request)
        except DBAPIError as error:
            if not (error.connection_invalidated and _is_repeatable()):
                raise
            web.forget_reader()
            return super().dispatch_request()


def _is_repeatable() -> bool:
    """Whether a request changes nothing, or brings the key that makes a second time harmless."""
    return request.method in ("GET", "HEAD") or bool(request.form.get("once"))


def create_app(settings: Settings | None = None) -> Flask:
    """Return the portal, wired; raises SettingError where a setting can't be read."""
    settings = settings or Settings.from_environment()
    app = PortalFlask("portal", static_folder=None)
    _configure(app, settings)
    database = db.open_database(settings.database_url)
    web.init_app(app, database)
    passwords.init_app(app, database)
    _install_templates(app)
    for part in (htmx, headers, assets, errors, keeping):
        part.init_app(app)
    access.init_app(app, load_actor)
    CSRFProtect(app)  # after the door: whoever is signed out is sent to sign in, whatever they post
    _register_features(app)
    register_job(app, PDF_JOB, pdf_maker(_keep_pdf))
    pages.init_app(app)
    menu.init_app(app, MENU)
    access.require_declarations(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.extensions["plainport.settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=500,
        SESSION_COOKIE_HTTPONLY=True,
        # A session ends thirty days after it began, however often it is used: no page need send its cookie again.
        SESSION_REFRESH_EACH_REQUEST=False,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        # Browsers take a name that begins so from this very host only, over https: no neighbour can plant one.
        SESSION_COOKIE_NAME="__Host-plainport" if settings.secure_cookies else "plainport",
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
        BABEL_DEFAULT_LOCALE="en",
    )
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies)  # type: ignore[method-assign]  # Flask's own way to add middleware
    Babel(app, locale_selector=languages.current_locale)


def _install_templates(app: Flask) -> None:
    folders = ["ui", *FEATURES]
    app.jinja_env.loader = ChoiceLoader([PackageLoader(f"portal.{name}") for name in folders if _has_templates(name)])
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.i18n")


def _has_templates(feature: str) -> bool:
    return (Path(__file__).parent / feature / "templates").is_dir()


def _register_features(app: Flask) -> None:
    """Register each feature's pages, and let its views, mails and documents wire what they need."""
    for feature in FEATURES:
        for part in ("views", "mail", "documents"):
            name = f"portal.{feature}.{part}"
            module = import_module(name) if find_spec(name) else None
            if module and hasattr(module, "blueprint"):
                app.register_blueprint(module.blueprint)
            if module and hasattr(module, "init_app"):
                module.init_app(app)


def _keep_pdf(database: db.Database, document: Document, pdf: bytes) -> UUID:
    """Store a finished PDF; printing doesn't know files."""
    file = CheckedFile(document.file_name, "application/pdf", pdf)
    key, owner = storage().put(pdf), Owner(None, document.organisation_id)
    with database.write() as session:
        return receive(session, file, storage_key=key, owner=owner, at=clock.now()).id
