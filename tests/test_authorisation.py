"""The authorisation matrix: every address, as everybody, with what is theirs, a colleague's, another's, and missing.

What is expected is written down by hand (tests/expectations.py) and follows from the door that a view declares and from
who may see a thing; an address that nobody has thought about fails.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.ui.access import door_of
from tests.bodies import body_for
from tests.expectations import (
    ALLOWED,
    EVERYBODY,
    HIDDEN_AS,
    OPENS,
    SHUT,
    SIGNED_IN,
    TOLD_BY_SECRET,
    WORDS,
    Case,
    cases,
)
from tests.urls import declared
from tests.world import IDENTITIES, World, a_world

ADDRESSES = sorted({(line.split()[0], line.split()[-2]) for line in declared()})
FEW = ("anonymous", "customer", "other", "agent")
REST = tuple(each for each in IDENTITIES if each not in FEW)
_ANSWERED = (200, 204, 303, 422)
_PASSING_HEADERS = ("Date", "Set-Cookie", "Content-Length")
_PASSING = re.compile(r"(?<=parked%3D)[-\w]{32}|E-[0-9A-F]{8}|[0-9a-f]{32}|name=\"csrf_token\"[^>]*")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Return the world that every address is asked in; whoever changes it brings it back."""
    with a_world(tmp_path_factory.mktemp("world")) as built:
        built.keep()
        yield built


@dataclass(frozen=True)
class Answer:
    """One answer of the portal, with whatever differs from one asking to the next taken out."""

    case: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str

    @property
    def seen(self) -> tuple[object, ...]:
        """What the asker can tell apart."""
        return self.status, self.headers, self.body


@pytest.mark.parametrize("who", [pytest.param(FEW, id="few"), pytest.param(REST, id="rest", marks=pytest.mark.slow)])
@pytest.mark.parametrize(("method", "endpoint"), ADDRESSES)
def test_everybody_gets_what_is_theirs_and_nothing_else(
    world: World, method: str, endpoint: str, who: Sequence[str]
) -> None:
    faults: list[str] = []
    for rule in [each for each in world.app.url_map.iter_rules(endpoint) if method in (each.methods or ())]:
        for identity in who:
            faults += faults_as(world, rule, method, identity)
    assert faults == []


def faults_as(world: World, rule: Rule, method: str, identity: str) -> Iterator[str]:
    """Yield what is wrong with the answers that one person gets from one address."""
    door = door_of(world.app, rule.endpoint)
    assert door is not None
    is_open, every = identity in OPENS[door], cases(world, rule)
    unseen: list[Answer] = []
    for case in every if is_open else [every[0], every[-1]]:
        before = writes(world)
        answer = ask(world, rule, method, identity, case)
        expected = expected_of(rule, case, identity, is_open=is_open)
        told = TOLD_BY_SECRET.get(rule.endpoint, frozenset())
        yield from (f"{identity} {case.name}: {each}" for each in faults_of(answer, identity, expected, told))
        if expected != _ANSWERED:
            unseen += [answer] if identity not in case.seen_by or not is_open else []
            # Parking what was typed when a sign-in had run out may write; and so may ending what has ended.
            if writes(world) != before and identity in SIGNED_IN and rule.endpoint not in HIDDEN_AS:
                yield f"{identity} {case.name}: was refused, and wrote"
        if writes(world) != before:
            world.restore()
    yield from (f"{identity}: {each.case} differs from missing" for each in unseen if each.seen != unseen[-1].seen)


def faults_of(
    answer: Answer, identity: str, expected: tuple[int, ...], told: frozenset[str] = frozenset()
) -> Iterator[str]:
    """Yield what is wrong with one answer."""
    if answer.status not in expected:
        yield f"{answer.status} instead of {expected}"
    shown = answer.body + repr(answer.headers)
    secret = {word for word, known in WORDS.items() if identity not in known} - told
    yield from (f"reads {word}" for word in sorted(secret) if word in shown)


def expected_of(rule: Rule, case: Case, identity: str, *, is_open: bool) -> tuple[int, ...]:
    """Return the statuses that somebody may get."""
    if not is_open:
        return (403,) if identity in SIGNED_IN else (303,)
    if rule.endpoint in SHUT:
        return (SHUT[rule.endpoint],)
    if identity not in case.seen_by:
        return (HIDDEN_AS.get(rule.endpoint, 404),)
    allowed = ALLOWED.get(rule.endpoint, {}).get(case.name.partition("+")[0], EVERYBODY)
    return _ANSWERED if identity in allowed else (403,)


def ask(world: World, rule: Rule, method: str, identity: str, case: Case) -> Answer:
    """Ask once, with a body that would do something."""
    built = rule.build(dict(case.values))
    assert built is not None
    path = built[1]
    body = body_for(world, rule.endpoint, case.values) if method == "POST" else None
    response = world.ask(identity, method, path, data=body)
    with closing(response):
        return masked(case.name, path, response)


def masked(case: str, path: str, response: TestResponse) -> Answer:
    """Take out what belongs to this asking alone: the reference of an error, tokens, and the path."""

    def mask(text: str) -> str:
        return _PASSING.sub("…", text.replace(path, "…"))

    headers = [(name, mask(value)) for name, value in response.headers if name not in _PASSING_HEADERS]
    text = mask(response.get_data(as_text=True))
    return Answer(case, response.status_code, tuple(sorted(headers)), text)


def writes(world: World) -> int:
    """Return a number that grows whenever anybody writes."""
    return int(world.watching.execute("PRAGMA data_version").fetchone()[0])
