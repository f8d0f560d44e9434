"""What every answer says about itself, errors and odd requests included; and that nothing splits it in two."""

from contextlib import closing

import pytest

from portal.ui.assets import load_assets
from tests.expectations import cases
from tests.world import World

ODD = (
    ("GET", "/nothing/here"),
    ("GET", "/%ff%fe"),
    ("GET", "/tickets/T-2026-000001%0d%0aX-Evil:%201"),
    ("GET", "/assets/../wsgi.py"),
    ("GET", "/assets/..%2f..%2fwsgi.py"),
    ("GET", "/static/css/plainport.css"),
    ("GET", "/sign-in?next=%0d%0aX-Evil:%201"),
    ("GET", "/account?%0d%0aX-Evil:%201"),
    ("DELETE", "/account"),
    ("TRACE", "/account"),
    ("OPTIONS", "/sign-in"),
    ("HEAD", "/sign-in"),
    ("POST", "/nothing"),
    ("GET", "/" + "a" * 3000),
)
POLICY = {
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize(("method", "path"), ODD)
@pytest.mark.parametrize("identity", ["anonymous", "customer"])
def test_an_odd_request_is_answered_with_every_header(world: World, identity: str, method: str, path: str) -> None:
    with closing(world.ask(identity, method, path)) as answer:
        assert answer.status_code < 500
        assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
        assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
        assert "X-Evil" not in answer.headers
        assert "Traceback" not in answer.text
        assert not {"X-Powered-By", "Server"} & set(answer.headers.keys())


@pytest.mark.parametrize("identity", ["anonymous", "customer", "agent"])
def test_nobody_keeps_a_page_for_somebody_else(world: World, identity: str) -> None:
    faults = []
    for rule in [each for each in world.app.url_map.iter_rules() if "GET" in (each.methods or ())]:
        for case in cases(world, rule)[:2]:
            built = rule.build(dict(case.values))
            assert built is not None
            with closing(world.ask(identity, "GET", built[1])) as answer:
                kept = answer.headers.get("Cache-Control", "")
                is_private = "no-store" in kept or "private" in kept
                if not is_private and rule.endpoint != "show_asset":
                    faults.append(f"{built[1]}: {kept!r}")
                if identity != "anonymous" and answer.status_code == 200 and rule.endpoint != "show_asset":
                    faults += [] if "no-store" in kept else [f"{built[1]}: may be shown after signing out"]
                if answer.mimetype == "text/html" and not ("Cookie" in answer.vary and "HX-Request" in answer.vary):
                    faults.append(f"{built[1]}: varies by {answer.vary}")
    assert faults == []


def test_assets_say_what_they_are(world: World) -> None:
    for asset in load_assets().values():
        with closing(world.ask("anonymous", "GET", f"/assets/{asset.file_name}")) as answer:
            assert answer.headers["Content-Type"] == asset.media_type
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("kind", "path"), [("file", "/tickets/{mine}/files/{file}"), ("paper", "/notices/{n}/paper/en")]
)
def test_a_file_is_saved_and_runs_nothing(world: World, kind: str, path: str) -> None:
    ids = world.ids
    address = path.format(mine=ids["ticket:mine"], file=ids["file:mine"], n=ids["notice:open"])
    with closing(world.ask("customer", "GET", address)) as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_after_signing_out_is_not_the_one_before(world: World) -> None:
    browser = world.browser("customer")
    seen = browser.get("/account")
    browser.post("/sign-out")
    again = browser.get("/account", headers={"If-None-Match": seen.headers.get("ETag", '"x"')})
    assert again.status_code == 303
