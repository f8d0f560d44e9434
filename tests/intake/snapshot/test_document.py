import json
from datetime import UTC, datetime, timedelta, timezone

import jsonschema
import pytest

from intake.interview import Interview
from intake.plain import Json
from intake.snapshot import build, canonical_json, completeness, faults_of, published_schema, sha256
from tests.intake.making import TODAY, begin, his_fault, load

NOW = datetime(2026, 11, 21, 9, 5, tzinfo=timezone(timedelta(hours=8)))
ANSWERS: dict[str, Json] = {
    "product": "his",
    "module": "orders",
    "version": {"unknown": True},
    "blocked": "stopped",
    "scope": "dept",
    "patient_now": "no",
    "error_text": {"text": "ORA-00001: unique constraint violated, password=[password 1]", "fingerprints": ["k1"]},
    "steps": [{"did": "pressed save", "saw": "nothing"}],
    "files": [{"id": "f1", "name": "a.png", "type": "image/png", "size": 3, "sha256": "a" * 64}],
    "callback": "021-5550-1234",
}


def snapshot(answers: dict[str, Json], **more: Json) -> dict[str, Json]:
    return build(begin(his_fault(), answers), now=NOW, locale="zh_Hans", channel="web")


def test_it_puts_answers_where_the_questionnaire_maps_them() -> None:
    document = snapshot(ANSWERS)
    assert document["product"] == {"code": "his", "module": "orders"}
    assert document["impact"] == {"blocked": "stopped", "scope": "dept", "patient_waiting": "no"}
    assert document["contact"] == {"callback": "021-5550-1234"}
    assert "known_issue" not in document
    assert snapshot({"blocked": "slow"})["known_issue"] == {"outcome": "none"}
    assert document["unknown"] == ["product.version"]
    assert document["redactions"] == [{"kind": "password", "count": 1}]
    assert document["times"] == {"taken_at": "2026-11-21T01:05:00+00:00"}
    assert document["questionnaire"] == {"id": "his-fault", "version": 4, "sha256": his_fault().sha256}


def test_it_tells_what_is_known_about_the_message() -> None:
    error = snapshot(ANSWERS)["error"]
    assert isinstance(error, dict)
    assert (error["code"], error["fingerprints"]) == ("ORA-00001", ["k1"])
    assert snapshot({"error_text": {"none": True}})["error"] == {"none": True}


def test_answers_off_the_path_are_left_out() -> None:
    document = snapshot({**ANSWERS, "blocked": "asking"})
    assert "error" not in document
    assert document["impact"] == {"blocked": "asking"}


def test_equal_answers_give_equal_bytes_whatever_their_order() -> None:
    backwards = dict(reversed(list(ANSWERS.items())))
    assert canonical_json(snapshot(ANSWERS)) == canonical_json(snapshot(backwards))
    assert sha256(snapshot(ANSWERS)) == sha256(snapshot(backwards))


def test_what_was_offered_is_told_with_what_became_of_it() -> None:
    interview = Interview.begin(his_fault(), today=TODAY, context={"installation.version": "5.5.1"})
    document = build(interview.with_answer("version", "5.6"), now=NOW)
    assert document["prefilled"] == [{"path": "product.version", "offered": "5.5.1", "kept": False, "confirmed": True}]
    unseen = build(interview, now=NOW)
    assert unseen["prefilled"] == [{"path": "product.version", "offered": "5.5.1", "kept": False, "confirmed": False}]


def test_completeness_counts_what_is_shown_and_known() -> None:
    questionnaire = load('- {id: a, type: text, text: "A?", allow_unknown: true}\n- {id: b, type: text, text: "B?"}')
    assert completeness(begin(questionnaire)) == 0
    assert completeness(begin(questionnaire, {"a": {"unknown": True}, "b": "x"})) == 0.5
    assert completeness(begin(questionnaire, {"a": "x", "b": "x"})) == 1


def test_the_emergency_lane_is_told() -> None:
    document = build(begin(his_fault(), {"emg_reason": "stopped"}, emergency=True), now=NOW, started_at=NOW)
    assert document["lane"] == "emergency"
    assert document["emergency"] == {"reason": "stopped"}
    assert document["times"] == {"taken_at": "2026-11-21T01:05:00+00:00", "started_at": "2026-11-21T01:05:00+00:00"}


@pytest.mark.parametrize("answers", [{}, ANSWERS, {"blocked": "asking"}, {"error_text": {"none": True}}])
def test_it_keeps_the_published_schema(answers: dict[str, Json]) -> None:
    document = snapshot(answers)
    jsonschema.validate(json.loads(canonical_json(document)), json.loads(published_schema()))
    assert faults_of(document) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("schema", "problem-snapshot/2"), ("triage", {}), ("lane", "fast"), ("completeness", 2), ("times", {}),
        ("questionnaire", {"id": "x", "version": 1, "sha256": "zz"}), ("error", {"text": 1}), ("steps", [{}]),
        ("known_issue", {"outcome": "maybe"}), ("attachments", [{"id": "x"}]), ("unknown", [1]), ("prefilled", [{}]),
        ("redactions", [{"kind": "x"}]), ("locale", ""), ("product", None),
    ],
)  # fmt: skip
def test_our_own_check_and_the_schema_refuse_the_same(key: str, value: Json) -> None:
    document = {**snapshot(ANSWERS), key: value}
    assert faults_of(document) == [f"{key} does not hold what it should"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, json.loads(published_schema()))


def test_a_lone_surrogate_does_not_stop_the_bytes() -> None:
    assert canonical_json({"a": "\ud800"}) == b'{"a":"?"}'


def test_now_may_be_in_any_zone() -> None:
    document = build(begin(his_fault()), now=datetime(2026, 11, 21, tzinfo=UTC))
    assert document["times"] == {"taken_at": "2026-11-21T00:00:00+00:00"}
