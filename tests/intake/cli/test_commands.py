import json
import subprocess
import sys
from pathlib import Path

import pytest

from intake.cli import main
from tests.intake.making import HIS_FAULT, tiny

TEXT = '- {id: a, type: text, text: "A?"}'
WARNED = '- {id: f, type: files, text: "Files?"}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def run(*words: str) -> int:
    return main(list(words))


def test_check_is_silent_and_0_where_nothing_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", HIS_FAULT, "--strict", "--translations", "translations") == 0
    assert capsys.readouterr().out == ""


def test_check_prints_one_line_a_finding_and_ends_with_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(folder, "x.yaml", tiny(TEXT).replace("title:", "titel:"))
    assert run("check", path) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{path}:1:1: E009 ")
    assert lines[1] == f"{path}:4:1: E004 A questionnaire has no key `titel`. Did you mean `title`?"


def test_check_prints_json_for_scripts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(folder, "x.yaml", tiny(WARNED))
    assert run("check", path, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "code": "W703", "severity": "warning", "file": path, "line": 9, "column": 9,
            "message": "The question takes any file.",
            "suggestion": "Name the types that help, such as image/png, image/jpeg, text/plain.",
            "reproduction": None,
        }
    ]  # fmt: skip
    assert run("check", path, "--strict") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["check", "/nowhere.yaml"], ["path", "/nowhere.yaml", "/nowhere.json"],
        ["snapshot", HIS_FAULT, "/nowhere.json"],
        ["diff", HIS_FAULT, "/nowhere.yaml"], ["check", HIS_FAULT, "--translations", "/nowhere"],
        ["check", HIS_FAULT, "--phrasebook", "/nowhere"], ["check", HIS_FAULT, "--against", "/nowhere"],
        ["import", "github-issue-form", "/nowhere.yml"], ["run", "/nowhere.yaml"], ["check", "/"], ["check", "a\0b"],
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_opened_ends_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words) == 2
    assert capsys.readouterr().err


def test_path_prints_the_questions_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = written(folder, "a.json", '{"product": "emr", "blocked": "asking"}')
    assert run("path", HIS_FAULT, answers) == 0
    assert json.loads(capsys.readouterr().out) == [
        "product", "module", "version", "blocked", "callback", "best_time", "question",
    ]  # fmt: skip


def test_path_of_an_emergency_has_its_questions_first_then_what_is_answered(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = written(folder, "a.json", '{"emg_reason": "stopped", "blocked": "stopped", "product": "his"}')
    assert run("path", HIS_FAULT, answers, "--emergency") == 0
    assert json.loads(capsys.readouterr().out) == ["emg_reason", "emg_what", "callback", "product", "blocked"]


def test_snapshot_prints_one_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = written(folder, "a.json", '{"blocked": "stopped", "error_text": {"text": "password=hunter22secret"}}')
    assert run("snapshot", HIS_FAULT, answers, "--now", "2026-11-21T09:00:00+08:00") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["times"] == {"taken_at": "2026-11-21T01:00:00+00:00"}
    assert document["error"]["text"] == "password=[password 1]"
    assert document["triage"]["priority"] == "P2"


def test_answers_that_fit_nothing_are_named_and_left_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = written(
        folder, "a.json", '{"nobody": 1, "blocked": 7, "scope": "galaxy", "version": null, "product": "his"}'
    )
    assert run("path", HIS_FAULT, answers) == 0
    printed = capsys.readouterr()
    assert printed.err.splitlines() == [
        "nobody: there is no such question.",
        "blocked: this is no answer to it (unreadable).",
        "scope: this is no answer to it (not-an-option).",
    ]
    assert "module" in json.loads(printed.out)


@pytest.mark.parametrize("answers", ["", "[1]", "{", '{"a": NaN}', "[" * 100_000, "\0", '{"a":' * 50_000])
def test_answers_that_are_no_json_end_with_2(answers: str, folder: Path) -> None:
    assert run("path", HIS_FAULT, written(folder, "a.json", answers)) == 2


def test_a_questionnaire_that_does_not_load_ends_with_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(folder, "x.yaml", "intake: 1\n")
    assert run("path", path, written(folder, "a.json", "{}")) == 1
    assert "E009" in capsys.readouterr().err


def test_a_now_that_is_no_moment_ends_with_2(folder: Path) -> None:
    assert run("snapshot", HIS_FAULT, written(folder, "a.json", "{}"), "--now", "soon") == 2


def test_diff_prints_what_a_draft_would_meet(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = written(folder, "old.yaml", tiny(TEXT, WARNED)), written(folder, "new.yaml", tiny(TEXT))
    assert run("diff", old, new) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"kind": "question-removed", "question": "f", "detail": "", "settled": False},
    ]


