from datetime import date

from intake.answers import Mark
from intake.interview import Interview, Progress
from tests.intake.making import TODAY, begin, his_fault, load

SLOW = {"product": "his", "module": "orders", "version": "5.5.1", "blocked": "slow", "scope": "me"}


def page_ids(interview: Interview) -> list[str]:
    return [page.id for page in interview.path]


def test_it_begins_with_the_first_page() -> None:
    interview = begin(his_fault())
    assert interview.next_page is not None
    assert interview.next_page.id == "where"
    assert [question.id for question in interview.questions_on("where")] == ["product", "version"]


def test_an_answer_brings_questions_in_and_takes_pages_away() -> None:
    interview = begin(his_fault(), {"product": "his", "blocked": "asking"})
    assert interview.on_path("module")
    assert page_ids(interview) == ["where", "impact", "who"]
    assert [question.id for question in interview.questions_on("who")] == ["callback", "best_time", "question"]


def test_the_old_interview_is_unchanged() -> None:
    interview = begin(his_fault())
    changed = interview.with_answer("product", "his")
    assert "product" not in interview.answers
    assert changed.answers["product"] == "his"


def test_hiding_and_showing_keeps_the_answer() -> None:
    interview = begin(his_fault(), {"product": "his", "module": "charge"}).with_answer("product", "other")
    assert not interview.on_path("module")
    assert "module" not in interview.live
    assert interview.with_answer("product", "his").live["module"] == "charge"


def test_an_option_that_is_no_longer_shown_counts_as_not_answered() -> None:
    interview = begin(his_fault(), {"product": "his", "module": "charge"}).with_answer("product", "emr")
    assert interview.answers["module"] == "charge"
    assert "module" not in interview.live
    assert "module" in interview.missing


def test_a_list_loses_only_the_options_that_are_not_shown() -> None:
    questionnaire = load(
        '- {id: a, type: choice, text: "A?", options: [{id: x, text: "X"}, {id: y, text: "Y"}]}',
        '- {id: b, type: multi, text: "B?", options: [{id: c, text: "C", show_if: {q: a, is: x}}, {id: d, text: "D"}]}',
    )
    assert begin(questionnaire, {"a": "y", "b": ["c", "d"]}).live["b"] == ["d"]
    assert begin(questionnaire, {"a": "x", "b": ["c", "d"]}).live["b"] == ["c", "d"]


def test_the_next_page_is_the_first_with_something_open() -> None:
    interview = begin(his_fault(), SLOW)
    assert interview.next_page is not None
    assert interview.next_page.id == "reach"  # data_risk is optional, but nobody has seen it yet
    assert interview.with_visited("reach").next_page == his_fault().page("message")


def test_nothing_is_left_when_all_pages_are_done() -> None:
    interview = begin(his_fault(), {"product": "other", "version": {"unknown": True}, "blocked": "asking"})
    interview = interview.with_answers({"callback": "110", "question": "How?"}).with_visited("who")
    assert interview.next_page is None
    assert interview.is_complete
    assert interview.progress == Progress(done=3, remaining=0)


def test_pages_before_and_after_follow_the_path_even_from_a_page_that_left_it() -> None:
    interview = begin(his_fault(), {"blocked": "asking"})
    after, before = interview.page_after("reach"), interview.page_before("reach")
    assert (after and after.id, before and before.id) == ("who", "impact")
    assert interview.page_after("who") is None
    assert interview.page_before("where") is None


def test_it_offers_what_the_portal_knows() -> None:
    context = {"installation.product": "his", "installation.version": "5.5.1", "contact.phone": 12}
    interview = Interview.begin(his_fault(), today=TODAY, context=context)
    assert interview.prefills() == {"product": "his", "version": "5.5.1"}
    kept = interview.with_answers({"product": "his", "version": "5.6"})
    assert kept.answers.marks == {"product": Mark(True, True), "version": Mark(False, True)}
    assert kept.prefills() == {}


