"""Whoever may not see a ticket reads no log of its emergency; whoever is called has it as long as it runs."""

from collections.abc import Callable

from flask.testing import FlaskClient

from portal.accounts.models import Agent, Contact
from portal.plans import services
from portal.plans.models import Emergency, Mode
from portal.tickets.models import Ticket
from tests.factories import a_product, limit_agent
from tests.portal.plans.scene import Scene

As = Callable[[Contact | Agent], FlaskClient]


def a_real_one(scene: Scene) -> tuple[Emergency, str]:
    """Start the plan for a problem of the hospital's system; there is another product, whose people don't see it."""
    a_product(scene.session, "pacs")
    emergency = scene.start(Mode.REAL)
    scene.session.commit()
    return emergency, f"/desk/tickets/{scene.session.get_one(Ticket, emergency.ticket_id).reference}"


def test_who_serves_the_organisation_but_not_the_product_sees_neither_ticket_nor_emergency(
    scene: Scene, as_: As
) -> None:
    emergency, ticket = a_real_one(scene)
    limit_agent(scene.session, scene.substitute, products=("pacs",), organisations=(scene.hospital,))
    scene.session.commit()
    browser = as_(scene.substitute)
    assert browser.get(ticket).status_code == 404
    assert browser.get(f"/desk/emergencies/{emergency.id}").status_code == 404


def test_who_serves_both_sees_both(scene: Scene, as_: As) -> None:
    emergency, ticket = a_real_one(scene)
    limit_agent(scene.session, scene.substitute, products=("his",), organisations=(scene.hospital,))
    scene.session.commit()
    browser = as_(scene.substitute)
    assert browser.get(ticket).status_code == 200
    assert browser.get(f"/desk/emergencies/{emergency.id}").status_code == 200


def test_who_is_called_reads_it_until_it_ends_and_then_no_more_than_its_ticket(scene: Scene, as_: As) -> None:
    emergency, ticket = a_real_one(scene)
    limit_agent(scene.session, scene.teller, products=("pacs",))
    scene.session.commit()
    browser, address = as_(scene.teller), f"/desk/emergencies/{emergency.id}"
    assert browser.get(ticket).status_code == 404
    assert "I am there" in browser.get(address).text
    services.end(scene.session, emergency, by=scene.actor(scene.lead), at=scene.later(5))
    scene.session.commit()
    assert browser.get(address).status_code == 404
    assert as_(scene.lead).get(address).status_code == 200


def test_a_drill_has_no_ticket_and_stays_with_those_who_took_part(scene: Scene, as_: As) -> None:
    drill = scene.start()
    a_product(scene.session, "pacs")
    limit_agent(scene.session, scene.teller, products=("pacs",))
    services.end(scene.session, drill, by=scene.actor(scene.lead), at=scene.later(5))
    scene.session.commit()
    assert as_(scene.teller).get(f"/desk/emergencies/{drill.id}").status_code == 200
