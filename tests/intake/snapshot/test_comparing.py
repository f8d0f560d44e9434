from intake.snapshot import Change, diff


def test_it_names_what_changed_by_path() -> None:
    old = {"impact": {"blocked": "slow", "scope": "me"}, "steps": [{"did": "a"}], "times": {"taken_at": "1"}}
    new = {"impact": {"blocked": "stopped", "scope": "me"}, "error": {"none": True}, "times": {"taken_at": "2"}}
    assert diff(old, new) == (
        Change("error", None, {"none": True}),
        Change("impact.blocked", "slow", "stopped"),
        Change("steps", [{"did": "a"}], None),
    )


def test_a_snapshot_does_not_differ_from_itself() -> None:
    assert diff({"a": {"b": [1]}}, {"a": {"b": [1]}}) == ()
