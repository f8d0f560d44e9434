"""The picture of all paths: every word is in its box, every box below the one before."""

import unicodedata
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.questionnaires.flow import WIDTH, Stop, flow_of, wrapped

often = settings(max_examples=60, deadline=None)
texts = st.text(alphabet=st.sampled_from("ab 中文 ，。W…"), max_size=200)
stops = st.builds(Stop, texts, texts, st.lists(st.tuples(texts, st.booleans()), max_size=5), st.booleans())


def width_of(text: str) -> float:
    return sum(1 if unicodedata.east_asian_width(each) in "WFA" else 0.55 for each in text)


@often
@given(texts, st.integers(4, 40), st.integers(1, 3))
def test_a_line_is_never_wider_than_its_room(text: str, room: int, most: int) -> None:
    lines = wrapped(text, room, most)
    assert len(lines) <= most
    assert all(width_of(line) <= room + 0.001 for line in lines)


@often
@given(texts, st.integers(4, 40))
def test_nothing_is_lost_where_there_is_room_for_all_lines(text: str, room: int) -> None:
    assert "".join("".join(wrapped(text, room, 999)).split()) == "".join(text.split())


def test_what_does_not_fit_ends_in_dots() -> None:
    assert wrapped("one two three", 4, 1) == ["one t…"]
    assert wrapped("one two three four", 4, 2) == ["one two", "three…"]


@often
@given(st.lists(stops, max_size=6))
def test_boxes_follow_one_another_and_hold_their_lines(drawn: list[Stop]) -> None:
    picture = flow_of(drawn)
    for above, below in pairwise(picture.boxes):
        assert above.y + above.height < below.y
    for box in picture.boxes:
        assert box.y + box.height <= picture.height
        assert all(box.y < line.y < box.y + box.height and line.x < WIDTH for line in box.written)


def test_a_box_that_may_be_left_out_says_when() -> None:
    picture = flow_of([Stop("First", "", [("Always", False)]), Stop("Second", "Only if: so", [("At times", True)])])
    assert [box.is_sometimes for box in picture.boxes] == [False, True]
    assert [line.kind for line in picture.boxes[1].written] == ["title", "when", "sometimes"]
