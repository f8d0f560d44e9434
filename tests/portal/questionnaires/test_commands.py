"""Publishing from the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.questionnaires.commands import questionnaires
from portal.questionnaires.models import QuestionnaireVersion
from tests.portal.questionnaires.examples import TEXT


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(TEXT.format(key="small", version=1, title="Report something", page="about"), encoding="utf-8")
    return path


def publish(app: Flask, file: Path) -> Result:
    with app.app_context():
        return CliRunner().invoke(questionnaires, ["publish", str(file)])


def test_it_publishes_a_file(app: Flask, session: Session, file: Path) -> None:
    result = publish(app, file)
    assert (result.exit_code, result.output[:29]) == (0, "small version 1 is published ")
    assert session.scalars(select(QuestionnaireVersion.key)).all() == ["small"]


def test_publishing_the_same_file_again_is_no_fault(app: Flask, file: Path) -> None:
    assert [publish(app, file).exit_code for _ in range(2)] == [0, 0]


def test_another_text_under_the_same_number_is_refused(app: Flask, file: Path) -> None:
    publish(app, file)
    file.write_text(file.read_text(encoding="utf-8").replace("How bad?", "How bad is it?"), encoding="utf-8")
    result = publish(app, file)
    assert result.exit_code == 1
    assert "small has another version 1 already" in result.output


def test_a_file_with_a_fault_is_refused_with_its_place(app: Flask, file: Path) -> None:
    file.write_text("intake: 1\nid: small\nversoin: 1\n", encoding="utf-8")
    result = publish(app, file)
    assert result.exit_code == 1
    assert f"{file}:3:1: E004" in result.output


def test_a_file_that_is_not_there_is_refused(app: Flask, tmp_path: Path) -> None:
    assert publish(app, tmp_path / "nothing.yaml").exit_code == 2


def test_it_says_what_a_new_version_changes(app: Flask, file: Path) -> None:
    publish(app, file)
    text = file.read_text(encoding="utf-8").replace("version: 1", "version: 2").replace("How bad?", "So?")
    file.write_text(text.replace("id: very", "id: much"), encoding="utf-8")
    result = publish(app, file)
    assert result.exit_code == 0
    assert "- “How bad?” is worded differently." in result.output
    assert "- “How bad?” no longer has the answer “Very”. Drafts stay on their version." in result.output


def test_it_keeps_the_file_as_it_was_written(app: Flask, session: Session, file: Path) -> None:
    publish(app, file)
    assert session.scalars(select(QuestionnaireVersion.source)).all() == [file.read_text(encoding="utf-8")]


def test_a_fault_that_the_check_finds_is_refused(app: Flask, session: Session, file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace("problem.bad: bad", ""), encoding="utf-8")
    result = publish(app, file)
    assert (result.exit_code, session.scalars(select(QuestionnaireVersion.key)).all()) == (1, [])
    assert "E601" in result.output


def test_it_warns_of_engineers_words_that_the_phrasebook_does_not_explain(app: Flask, file: Path) -> None:
    file.write_text(file.read_text().replace("How bad?", "Is it the vpn, or the latency?"))
    result = publish(app, file)
    assert result.exit_code == 0
    assert "W503 “vpn”" in result.stderr
    assert "latency" not in result.stderr