def test_a_product_that_is_no_option_is_not_offered() -> None:
    interview = Interview.begin(his_fault(), today=TODAY, context={"installation.product": "fax"})
    assert interview.prefills() == {}


def test_the_page_of_known_issues_is_shown_only_when_something_matches() -> None:
    answers = {**SLOW, "callback": "110"}
    without = begin(his_fault(), answers)
    assert "known" not in page_ids(without)
    assert without.on_path("known_issue")
    matching = Interview.begin(his_fault(), today=TODAY, context={"known_issues": [{"id": "K-1"}]}).with_answers(
        answers
    )
    assert "known" in page_ids(matching)
    solved = matching.with_answer("known_issue", {"issue": "K-1", "outcome": "solved"})
    assert not solved.on_path("steps")


def test_the_emergency_lane_asks_its_questions_first_and_only_they_are_needed() -> None:
    interview = begin(his_fault(), emergency=True)
    assert [question.id for question in interview.questions_on("emergency")] == ["emg_reason", "emg_what", "callback"]
    assert interview.missing == ("emg_reason", "emg_what", "callback")
    sent = interview.with_answers({"emg_reason": "stopped", "emg_what": "ward 3", "callback": "110"})
    assert sent.is_complete
    assert sent.next_page == his_fault().page("where")
    assert page_ids(sent)[:2] == ["emergency", "where"]
    assert "callback" not in [question.id for question in sent.questions_on("who")]


def test_emergency_questions_are_not_asked_otherwise() -> None:
    assert not begin(his_fault()).on_path("emg_what")


def test_a_lane_of_ordinary_questions_gets_a_page_of_its_own() -> None:
    questionnaire = load(
        '- {id: a, type: text, text: "A?", required: true}',
        '- {id: b, type: phone, text: "B?", required: true}',
        more='emergency: {label: "Help now", ask: [b], sets: P1}\n',
    )
    interview = begin(questionnaire, emergency=True)
    assert [page.title for page in interview.path] == ["Help now", "Page 1"]
    assert interview.missing == ("b",)


def test_relative_dates_count_from_the_day_of_the_interview() -> None:
    asked = '- {id: old, type: text, text: "O?", ask_if: {q: d, before: "-7d"}}'
    questionnaire = load('- {id: d, type: date, text: "D?"}', asked)
    interview = Interview.begin(questionnaire, today=date(2026, 11, 21)).with_answer("d", "2026-11-13")
    assert interview.on_path("old")
    assert not Interview.begin(questionnaire, today=date(2026, 11, 20), answers=interview.answers).on_path("old")


def test_context_takes_part_in_conditions() -> None:
    questionnaire = load(
        '- {id: a, type: text, text: "A?", ask_if: {q: here.version, in_range: "<5"}}',
        more="context: {here.version: version}\n",
    )
    asked = Interview.begin(questionnaire, today=TODAY, context={"here.version": "4.9"})
    assert asked.on_path("a")
    assert not Interview.begin(questionnaire, today=TODAY, context={"here.version": ["4.9"]}).on_path("a")


def test_taking_an_answer_away_opens_the_question_again() -> None:
    interview = begin(his_fault(), {"product": "his"}).with_answer("product", None)
    assert "product" in interview.missing
    assert not interview.on_path("module")


def test_answers_for_questions_that_do_not_exist_are_ignored() -> None:
    from intake.answers import Answers

    interview = Interview.begin(his_fault(), today=TODAY, answers=Answers({"nobody": "x", "product": "his"}))
    assert interview.on_path("module")
    assert "nobody" not in interview.live


def test_not_knowing_about_known_issues_is_the_same_as_no_match() -> None:
    questionnaire = load(
        '- {id: k, type: known_issues, text: "One of these?"}',
        '- {id: a, type: text, text: "A?", ask_if: {q: k, answered: false}}',
    )
    assert not begin(questionnaire, {"k": {"unknown": True}}).on_path("a")
