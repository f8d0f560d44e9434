"""Lists of tickets that somebody narrows down: what is looked for stands in the address."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from portal.catalogue.queries import product_names
from portal.core import clock, references, web
from portal.core.terms import MOST_TYPED
from portal.tickets import queries
from portal.tickets.queries import Only, Page, Place, Wanted, Whose
from portal.tickets.views.finding import blueprint
from portal.ui import access, keeping, languages, pages
from portal.ui.access import current_actor
from portal.ui.forms import clean

_REFERENCE = re.compile(r"T-\d{4}-\d{1,9}")
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Looking:
    """What somebody looks for on one of the lists, and the addresses of what they could look for instead."""

    endpoint: str
    wanted: Wanted

    def url(self, *, after: Place | None = None, **changes: str) -> str:
        """Return the address of the list with something else asked for; a change begins at the top again."""
        values: dict[str, Any] = {**_written(replace(self.wanted, **_read(changes)))}
        return url_for(self.endpoint, after=_token(after) if after else None, **values)

    def kept(self, *names: str) -> dict[str, str]:
        """Return what a form must carry along, without what it asks for itself."""
        return {name: value for name, value in _written(self.wanted).items() if name not in names}


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a list, with what its filters say."""

    looking: Looking
    found: Page
    counts: Mapping[Only, int]
    products: Sequence[tuple[str, str]]
    is_unknown_number: bool = False


@blueprint.get("/tickets")
@keeping.while_unchanged
@access.customer
def show_list() -> ResponseReturnValue:
    """Show a customer's tickets, the newest first; a ticket's number leads straight to it."""
    looking = Looking("tickets.show_list", asked_for())
    reference = reference_typed(looking.wanted)
    if reference:
        return pages.go_to("tickets.show", reference=reference)
    return pages.page("tickets/list.html", shown=shown(looking), now=clock.now())


def asked_for() -> Wanted:
    """Return what an address asks for; what makes no sense in it is left out."""
    typed = clean(request.args.get("q"))[:MOST_TYPED]
    given = {name: request.args[name] for name in ("state", "whose", "product") if name in request.args}
    return replace(Wanted(typed=typed), **_read(given))


def reference_typed(wanted: Wanted) -> str | None:
    """Return the number of a ticket that was typed, if whoever asks may see that ticket."""
    if not _is_reference(wanted.typed):
        return None
    return queries.find_reference(web.reading(), current_actor(), wanted.typed)


def shown(looking: Looking) -> Shown:
    """Return what a list shows; nothing but that for the number of a ticket that isn't theirs."""
    if _is_reference(looking.wanted.typed):
        return Shown(looking, Page([], None), {}, (), is_unknown_number=True)
    session, actor = web.reading(), current_actor()
    found = queries.find_tickets(session, actor, looking.wanted, after=_place(request.args.get("after", "")))
    return Shown(
        looking,
        found=found.page,
        counts=found.numbers,
        products=sorted(product_names(session, languages.current_locale()).items()),
    )


def _is_reference(typed: str) -> bool:
    return _REFERENCE.fullmatch(references.as_written(typed)) is not None


def _read(given: Mapping[str, str]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    if "state" in given:
        read["only"] = _one_of(Only, given["state"], Only.ALL)
    if "whose" in given:
        read["whose"] = _one_of(Whose, given["whose"], Whose.ALL)
    if "product" in given:
        read["product"] = clean(given["product"])[:60]
    return read


def _one_of(choices: type[_Choice], text: str, otherwise: _Choice) -> _Choice:
    return choices(text) if text in set(choices) else otherwise


def _written(wanted: Wanted) -> dict[str, str]:
    """Return what an address says; what is as always is left out of it."""
    written = {"q": wanted.typed, "state": wanted.only, "whose": wanted.whose, "product": wanted.product}
    return {name: str(value) for name, value in written.items() if value not in ("", Only.ALL, Whose.ALL)}


def _token(place: Place) -> str:
    return f"{place.at.isoformat()}~{place.id}"


def _place(text: str) -> Place | None:
    """Return where a page begins; an address that somebody has changed begins at the top."""
    moment, _, ticket_id = text.partition("~")
    try:
        place = Place(datetime.fromisoformat(moment), UUID(ticket_id))
    except ValueError:
        return None
    return place if place.at.tzinfo else None
