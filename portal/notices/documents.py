"""The printed sheet of a notice: one or two languages on A4, to be pinned beside a server."""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import segno
from babel.dates import format_date
from flask import Flask
from markupsafe import Markup
from sqlalchemy.orm import Session

from portal.core.i18n import LANGUAGE_TAGS, SOURCE_LOCALE, catalogue
from portal.notices.models import ProductRange, Words
from portal.notices.queries import RangeShape, range_shape
from portal.notices.queries.printing import PrintedNotice, printed_notice
from portal.printing import Document, register_document
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


def sheet(session: Session, revision_id: str, parameters: Mapping[str, object]) -> Document | None:
    """Return the sheet of a revision in a language, with English beside it; None where it is out of use."""
    notice = printed_notice(session, UUID(revision_id))
    locale = str(parameters["locale"])
    if notice is None or locale not in notice.texts:
        return None
    return Document(
        html=sheet_html(notice, locale),
        title=notice.texts[locale].title,
        language=LANGUAGE_TAGS[locale],
        file_name=f"{notice.code}-{notice.number}-{LANGUAGE_TAGS[locale]}.pdf",
    )


def sheet_html(notice: PrintedNotice, locale: str) -> str:
    """Return the finished HTML of a sheet."""
    locales = [locale, SOURCE_LOCALE] if locale != SOURCE_LOCALE and SOURCE_LOCALE in notice.texts else [locale]
    url = f"{languages.settings().public_url.rstrip('/')}/notices/{notice.code}"
    return pages.render(
        "notices/print/sheet.html",
        locale,
        notice=notice,
        columns=[_column(notice, each) for each in locales],
        sites=[(LANGUAGE_TAGS[each], pages.site(each)) for each in locales],
        products=[_product_line(each, locales) for each in notice.products],
        both=_speaker(locales),
        N_=str,
        day=lambda on: [_day(on, each) for each in locales],
        url=url,
        drawing=lambda key: _as_image(
            pages.render("notices/print/keyboard.svg", locale, right=(key.name,), wrong=key.wrong)
        ),
        qr=segno.make(url, error="m").svg_data_uri(border=0, dark="#16202a"),
        changes=[
            (line, [Phrase(line.changes.get(each, ""), LANGUAGE_TAGS[each]) for each in locales])
            for line in notice.history
        ],
    )


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


def init_app(app: Flask) -> None:
    """Let the worker print notices."""
    register_document(app, "notice", sheet)
