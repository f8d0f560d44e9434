from pathlib import Path

import pytest

from intake.checking import check_text
from intake.importing import Draft, NotAnIssueFormError, from_github_issue_form
from intake.loading import load_text
from intake.questionnaire import Questionnaire

FORM = """\
name: Bug report
description: Tell us what broke
title: "[Bug]: "
labels: [bug, triage]
body:
  - type: markdown
    attributes:
      value: |
        ## About you
        Thanks for taking the time! Read [the rules](https://example.org/rules) first.
  - type: input
    id: contact
    attributes:
      label: Contact details
      description: How can we get in touch?
      placeholder: ex. email@example.org
    validations:
      required: false
  - type: textarea
    attributes:
      label: What happened?
      description: If you pressed F5, say so.
      value: "A bug happened!"
    validations:
      required: true
  - type: dropdown
    id: version
    attributes:
      label: Version
      options: [3.10, 3.9, no, 2026-01-01]
      default: 0
  - type: dropdown
    id: browsers
    attributes:
      label: Which browsers?
      multiple: true
      options: [Firefox, Chrome, Chrome]
  - type: textarea
    id: logs
    attributes:
      label: Log output
      render: shell
  - type: checkboxes
    id: terms
    attributes:
      label: Code of Conduct
      options:
        - label: I agree to follow the **rules**
          required: true
  - type: upload
    id: shots
    attributes:
      label: Screenshots
    validations:
      accept: ".png,.jpg,.exe"
  - type: input
    attributes:
      label: 操作系统
  - type: input
    attributes:
      label: 操作系统
  - type: slider
    id: mood
    attributes: {label: Mood}
"""


def imported() -> Draft:
    return from_github_issue_form(FORM, name="bug.yml")


def questionnaire() -> Questionnaire:
    return load_text(imported().as_yaml(), name="bug.yaml")


def test_the_result_lints_without_errors() -> None:
    assert [found for found in check_text(imported().as_yaml(), name="bug.yaml") if found.is_error] == []


def test_every_element_finds_its_kind() -> None:
    assert [(question.id, question.type) for question in questionnaire().questions.values()] == [
        ("contact", "text"),
        ("what-happened", "longtext"),
        ("version", "choice"),
        ("browsers", "multi"),
        ("logs", "error_text"),
        ("terms", "multi"),
        ("shots", "files"),
        ("x36048003", "text"),
        ("x36048003-2", "text"),
    ]


def test_options_stay_as_their_author_wrote_them() -> None:
    assert [option.text for option in questionnaire().question("version").options] == [
        "3.10",
        "3.9",
        "no",
        "2026-01-01",
    ]


def test_texts_hints_and_headings_are_kept() -> None:
    contact = questionnaire().question("contact")
    assert contact.hint == (
        "Thanks for taking the time! Read the rules first. How can we get in touch? For example: ex. email@example.org"
    )
    assert questionnaire().pages[0].title == "About you"
    assert questionnaire().question("what-happened").hint == "If you pressed {key:F5}, say so."


def test_required_is_kept_and_a_required_box_makes_its_question_required() -> None:
    required = [question.id for question in questionnaire().questions.values() if question.required]
    assert required == ["what-happened", "terms"]


def test_files_take_what_the_form_takes() -> None:
    assert questionnaire().question("shots").accept == ("image/png", "image/jpeg")


def test_what_is_lost_is_listed_with_its_place() -> None:
    lost = {(item.line, item.what) for item in imported().lost}
    assert lost == {
        (3, "the title that new issues begin with"),
        (4, "labels"),
        (22, "a condition in words: “If you pressed F5, say so.”"),
        (23, "a text that stands in the field from the start: “A bug happened!”"),
        (31, "the option that is chosen from the start: “0”"),
        (37, "the option “Chrome”, which is empty or stands there twice"),
        (48, "that this very box must be ticked; the question is required instead"),
        (55, "files that end in .exe"),
        (62, "an element of the type `slider`"),
    }


def test_the_same_form_gives_the_same_ids_in_another_order() -> None:
    form = "name: F\nbody:\n" + "".join(
        f"  - {{type: input, attributes: {{label: {label}}}}}\n"
        for label in ("Second thing", "操作系统", "First thing")
    )
    draft = from_github_issue_form(form, name="f.yml")
    assert [question["id"] for question in draft.pages[0].questions] == ["second-thing", "x36048003", "first-thing"]


@pytest.mark.parametrize(
    "text", ["", "a: 1", "body: words", "name: x\nbody: []", "[" * 50_000, b"\xff\xfe", "body: [1, {}]"]
)
def test_what_is_no_form_is_refused(text: str | bytes) -> None:
    with pytest.raises(NotAnIssueFormError):
        from_github_issue_form(text, name="f.yml")


def test_the_description_says_what_the_questionnaire_is_for() -> None:
    assert questionnaire().about == "Tell us what broke"
    long = FORM.replace("Tell us what broke", "All the words there are " * 9)
    draft = from_github_issue_form(long, name="bug.yml")
    assert len(draft.about) <= 120
    assert (2, "the end of the description of the form") in {
        (lost.line, lost.what.partition(":")[0]) for lost in draft.lost
    }


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "forms").glob("*.yml")), ids=lambda path: path.stem)
def test_forms_as_people_write_them_become_questionnaires_without_errors(path: Path) -> None:
    text = from_github_issue_form(path.read_bytes(), name=path.name).as_yaml()
    assert [found for found in check_text(text, name=path.name) if found.is_error] == []


def test_a_key_with_several_others_held_down_is_marked_whole() -> None:
    form = "name: F\nbody:\n  - {type: input, attributes: {label: Press ctrl+shift+i}}\n"
    assert "Press {key:ctrl+shift+i}" in from_github_issue_form(form, name="f.yml").as_yaml()
