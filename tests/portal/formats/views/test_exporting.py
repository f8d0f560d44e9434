"""One notice as JSON and as CSAF, for whoever may read it."""

from flask.testing import FlaskClient

from portal.formats.services.schema import read_csaf
from portal.notices.models import NoticeScope
from tests.portal.formats.conftest import Browser
from tests.portal.notices.cast import Cast, a_draft, a_notice


def test_the_json_has_every_language(cast: Cast, client: FlaskClient) -> None:
    notice = a_notice(cast)
    answer = client.get(f"/notices/{notice.code}/json")
    found = answer.get_json()
    assert (answer.mimetype, found["code"], sorted(found["texts"])) == (
        "application/json", notice.code, ["en", "zh-Hans", "zh-Hant"],
    )  # fmt: skip
    assert found["texts"]["en"]["steps"][0]["see"] == "The wizard opens."


def test_the_csaf_keeps_to_the_schema_and_is_saved_under_the_notices_number(cast: Cast, client: FlaskClient) -> None:
    notice = a_notice(cast)
    answer = client.get(f"/notices/{notice.code}/csaf", headers={"Accept-Language": "zh-TW"})
    assert read_csaf(answer.data)["document"]["lang"] == "zh-Hant"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{notice.code.lower()}.json"'


def test_a_stranger_and_a_draft_get_404(cast: Cast, browser: Browser) -> None:
    ours, draft = a_notice(cast, scope=NoticeScope.TARGETED), a_draft(cast)
    cast.session.commit()
    for form in ("json", "csaf"):
        assert browser(cast.tang).get(f"/notices/{ours.code}/{form}").status_code == 200
        assert browser(cast.stranger).get(f"/notices/{ours.code}/{form}").status_code == 404
        assert browser(cast.writer).get(f"/notices/{draft.code}/{form}").status_code == 404


def test_a_notice_leads_to_its_files(cast: Cast, client: FlaskClient) -> None:
    notice = a_notice(cast)
    page = client.get(f"/notices/{notice.code}").text
    assert f'href="/notices/{notice.code}/csaf"' in page
    assert f'href="/notices/{notice.code}/json"' in page
