"""The form by which a list is sent in, and the headings of its columns in every language."""

from collections.abc import Iterator, Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, SelectField
from wtforms.fields.choices import SelectChoice

from portal.administration.models import TAKEN_IN, Register
from portal.administration.services import COLUMNS, NEEDED, SetupError
from portal.administration.services.taking.cells import narrow
from portal.administration.services.taking.records import read_records
from portal.administration.services.taking.rows import write_rows
from portal.core import i18n
from portal.ui import languages
from portal.ui.forms import PortalForm
from portal.ui.pages import N_

HEADINGS: Mapping[str, str] = {
    "code": N_("Customer number"),
    "name": N_("Name"),
    "tier": N_("Service level"),
    "region": N_("Region"),
    "time_zone": N_("Time zone"),
    "locale": N_("Language"),
    "address": N_("Address"),
    "organisation": N_("Organisation"),
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "user_name": N_("User name"),
    "role": N_("Role"),
    "see_scope": N_("Sees"),
    "title": N_("Position"),
    "product": N_("Product"),
    "version": N_("Version"),
    "site": N_("Where"),
    "modules": N_("Modules"),
    "component": N_("Part"),
    "published_on": N_("Out since"),
}
"""What each column is called; a list may use the names of any language, or the codes."""
_OF_ORGANISATIONS: Mapping[str, str] = {"name": N_("Name of the organisation")}
NAMES: Mapping[Register, str] = {
    Register.ORGANISATIONS: _l("Organisations"),
    Register.CONTACTS: _l("Contacts"),
    Register.INSTALLATIONS: _l("Installations"),
    Register.RELEASES: _l("Releases"),
}


def heading(register: Register, column: str, locale: str) -> str:
    """Return what a column of a list is called in a language."""
    own = _OF_ORGANISATIONS if register is Register.ORGANISATIONS else {}
    return i18n.catalogue(locale).gettext(own.get(column, HEADINGS[column]))


class ListForm(PortalForm):
    """A list from elsewhere, and what is on it."""

    register = SelectField(
        _l("What is on the list?"), choices=[SelectChoice(each.value, NAMES[each]) for each in TAKEN_IN]
    )
    list = FileField(
        _l("The list"),
        description=_l("A CSV file, as a spreadsheet saves it: UTF-8, UTF-16, GB18030 or Big5, up to 200,000 rows."),
    )

    def kept(self, body: bytes) -> bytes | None:
        """Return the list as it is worked on; None where it can't be, which then stands beside the field."""
        register = Register(self.register.data)
        try:
            records = read_records(body)
            columns = self._columns(register, next(records).cells)
            kept = write_rows(register, columns, records) if columns else None
        except SetupError as error:
            self.list.errors = [_unreadable(error)]
            return None
        if kept is not None and kept.count(b"\n") < 2:
            self.list.errors = [_("There is no row under the headings. Add the rows, and send the list again.")]
            return None
        return kept

    def _columns(self, register: Register, headings: Sequence[str]) -> Sequence[str] | None:
        known = {name.casefold(): column for column in COLUMNS[register] for name in _every_name(register, column)}
        found = [known.get(narrow(each).casefold(), "") for each in headings]
        missing = [each for each in NEEDED[register] if each not in found]
        if missing:
            name = heading(register, missing[0], languages.current_locale())
            words = _("There is no column “%(name)s”. The sample shows how a list begins.", name=name)
        elif "" in headings:
            number = headings.index("") + 1
            words = _("Column %(number)d has no heading. Give it one as in the sample, or delete it.", number=number)
        elif "" in found:
            strange = headings[found.index("")][:60]
            words = _("We can’t place the column “%(name)s”. Leave it out, or name it as in the sample.", name=strange)
        elif len(set(found)) < len(found):
            words = _("Two columns have the same name. Leave one of them out.")
        else:
            return found
        self.list.errors = [words]
        return None


def _every_name(register: Register, column: str) -> Iterator[str]:
    yield column
    for locale in i18n.LOCALES:
        yield heading(register, column, locale)


def _unreadable(error: SetupError) -> str:
    """Return what to do about a file that is no list that can be read."""
    return str(
        {
            "too-many-rows": _("A list may have 200,000 rows. Please send it in parts."),
            "unreadable": _("The headings can’t be read. The sample shows how a list begins."),
            "no-text": _("We can’t tell in which way this text was written. Save it once more as CSV UTF-8."),
            "is-empty": _("There is nothing in this file. Choose the file with the list."),
            "is-excel": _(
                "This is an Excel workbook. Open it in Excel, choose “Save As” and the file type “CSV UTF-8 "
                "(Comma delimited)”, and send the file that this makes."
            ),
            "is-calc": _(
                "This is an OpenDocument spreadsheet. Open it in LibreOffice, choose “Save As” and the file type "
                "“Text CSV”, and send the file that this makes."
            ),
            "is-packed": _(
                "This is a packed file or a document. Unpack it, save the list in it as CSV from your spreadsheet, "
                "and send that."
            ),
            "is-pdf": _(
                "This is a PDF document. Ask for the list as a spreadsheet, save it as CSV there, and send that file."
            ),
            "is-web-page": _(
                "This is a web page, whatever its name ends in. Open it in your spreadsheet, save it as CSV, and send "
                "that file."
            ),
        }[error.code]
    )
