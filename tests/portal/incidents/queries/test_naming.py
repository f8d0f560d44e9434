"""Where a surge is, in words."""

from portal.incidents.queries.naming import Names
from portal.incidents.surge import Key

NAMES = Names(
    {"his": "Ward system", "his/orders": "Ward system · Orders"},
    {"his-fault": "Report a problem", "slow": "Slow"},
    {"his-fault"},
)


def test_readers_of_a_notice_hear_nothing_of_the_questionnaire_that_was_asked() -> None:
    by_questionnaire = Key("his", "orders", "his-fault", "e1")
    assert NAMES.place(by_questionnaire) == "Ward system · Orders · Report a problem"
    assert NAMES.place_for_readers(by_questionnaire) == "Ward system · Orders"


def test_readers_of_a_notice_hear_in_which_way_it_goes_wrong() -> None:
    assert NAMES.place_for_readers(Key("his", "orders", "slow")) == "Ward system · Orders · Slow"


def test_where_nothing_else_is_known_the_questionnaire_says_what_it_is_about() -> None:
    assert NAMES.place_for_readers(Key("", "", "his-fault")) == "Report a problem"
