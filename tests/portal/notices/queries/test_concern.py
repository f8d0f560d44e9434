"""Whether a notice concerns an organisation."""

import pytest

from intake.versions import Verdict
from portal.notices.models import ProductRange
from portal.notices.queries import Concern, Installed, RangeKind, concern, range_shape


def a_range(text: str = "5.0 至 5.6.2", *, module: str = "", is_affected: bool = True) -> ProductRange:
    return ProductRange("his", module, {"en": "HIS"}, {"en": "Orders"} if module else {}, text, is_affected)


def runs(version: str, *modules: str, product: str = "his") -> Installed:
    return Installed(product, frozenset(modules), version)


@pytest.mark.parametrize(
    ("version", "verdict"),
    [
        ("5.5.1", Verdict.AFFECTED),
        ("5.6.2", Verdict.AFFECTED),
        ("5.6.3", Verdict.NOT_AFFECTED),
        ("4.9", Verdict.NOT_AFFECTED),
        ("", Verdict.PLEASE_CHECK),
        ("the new one", Verdict.PLEASE_CHECK),
    ],
)
def test_the_version_decides(version: str, verdict: Verdict) -> None:
    assert concern([a_range()], [runs(version)]).verdict == verdict


def test_a_range_that_cannot_be_read_says_please_check_and_never_not_affected() -> None:
    assert concern([a_range("most older ones")], [runs("9.9")]).verdict == Verdict.PLEASE_CHECK


def test_a_notice_without_products_is_for_everyone() -> None:
    assert concern([], [runs("5.5.1")]) == Concern(None)


def test_an_organisation_of_which_nothing_is_known_is_asked_to_check() -> None:
    assert concern([a_range()], []).verdict == Verdict.PLEASE_CHECK


def test_running_other_products_only_means_not_affected() -> None:
    assert concern([a_range()], [runs("5.5.1", product="pacs")]).verdict == Verdict.NOT_AFFECTED


def test_a_product_that_is_listed_as_not_affected_never_alarms() -> None:
    assert concern([a_range("全部版本", is_affected=False)], [runs("5.5.1")]).verdict == Verdict.NOT_AFFECTED


def test_one_affected_product_among_several_is_enough() -> None:
    found = concern([a_range(), a_range("4.x", module="orders")], [runs("5.5.1")])
    assert found.verdict == Verdict.AFFECTED
    assert [reason.product.module for reason in found.decisive] == [""]


def test_a_module_concerns_those_who_have_it_and_those_of_whom_it_is_not_known() -> None:
    affected = [a_range(module="orders")]
    assert concern(affected, [runs("5.5.1", "orders", "report")]).verdict == Verdict.AFFECTED
    assert concern(affected, [runs("5.5.1")]).verdict == Verdict.AFFECTED
    assert concern(affected, [runs("5.5.1", "report")]).verdict == Verdict.NOT_AFFECTED


def test_the_reasons_name_what_is_installed() -> None:
    product = a_range()
    found = concern([product], [runs("5.5.1"), runs("5.6.3")])
    assert found.versions_of(product) == ["5.5.1", "5.6.3"]
    assert [reason.version for reason in found.decisive] == ["5.5.1"]


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("5.0 至 5.6.2", RangeKind.BETWEEN, "5.0", "5.6.2"),
        ("全部版本", RangeKind.ALL, "", ""),
        ("5.0 and later", RangeKind.FROM, "5.0", ""),
        ("<= 5.6.2", RangeKind.UNTIL, "", "5.6.2"),
        ("before 5.6.3", RangeKind.BEFORE, "", "5.6.3"),
        ("5.6.2", RangeKind.ONE, "5.6.2", "5.6.2"),
    ],
)
def test_a_simple_range_can_be_said_in_any_language(text: str, kind: RangeKind, low: str, high: str) -> None:
    shape = range_shape(text)
    assert (shape.kind, shape.low, shape.high) == (kind, low, high)


@pytest.mark.parametrize("text", ["5.x", "most older ones", "> 5.0", "5.0 to 5.2, 5.4 to 5.6", ">= 5.0, < 5.6"])
def test_another_range_is_shown_as_it_was_written(text: str) -> None:
    assert (range_shape(text).kind, range_shape(text).text) == (RangeKind.AS_WRITTEN, text)
