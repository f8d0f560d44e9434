"""What else there is to know about a ticket."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.catalogue.models import Product
from portal.core import clock
from portal.ratings.models import Rating, RatingKind, RatingSource
from portal.tickets import services
from tests.factories import an_agent, an_installation, limit_agent
from tests.portal.desk.scene import As, a_call_back
from tests.portal.tickets.cast import Cast, a_ticket


def around(desk: FlaskClient, reference: str) -> str:
    """Return the page."""
    return desk.get(f"/desk/tickets/{reference}/around").text


def test_it_shows_whom_we_write_to(cast: Cast, session: Session, desk: FlaskClient) -> None:
    cast.organisation.named_agent_id = an_agent(session, "Lin Fang").id
    an_installation(session, cast.organisation, session.get_one(Product, "his"), "5.6.2", site="East campus")
    ticket = a_ticket(cast)
    services.add_update(session, ticket, update=services.Update("We look."), by=cast.actor(cast.agent), at=clock.now())
    session.add(
        Rating(
            ticket_id=ticket.id,
            organisation_id=cast.organisation.id,
            person_id=cast.tang.person_id,
            kind=RatingKind.STARS,
            score=4,
            source=RatingSource.PAGE,
            occasion="x",
            at=clock.now(),
        )
    )
    page = around(desk, ticket.reference)
    for words in ("Lin Fang", "1 kept, 0 late", "4 of 5", "5.6.2 · East campus", "Qinghe People’s Hospital"):
        assert words in page


def test_it_shows_the_tickets_that_belong_to_it(cast: Cast, session: Session, desk: FlaskClient) -> None:
    one, other = a_ticket(cast), a_ticket(cast, title="The printer")
    services.relate(session, one, other=other, by=cast.actor(cast.agent), at=clock.now())
    assert "The printer" in around(desk, one.reference)


def test_a_call_back_that_nobody_has_verified_has_no_organisation_to_show(session: Session, desk: FlaskClient) -> None:
    page = around(desk, a_call_back(session).reference)
    assert "No notice is about anything like it." in page
    assert "Their engineer" not in page


def test_similar_tickets_stand_beside_the_description_with_their_solution(
    cast: Cast, session: Session, desk: FlaskClient
) -> None:
    by, at = cast.actor(cast.agent), clock.now()
    solved = a_ticket(cast, title="Solved like this", fingerprint="f-1", module_code="")
    services.resolve(
        session, solved, resolution=services.Resolution("A full disk", "Made room", "An alarm"), by=by, at=at
    )
    a_ticket(cast, title="The same part only", fingerprint="f-2")
    a_ticket(cast, title="Something else", fingerprint="f-3", module_code="billing")
    page = desk.get(f"/desk/tickets/{a_ticket(cast, fingerprint='f-1').reference}").text
    assert page.index("Solved like this") < page.index("The same part only")
    assert "A full disk" in page
    assert "the same error text · the same version" in " ".join(page.split())
    assert "Something else" not in page


def test_of_what_resembles_it_only_what_an_agent_may_see_is_shown(cast: Cast, session: Session, as_: As) -> None:
    limited = an_agent(session, "Zhou Lan")
    limit_agent(session, limited, organisations=(cast.organisation,))
    a_ticket(cast, by=cast.stranger, title="Theirs alone", fingerprint="f-1")
    mine = a_ticket(cast, fingerprint="f-1")
    assert "Theirs alone" not in as_(limited).get(f"/desk/tickets/{mine.reference}").text


def test_strangers_to_the_desk_stay_outside(cast: Cast, as_: As) -> None:
    assert as_(cast.tang).get(f"/desk/tickets/{a_ticket(cast).reference}/around").status_code == 403
