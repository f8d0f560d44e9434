from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_from_file

from intake.extraction import extract
from intake.words import COMMON
from tests.intake.making import HIS_FAULT


def test_babel_finds_every_text_with_its_context_and_line() -> None:
    found = list(extract_from_file("intake.extraction:extract", HIS_FAULT, keywords={"pgettext": ((1, "c"), 2)}))
    assert (6, "Report a problem with your hospital system", [], "intake.his-fault.title") in found
    assert len(found) == 85 + len(COMMON)


def test_lines_are_those_of_the_file() -> None:
    lines = Path(HIS_FAULT).read_text("utf-8").splitlines()
    for line, function, (context, text), comments in extract(BytesIO(Path(HIS_FAULT).read_bytes()), None, [], {}):
        assert function == "pgettext"
        assert comments == []
        assert context.startswith("intake.common.") or text in lines[line - 1]
