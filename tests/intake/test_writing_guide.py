import re
from pathlib import Path

import pytest

from intake.checking import check_text
from intake.loading import load_text
from intake.questionnaire import Questionnaire
from intake.triage import triage
from tests.intake.making import begin, load

GUIDE = Path("docs/writing-questionnaires.md").read_text("utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture(scope="module")
def printer() -> Questionnaire:
    return load_text(BLOCKS[0], name="printer.yaml")


def test_the_questionnaire_of_the_guide_has_no_findings() -> None:
    assert check_text(BLOCKS[0], name="printer.yaml") == ()


def test_its_triage_does_what_the_guide_says(printer: Questionnaire) -> None:
    found = triage(printer, begin(printer, {"blocked": "nothing", "scope": "me"}))
    assert (found.priority, [miss.answer for miss in found.near_misses]) == ("P2", ["ward"])


def test_the_entries_of_migrate_are_understood() -> None:
    choice = 'type: choice, text: "A?", options: [{id: nothing, text: "Nothing"}]'
    questionnaire = load(f"- {{id: blocked, {choice}}}\n- {{id: who_cannot_print, {choice}}}", more=BLOCKS[1])
    assert len(questionnaire.migrate) == 3


def test_every_code_the_guide_names_exists() -> None:
    named = set(re.findall(r"\*\*([EW]\d{3})\*\*", GUIDE))
    sources = "".join(path.read_text("utf-8") for path in Path("intake").rglob("*.py"))
    assert named
    assert all(f'"{code}"' in sources for code in named)
