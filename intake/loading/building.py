"""From a tree with the right shape to a Questionnaire: ids are told apart, conditions refer to what exists."""

from collections.abc import Iterable, Mapping

from intake import patterns
from intake.conditions import Condition
from intake.kinds.number import number_from
from intake.loading.referring import Known, condition_from
from intake.loading.shapes import nearest
from intake.loading.tree import Node, Report, places_of
from intake.questionnaire import (
    Confirm,
    Dropped,
    Emergency,
    Migration,
    Option,
    OptionsMapped,
    Page,
    Prefill,
    Question,
    Questionnaire,
    Renamed,
    Rule,
)


def build(root: Node, report: Report) -> Questionnaire:
    """Return the questionnaire of a tree whose shape has been checked; broken references go into the report."""
    return _Building(root, report).questionnaire()


class _Building:
    """One questionnaire while it is built: what has been met so far is what a condition may refer to."""

    def __init__(self, root: Node, report: Report) -> None:
        self.root, self.report = root, report
        self.context = {key: _text(item, "type") or str(item.value) for key, item in _map(root, "context").items()}
        self.kinds: dict[str, str] = dict(self.context)
        self.questions: dict[str, Question] = {}
        self.everywhere = frozenset(
            _text(question, "id") for page in _list(root, "pages") for question in _list(page, "questions")
        )

    def questionnaire(self) -> Questionnaire:
        """Build everything in the order of the file."""
        root = self.root
        _refuse_repeated(_list(root, "pages"), "page", self.report)
        pages = tuple(self._page(page) for page in _list(root, "pages"))
        _refuse_repeated(_list(root, "triage"), "rule", self.report)
        document = root.plain()
        source_locale = _text(root, "source_locale") or "en"
        return Questionnaire(
            id=_text(root, "id"),
            version=_whole(root, "version") or 0,
            title=_text(root, "title"),
            about=_optional(root, "about"),
            source_locale=source_locale,
            locales=_texts(root, "locales") or (source_locale,),
            pages=pages,
            triage=tuple(self._rule(rule) for rule in _list(root, "triage")),
            snapshot={path: str(item.value) for path, item in _map(root, "snapshot").items()},
            document=document if isinstance(document, dict) else {},
            context=self.context,
            derived=self._derived(),
            emergency=self._emergency(),
            omit=_texts(root, "omit"),
            migrate=tuple(self._migrations()),
            file=self.report.file,
            places=dict(places_of(root)),
        )

    def _derived(self) -> dict[str, str]:
        found = {key: _map(item)["by"] for key, item in _map(self.root, "context").items() if "by" in _map(item)}
        return {key: self._existing(node, self.everywhere) for key, node in found.items()}

    def _known(self) -> Known:
        return Known(self.kinds, self.questions, self.everywhere)

    def _condition(self, node: Node, key: str) -> Condition | None:
        found = _map(node).get(key)
        return None if found is None else condition_from(found, self._known(), self.report)

    def _page(self, node: Node) -> Page:
        ask_if = self._condition(node, "ask_if")
        questions = tuple(self._question(question) for question in _list(node, "questions"))
        return Page(_text(node, "id"), _text(node, "title"), questions, ask_if, _optional(node, "only"))

    def _question(self, node: Node) -> Question:
        question_id = _text(node, "id")
        if question_id in self.kinds:
            what = "a context value" if question_id in self.context else "another question"
            message = f"`{question_id}` is {what} already."
            self.report.add("E101", _place(node, "id"), message, "Give it an id of its own.")
        question = self._question_from(node)
        self.kinds.setdefault(question_id, question.type)
        self.questions.setdefault(question_id, question)
        return question

    def _question_from(self, node: Node) -> Question:
        fields = _map(node)
        return Question(
            id=_text(node, "id"),
            type=_text(node, "type"),
            text=_text(node, "text"),
            required=_truth(node, "required"),
            allow_unknown=_truth(node, "allow_unknown"),
            allow_none=_optional(node, "allow_none"),
            prefill=_prefill(fields.get("prefill")),
            hint=_optional(node, "hint"),
            why=_optional(node, "why"),
            ask_if=self._condition(node, "ask_if"),
            options=self._options(node),
            other=_truth(node, "other"),
            pattern=self._pattern(node),
            max_length=_whole(node, "max_length"),
            min=_limit(node, "min"),
            max=_limit(node, "max"),
            unit=_optional(node, "unit"),
            columns=_texts(node, "columns"),
            accept=_texts(node, "accept"),
            max_bytes=_whole(node, "max_bytes"),
            max_count=_whole(node, "max_count"),
            confirm=_confirm(fields.get("confirm"), self.report),
            solved=_text(fields["solved"], "text") if "solved" in fields else None,
            match=self._match(node),
        )

    def _options(self, node: Node) -> tuple[Option, ...]:
        items = _list(node, "options")
        _refuse_repeated(items, "option", self.report)
        return tuple(
            Option(
                _text(item, "id"), _text(item, "text"), _whole(item, "rank"), self._condition(item, "show_if")
            )
            for item in items
        )  # fmt: skip

    def _pattern(self, node: Node) -> str | None:
        pattern = _optional(node, "pattern")
        fault = None if pattern is None else patterns.fault_of(pattern)
        if fault is None:
            return pattern
        self.report.add("E012", _map(node)["pattern"], f"The pattern is not taken: {fault}.", "Write a simpler one.")
        return None

    def _match(self, node: Node) -> tuple[str, ...]:
        return tuple(self._existing(item, self.kinds) for item in _list(node, "match"))

    def _existing(self, node: Node, known: Iterable[str]) -> str:
        names = sorted(known)
        if node.value not in names:
            suggestion = nearest(str(node.value), names, "Name an earlier question.")
            self.report.add("E201", node, f"There is no question `{node.value}` here.", suggestion)
        return str(node.value)

    def _emergency(self) -> Emergency | None:
        node = _map(self.root).get("emergency")
        if node is None:
            return None
        ask = tuple(self._existing(item, self.everywhere) for item in _list(node, "ask"))
        then = _text(node, "then") or "continue_details"
        return Emergency(_text(node, "label"), ask, _text(node, "sets"), then, _optional(node, "because"))

    def _rule(self, node: Node) -> Rule:
        return Rule(_text(node, "id"), _text(node, "set"), _text(node, "because"), self._condition(node, "when"))

    def _migrations(self) -> Iterable[Migration]:
        for node in _list(self.root, "migrate"):
            fields = _map(node)
            match sorted(fields):
                case ["rename", "to"]:
                    yield Renamed(_text(node, "rename"), self._existing(fields["to"], self.everywhere))
                case ["options", "question"]:
                    mapped = {old: str(new.value) for old, new in _map(fields["options"]).items()}
                    yield OptionsMapped(self._existing(fields["question"], self.everywhere), mapped)
                case ["drop", "note"]:
                    yield Dropped(_text(node, "drop"), _text(node, "note"))
                case _:
                    message = "This entry of `migrate` is not understood."
                    kinds = "`{rename: a, to: b}`, `{question: a, options: {b: c}}` or `{drop: a, note: ...}`"
                    self.report.add("E013", node, message, f"Write {kinds}.")


