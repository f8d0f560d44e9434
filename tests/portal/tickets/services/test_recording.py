"""Writing down what happened."""

from portal.core.models import TypedText
from tests.portal.tickets.cast import Cast, a_ticket
from tests.portal.tickets.services.acts import reply


def test_words_are_kept_apart_so_that_they_can_be_erased(cast: Cast) -> None:
    ticket = a_ticket(cast)
    event = reply(cast, ticket, "My name is Tang.")
    text = cast.session.get_one(TypedText, event.text_id)
    assert (text.body, text.person_id) == ("My name is Tang.", cast.tang.person_id)
    assert "Tang" not in str(event.facts)
