"""Posts that another site has a browser send, and places it wants readers to be led to."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.app import create_app
from portal.settings import Settings
from tests.bodies import body_for
from tests.expectations import cases
from tests.portal_app import SECRET_KEY
from tests.world import World

FOREIGN = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://["},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:8000"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)
ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "https://evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n//evil.example",
    "javascript:alert(1)",
    "//[",
    "//evil℀.example",
    "/" + "a" * 5000,
    "/%0d%0aSet-Cookie: a=b\r\nX: y",
)


@pytest.fixture
def guarded(world: World) -> Iterator[Flask]:
    """Return the world's portal with the check of tokens on, as it is served."""
    world.app.config["WTF_CSRF_ENABLED"] = True
    yield world.app
    world.app.config["WTF_CSRF_ENABLED"] = False


def token_of(browser: FlaskClient, page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(page).text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_post_from_elsewhere_does_nothing(world: World, guarded: Flask, headers: dict[str, str]) -> None:
    browser = world.browser("customer")
    token = token_of(browser, "/account")
    answer = browser.post("/account/sessions/end-all", data={"csrf_token": token}, headers=headers)
    assert answer.status_code == 403
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize("token", ["", "x", "anothers"])
def test_a_post_without_a_token_of_this_browser_does_nothing(world: World, guarded: Flask, token: str) -> None:
    browser, other = world.browser("customer"), world.browser("other")
    sent = token_of(other, "/account") if token == "anothers" else token
    assert browser.post("/account/sessions/end-all", data={"csrf_token": sent}).status_code == 422
    assert browser.get("/account").status_code == 200


def test_nobody_is_signed_in_by_another_site(world: World, guarded: Flask) -> None:
    data = {"password-identifier": "evil", "password-password": "evil"}
    assert world.browser("anonymous").post("/sign-in", data=data).status_code == 422


@pytest.mark.parametrize("identity", ["customer", "manager", "agent"])
def test_every_address_that_is_posted_to_asks_for_a_token(world: World, guarded: Flask, identity: str) -> None:
    browser, before = world.browser(identity), standing(world)
    done = []
    for rule in [each for each in guarded.url_map.iter_rules() if "POST" in (each.methods or ())]:
        for case in cases(world, rule)[:3]:
            built = rule.build(dict(case.values))
            assert built is not None
            with browser.post(built[1], data=body_for(world, rule.endpoint, case.values)) as answer:
                done += [built[1]] if answer.status_code in (200, 204) else []
    assert done == []
    assert standing(world) == before


@pytest.mark.parametrize("identity", ["customer", "agent"])
def test_no_address_that_changes_something_can_be_followed(world: World, identity: str) -> None:
    before = standing(world)
    for rule in [each for each in world.app.url_map.iter_rules() if not {"GET"} & (each.methods or {"GET"})]:
        for case in cases(world, rule)[:1]:
            built = rule.build(dict(case.values))
            assert built is not None
            sent = body_for(world, rule.endpoint, case.values)
            for method in ("GET", "HEAD"):
                world.ask(identity, method, built[1], query_string=sent).close()
    assert standing(world) == before


def standing(world: World) -> list[object]:
    """Return a few figures that any change would change."""
    tables = ("event", "interview", "receipt", "invitation", "person", "notice_revision", "typed_text", "sign_in_code")
    figures = [world.watching.execute(f"SELECT count(*) FROM {each}").fetchone()[0] for each in tables]
    return [*figures, *world.watching.execute("SELECT reference, state, version FROM ticket ORDER BY 1").fetchall()]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_choice_leads_elsewhere(world: World, target: str) -> None:
    answer = world.browser("anonymous").post("/language", data={"locale": "en", "next": target})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert "X" not in answer.headers


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_sign_in_leads_elsewhere(client: FlaskClient, target: str) -> None:
    client.post("/sign-in/code", data={"code-identifier": "nobody@hospital.example", "next": target})
    with client.session_transaction() as cookie:
        assert cookie["next"] == ""


@pytest.mark.parametrize("locale", ["../../etc/passwd", "zh_Hans/../../x", "en\x00", "EN", "de", ""])
def test_a_made_up_language_opens_no_file(world: World, locale: str) -> None:
    browser = world.browser("anonymous")
    assert browser.post("/language", data={"locale": locale}).status_code == 422
    browser.set_cookie("locale", locale.replace("\x00", ""))
    browser.set_cookie("theme", "../../x")
    assert browser.get("/sign-in", headers={"Accept-Language": f"{locale.strip(chr(0))};q=1"}).status_code == 200


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Original-URL"])
def test_a_forged_header_changes_no_answer(world: World, header: str) -> None:
    plain = world.browser("anonymous").get("/account")
    forged = world.browser("anonymous").get("/account", headers={header: "evil.example"})
    assert (forged.status_code, forged.headers["Location"]) == (plain.status_code, plain.headers["Location"])


@pytest.mark.parametrize("override", ["X-HTTP-Method-Override", "X-Method-Override", "_method"])
def test_a_get_can_not_be_turned_into_a_post(world: World, override: str) -> None:
    browser = world.browser("customer")
    browser.get("/account/sessions/end-all", headers={override: "POST"})
    browser.get(f"/sign-out?{override}=POST", headers={override: "POST"})
    assert browser.get("/account").status_code == 200


def test_the_demo_lets_in_nobody_from_elsewhere(client: FlaskClient) -> None:
    away = {"REMOTE_ADDR": "198.51.100.9"}
    assert client.post("/sign-in/demo", data={"person": "tang"}, environ_overrides=away).status_code == 404
    assert 'name="person"' not in client.get("/sign-in", environ_overrides=away).text


def test_cookies_are_this_hosts_own(database_url: str) -> None:
    served = create_app(Settings(database_url=database_url, secret_key=SECRET_KEY))
    answer = served.test_client().get("/sign-in", base_url="https://portal.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-")
    assert all(each in cookie for each in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