def _refuse_repeated(nodes: Iterable[Node], what: str, report: Report) -> None:
    seen: set[str] = set()
    for node in nodes:
        found = _text(node, "id")
        if found in seen:
            report.add("E101", _place(node, "id"), f"There is a {what} `{found}` already.", "Give it an id of its own.")
        seen.add(found)


def _prefill(node: Node | None) -> Prefill | None:
    return None if node is None else Prefill(_text(node, "from"), _truth(node, "confirm"))


def _confirm(node: Node | None, report: Report) -> Confirm | None:
    if node is None:
        return None
    items = _list(node, "options")
    _refuse_repeated(items, "option", report)
    options = tuple(
        Option(_text(item, "id"), _text(item, "text"), ok=_truth(item, "ok"), explain=_optional(item, "explain"))
        for item in items
    )
    return Confirm(_text(node, "text"), options)


def _map(node: Node, key: str | None = None) -> Mapping[str, Node]:
    if key is not None:
        inner = _map(node).get(key)
        return {} if inner is None else _map(inner)
    return node.value if isinstance(node.value, dict) else {}


def _list(node: Node, key: str) -> list[Node]:
    found = _map(node).get(key)
    return found.value if found is not None and isinstance(found.value, list) else []


def _place(node: Node, key: str) -> Node:
    return _map(node).get(key, node)


def _optional(node: Node, key: str) -> str | None:
    found = _map(node).get(key)
    return None if found is None or found.value is None else str(found.value)


def _text(node: Node, key: str) -> str:
    return _optional(node, key) or ""


def _texts(node: Node, key: str) -> tuple[str, ...]:
    return tuple(str(item.value) for item in _list(node, key))


def _truth(node: Node, key: str) -> bool:
    found = _map(node).get(key)
    return found is not None and found.value is True


def _whole(node: Node, key: str) -> int | None:
    found = _map(node).get(key)
    return found.value if found is not None and isinstance(found.value, int) else None


def _limit(node: Node, key: str) -> int | float | None:
    found = _map(node).get(key)
    if found is None:
        return None
    return number_from(found.value) if isinstance(found.value, str) else _whole(node, key)
