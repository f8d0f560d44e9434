"""What agents write for every linked ticket at once, and which tickets they join."""

import re
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from portal.core.i18n import LOCALES
from portal.core.references import folded
from portal.incidents.forms.declaring import read_time
from portal.phrasebook.forms import WordedForm
from portal.tickets.services import Resolution
from portal.ui import languages, moments
from portal.ui.forms import OnceForm, clean

_REFERENCE = re.compile(r"T-\d{4}-\d{1,9}")
_MOST = 5_000
_TOO_LONG = _l("Please shorten this to 5,000 characters.")


def _words(label: object) -> TextAreaField:
    return TextAreaField(label, filters=[clean], validators=[Length(max=_MOST, message=_TOO_LONG)])


def _parts(language: str) -> tuple[str, str, str]:
    return f"cause_{language}", f"fix_{language}", f"prevention_{language}"


class LinkForm(OnceForm):
    """Which tickets belong to the same problem."""

    references = TextAreaField(
        _l("Numbers of the tickets"),
        description=_l("Several at a time, in any order: T-2026-000123, T-2026-000124."),
        filters=[clean],
        validators=[
            InputRequired(_l("Enter the numbers of the tickets.")),
            Length(max=20_000, message=_l("These are too many at a time.")),
        ],
    )

    @property
    def numbers(self) -> list[str]:
        """The numbers that stand in it, each once, however they were typed."""
        plain = folded(self.references.data)
        return list(dict.fromkeys(_REFERENCE.findall(plain)))


class UpdateForm(WordedForm, OnceForm):
    """The same news for every linked ticket, in the languages of those who read it."""

    READ_BY_CUSTOMERS = tuple(f"body_{each}" for each in LOCALES)
    body_zh_Hans = _words(_l("Update in Simplified Chinese"))  # noqa: N815 (named for its language)
    body_zh_Hant = _words(_l("Update in Traditional Chinese"))  # noqa: N815 (named for its language)
    body_en = _words(_l("Update in English"))

    next_by = StringField(_l("Next update by"), filters=[clean])

    def begin(self, next_update_at: datetime, time_zone: str) -> "UpdateForm":
        """Begin with what everybody may know who has reported it: that several do, and by when they hear more."""
        for language in LOCALES:
            with languages.reading_as(language, time_zone):
                moment = moments.moment_in_words(next_update_at, language, languages.current_zone())
                self[f"body_{language}"].data = _(
                    "Several customers report the same problem, and we are on it. "
                    "You hear from us again by %(moment)s.",
                    moment=moment,
                )
        self.next_by.data = moments.clock_time(next_update_at, languages.current_zone())
        return self

    def read_next_by(self, *, at: datetime) -> datetime | None:
        """Return the time by which everybody hears again; None where there is none, or it can't be said."""
        if not self.next_by.data:
            return None
        found = read_time(self.next_by.data, at=at, zone=languages.current_zone())
        if found is None:
            self.next_by.errors = [_("Write a time that is still to come, like 18:00.")]
        return found

    def words(self, source: str) -> dict[str, str]:
        """Return what was written by language, the notice's own language first: others read that one."""
        return {each: text for each in _in_order(source) if (text := self[f"body_{each}"].data)}


class SolvedForm(WordedForm, OnceForm):
    """Why it happened, what was done and how it stays away, in the languages of those who read it."""

    READ_BY_CUSTOMERS = tuple(name for each in LOCALES for name in _parts(each))
    cause_zh_Hans = _words(_l("Cause, in Simplified Chinese"))  # noqa: N815 (named for its language)
    fix_zh_Hans = _words(_l("What was done, in Simplified Chinese"))  # noqa: N815 (named for its language)
    prevention_zh_Hans = _words(_l("How it stays away, in Simplified Chinese"))  # noqa: N815 (named for its language)
    cause_zh_Hant = _words(_l("Cause, in Traditional Chinese"))  # noqa: N815 (named for its language)
    fix_zh_Hant = _words(_l("What was done, in Traditional Chinese"))  # noqa: N815 (named for its language)
    prevention_zh_Hant = _words(_l("How it stays away, in Traditional Chinese"))  # noqa: N815 (named for its language)
    cause_en = _words(_l("Cause, in English"))
    fix_en = _words(_l("What was done, in English"))
    prevention_en = _words(_l("How it stays away, in English"))

    def prefill(self, written: dict[str, tuple[str, str]]) -> "SolvedForm":
        """Begin with what the notice already says of the cause and of how to avoid it."""
        for language, (cause, prevention) in written.items():
            self[f"cause_{language}"].data, self[f"prevention_{language}"].data = cause, prevention
        return self

    def resolutions(self, source: str) -> dict[str, Resolution]:
        """Return what was written by language: those in which somebody wrote what was done."""
        return {each: self._resolution(each) for each in _in_order(source) if self[f"fix_{each}"].data}

    def ask_for_the_rest(self, source: str) -> bool:
        """Ask for what is missing, and return whether anything is: all three parts in each language, one at least."""
        languages = [each for each in _in_order(source) if self[f"fix_{each}"].data] or [source]
        missing = [name for each in languages for name in _parts(each) if not self[name].data]
        for name in missing:
            self[name].errors = [_("Please write this too: customers read all three.")]
        return bool(missing)

    def _resolution(self, language: str) -> Resolution:
        cause, fix, prevention = (self[name].data or "" for name in _parts(language))
        return Resolution(cause, fix, prevention)


def _in_order(source: str) -> list[str]:
    return sorted(LOCALES, key=lambda each: each != source)


def nothing_written() -> str:
    """Say that an update needs words."""
    return str(_("Write the update in at least one language."))


def not_found(numbers: list[str]) -> str:
    """Say which tickets could not be joined."""
    shown = ", ".join(numbers[:10])
    return str(_("These are not open, or not within your reach: %(numbers)s", numbers=shown))
