"""Notices on the command line: taken in from CSAF, given out, printed."""

import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo

from portal.formats.commands import notices
from portal.formats.services.schema import read_csaf
from portal.notices.models import Notice
from tests import factories
from tests.portal.formats.examples import body, without
from tests.portal.notices.cast import Cast, a_draft, a_notice

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """Return a way to run `portal notices` against the test's own portal."""
    made = ScriptInfo(create_app=lambda: app)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(notices, arguments, obj=made)

    return run


def test_each_file_gets_a_line_and_a_refused_one_ends_with_1(run: Run, cast: Cast, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_bytes(body())
    bad.write_bytes(without("/document/tracking/id"))
    answer = run("import-csaf", str(good), str(bad))
    first, second = (json.loads(line) for line in answer.stdout.splitlines())
    assert answer.exit_code == 1
    assert (first["file"], first["products"], first["ranges"]) == (str(good), 2, 2)
    assert first["kept_unmapped"][0] == "/vulnerabilities"
    assert cast.session.query(Notice).filter_by(code=first["code"]).count() == 1
    assert second["faults"] == [{"path": "/document/tracking/id", "problem": "This is missing. Please add it."}]
    assert "/document/tracking/id: This is missing" in answer.stderr


def test_what_is_said_of_a_file_can_be_in_another_language(run: Run, cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_bytes(b"{}")
    answer = run("import-csaf", "--language", "zh_Hant", str(tmp_path / "bad.json"))
    assert json.loads(answer.stdout)["faults"][0]["problem"] == "這裡缺少內容，請補上。"


def test_a_file_that_is_not_there_is_named_and_the_others_are_taken_in(run: Run, cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "good.json").write_bytes(body())
    answer = run("import-csaf", str(tmp_path / "none.json"), str(tmp_path / "good.json"))
    first, second = (json.loads(line) for line in answer.stdout.splitlines())
    assert (answer.exit_code, "refused" in first, "code" in second) == (1, True, True)


def test_all_good_ends_with_0(run: Run, cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "good.json").write_bytes(body())
    assert run("import-csaf", str(tmp_path / "good.json")).exit_code == 0


def test_a_notice_goes_out_as_csaf(run: Run, cast: Cast) -> None:
    notice = a_notice(cast)
    answer = run("export-csaf", notice.code)
    assert read_csaf(answer.stdout.encode())["document"]["tracking"]["id"] == notice.code
    assert json.loads(run("export-csaf", notice.code, "--language", "zh_Hans").stdout)["document"]["lang"] == "zh-Hans"


def test_a_draft_or_a_missing_one_does_not(run: Run, cast: Cast) -> None:
    draft = a_draft(cast)
    cast.session.commit()
    for code in (draft.code, "N-1999-001"):
        answer = run("export-csaf", code)
        assert (answer.exit_code, "There is no published notice" in answer.stderr) == (1, True)


@pytest.mark.slow
def test_a_notice_is_printed_in_the_languages_that_are_named(run: Run, cast: Cast, tmp_path: Path) -> None:
    out = tmp_path / "n.pdf"
    answer = run("print", a_notice(cast).code, "--language", "zh_Hans,en", "--out", str(out))
    assert (answer.exit_code, answer.stdout) == (0, "")
    text = subprocess.run(["pdftotext", out, "-"], capture_output=True, check=True, text=True).stdout
    assert "Rainy season (zh_Hans)" in text
    assert "Rainy season (en)" in text
    assert "Rainy season (zh_Hant)" not in text


def test_a_language_it_is_not_written_in_is_named(run: Run, cast: Cast, tmp_path: Path) -> None:
    answer = run("print", a_notice(cast).code, "--language", "en,fr", "--out", str(tmp_path / "n.pdf"))
    assert (answer.exit_code, "not written in fr" in answer.stderr) == (1, True)
    assert not (tmp_path / "n.pdf").exists()


@pytest.mark.slow
def test_a_batch_prints_everyone_it_can_and_names_the_others(run: Run, cast: Cast, tmp_path: Path) -> None:
    cast.qinghe.address = "广州市 1 号"
    broken = factories.an_organisation(cast.session, "No Address Hospital")
    factories.an_installation(cast.session, broken, cast.product, "5.5.1")
    notice = a_notice(cast)
    answer = run("print", notice.code, "--language", "en", "--batch", "--out", str(tmp_path / "all.zip"))
    assert answer.exit_code == 0
    assert "No Address Hospital: no address" in answer.stderr
    names = zipfile.ZipFile(tmp_path / "all.zip").namelist()
    assert len(names) == 1
    assert re.fullmatch(rf"{notice.code}-[2-9A-Z]{{10}}\.pdf", names[0])


@pytest.mark.parametrize("more", [[], ["--batch"]])
def test_a_place_that_cannot_be_written_to_is_said_before_anything_is_printed(
    run: Run, cast: Cast, tmp_path: Path, more: list[str]
) -> None:
    out = tmp_path / "nowhere" / "n.pdf"
    answer = run("print", a_notice(cast).code, *more, "--out", str(out))
    assert (answer.exit_code, answer.stderr) == (1, f"Error: {out} could not be written: No such file or directory.\n")


def test_a_folder_among_the_files_is_refused_and_the_others_are_taken_in(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.json").write_bytes(body())
    answer = run("import-csaf", str(tmp_path), str(tmp_path / "good.json"))
    first, second = (json.loads(line) for line in answer.stdout.splitlines())
    assert (answer.exit_code, "refused" in first, "code" in second) == (1, True, True)


def test_copies_by_name_are_arranged_in_one_way(run: Run, cast: Cast, tmp_path: Path) -> None:
    answer = run("print", a_notice(cast).code, "--batch", "--arrangement", "board", "--out", str(tmp_path / "n.pdf"))
    assert (answer.exit_code, "leave --arrangement out" in answer.stderr) == (2, True)