def test_check_against_an_older_version(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = written(folder, "old.yaml", tiny(TEXT, WARNED)), written(folder, "new.yaml", tiny(TEXT))
    assert run("check", new, "--against", old) == 1
    assert "E801" in capsys.readouterr().out
    assert run("check", old, "--against", old) == 0


def test_jargon_is_looked_for_only_with_a_phrasebook(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(folder, "x.yaml", tiny('- {id: a, type: text, text: "Was there an API timeout?"}'))
    assert run("check", path, "--strict") == 0
    assert run("check", path, "--strict", "--phrasebook", written(folder, "p.yaml", 'api: "the connection"\n')) == 1
    assert "“timeout”" in capsys.readouterr().out
    listed = written(
        folder, "l.yaml", '- {term: API, say: "the connection"}\n- {term: timeout, say: "waited too long"}\n'
    )
    assert run("check", path, "--strict", "--phrasebook", listed) == 0


def test_import_writes_a_questionnaire_and_says_what_is_lost(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = written(folder, "bug.yml", "name: Bug\nlabels: [x]\nbody:\n  - {type: input, attributes: {label: What}}\n")
    out = str(folder / "bug.yaml")
    assert run("import", "github-issue-form", form, "-o", out) == 0
    assert capsys.readouterr().err == f"{form}:2:9: not carried over: labels\n"
    assert run("check", out) == 0


def test_what_is_no_form_ends_with_1(folder: Path) -> None:
    assert run("import", "github-issue-form", written(folder, "x.yml", "a: 1")) == 1


def engine(*words: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([sys.executable, "-m", "intake", *words], input=given, capture_output=True, check=False)


def test_redact_prints_markers_or_places() -> None:
    assert engine("redact", given=b"password=hunter22secret\n").stdout == b"password=[password 1]\n"
    document = json.loads(engine("redact", "--format", "json", given=b"password=hunter22secret").stdout)
    assert document["redactions"] == [{"kind": "password", "start": 9, "end": 23}]


def test_fingerprint_prints_one_object_or_one_a_line() -> None:
    document = json.loads(engine("fingerprint", given=b"ORA-00001: unique constraint").stdout)
    assert set(document) == {"fingerprint", "fingerprints", "template", "code", "exception", "frames", "version"}
    assert document["code"] == "ORA-00001"
    assert len(engine("fingerprint", "--lines", given=b"one\ntwo\n\xff\n").stdout.splitlines()) == 3


def test_run_holds_the_interview_in_the_terminal() -> None:
    typed = "4\n?\n4\n021-5550-1234\nmornings\nHow do I print?\n"
    ended = engine("run", HIS_FAULT, given=typed.encode())
    assert ended.returncode == 0, ended.stderr
    assert "P4: you asked a question" in ended.stdout.decode()
    assert "How do I print?" in ended.stdout.decode()


FILES = """
- {id: log, type: files, text: "The log", required: true, accept: ["text/plain"], max_bytes: 100, max_count: 1}
"""


def test_run_takes_files_by_their_paths(folder: Path) -> None:
    path = written(folder, "x.yaml", tiny(FILES))
    log, large = written(folder, "app", "ORA-00942"), written(folder, "large.txt", "x" * 101)
    typed = f"/nowhere\n\n{large}\n\n{log}\n\n"
    ended = engine("run", path, given=typed.encode())
    assert ended.returncode == 0, ended.stderr
    shown = ended.stdout.decode()
    assert "! /nowhere: No such file or directory" in shown
    assert "! required" in shown
    assert "! file too large" in shown
    assert "The log\n  app\n" in shown


def test_run_does_not_show_known_issues(folder: Path) -> None:
    known = '- {id: known, type: known_issues, text: "Is it one of these?", match: [error], required: true}'
    error = '- {id: error, type: error_text, text: "What does it say?"}'
    path = written(folder, "x.yaml", tiny(error, known))
    ended = engine("run", path, given=b"ORA-00942\n")
    assert ended.returncode == 0, ended.stderr
    shown = ended.stdout.decode()
    assert "P3:" in shown
    assert "one of these" not in shown


def test_run_says_what_is_wrong_and_asks_again() -> None:
    ended = engine("run", HIS_FAULT, given=b"nine\n1\n1\n")
    assert b"not an option" in ended.stdout
    assert ended.returncode == 1
