"""Writing a notice on the desk."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.notices.forms.writing import read_day
from portal.notices.models import AudienceKind, Notice, Words
from portal.notices.queries.workbench import texts_of, working_revision
from tests.portal.notices.cast import Cast, a_draft, a_notice
from tests.portal.notices.views.conftest import Browser

FACTS = {
    "once": "one",
    "kind": "advisory",
    "action": "required",
    "scope": "public",
    "source_language": "en",
    "act_by": "2026-04-30",
    "expires_on": "2026-10-01",
    "products-0-code": "his/orders",
    "products-0-range": "5.0 至 5.6.2",
    "products-0-status": "affected",
    "products-0-fixed_in": "5.6.3",
}
TEXT = {
    "title": "Rainy season",
    "what": "Storms cut the power.",
    "do": "Make a backup.",
    "checklist": "Backup exists\n\nDisk elsewhere\n",
    "steps-0-do": "Press {key:F7}.",
    "steps-0-see": "The wizard opens.",
    "steps-0-key": "F7",
    "steps-1-do": "",
    "links": "Read on https://example.org/backup",
}
HOSTILE = ["\x00", "\ud800", "￼" * 5000, "<script>alert(1)</script>", "\u202eabc", "😀" * 2000, "x" * 100_000]


def the_notice(cast: Cast) -> Notice:
    cast.session.rollback()
    return cast.session.execute(select(Notice)).scalar_one()


def test_a_notice_begins_with_its_facts(cast: Cast, browser: Browser) -> None:
    sent = browser(cast.writer).post("/desk/notices/new", data=FACTS)
    notice = the_notice(cast)
    assert sent.headers["Location"] == f"/desk/notices/{notice.code}/texts/en"
    revision = working_revision(cast.session, notice)
    assert (notice.act_by, notice.expires_on) == (date(2026, 4, 30), date(2026, 10, 1))
    (row,) = revision.products
    assert (row["product"], row["module"], row["range"], row["fixed_in"]) == ("his", "orders", "5.0 至 5.6.2", "5.6.3")
    assert row["module_names"] == {"en": "Writing orders"}


def test_a_double_click_begins_one(cast: Cast, browser: Browser) -> None:
    agent = browser(cast.writer)
    answers = {agent.post("/desk/notices/new", data=FACTS).headers["Location"] for _ in range(2)}
    assert len(answers) == 1
    assert cast.session.execute(select(func.count()).select_from(Notice)).scalar() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("expires_on", "", "Enter the day after which nobody needs this notice."),
        ("expires_on", "soon", "Write the day like 2026-04-30."),
        ("expires_on", "2026-02-30", "Write the day like 2026-04-30."),
        ("act_by", "2026-12-01", "This day comes after the notice is no longer in force."),
        ("organisations", "Nowhere Clinic", "We know no organisation called “Nowhere Clinic”."),
        ("products-0-range", "5" * 300, "Versions take at most 200 characters."),
        ("products-0-code", "", "Choose the product that these versions belong to."),
        ("products-0-code", "gone/away", "We don’t have this product any more."),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(
    cast: Cast, browser: Browser, field: str, value: str, words: str
) -> None:
    page = browser(cast.writer).post("/desk/notices/new", data={**FACTS, field: value})
    assert page.status_code == 422
    assert page.text.count(words) == 2, "once in the summary, once at the field"
    assert "5.6.3" in page.text, "everything else is kept"
    assert cast.session.execute(select(func.count()).select_from(Notice)).scalar() == 0


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (
            "products-0-range",
            "5.0 至 " * 2000,
            {
                "en": "Versions take at most 200 characters.",
                "zh_Hans": "版本最多 200 个字。",
                "zh_Hant": "版本最多 200 個字。",
            },
        ),
        (
            "act_by",
            "2026-12-01",
            {
                "en": "This day comes after the notice is no longer in force.",
                "zh_Hans": "这一天晚于公告的有效期，请改早一些。",
                "zh_Hant": "這一天晚於公告的有效期，請改早一些。",
            },
        ),
    ],
)
@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
def test_each_language_says_what_to_do_beside_the_field(
    cast: Cast, browser: Browser, locale: str, field: str, value: str, words: dict[str, str]
) -> None:
    agent = browser(cast.writer)
    agent.set_cookie("locale", locale)
    page = agent.post("/desk/notices/new", data={**FACTS, field: value})
    assert page.status_code == 422
    assert page.text.count(words[locale]) == 2, "once in the summary, once at the field"
    assert value[:200].strip() in page.text


@pytest.mark.parametrize(
    ("button", "left"),
    [
        ({"products-up": "2"}, ["B", "A", "C"]),
        ({"products-down": "2"}, ["A", "C", "B"]),
        ({"products-remove": "1"}, ["B", "C"]),
        ({"products-add": "1"}, ["A", "B", "C", ""]),
        ({"products-up": "1"}, ["A", "B", "C"]),
        ({"products-down": "9"}, ["A", "B", "C"]),
        ({"products-remove": "x"}, ["A", "B", "C"]),
    ],
)
def test_rows_are_moved_added_and_removed_by_buttons_alone(
    cast: Cast, browser: Browser, button: dict[str, str], left: list[str]
) -> None:
    rows = {f"products-{place}-range": name for place, name in enumerate("ABC")}
    page = browser(cast.writer).post("/desk/notices/new", data={**FACTS, **rows, **button})
    assert page.status_code == 200
    assert ranges_in(page.text) == left


def ranges_in(page: str) -> list[str]:
    fields = re.findall(r'<input[^>]*name="products-\d+-range"[^>]*>', page)
    return [re.findall(r'value="([^"]*)"', each)[0] for each in fields]


def test_the_page_says_how_each_range_is_understood(cast: Cast, browser: Browser) -> None:
    rows = {"products-0-range": "5.0 至 5.6.2", "products-1-range": "the blue ones", "products-add": "1"}
    page = browser(cast.writer).post("/desk/notices/new", data={**FACTS, **rows}).text
    assert "Understood as: 5.0 to 5.6.2" in page
    assert "its readers will be asked to check." in page


def test_it_says_whom_the_notice_would_reach_before_anything_is_kept(cast: Cast, browser: Browser) -> None:
    page = browser(cast.writer).post("/desk/notices/new", data={**FACTS, "reach": "1"}).text
    assert "2 organisations" in page
    assert "3 contacts" in page
    assert cast.session.execute(select(func.count()).select_from(Notice)).scalar() == 0


@pytest.mark.parametrize("text", ["2026-04-30", "2026/4/30", "2026.4.30", "２０２６－０４－３０", "2026年4月30日"])
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert read_day(text) == date(2026, 4, 30)


def test_more_rows_keep_what_was_typed(cast: Cast, browser: Browser) -> None:
    page = browser(cast.writer).post("/desk/notices/new", data={**FACTS, "products-add": "1"})
    assert page.status_code == 200
    assert 'name="products-1-code"' in page.text
    assert "5.0 至 5.6.2" in page.text


def test_an_audience_of_named_organisations_is_kept(cast: Cast, browser: Browser) -> None:
    values = {**FACTS, "scope": "targeted", "organisations": f" {cast.qinghe.name} ", "regions": "south-china，yangtze"}
    agent = browser(cast.writer)
    assert agent.post("/desk/notices/new", data=values).status_code == 303
    notice = the_notice(cast)
    audience = working_revision(cast.session, notice).audience
    assert audience == {
        AudienceKind.ORGANISATION: [str(cast.qinghe.id)],
        AudienceKind.REGION: ["south-china", "yangtze"],
    }
    page = agent.get(f"/desk/notices/{notice.code}/facts").text
    assert "Qinghe People’s Hospital" in page
    assert "south-china, yangtze" in page


def test_facts_are_changed_on_their_own_page(cast: Cast, browser: Browser) -> None:
    notice = a_draft(cast)
    cast.session.commit()
    changed = {**FACTS, "version": str(notice.version), "act_by": "2026-05-15"}
    assert browser(cast.writer).post(f"/desk/notices/{notice.code}/facts", data=changed).status_code == 303
    assert the_notice(cast).act_by == date(2026, 5, 15)


def test_a_page_from_before_a_colleagues_change_does_not_write_over_it(cast: Cast, browser: Browser) -> None:
    notice = a_draft(cast)
    cast.session.commit()
    old = {**FACTS, "version": str(notice.version - 1), "act_by": "2026-05-15"}
    agent = browser(cast.writer)
    agent.post(f"/desk/notices/{notice.code}/facts", data=old)
    assert "A colleague changed this notice meanwhile." in agent.get(f"/desk/notices/{notice.code}").text
    assert the_notice(cast).act_by == date(2026, 4, 30)


def test_the_words_of_a_language_are_kept(cast: Cast, browser: Browser) -> None:
    notice = a_draft(cast)
    cast.session.commit()
    sent = browser(cast.writer).post(
        f"/desk/notices/{notice.code}/texts/en", data={**TEXT, "version": str(notice.version)}
    )
    assert sent.headers["Location"] == f"/desk/notices/{notice.code}"
    text = texts_of(cast.session, working_revision(cast.session, the_notice(cast)).id)["en"]
    words = Words.of(text.document)
    assert (text.title, text.summary) == ("Rainy season", "Storms cut the power.")
    assert [item.text for item in words.checklist] == ["Backup exists", "Disk elsewhere"]
    assert [(step.do, step.see, step.key) for step in words.steps] == [("Press {key:F7}.", "The wizard opens.", "F7")]
    assert [(link.words, link.url) for link in words.links] == [("Read on", "https://example.org/backup")]


def test_a_translation_is_written_beside_its_source(cast: Cast, browser: Browser) -> None:
    notice = a_draft(cast)
    cast.session.commit()
    page = browser(cast.writer).get(f"/desk/notices/{notice.code}/texts/zh_Hans").text
    assert '<p class="small muted" lang="en">Storms cut the power.</p>' in page
    assert 'lang="zh-Hans"' in page


def test_a_link_needs_a_safe_address(cast: Cast, browser: Browser) -> None:
    notice = a_draft(cast)
    cast.session.commit()
    page = browser(cast.writer).post(
        f"/desk/notices/{notice.code}/texts/en", data={**TEXT, "links": "Press me javascript:alert(1)"}
    )
    assert page.status_code == 422
    assert "Each line ends in an address that begins with https://." in page.text


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("field", ["title", "what", "checklist", "steps-0-do", "steps-0-key"])
@pytest.mark.slow
def test_nothing_that_is_typed_breaks_the_page(cast: Cast, browser: Browser, field: str, value: str) -> None:
    notice = a_draft(cast)
    cast.session.commit()
    agent = browser(cast.writer)
    data = {**TEXT, field: value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")}
    assert agent.post(f"/desk/notices/{notice.code}/texts/en", data=data).status_code in (303, 422)
    page = agent.get(f"/desk/notices/{notice.code}/texts/en").text
    assert "<script>alert" not in page


def test_a_language_we_do_not_speak_is_missing(cast: Cast, browser: Browser) -> None:
    assert browser(cast.writer).get(f"/desk/notices/{a_notice(cast).code}/texts/fr").status_code == 404


@pytest.mark.parametrize("path", ["new", "{code}/facts", "{code}/texts/en"])
def test_customers_get_403_and_others_sign_in(cast: Cast, browser: Browser, client: FlaskClient, path: str) -> None:
    url = "/desk/notices/" + path.format(code=a_notice(cast).code)
    assert browser(cast.tang).post(url).status_code == 403
    assert client.post(url).status_code == 303


@pytest.mark.parametrize("path", ["facts", "texts/en"])
def test_a_missing_notice_is_404(cast: Cast, browser: Browser, path: str) -> None:
    assert browser(cast.writer).get(f"/desk/notices/N-1999-001/{path}").status_code == 404
