"""Whatever is typed into whatever field: nothing breaks, the page says what to do, and what was typed is kept."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from portal.ui.forms import clean
from tests.posted_forms import PostedForm, every_form, forms_on
from tests.postgres import new_database
from tests.test_statements import pages, visitor
from tests.world import World, a_world

pytestmark = pytest.mark.slow

PAYLOADS = {
    "too long": "长" * 5000,
    "controls": "a\x01\x08\x1bb\x7f\x85",
    "full width": "１２３４５",
    "emoji": "😀👩‍⚕️🏥",
    "surrogates": "a\ud800b\udfff",
    "nul": "a\x00b",
    "script": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "right to left": "\u202egnp.exe\u200f",
    "number": "99999999999999999999",
    "negative": "-1",
    "lines": "a\r\nBcc: b@c.example\r\n\r\nd",
    "megabyte": "x" * 1_000_000,
}
ANSWERED = (303, 413, 422)
_NOT_THERE = (404, 429)
"""An address of its own that a field names may lead nowhere, and codes may be asked for too often."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Return the world on SQLite."""
    with a_world(tmp_path_factory.mktemp("world")) as built:
        built.keep()
        yield built


@pytest.fixture(scope="module")
def strict_world(postgres_cluster: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Return the world on PostgreSQL, which refuses NUL and counts every column's characters; nothing posted stays."""
    with new_database(postgres_cluster) as url, a_world(tmp_path_factory.mktemp("world"), url) as built:
        built.database.writer.dispose()

        @event.listens_for(built.database.writer, "connect")
        def forget(connection: Any, _: object) -> None:
            connection.commit = connection.rollback

        yield built


@pytest.fixture(scope="module")
def forms(world: World) -> list[PostedForm]:
    """Return every form that a page shows."""
    return every_form(world)


def test_there_is_a_form_for_every_address_that_is_posted_to(forms: list[PostedForm], world: World) -> None:
    match = world.app.url_map.bind("localhost").match
    found = {str(match(form.action.partition("?")[0], method="POST")[0]) for form in forms}
    assert found == {rule.endpoint for rule in world.app.url_map.iter_rules() if "POST" in (rule.methods or ())}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_form_full_of_it_is_answered(world: World, forms: list[PostedForm], payload: str) -> None:
    faults: list[str] = []
    for form in forms:
        faults += faults_of(world, form, dict.fromkeys(form.names, PAYLOADS[payload]), payload)
        world.restore()
    assert faults == []


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.parametrize("payload", PAYLOADS)
def test_each_field_with_it_is_answered(strict_world: World, payload: str) -> None:
    faults: list[str] = []
    for form in every_form(strict_world):
        for name in form.names:
            faults += faults_of(strict_world, form, {name: PAYLOADS[payload]}, payload)
    assert faults == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_addresses_with_it_are_answered(world: World, payload: str) -> None:
    asked = dict.fromkeys(sorted(asked_for()), PAYLOADS[payload][:2000].encode("utf-8", "replace").decode())
    faults: list[str] = []
    for rule in pages(world):
        identity, case = visitor(world, rule)
        built = rule.build(dict(case.values))
        assert built is not None
        with world.ask(identity, "GET", built[1], query_string=asked) as answer:
            faults += [f"{built[1]}: {answer.status}"] if answer.status_code >= 500 else []
    assert faults == []


def asked_for() -> set[str]:
    """Return every name that a view looks for in an address."""
    sources = Path(__file__).parents[1].joinpath("portal").rglob("*.py")
    return {name for path in sources for name in re.findall(r'request\.args\.get\(\s*"(\w+)"', path.read_text("utf-8"))}


def faults_of(world: World, form: PostedForm, changed: dict[str, str], payload: str) -> list[str]:
    """Return what is wrong with the answer to a form with bad input in it."""
    answer = world.ask(
        form.identity,
        "POST",
        form.action,
        data=form.body(changed),
        content_type="application/x-www-form-urlencoded",
    )
    where = f"{form.action} {sorted(changed) if len(changed) == 1 else 'all'}"
    if answer.status_code in _NOT_THERE:
        return []
    if answer.status_code not in ANSWERED:
        return [f"{where}: {answer.status}"]
    faults = [f"{where}: the script stands in the page"] if PAYLOADS["script"] in answer.text else []
    if answer.status_code != 422:
        return faults
    return faults + [f"{where}: {each} is not kept" for each in lost(form, changed, payload, forms_on(answer, ""))]


def lost(form: PostedForm, changed: dict[str, str], payload: str, shown: list[PostedForm]) -> list[str]:
    """Return the fields whose values a refused page doesn't show again: what was typed, as far as it can be shown."""
    again = next((each for each in shown if set(form.typed) <= set(each.names)), None)
    if again is None:
        return ["the form"] if form.typed else []
    values = dict(again.fields)
    sent = {**dict(form.fields), **changed}
    kept_whole = payload in ("full width", "emoji", "script", "number", "negative")
    return [
        name
        for name in form.typed
        if (name not in changed or kept_whole) and _gist(values.get(name, "")) != _gist(sent[name])
    ]


def _gist(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", clean(text)).split())
