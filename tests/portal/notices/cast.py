"""People, products and notices that the tests of notices begin with."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.models import Agent, Contact, Organisation
from portal.catalogue.models import Product
from portal.core import clock
from portal.core.actor import Actor
from portal.core.i18n import LOCALES
from portal.notices import services
from portal.notices.models import (
    ActionNeeded,
    CheckItem,
    Notice,
    NoticeKind,
    NoticeScope,
    ProductRange,
    Step,
    Words,
)
from portal.notices.services import Draft, Facts
from tests import factories

TODAY = date(2026, 4, 21)
HIS = ProductRange("his", "", {"en": "HIS", "zh_Hans": "门诊系统"}, {}, "5.0 至 5.6.2", fixed_in="5.6.3")
WORDS = Words(
    what="Storms cut the power.",
    who="Hospitals without a UPS.",
    do="Make a backup.",
    checklist_title="Before the rains",
    checklist=(CheckItem("", "Backup exists"), CheckItem("", "Disk elsewhere")),
    steps_title="Make one now",
    steps=(Step("Press {key:F7}.", "The wizard opens.", "See the drawing.", "F7"), Step("Wait.")),
    cause="Nothing was written.",
    prevention="Copy it every week.",
)


@dataclass
class Cast:
    """Two hospitals, one of which runs what notices are about; a writer, a reviewer."""

    session: Session
    product: Product
    qinghe: Organisation
    songlin: Organisation
    tang: Contact
    liu: Contact
    stranger: Contact
    writer: Agent
    reviewer: Agent

    def actor(self, who: Contact | Agent) -> Actor:
        """Return somebody as if signed in."""
        return factories.as_actor(self.session, who)

    @property
    def author(self) -> Actor:
        """Return the writer as if signed in."""
        return self.actor(self.writer)

    @property
    def colleague(self) -> Actor:
        """Return the reviewer as if signed in."""
        return self.actor(self.reviewer)


def a_cast(session: Session) -> Cast:
    """Make the people, the product and what the first hospital runs."""
    qinghe = factories.an_organisation(session, region="south-china")
    songlin = factories.an_organisation(session, "Songlin Clinic")
    product = factories.a_product(session, orders="Writing orders")
    factories.an_installation(session, qinghe, product, "5.5.1")
    found = Cast(
        session=session,
        product=product,
        qinghe=qinghe,
        songlin=songlin,
        tang=factories.a_contact(session, qinghe),
        liu=factories.a_contact(session, qinghe, name="Liu Wei"),
        stranger=factories.a_contact(session, songlin, name="Zhou Min"),
        writer=factories.an_agent(session),
        reviewer=factories.an_agent(session, "Wang Min"),
    )
    session.commit()
    return found


def facts(**values: Any) -> Facts:
    """Return the facts of an advisory that everyone may read."""
    usual = Facts(
        kind=NoticeKind.ADVISORY,
        scope=NoticeScope.PUBLIC,
        action=ActionNeeded.REQUIRED,
        act_by=date(2026, 4, 30),
        expires_on=date(2026, 10, 1),
        products=[HIS],
        source_language="en",
    )
    return replace(usual, **values)


def a_draft(cast: Cast, words: Words = WORDS, **values: Any) -> Notice:
    """Write a notice in three languages, without showing it to anybody."""
    notice = services.start_notice(cast.session, facts(**values), by=cast.author, at=clock.now())
    write(cast, notice, words)
    return notice


def write(cast: Cast, notice: Notice, words: Words = WORDS, *, change: str = "") -> None:
    """Write a revision in three languages."""
    for language in sorted(LOCALES, key=lambda each: each != notice.source_language):
        draft = Draft(f"Rainy season ({language})", words, change)
        services.save_text(cast.session, notice, language, draft, by=cast.author)


def in_review(cast: Cast, notice: Notice) -> Notice:
    """Have a colleague read every translation."""
    services.send_to_review(cast.session, notice, by=cast.author, today=TODAY)
    for language in LOCALES:
        if language != notice.source_language:
            services.review_text(cast.session, notice, language, by=cast.colleague)
    return notice


def publish(cast: Cast, notice: Notice) -> Notice:
    """Take a draft all the way to its readers."""
    in_review(cast, notice)
    services.approve(cast.session, notice, by=cast.colleague, at=clock.now(), today=TODAY)
    services.publish(cast.session, notice, by=cast.author, at=clock.now(), today=TODAY)
    cast.session.commit()
    return notice


def a_notice(cast: Cast, **values: Any) -> Notice:
    """Publish a notice."""
    return publish(cast, a_draft(cast, **values))


def revise(cast: Cast, notice: Notice, *, is_material: bool = True, change: str = "A second disk.") -> Notice:
    """Publish another revision of a notice."""
    services.start_revision(cast.session, notice, is_material=is_material, by=cast.author, at=clock.now())
    write(cast, notice, change=change)
    return publish(cast, notice)
