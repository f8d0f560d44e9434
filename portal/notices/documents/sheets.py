"""The printed sheet of a notice: one or more languages on A4, to be pinned beside a server."""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from enum import StrEnum
from uuid import UUID

import segno
from babel.dates import format_date
from markupsafe import Markup
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.i18n import LANGUAGE_TAGS, SOURCE_LOCALE, catalogue
from portal.notices.documents.plain import as_plain
from portal.notices.models import ProductRange, Words
from portal.notices.queries import RangeShape, range_shape
from portal.notices.queries.printing import PrintedLine, PrintedNotice, printed_notice
from portal.printing import Attachment, Document
from portal.ui import languages, pages

_DAY = {"en": "d MMMM y", "zh_Hans": "y 年 M 月 d 日", "zh_Hant": "y 年 M 月 d 日"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words in one of the sheet's languages."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Column:
    """What the sheet says in one language."""

    locale: str
    lang: str
    title: str
    words: Words


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A product on the sheet, in the sheet's languages."""

    product: ProductRange
    names: Sequence[Phrase]
    shape: RangeShape


class Arrangement(StrEnum):
    """How the languages of a sheet stand to each other."""

    BESIDE = "beside"
    """The first large, the others beside it, all on one sheet."""
    APART = "apart"
    """A whole sheet for each, one after another."""
    BOARD = "board"
    """One page in large type, to be read from across the room."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What is printed of a revision: in which languages, and how they stand to each other."""

    locales: tuple[str, ...]
    arrangement: Arrangement = Arrangement.BESIDE

    @property
    def key(self) -> str:
        """What tells it from another edition, in keys and file names."""
        return "-".join([*(LANGUAGE_TAGS[each] for each in self.locales), self.arrangement.value])


def edition_of(notice: PrintedNotice, wanted: Sequence[str], arrangement: str = "") -> Edition | None:
    """Return the edition in the languages that are wanted and there, each once; None where there is none of them."""
    locales = tuple(dict.fromkeys(each for each in wanted if each in notice.texts))
    known = [each.value for each in Arrangement]
    return Edition(locales, Arrangement(arrangement if arrangement in known else "beside")) if locales else None


def usual_edition(notice: PrintedNotice, locale: str) -> Edition | None:
    """Return the edition for readers of a language: with English beside it."""
    return edition_of(notice, [locale, SOURCE_LOCALE]) if locale in notice.texts else None


def sheet(session: Session, revision_id: str, parameters: Mapping[str, object]) -> Document | None:
    """Return the sheet of a revision in a language, with English beside it; None where it is out of use."""
    notice = printed_notice(session, UUID(revision_id))
    edition = usual_edition(notice, str(parameters["locale"])) if notice else None
    return printed(notice, edition) if notice and edition else None


def printed(notice: PrintedNotice, edition: Edition) -> Document:
    """Return an edition of a notice, ready to be printed."""
    language = edition.locales[0]
    return Document(
        html=sheet_html(notice, edition),
        title=notice.texts[language].title,
        language=LANGUAGE_TAGS[language],
        file_name=f"{notice.code}-{notice.number}-{file_part(edition)}.pdf",
        attachment=_attachment(notice),
        on_one_page=edition.arrangement is Arrangement.BOARD,
    )


def file_part(edition: Edition) -> str:
    """Return how an edition is called in the name of its file: by its language, where it is the usual one."""
    usual = edition.arrangement is Arrangement.BESIDE and edition.locales[1:] in ((), (SOURCE_LOCALE,))
    return LANGUAGE_TAGS[edition.locales[0]] if usual else edition.key


def _attachment(notice: PrintedNotice) -> Attachment:
    at = notice.published_at or clock.now()
    return Attachment(
        name=f"{notice.code}.json",
        description=f"{notice.code}, revision {notice.number}",
        body=json.dumps(as_plain(notice, url_of(notice.code)), ensure_ascii=False),
        changed_at=f"D:{at.astimezone(UTC):%Y%m%d%H%M%S}Z",
    )


def url_of(code: str) -> str:
    """Return where a notice is read."""
    return f"{languages.settings().public_url.rstrip('/')}/notices/{code}"


def sheet_html(notice: PrintedNotice, edition: Edition, *, is_addressed: bool = False) -> str:
    """Return the finished HTML of an edition, with room for one organisation's address if it is to be addressed."""
    is_apart = edition.arrangement is Arrangement.APART
    sheets = [[each] for each in edition.locales] if is_apart else [list(edition.locales)]
    template = "board" if edition.arrangement is Arrangement.BOARD else "sheet"
    locale = edition.locales[0]
    return pages.render(
        f"notices/print/{template}.html",
        locale,
        notice=notice,
        sheets=[_sheet(notice, each) for each in sheets],
        N_=str,
        is_addressed=is_addressed,
        url=url_of(notice.code),
        drawing=lambda key: _as_image(
            pages.render("notices/print/keyboard.svg", locale, right=(key.name,), wrong=key.wrong)
        ),
        qr=segno.make(url_of(notice.code), error="m").svg_data_uri(border=0, dark="#16202a"),
    )


def _sheet(notice: PrintedNotice, locales: Sequence[str]) -> dict[str, object]:
    """Return what a sheet says in its languages."""
    return {
        "columns": [_column(notice, each) for each in locales],
        "sites": [(LANGUAGE_TAGS[each], pages.site(each)) for each in locales],
        "addresses": [pages.site(each).return_address for each in locales],
        "products": [_product_line(each, locales) for each in notice.products],
        "both": _speaker(locales),
        "day": lambda on: [_day(on, each) for each in locales],
        "changes": [
            (line, [_change(notice, line, place, each) for place, each in enumerate(locales)])
            for line in notice.history
        ],
    }


def _change(notice: PrintedNotice, line: PrintedLine, place: int, locale: str) -> Phrase:
    """Return what a revision changed, in a language; else in the source's, and on the first line alone."""
    said = line.changes.get(locale)
    if said:
        return Phrase(said, LANGUAGE_TAGS[locale])
    if line.number == 1:
        return _said("First issue.", place, locale, {})
    source = notice.source_language
    return Phrase("" if place else line.changes.get(source, ""), LANGUAGE_TAGS[source])


def _as_image(svg: str) -> str:
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def _column(notice: PrintedNotice, locale: str) -> Column:
    text = notice.texts[locale]
    return Column(locale, LANGUAGE_TAGS[locale], text.title, text.words)


def _product_line(product: ProductRange, locales: Sequence[str]) -> ProductLine:
    names = [Phrase(product.name(each), LANGUAGE_TAGS[each]) for each in locales]
    return ProductLine(product, names, range_shape(product.range))


def _day(on: date, locale: str) -> str:
    return format_date(on, _DAY[locale], locale=locale)


def _speaker(locales: Sequence[str]) -> Callable[..., list[Phrase]]:
    """Return a function that says a sentence in each language of the sheet; a list as value has one for each."""

    def both(message: str, **values: object) -> list[Phrase]:
        return [_said(message, place, locale, values) for place, locale in enumerate(locales)]

    return both


def _said(message: str, place: int, locale: str, values: Mapping[str, object]) -> Phrase:
    chosen = {name: value[place] if isinstance(value, list) else value for name, value in values.items()}
    text = Markup(catalogue(locale).gettext(message)) % chosen  # noqa: S704 (our own words; the values are escaped)
    return Phrase(text, LANGUAGE_TAGS[locale])
