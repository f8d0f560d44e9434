"""What the engine costs: the next page, the summary, a snapshot and its check, the linter, from 18 to 300 questions.

Run: python -m benchmarks.engine
"""

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from intake.answers import Answers
from intake.checking import check_text
from intake.interview import Interview
from intake.loading import from_document, load_text
from intake.questionnaire import Questionnaire
from intake.snapshot import as_text, build, faults_of

SHIPPED = Path(__file__).parent.parent / "intake" / "questionnaires" / "his-fault.yaml"
TODAY, NOW = date(2026, 11, 21), datetime(2026, 11, 21, tzinfo=UTC)
ROUNDS = 15
OPTIONS = ", ".join(f'{{id: {name}, rank: {rank}, text: "The {name}"}}' for rank, name in enumerate("xyz"))
TRIAGE = """\
triage:
  - {id: worst, set: P1, when: {all: [{q: q0, is: z}, {q: q2, is: z}]}, because: "both are at their worst"}
  - {id: bad, set: P2, when: {q: q4, is: z}, because: "one is at its worst"}
  - {id: default, set: P3, because: "work goes on"}
snapshot:
"""


def grown(count: int) -> str:
    """Return a questionnaire with four questions a page, six of ten asked under a condition."""
    source = random.Random(1)  # the same questionnaire in every run
    lines = ["intake: 1", "id: grown", "version: 1", 'title: "Grown"', "pages:"]
    for number in range(count):
        if number % 4 == 0:
            lines += [f"  - id: page{number}", f'    title: "Page {number}"', "    questions:"]
        earlier = [f"q{other}" for other in range(max(0, number - 12), number)]
        asked = ""
        if earlier and number % 2:
            asked = f", ask_if: {{q: {source.choice(earlier)}, in: [x, y]}}"
        elif len(earlier) > 3 and number % 5 == 0:
            first, second = source.sample(earlier, 2)
            asked = f", ask_if: {{any: [{{q: {first}, is: x}}, {{not: {{q: {second}, is: z}}}}]}}"
        lines.append(
            f'      - {{id: q{number}, type: choice, text: "Question {number}?"{asked}, options: [{OPTIONS}]}}'
        )
    return "\n".join(lines) + "\n" + TRIAGE + "".join(f"  answers.q{number}: q{number}\n" for number in range(count))


def cost(name: str, work: Callable[[], object], times: int) -> None:
    """Print what one call costs in microseconds of processor time."""
    work()
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(times):
            work()
        taken.append((time.process_time() - began) / times * 1e6)
    print(f"  {name:28} {min(taken):9.1f} / {statistics.median(taken):9.1f} / {max(taken):9.1f} us (min, median, max)")


def measure(name: str, text: str, answers: dict[str, object]) -> None:
    """Print the figures of one questionnaire, half answered."""
    questionnaire: Questionnaire = load_text(text, name=name)
    print(f"{name}: {len(questionnaire.questions)} questions on {len(questionnaire.pages)} pages")
    interview = Interview.begin(questionnaire, today=TODAY, answers=Answers(answers))
    last, given = list(answers.items())[-1]
    snapshot = build(interview, now=NOW)
    cost("next page after an answer", lambda: interview.with_answer(last, given).next_page, 200)
    cost("summary as text", lambda: as_text(snapshot, questionnaire=questionnaire), 20)
    cost("snapshot", lambda: build(interview, now=NOW), 20)
    cost("check of a snapshot", lambda: faults_of(snapshot), 200)
    cost("from stored JSON", lambda: from_document(questionnaire.document), 3)
    cost("lint, from the file", lambda: check_text(text, name=name), 2)


if __name__ == "__main__":
    hospital: dict[str, object] = {"product": "his", "module": "orders", "version": "5.5.1", "blocked": "stopped"}
    measure("his-fault", SHIPPED.read_text("utf-8"), hospital)
    for size in (50, 60, 300):
        measure(f"grown {size}", grown(size), {f"q{number}": "x" for number in range(size // 2)})
