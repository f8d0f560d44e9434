import pytest

from intake.checking.wording import bare_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Press F7 now", "F7"),
        ("按Ｆ７键", "F7"),
        ("Press Ctrl+Shift", "Ctrl+Shift"),
        ("Hit the Enter key", "Enter key"),
        ("Press Enter", "Enter"),
        ("Hold down Shift", "Shift"),
        ("Use Esc", "Esc"),
        ("按回车", "回车"),
        ("Take a Print Screen", "Print Screen"),
        ("Press {key:F7} now", None),
        ("Enter the version", None),
        ("At the end of the shift", None),
        ("Delete the file", None),
        ("Form F70 and AF7", None),
        ("Your home page", None),
    ],
)
def test_it_tells_keys_from_words(text: str, key: str | None) -> None:
    assert bare_key(text) == key
