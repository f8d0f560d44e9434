from intake.checking import Reach, check_text, reachability
from intake.checking.exploring import Space, cheapest
from intake.checking.lengths import longest_path
from intake.loading import load_text
from tests.intake.making import his_fault, load, tiny


def test_the_reproduction_is_the_shortest() -> None:
    reached = reachability(his_fault())
    assert reached["try_key"][0].answers == {"product": "his", "module": "orders", "input_method": "yes"}
    assert reached["question"][0].answers == {"blocked": "asking"}
    assert reached["product"][0].answers == {}


def test_emergency_questions_are_reached_in_their_lane_alone() -> None:
    normal, emergency = reachability(his_fault())["emg_what"]
    assert (normal.reach, emergency.reach) == (Reach.NO, Reach.YES)


def test_answers_that_nothing_tells_apart_are_tried_once() -> None:
    options = ", ".join(f'{{id: o{number}, text: "Option {number}"}}' for number in range(200))
    questionnaire = load(
        f'- {{id: a, type: choice, text: "A?", options: [{options}]}}',
        '- {id: b, type: text, text: "B?", ask_if: {q: a, is: o7}}',
    )
    condition = questionnaire.question("b").ask_if
    assert condition is not None
    states = Space(questionnaire).explore([condition])
    assert len(states) == 2
    best = cheapest(state for state in states if "a" in state.facts)
    assert best is not None
    assert best.answers == (("a", "o7"),)


def test_a_long_chain_stays_cheap() -> None:
    choice = 'type: choice, options: [{id: x, text: "X"}, {id: y, text: "Y"}]'
    questions = [f'- {{id: q0, text: "Q0?", {choice}}}']
    questions += [f'- {{id: q{n}, text: "Q{n}?", ask_if: {{q: q{n - 1}, is: x}}, {choice}}}' for n in range(1, 100)]
    questionnaire = load("\n".join(questions))
    space = Space(questionnaire)
    before = space.budget.steps
    last = questionnaire.question("q99").ask_if
    assert last is not None
    states = space.explore([last])
    assert len(states) == 2
    assert before - space.budget.steps < 2000


def test_the_longest_path_counts_pages_that_come_together() -> None:
    choice = 'options: [{id: x, text: "X"}, {id: y, text: "Y"}]'
    pages = [f'- {{id: a, type: choice, text: "A?", {choice}}}']
    pages += [
        f'- {{id: b{n}, type: text, text: "B{n}?", ask_if: {{q: a, is: {"x" if n % 3 else "y"}}}}}' for n in range(6)
    ]
    length, state = longest_path(Space(load(*pages)))
    assert length == 5
    assert dict(state.answers) == {"a": "x"}


def test_what_is_not_sound_is_not_explored() -> None:
    text = tiny('- {id: a, type: text, text: "A?", ask_if: {q: b, answered: true}}')
    assert [found.code for found in check_text(text, name="x")] == ["E201"]


def test_reordering_the_file_does_not_change_what_is_found() -> None:
    text = tiny(
        '- {id: a, type: text, text: "A?"}', '- {id: b, type: text, text: "B?", ask_if: {q: a, answered: true}}'
    )
    head, _, tail = text.partition("pages:")
    pages, _, rest = tail.partition("triage:")
    moved = head + "triage:" + rest + "pages:" + pages
    assert load_text(moved, name="x").sha256 == load_text(text, name="x").sha256
    assert check_text(moved, name="x") == check_text(text, name="x") == ()
