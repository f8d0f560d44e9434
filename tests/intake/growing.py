"""Random questionnaires and answers for properties: whatever they are, the engine must hold its promises."""

from collections.abc import Mapping
from datetime import date

from hypothesis import strategies as st

from intake.loading import from_document
from intake.plain import Json
from intake.questionnaire import Questionnaire

KINDS = (
    "choice", "multi", "number", "text", "version", "steps", "date", "guidance", "known_issues", "files", "datetime",
    "product", "error_text",
)  # fmt: skip
FILE = {"id": "f", "name": "a.png", "type": "image/png", "size": 1, "sha256": "0" * 64}
OPTIONS = ("x", "y", "z")
NUMBERS = (0, 3, 7)
RANGES = ("<2.0", ">=2.0", "<1.5")
MOMENTS = ("2026-11-10", "-7d", "2026-11-21T09:00:00")
DAYS = ("2026-11-10", "-7d", "2026-11-21")


@st.composite
def conditions(draw: st.DrawFn, known: Mapping[str, str], depth: int = 2) -> Json:
    """Draw a condition over the questions asked before."""
    if depth and draw(st.integers(0, 2)) == 0:
        group = draw(st.sampled_from(("all", "any", "not")))
        if group == "not":
            return {"not": draw(conditions(known, depth - 1))}
        return {group: draw(st.lists(conditions(known, depth - 1), min_size=1, max_size=3))}
    subject = draw(st.sampled_from(sorted(known)))
    return {"q": subject, **draw(_comparison(known[subject]))}


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Draw a questionnaire of a few pages, with an emergency lane, conditional options and triage rules."""
    known: dict[str, str] = {}
    pages: list[Json] = []
    for number in range(draw(st.integers(1, 4))):
        page: dict[str, Json] = {"id": f"page{number}", "title": f"Page {number}"}
        if draw(st.booleans()) and known:
            page["ask_if"] = draw(conditions(known))
        if number and draw(st.integers(0, 4)) == 0:
            page["only"] = "emergency"
        page["questions"] = [draw(_question(f"q{number}{place}", known)) for place in range(draw(st.integers(1, 3)))]
        pages.append(page)
    rules: list[Json] = [
        {
            "id": f"rule{number}",
            "set": draw(st.sampled_from(("P1", "P2", "P3"))),
            "when": draw(conditions(known)),
            "because": f"reason {number}",
        }
        for number in range(draw(st.integers(0, 3)))
    ]
    document: dict[str, Json] = {
        "intake": 1,
        "id": "grown",
        "version": 1,
        "title": "Grown",
        "emergency": {"label": "Help", "ask": [draw(st.sampled_from(sorted(known)))], "sets": "P1"},
        "pages": pages,
        "triage": [*rules, {"id": "default", "set": "P3", "because": "work goes on"}],
        "snapshot": {f"answers.{name}": name for name in known},
    }
    return from_document(document)


def answers_to(questionnaire: Questionnaire) -> st.SearchStrategy[dict[str, Json]]:
    """Draw answers to some of the questions, on the path or not, a few of them unlike any answer."""
    return st.fixed_dictionaries(
        {}, optional={question.id: _answer(question.type) for question in questionnaire.questions.values()}
    )


@st.composite
def _question(draw: st.DrawFn, name: str, known: dict[str, str]) -> Json:
    kind = draw(st.sampled_from(KINDS))
    question: dict[str, Json] = {"id": name, "type": kind, "text": f"Question {name}", "required": draw(st.booleans())}
    if draw(st.booleans()):
        question["allow_unknown"] = True
    if kind == "choice" and draw(st.booleans()):
        question["other"] = True
    if kind == "error_text":
        question["allow_none"] = "There was none"
    if draw(st.booleans()) and known:
        question["ask_if"] = draw(conditions(known))
    if kind in ("choice", "multi"):
        options = [{"id": option, "text": option.upper(), "rank": rank} for rank, option in enumerate(OPTIONS)]
        if draw(st.booleans()) and known:
            options[draw(st.integers(0, 2))]["show_if"] = draw(conditions(known))
        question["options"] = options
    known[name] = kind
    return question


def _comparison(kind: str) -> st.SearchStrategy[dict[str, Json]]:
    answered: st.SearchStrategy[dict[str, Json]] = st.fixed_dictionaries({"answered": st.booleans()})
    some = st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=2, unique=True)
    special: dict[str, list[st.SearchStrategy[dict[str, Json]]]] = {
        "choice": [st.fixed_dictionaries({"is": st.sampled_from(OPTIONS)}), st.fixed_dictionaries({"in": some})],
        "multi": [st.fixed_dictionaries({"any_of": some}), st.fixed_dictionaries({"all_of": some})],
        "number": [st.fixed_dictionaries({key: st.sampled_from(NUMBERS)}) for key in ("gt", "ge", "lt", "le", "is")],
        "version": [st.fixed_dictionaries({"in_range": st.sampled_from(RANGES)})],
        "steps": [st.fixed_dictionaries({key: st.integers(0, 3)}) for key in ("count_ge", "count_le")],
        "files": [st.fixed_dictionaries({key: st.integers(0, 2)}) for key in ("count_ge", "count_le")],
        "datetime": [st.fixed_dictionaries({key: st.sampled_from(MOMENTS)}) for key in ("before", "after")],
        "product": [st.fixed_dictionaries({"is": st.sampled_from(("his", "other"))})],
        "date": [st.fixed_dictionaries({key: st.sampled_from(DAYS)}) for key in ("before", "after")],
        "guidance": [st.fixed_dictionaries({"is": st.sampled_from(("solved", "not_solved", "skipped"))})],
        "known_issues": [st.fixed_dictionaries({"is": st.sampled_from(("solved", "same", "different", "none"))})],
    }
    return st.one_of(answered, *special.get(kind, []))


def _answer(kind: str) -> st.SearchStrategy[Json]:
    fitting: dict[str, st.SearchStrategy[Json]] = {
        "choice": st.one_of(st.sampled_from(OPTIONS), st.just({"other": "mine"})),
        "multi": st.lists(st.sampled_from(OPTIONS), min_size=1, unique=True).map(sorted),
        "number": st.one_of(st.integers(-1, 9), st.sampled_from((2.5, 3.5, 6.9))),
        "text": st.text(min_size=1, max_size=5),
        "version": st.sampled_from(("1.0", "1.5", "1.9.9", "2.0", "3", "the blue one", "2.0-rc1")),
        "steps": st.integers(1, 4).map(lambda count: [{"did": "d"}] * count),
        "files": st.integers(1, 3).map(lambda count: [{**FILE, "id": f"f{number}"} for number in range(count)]),
        "datetime": st.integers(1, 30).map(lambda day: f"2026-11-{day:02}T12:00:00"),
        "product": st.sampled_from(("his", "emr", "other")),
        "error_text": st.sampled_from([{"text": "ORA-00001", "fingerprints": [], "redactions": []}, {"none": True}]),
        "date": st.dates(date(2026, 11, 1), date(2026, 12, 1)).map(date.isoformat),
        "guidance": st.sampled_from([{"solved": "yes"}, {"solved": "no"}, {"solved": "skipped"}]),
        "known_issues": st.sampled_from([{"outcome": "none"}, {"issue": "K", "outcome": "solved"}]),
    }
    odd = st.sampled_from([{"unknown": True}, 7, [], ["x", 1], {"other": 1}, "2026-99-99"])
    return st.one_of(fitting[kind], fitting[kind], odd)
