"""Scripts hidden in whatever people write: shown as text on every page, in every mail, on every sheet of paper."""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import html5lib
import pytest
from sqlalchemy import select, text

from portal.core.i18n import LOCALES
from portal.outbox.models import Job, OutboxMessage
from portal.outbox.registry import registry_of
from portal.printing.jobs import _documents
from portal.tickets.messages import CANNOT_WAIT
from portal.ui import languages
from portal.ui.access import door_of
from portal.ui.prose import keys, lines, prose
from tests.expectations import OPENS, cases
from tests.world import World, a_world, things

pytestmark = pytest.mark.slow

HTML = "{http://www.w3.org/1999/xhtml}"
PAYLOAD = "\"'><zzx onclick=1 style=x>{{7*7}}<script>alert(1)</script>[a](javascript:alert(1))"
"""Breaks out of attributes and elements, is a template's expression, and a link in Markdown."""
VISITORS = ("anonymous", "customer", "manager", "agent")
TABLES = {
    "organisation": ("name", "region", "address"),
    "person": ("name",),
    "contact": ("title",),
    "agent": ("team",),
    "installation": ("version", "site"),
    "sign_in_session": ("browser",),
    "stored_file": ("name",),
    "outbox_message": ("last_error",),
    "ticket": ("because",),
    "audit_entry": ("action",),
}
"""What is written over once the world is built: names that no test could make so by way of a form."""
MARKDOWN = (
    "[x](javascript:alert(1))",
    "[x](  JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "<javascript:alert(1)>",
    "![x](https://evil.example/pixel.png)",
    '![x](x "onerror=alert(1)")',
    '[x](https://a.example "onmouseover=alert(1)")',
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='java&#x09;script:alert(1)'>x</a>",
    "[x](&#106;avascript:alert(1))",
    '{key:<b>}{key:<script>alert(1)</script>}{key:"onclick=1}',
    "**{key:*x**}*",
    "`<script>alert(1)</script>`",
    "<!--><script>alert(1)</script>-->",
    "</textarea></title><script>alert(1)</script>",
)


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Return a world in which every word is an attack."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(things, "word", lambda name: f"{PAYLOAD}{name}")
        with a_world(tmp_path_factory.mktemp("world")) as built:
            with built.database.write() as session:
                for table, columns in TABLES.items():
                    changes = ", ".join(f"{each} = :payload" for each in columns)
                    session.execute(text(f"UPDATE {table} SET {changes}"), {"payload": PAYLOAD})
                session.execute(text("UPDATE product SET names = json_object('en', :payload)"), {"payload": PAYLOAD})
            yield built


def faults_in(html: str) -> set[str]:
    """Return everything in a page that would run, or that a payload has brought in."""
    faults = set()
    for each in html5lib.parse(html).iter():
        tag = str(each.tag).removeprefix(HTML)
        if tag in ("zzx", "iframe", "object", "embed", "base"):
            faults.add(tag)
        if tag == "script" and (each.text or not each.get("src", "").startswith("/assets/")):
            faults.add("script")
        for name, value in each.attrib.items():
            if str(name).startswith("on") or re.match(r"\s*(javascript|vbscript|data:text)", value, re.IGNORECASE):
                faults.add(f"{tag} {name}={value[:40]}")
    return faults | ({"a template in a text"} if ">49<" in html else set())


@pytest.mark.parametrize(
    "html", ["<zzx>", "<p onclick=1>", "<a href=' javascript:x'>", "<script>1</script>", "<b>49</b>"]
)
def test_what_would_run_is_seen(html: str) -> None:
    assert faults_in(f"<!doctype html><title>x</title>{html}")


@pytest.mark.parametrize("identity", VISITORS)
def test_no_page_runs_it(poisoned: World, identity: str) -> None:
    faults: dict[str, set[str]] = {}
    shown = 0
    for rule in poisoned.app.url_map.iter_rules():
        door = door_of(poisoned.app, rule.endpoint)
        if door is None or identity not in OPENS[door] or "GET" not in (rule.methods or ()):
            continue
        for case in cases(poisoned, rule):
            built = rule.build(dict(case.values))
            assert built is not None
            with closing(poisoned.ask(identity, "GET", built[1])) as answer:
                assert answer.status_code < 500, built[1]
                if answer.mimetype == "text/html":
                    shown += "zzx" in answer.text
                    faults[built[1]] = faults_in(answer.text)
    assert {path: found for path, found in faults.items() if found} == {}
    assert shown > {"anonymous": 1}.get(identity, 10)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_mail_runs_it(poisoned: World, locale: str) -> None:
    app, seen = poisoned.app, 0
    with app.app_context(), poisoned.database.read() as session:
        urgent = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == CANNOT_WAIT)).all()
        for message in urgent:
            assert registry_of(app).channels[CANNOT_WAIT](poisoned.database, message)
        for message in session.scalars(select(OutboxMessage).where(OutboxMessage.kind != CANNOT_WAIT)):
            with languages.reading_as(locale, "Asia/Shanghai"):
                mail = registry_of(app).renderers[message.kind](session, message)
            if mail is not None:
                seen += "zzx" in mail.html
                assert faults_in(mail.html) == set(), message.kind
                assert len(mail.subject.splitlines()) == 1
    assert seen > 3


def test_no_sheet_of_paper_runs_it(poisoned: World) -> None:
    app, seen = poisoned.app, 0
    with app.app_context(), poisoned.database.read() as session:
        for job in session.scalars(select(Job).where(Job.kind == "pdf")):
            parameters: Mapping[str, object] = job.parameters
            with languages.reading_as(str(parameters["locale"]), "Asia/Shanghai"):
                document = _documents(app)[str(parameters["document"])](session, str(parameters["id"]), parameters)
            if document is not None:
                seen += "zzx" in document.html
                assert faults_in(document.html) == set()
                assert Path(document.file_name).name == document.file_name
    assert seen > 0


@pytest.mark.parametrize("written", MARKDOWN)
@pytest.mark.parametrize("shown_as", [prose, keys, lines])
def test_no_text_runs_it(written: str, shown_as: object) -> None:
    assert callable(shown_as)
    html = f"<!doctype html><title>x</title><p>{shown_as(written)}</p>"
    assert faults_in(html) == set()
    assert "<img" not in html
