from intake.findings import Finding, QuestionnaireError, in_reading_order, severity_of


def finding(line: int, code: str = "E001") -> Finding:
    return Finding(code, severity_of(code), "x.yaml", line, 1, "Wrong.", "Right.")


def test_codes_say_how_bad_it_is() -> None:
    assert finding(1, "E301").is_error
    assert not finding(1, "W302").is_error


def test_findings_come_in_reading_order() -> None:
    assert [found.line for found in in_reading_order([finding(10), finding(2)])] == [2, 10]


def test_the_error_names_the_first() -> None:
    assert str(QuestionnaireError([finding(9), finding(2)])) == "x.yaml:2:1: E001 Wrong."


def test_a_finding_is_plain_json() -> None:
    assert finding(1).as_document() == {
        "code": "E001", "severity": "error", "file": "x.yaml", "line": 1, "column": 1, "message": "Wrong.",
        "suggestion": "Right.", "reproduction": None,
    }  # fmt: skip
