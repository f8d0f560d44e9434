"""What each row of a list would do, and why a row can't be taken; nothing else is lost."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Contact, Installation, Organisation, Person
from portal.administration.models import RefusedRow
from portal.core import clock
from portal.core.actor import Role
from tests import factories
from tests.portal.administration.sending import Work, counts, looked_through, taken_in


def refused(session: Session) -> dict[int, tuple[str, str]]:
    """Return the rows that can't be taken, with the column and the reason."""
    return {each.row: (each.column, each.reason) for each in session.scalars(select(RefusedRow))}


def test_each_broken_row_is_refused_and_the_others_are_taken(admin: FlaskClient, work: Work, session: Session) -> None:
    rows = [
        "K-1,Qinghe,gold,Hunan",
        ",Nameless,gold,Hunan",
        "K-3,Songlin,platinum?,Hunan",
        "K-4,Gulou",
        "K-5,Huadong,gold,Hunan,more",
        "K-6,Xi\x00ning,gold,Hunan",
        'K-7,"Yulin,gold,Hunan',
        "K-8,Heihe,Gold,Hunan",
        "K-8,Heihe,gold,Hunan",
    ]
    row = taken_in(admin, work, "organisations", "code,name,tier,region\n" + "\n".join(rows) + "\n")
    assert counts(row) == (2, 0, 0, 7)
    assert refused(session) == {
        3: ("code", "no-number"),
        4: ("tier", "unknown-tier"),
        5: ("tier", "too-few"),
        6: ("region", "too-many"),
        7: ("name", "unreadable"),
        8: ("name", "open-quote"),
        10: ("code", "repeated:9"),
    }
    kept = session.execute(select(Organisation.code, Organisation.tier).order_by(Organisation.code)).all()
    assert list(map(tuple, kept)) == [("K-1", "gold"), ("K-8", "gold")]


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
def test_every_reason_stands_with_its_column_in_the_language_of_the_reader(
    admin: FlaskClient, work: Work, locale: str
) -> None:
    admin.set_cookie("locale", locale)
    body = "code,name,tier\n,Qinghe,gold\nK-2,Songlin,platinum\nK-3,Gulou\nK-4,Xi\x00ning,gold\n"
    page = admin.get(looked_through(admin, work, "organisations", body)).text
    words = {
        "en": ("Customer number", "customer number in each row", "no such service level", "fewer cells"),
        "zh_Hans": ("客户编号", "每一行都要有客户编号", "没有这个服务级别", "比标题少"),
        "zh_Hant": ("客戶編號", "每一列都要有客戶編號", "沒有這個服務級別", "比標題少"),
    }
    for each in words[locale]:
        assert each in page


def test_a_level_that_an_organisation_has_can_be_given_to_others(
    admin: FlaskClient, work: Work, session: Session
) -> None:
    factories.an_organisation(session, "Qinghe", code="K-1", tier="harbour")
    assert counts(taken_in(admin, work, "organisations", "code,name,tier\nK-2,Songlin,Harbour\n")) == (1, 0, 0, 0)
    assert session.scalars(select(Organisation.tier).where(Organisation.code == "K-2")).one() == "harbour"


def test_two_rows_of_one_list_never_share_a_way_in(admin: FlaskClient, work: Work, session: Session) -> None:
    factories.an_organisation(session, "Qinghe", code="K-1")
    rows = [
        "K-1,Tang Xiuying,tang@hospital.example,0731-555-0101",
        "K-1,Gu Ming,gu@hospital.example,(0731) 555 0101",
        "K-1,He Lan,he@hospital.example,０７３１５５５０１０２",
        "K-1,Liu Bo,none,0731-555-0103",
        "K-1,Sun Wei,none,0731-555-0104",
    ]
    row = taken_in(admin, work, "contacts", "organisation,name,email,phone\n" + "\n".join(rows) + "\n")
    assert counts(row) == (2, 0, 0, 3)
    no_address = ("email", "not-an-address")
    assert refused(session) == {3: ("organisation", "repeated:2"), 5: no_address, 6: no_address}
    assert session.scalars(select(Person.phone).where(Person.name == "He Lan")).one() == "07315550102"


def test_two_rows_that_mean_one_organisation_are_not_both_taken(
    admin: FlaskClient, work: Work, session: Session
) -> None:
    factories.an_organisation(session, "Qinghe", code=None)
    row = taken_in(admin, work, "organisations", "code,name\nK-1,Qinghe\nK-2,Qinghe\n")
    assert counts(row) == (0, 1, 0, 1)
    assert refused(session) == {3: ("code", "repeated:2")}


def test_two_names_of_one_organisation_make_one_installation(admin: FlaskClient, work: Work, session: Session) -> None:
    factories.an_organisation(session, "Qinghe", code="K-1")
    factories.a_product(session, "his")
    body = "organisation,product,version,site\nK-1,his,5.6,Ward\nQinghe,his,5.7,Ward\nＫ－１,his,5.6,Lab\n"
    assert counts(taken_in(admin, work, "installations", body)) == (2, 0, 0, 1)
    assert refused(session) == {3: ("organisation", "repeated:2")}
    assert len(session.scalars(select(Installation)).all()) == 2


def test_nobody_is_added_to_a_closed_organisation(admin: FlaskClient, work: Work, session: Session) -> None:
    factories.an_organisation(session, "Qinghe", code="K-1", closed_at=clock.now())
    body = "organisation,name,email\nK-1,Tang Xiuying,tang@hospital.example\n"
    looked_through(admin, work, "contacts", body)
    assert refused(session) == {2: ("organisation", "closed-organisation")}


def test_a_list_leaves_an_organisation_somebody_who_manages(admin: FlaskClient, work: Work, session: Session) -> None:
    organisation = factories.an_organisation(session, "Qinghe", code="K-1")
    for name in ("tang", "gu"):
        factories.a_contact(session, organisation, name=name, email=f"{name}@hospital.example", role=Role.MANAGER)
    body = "organisation,name,email,role\nK-1,tang,tang@hospital.example,contact\nK-1,gu,gu@hospital.example,contact\n"
    assert counts(taken_in(admin, work, "contacts", body)) == (0, 1, 0, 1)
    assert refused(session) == {3: ("role", "last-manager")}
    session.expire_all()
    assert session.scalars(select(Contact.role).order_by(Contact.id)).all() == [Role.CONTACT, Role.MANAGER]
