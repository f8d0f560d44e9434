"""What can stand in an address: makers of cases, each with who sees what it leads to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from uuid import UUID

from tests.seen import NOBODY, SEES
from tests.world import World


@dataclass(frozen=True)
class Case:
    """One choice of what stands in an address."""

    name: str
    values: Mapping[str, str]
    seen_by: frozenset[str]


class NoExpectationError(LookupError):
    """Nobody has written down who may see what such an address leads to."""


MISSING = str(UUID(int=7))
Cases = Callable[[World], Iterator[Case]]


def things(
    argument: str,
    kind: str,
    *names: str,
    missing: str = MISSING,
    seen: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> Cases:
    """Return cases for an address with one thing in it."""

    def made(world: World) -> Iterator[Case]:
        for name in names:
            yield Case(name, {argument: world.ids[f"{kind}:{name}"]}, {**SEES, **seen}[f"{kind}:{name}"])
        yield Case("missing", {argument: missing}, NOBODY)

    return made


def together(first: Cases, argument: str, known: Mapping[str, frozenset[str]], missing: str) -> Cases:
    """Return cases in which something that needs no permission of its own stands behind a thing."""

    def made(world: World) -> Iterator[Case]:
        for thing, (value, seen_by) in product(first(world), [*known.items(), (missing, NOBODY)]):
            yield Case(f"{thing.name}+{value}", {**thing.values, argument: value}, thing.seen_by & seen_by)

    return made


def inside(
    first: Cases, argument: str, things: Mapping[tuple[str, str], frozenset[str]], *, is_idle: bool = False
) -> Cases:
    """Return cases for a thing inside another: right only together, whoever may see each of them.

    Where doing something to what isn't there is idle, and no fault, nothing can be missing.
    """

    def made(world: World) -> Iterator[Case]:
        names = [*dict.fromkeys(name for _, name in things), *([] if is_idle else [""])]
        for thing, name in product(first(world), names):
            value = world.ids[name] if name else MISSING
            seen_by = things.get((thing.name, name), NOBODY)
            yield Case(f"{thing.name}+{name or 'missing'}", {**thing.values, argument: value}, thing.seen_by & seen_by)

    return made
