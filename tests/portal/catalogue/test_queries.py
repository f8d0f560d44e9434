"""Products and modules by name."""

from sqlalchemy.orm import Session

from portal.catalogue import queries
from portal.catalogue.models import FaultType
from portal.core import clock
from tests import factories
from tests.factories import a_product


def test_every_product_is_followed_by_its_modules(session: Session) -> None:
    a_product(session, "pacs", {"en": "Cloud PACS", "zh_Hans": "云影像"})
    a_product(session, "his", {"en": "HIS"}, orders="Orders", report="Reports")
    found = [(each.code, each.name("en")) for each in queries.entries(session)]
    assert found == [
        ("his", "HIS"),
        ("his/orders", "HIS · Orders"),
        ("his/report", "HIS · Reports"),
        ("pacs", "Cloud PACS"),
    ]


def test_names_are_in_the_readers_language_or_in_english(session: Session) -> None:
    a_product(session, "his", {"en": "HIS", "zh_Hans": "门诊系统"}, orders="Orders")
    assert queries.product_names(session, "zh_Hans") == {"his": "门诊系统"}
    assert queries.product_names(session, "zh_Hant") == {"his": "HIS"}
    assert queries.module_names(session, "his", "zh_Hans") == {"orders": "Orders"}


def test_fault_types_belong_to_a_module(session: Session) -> None:
    a_product(session, "his", {"en": "HIS"}, orders="Orders")
    session.add(FaultType(product_code="his", module_code="orders", code="slow", names={"en": "Slow"}))
    session.flush()
    assert [each.code for each in queries.every_part(session)] == ["his", "his:orders", "his:orders:slow"]


def test_what_is_retired_is_offered_no_more(session: Session) -> None:
    factories.a_product(session, "his", orders="Writing orders")
    factories.a_product(session, "old", {"en": "Old system"}).retired_at = clock.now()
    session.flush()
    assert set(queries.offered_products(session, "en")) == {"his"}
    assert set(queries.offered_products(session, "en", also="old")) == {"his", "old"}
    assert [each.code for each in queries.every_part(session)] == ["his", "his:orders"]
