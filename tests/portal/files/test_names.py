"""Names of files are shown to people and written into headers."""

import pytest

from portal.files.names import clean_name, ending_of


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("截图 1.png", "截图 1.png"),
        ("C:\\Users\\Tang\\shot.png", "shot.png"),
        ("../../etc/passwd", "passwd"),
        ("..", "file"),
        ("", "file"),
        ("shot\r\nSet-Cookie: a=b.png", "shot Set-Cookie a=b.png"),
        ("gnp.\u202etxt.exe", "gnp.txt.exe"),
        ("a\u2066b\u200f\u200b.png", "ab.png"),
        ("nul\x00byte.png", "nulbyte.png"),
        ('"quoted".png', "quoted.png"),
        ("  .hidden.png", "hidden.png"),
        ("\ud800.png", "png"),
        ("تقرير.pdf", "تقرير.pdf"),
    ],
)
def test_only_what_misleads_is_left_out(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_name("图" * 300 + ".png") == "图" * 116 + ".png"


@pytest.mark.parametrize(("name", "ending"), [("a.PNG", ".png"), ("a.tar.gz", ".gz"), ("none", ""), ("a.", "")])
def test_the_ending_is_in_small_letters(name: str, ending: str) -> None:
    assert ending_of(name) == ending
