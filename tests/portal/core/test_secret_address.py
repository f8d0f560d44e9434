"""The secret part of an address that programs read."""

from uuid import UUID

from portal.core.secret_address import secret_part

LINK, OTHER = UUID(int=1), UUID(int=2)


def test_an_address_stays_as_it_is_over_releases() -> None:
    assert secret_part("calendar-feed", LINK, "k" * 40) == "A3062zc-9Ui8arZ1s7KiUV3XOHw0DJdkhFkV0i2W2uU"


def test_each_purpose_link_and_portal_has_its_own() -> None:
    made = {
        secret_part(purpose, link, key)
        for purpose in ("calendar-feed", "notice-feed")
        for link in (LINK, OTHER)
        for key in ("k" * 40, "l" * 40)
    }
    assert len(made) == 8
    assert {len(each) for each in made} == {43}
