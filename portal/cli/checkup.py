"""What `portal doctor` looks at: each finding says what is so, and what to do where something is missing."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from portal import schema
from portal.accounts.models import Agent
from portal.core import i18n
from portal.core.actor import Role
from portal.core.db import SQLITE_VERSION, Database, open_database
from portal.outbox.delivery import deliver_by
from portal.printing import PrintError, render_pdf
from portal.questionnaires.models import QuestionnaireVersion
from portal.settings import ROOT, SettingError, Settings

_SQLITE_FROM = (3, 51, 3)
"""Before this, a fault in SQLite's write-ahead log could lose what several processes wrote at once."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    to_do: str = ""
    is_trouble: bool = False

    @property
    def line(self) -> str:
        """Return it as it is printed."""
        if self.is_trouble:
            return f"TROUBLE  {self.what}\n         {self.to_do}"
        return f"note     {self.what}\n         {self.to_do}" if self.to_do else f"ok       {self.what}"


def findings() -> Iterator[Finding]:
    """Look at everything that the portal needs."""
    try:
        settings = Settings.from_environment()
    except SettingError as error:
        yield Finding("The settings can't be used.", str(error), is_trouble=True)
        return
    yield Finding("The settings can be read.")
    for check in _CHECKS:
        found = check(settings)
        if found is not None:
            yield found


def _database(settings: Settings) -> Finding:
    to_do = "Use sqlite:///path or postgresql://user:password@host/name. For a new database run: portal db upgrade"
    try:
        database = open_database(settings.database_url)
    except ArgumentError:
        return _trouble("PLAINPORT_DATABASE_URL names no database.", to_do)
    try:
        return _tables(database)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).partition("\n")[0]
        return _trouble(f"The database does not answer: {reason}", to_do)
    finally:
        database.dispose()


def _tables(database: Database) -> Finding:
    if schema.is_current(database):
        return Finding("The tables are those of this release.")
    return _trouble("The tables are not those of this release.", "Run: portal db upgrade")


def _admins(settings: Settings) -> Finding | None:
    to_do = "Run: portal user create --role admin"
    rows = select(Agent.id).where(Agent.role == Role.ADMIN)
    return _first_of(settings, rows, Finding("Somebody can administer."), Finding("Nobody can administer yet.", to_do))


def _questionnaires(settings: Settings) -> Finding | None:
    missing = "No questionnaire is published, so customers can't report anything."
    to_do = "Run: portal questionnaires publish intake/questionnaires/his-fault.yaml"
    there = Finding("A questionnaire is published.")
    return _first_of(settings, select(QuestionnaireVersion.id), there, Finding(missing, to_do))


def _first_of(settings: Settings, rows: Select[UUID], there: Finding, missing: Finding) -> Finding | None:
    """Return what to say of such rows; nothing where the database can't be asked, which another finding says."""
    try:
        database = open_database(settings.database_url)
    except ArgumentError:
        return None
    try:
        with database.reader.connect() as connection:
            return missing if connection.execute(rows.limit(1)).first() is None else there
    except SQLAlchemyError:
        return None
    finally:
        database.dispose()


def _names(settings: Settings) -> Finding:
    if not settings.hotline:
        return Finding("No hotline stands on the pages.", "Set PLAINPORT_HOTLINE to the number that customers call.")
    if "zh_Hans" not in settings.vendor_name:
        return Finding(
            f"Pages call you {settings.vendor_name.get('en', 'Plainport')} in every language.",
            'Set PLAINPORT_VENDOR_NAME, for example to {"en": "...", "zh_Hans": "...", "zh_Hant": "..."}.',
        )
    return Finding("Pages know your name and number.")


def _sqlite(settings: Settings) -> Finding:
    if not settings.database_url.startswith("sqlite"):
        return Finding("The database is a server of its own.")
    version = tuple(int(part) for part in SQLITE_VERSION.split("."))
    if version < _SQLITE_FROM:
        return Finding(
            f"SQLite is {SQLITE_VERSION}, which has a fault that can lose what several processes write at once.",
            "Install pysqlite3, run one web process only, or use PostgreSQL.",
        )
    return Finding(f"SQLite is {SQLITE_VERSION}.")


def _files(settings: Settings) -> Finding:
    folder = Path(settings.files_folder).absolute()
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    if os.access(existing, os.W_OK | os.X_OK):
        return Finding(f"Files can be stored in {folder}.")
    return _trouble(
        f"Nothing can be written to {existing}.", "Give this user the folder, or set PLAINPORT_FILES_FOLDER."
    )


def _mails(settings: Settings) -> Finding:
    try:
        deliver_by(settings)
    except ValueError as error:
        return _trouble(f"Mails can't leave: {error}", "Set PLAINPORT_MAIL_DELIVERY and PLAINPORT_SMTP_URL.")
    if settings.mail_delivery == "console":
        return Finding("Mails are printed where the worker runs.", "To send them, set PLAINPORT_MAIL_DELIVERY=smtp.")
    return Finding("Mails leave by the mail server that is set.")


def _cookies(settings: Settings) -> Finding:
    if settings.secure_cookies and not settings.public_url.startswith("https://"):
        return Finding(
            "Cookies are sent over https only, and PLAINPORT_PUBLIC_URL is not https.",
            "Set the address that people use; for plain http on this machine set PLAINPORT_SECURE_COOKIES=0.",
        )
    return Finding(f"People come to {settings.public_url}.")


def _languages(_: Settings) -> Finding:
    folder = i18n.folder()
    missing = [each for each in i18n.LOCALES if each != i18n.SOURCE_LOCALE and not _is_compiled(folder, each)]
    if missing:
        return _trouble(f"These languages are not compiled: {', '.join(missing)}.", "Run: make setup")
    return Finding("All languages are there.")


def _is_compiled(folder: Path, locale: str) -> bool:
    return (folder / locale / "LC_MESSAGES" / "messages.mo").is_file()


def _assets(_: Settings) -> Finding:
    if (ROOT / "static" / "vendor" / "htmx.min.js").is_file():
        return Finding("The scripts are there.")
    return Finding("htmx is not there: pages work, but every step loads a whole page.", "Run: make setup")


def _fonts(_: Settings) -> Finding:
    to_do = "Install fonts-noto-cjk and fontconfig (Debian's and Ubuntu's names)."
    if shutil.which("fc-list") is None:
        return _trouble("fontconfig is not installed.", to_do)
    listed = subprocess.run(["fc-list", ":lang=zh-tw", "family"], capture_output=True, text=True, check=False).stdout  # noqa: S607 (found on PATH just now)
    if "noto" in listed.lower() and "cjk" in listed.lower():
        return Finding("A Chinese font is there.")
    return _trouble("There is no Noto CJK font, so printed Chinese would be empty boxes.", to_do)


def _printing(_: Settings) -> Finding:
    try:
        render_pdf('<html lang="en"><title>x</title><p>x</p></html>', title="x", language="en")
    except PrintError as error:
        return _trouble(
            f"No page can be printed: {error}", "Install libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0."
        )
    return Finding("A page can be printed.")


def _trouble(what: str, to_do: str) -> Finding:
    return Finding(what, to_do, is_trouble=True)


_CHECKS: tuple[Callable[[Settings], Finding | None], ...] = (
    _sqlite,
    _database,
    _admins,
    _questionnaires,
    _names,
    _files,
    _mails,
    _cookies,
    _languages,
    _assets,
    _fonts,
    _printing,
)
