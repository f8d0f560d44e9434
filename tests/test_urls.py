"""The list of URLs is a file under test: a new, changed or vanished address is a decision that somebody sees."""

from tests.urls import LIST, declared


def test_the_list_of_addresses_is_what_the_portal_answers() -> None:
    assert LIST.read_text(encoding="utf-8").splitlines() == declared(), "write it anew: python -m tests.urls"


def test_no_address_is_declared_twice() -> None:
    addresses = [line.split()[:2] for line in declared()]
    assert [each for each in addresses if addresses.count(each) > 1] == []


def test_nothing_is_changed_by_looking() -> None:
    changing = ("accept", "approve", "cancel", "confirm", "delete", "publish", "revoke", "sign_out", "withdraw")
    looking = [line for line in declared() if line.startswith("GET ")]
    assert [line for line in looking if line.split()[2].rpartition(".")[2].startswith(changing)] == []
