"""Who is in the world: two hospitals, their people, and support."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.accounts import services as accounts
from portal.accounts.models import Agent, Contact, Installation, Organisation, Person, SignInSession
from portal.core import clock
from portal.core.actor import Actor, Role, SeeScope
from tests import factories

IDENTITIES = (
    "anonymous",
    "customer",
    "colleague",
    "other",
    "manager",
    "agent",
    "limited",
    "by_product",
    "admin",
    "disabled",
)
"""Everybody who asks: the colleague sees the whole organisation, ``other`` manages another one, the disabled person
managed this one; ``limited`` serves the other organisation only, ``by_product`` only what runs there."""


@dataclass(frozen=True)
class People:
    """The rows behind the identities, and the tokens of their browsers."""

    ours: Organisation
    theirs: Organisation
    contacts: dict[str, Contact]
    agents: dict[str, Agent]
    installations: dict[str, Installation]
    tokens: dict[str, str]
    session_ids: dict[str, str]

    def actor(self, session: Session, name: str) -> Actor:
        """Return somebody as the one who acts."""
        return factories.as_actor(session, self.contacts.get(name) or self.agents[name])


def enter(session: Session) -> People:
    """Make everybody, each with a browser in which they are signed in."""
    ours = factories.an_organisation(session, "Qinghe Hospital zz-ours-zz")
    theirs = factories.an_organisation(session, "Songlin Clinic zz-theirs-zz")
    his = factories.a_product(session, "his", orders="Writing orders")
    emr = factories.a_product(session, "emr", {"en": "Records"})
    installations = {
        "ours": factories.an_installation(session, ours, his, "5.5.1"),
        "theirs": factories.an_installation(session, theirs, emr, "7.0.3", site="zz-their-site-zz"),
    }
    contacts = {
        "customer": factories.a_contact(session, ours, name="Tang Customer"),
        "colleague": factories.a_contact(session, ours, name="Liu Colleague", see_scope=SeeScope.ORGANISATION),
        "manager": factories.a_contact(session, ours, name="He Manager", role=Role.MANAGER),
        "disabled": factories.a_contact(session, ours, name="Wu Disabled", role=Role.MANAGER),
        "other": factories.a_contact(session, theirs, name="zz-stranger-zz", role=Role.MANAGER),
    }
    agents = {
        "agent": factories.an_agent(session, "Chen Agent"),
        "second": factories.an_agent(session, "Wang Second"),
        "limited": factories.an_agent(session, "Sun Limited"),
        "by_product": factories.an_agent(session, "Guo Product"),
        "admin": factories.an_agent(session, "Li Admin", role=Role.ADMIN),
    }
    factories.limit_agent(session, agents["limited"], organisations=(theirs,))
    factories.limit_agent(session, agents["by_product"], products=("emr",))
    everybody: dict[str, Contact | Agent] = {**contacts, **agents}
    tokens = _sign_in(session, everybody)
    session.get_one(Person, contacts["disabled"].person_id).active = False
    session.flush()
    ids = {name: _session_id(session, who) for name, who in everybody.items()}
    return People(ours, theirs, contacts, agents, installations, tokens, ids)


def _sign_in(session: Session, everybody: dict[str, Contact | Agent]) -> dict[str, str]:
    return {
        name: accounts.start_session(session, person_id=who.person_id, browser=f"tests of {name}", at=clock.now())
        for name, who in everybody.items()
    }


def _session_id(session: Session, who: Contact | Agent) -> str:
    # A second session, so that ending it leaves the browser of the test signed in.
    row = SignInSession(
        person_id=who.person_id,
        token_sha256=f"second-browser-of-{who.person_id}"[:64],
        browser="second browser",
        started_at=clock.now(),
    )
    session.add(row)
    session.flush()
    return str(row.id)
