"""Pages that show every component, for tests and for looking at: ``python -m tests.portal.ui.gallery FOLDER``."""

import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import rcssmin
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import Browser, sync_playwright
from wtforms import PasswordField, SelectChoice, SelectField, StringField
from wtforms.form import BaseForm

from portal.core import i18n
from portal.settings import ROOT
from portal.ui import environments, moments, pages, prose
from portal.ui.assets import joined_css

LOOK = Path(__file__).parent / "look"
NOW = datetime(2026, 4, 21, 2, 18, tzinfo=UTC)
WIDTHS = (320, 1280)


def door() -> BaseForm:
    """Return a form as features have them."""
    made = BaseForm(
        {
            "who": StringField("Work e-mail or phone"),
            "password": PasswordField("Password", description="At least 12 characters"),
            "language": SelectField(
                "Language",
                choices=[SelectChoice("en", "English"), SelectChoice("zh_Hans", "简体中文")],
                default="zh_Hans",
            ),
        }
    )
    made.process()
    return made


@cache
def environment(locale: str = "en") -> Environment:
    """Return the templates as the portal sets them up, without a portal."""
    made = Environment(
        loader=FileSystemLoader([ROOT / "portal" / "ui" / "templates", LOOK]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    words = i18n.catalogue(locale)
    vars(made)["install_gettext_callables"](words.gettext, words.ngettext, newstyle=True)
    made.filters.update(iso=moments.iso, keys=prose.keys)
    made.globals.update(
        say=lambda english, chinese: english if locale == "en" else chinese,
        at=lambda minutes: NOW + timedelta(minutes=minutes),
        url_for=lambda endpoint, **_: f"/{endpoint}",
        door=door(),
        asset=_asset,
        csrf_token=lambda: "token",
        made_once=pages.made_once,
        gap=environments.gap_of(locale),
    )
    return made


def _asset(name: str) -> str:
    return {"css": "plainport.css", "dark": "dark.css", "icon": "mark.svg", "js": "plainport.js"}.get(
        name, f"{name}.js"
    )


def names() -> list[str]:
    """Return the pages there are."""
    return sorted(path.stem for path in LOOK.glob("*.html"))


def page(name: str, locale: str = "en", theme: str = "light") -> str:
    """Return one page of the gallery."""
    return environment(locale).get_template(f"{name}.html").render(frame(locale, theme))


def frame(locale: str = "en", theme: str = "light") -> dict[str, object]:
    """Return what the layouts ask for."""
    chinese = locale != "en"
    name, organisation = ("唐秀英", "青禾市人民医院") if chinese else ("Tang Xiuying", "Qinghe People’s Hospital")
    return {
        "actor": SimpleNamespace(
            is_signed_in=True, is_agent=False, drill_id=None, name=name, organisation_name=organisation
        ),
        "here": "/here",
        "lang": i18n.LANGUAGE_TAGS[locale],
        "languages": [
            {"locale": code, "tag": i18n.LANGUAGE_TAGS[code], "name": each} for code, each in i18n.LOCALES.items()
        ],
        "locale": locale,
        "messages": [],
        "navigation": [
            {"label": label, "url": "#", "is_current": place == 1, "count": 2 if place == 2 else 0}
            for place, label in enumerate(
                ("首页", "我的问题", "通知", "找答案") if chinese else ("Home", "My problems", "Notices", "Answers")
            )
        ],
        "reference": "E-7Q4M2XAB",
        "site": SimpleNamespace(
            vendor_name="和源医疗软件" if chinese else "Heyuan Health Software",
            service_name="客户服务中心" if chinese else "Customer Service Centre",
            hotline="400-000-0000 转 2" if chinese else "400-000-0000 ext. 2",
            hotline_hours="昼夜有人接听" if chinese else "answered day and night",
        ),
        "theme": theme,
        "unsent": [
            (
                "body",
                "病人还在等，转科单打不开，已经重启过两次，仍然是同样的提示，请尽快看一看，谢谢您。",
            )
        ],
    }


def write(folder: Path) -> Iterator[Path]:
    """Write every page in both languages and themes, with the sheets beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plainport.css").write_text(joined_css(), encoding="utf-8")
    dark = (ROOT / "static" / "css" / "dark.css").read_text(encoding="utf-8")
    (folder / "dark.css").write_text(rcssmin.cssmin(dark), encoding="utf-8")
    shutil.copy(ROOT / "static" / "images" / "mark.svg", folder)
    shutil.copy(ROOT / "static" / "js" / "plainport.js", folder)
    for name in names():
        for locale, theme in (("zh_Hans", "light"), ("en", "light"), ("zh_Hans", "dark")):
            path = folder / f"{name}.{locale}.{theme}.html"
            path.write_text(page(name, locale, theme), encoding="utf-8")
            yield path


def photograph(browser: Browser, page_file: Path, width: int) -> Path:
    """Take a picture of a whole page at a width."""
    tab = browser.new_page(viewport={"width": width, "height": 900})
    tab.goto(page_file.as_uri())
    picture = page_file.with_suffix(f".{width}.png")
    tab.screenshot(path=picture, full_page=True)
    tab.close()
    return picture


def main(folder: Path, wanted: Callable[[Path], bool] = lambda _: True) -> None:
    """Write and photograph the gallery."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        for each in filter(wanted, list(write(folder))):
            for width in WIDTHS:
                photograph(browser, each, width)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), lambda path: not sys.argv[2:] or any(word in path.name for word in sys.argv[2:]))
