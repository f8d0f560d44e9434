from intake.words import COMMON, common, context_of, messages, source_words
from tests.intake.making import his_fault, load

GUIDED = (
    '- {id: a, type: guidance, text: "Press {key:F7}", confirm: {text: "What did you press?", options: '
    '[{id: x, text: "X", ok: true}, {id: y, text: "Y", explain: "Not Y"}]}, solved: {text: "Did it help?"}}'
)


def test_every_text_a_customer_may_read_has_a_context() -> None:
    questionnaire = load(
        '- {id: a, type: number, text: "A?", hint: "H", why: "W", unit: "beds"}\n'
        '- {id: b, type: error_text, text: "B?", allow_none: "None"}',
        more='emergency: {label: "Help", ask: [a], sets: P1, because: "you asked"}\n'
        'migrate: [{drop: old, note: "We no longer ask."}]\n',
    )
    assert [(message.context.removeprefix("intake.tiny."), message.text) for message in messages(questionnaire)] == [
        ("title", "A tiny questionnaire"),
        ("emergency.label", "Help"),
        ("emergency.because", "you asked"),
        ("page1.title", "Page 1"),
        ("a.text", "A?"),
        ("a.hint", "H"),
        ("a.why", "W"),
        ("a.unit", "beds"),
        ("b.text", "B?"),
        ("b.allow_none", "None"),
        ("default.because", "work goes on"),
        ("old.note", "We no longer ask."),
    ]


def test_the_words_of_a_step_to_try_are_among_them() -> None:
    fields = [message.context.removeprefix("intake.tiny.a.") for message in messages(load(GUIDED))]
    assert fields[2:-1] == [
        "text", "confirm.text", "confirm.options.x", "confirm.options.y", "confirm.options.y.explain", "solved.text",
    ]  # fmt: skip


def test_each_text_has_its_place_in_the_file() -> None:
    questionnaire = his_fault()
    for message in messages(questionnaire):
        assert questionnaire.places[message.path] > (1, 0)


def test_words_without_a_translation_are_the_source_text() -> None:
    assert source_words(context_of("x", "a", "text"), "A?") == "A?"
    assert [common(key, source_words) for key in COMMON] == list(COMMON.values())
