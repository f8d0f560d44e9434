"""Letting colleagues in."""

import pytest

from portal.core import clock
from portal.tickets import messages, services
from portal.tickets.permissions import ActionError
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.services.acts import told, update


def test_a_colleague_who_was_let_in_is_told(cast: Cast) -> None:
    ticket = a_ticket(cast)
    services.share(cast.session, ticket, contact_id=cast.colleague.id, by=cast.actor(cast.tang), at=clock.now())
    update(cast, ticket)
    assert set(told(cast, messages.UPDATE)) == {cast.tang.person_id, cast.colleague.person_id}


def test_a_stranger_is_not_let_in(cast: Cast) -> None:
    ticket = a_ticket(cast)
    with pytest.raises(services.SharingError, match="stranger"):
        services.share(cast.session, ticket, contact_id=cast.stranger.id, by=cast.actor(cast.tang), at=clock.now())


def test_nobody_is_let_in_twice(cast: Cast) -> None:
    ticket = a_ticket(cast)
    services.share(cast.session, ticket, contact_id=cast.colleague.id, by=cast.actor(cast.tang), at=clock.now())
    with pytest.raises(services.SharingError, match="already"):
        services.share(cast.session, ticket, contact_id=cast.colleague.id, by=cast.actor(cast.tang), at=clock.now())


def test_a_colleague_who_was_let_in_lets_nobody_else_in(cast: Cast) -> None:
    ticket = a_ticket(cast)
    services.share(cast.session, ticket, contact_id=cast.colleague.id, by=cast.actor(cast.tang), at=clock.now())
    with pytest.raises(ActionError):
        services.share(cast.session, ticket, contact_id=cast.manager.id, by=cast.actor(cast.colleague), at=clock.now())
