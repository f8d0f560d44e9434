"""YAML, read strictly: text, whole numbers, true and false, null, lists and maps, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from intake.findings import Finding, severity_of
from intake.plain import Json

MOST_BYTES = 256 * 1024
DEEPEST = 32

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_NUMBER_LIKE = re.compile(r"[-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9_]+)(?:[eE][-+]?[0-9]+)?|0[xob][0-9a-fA-F_]+")
_STRING_TAG = "tag:yaml.org,2002:str"
_LITERALS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
# The C parser is used for events only: its composer ends the process on deeply nested files, its scanner does not.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Node:
    """One value of the file with the place where it begins; a map also knows where its keys stand."""

    value: "str | int | bool | list[Node] | dict[str, Node] | None"
    line: int = 0
    column: int = 0
    key_places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def plain(self) -> Json:
        """Return the value without places."""
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        return self.value


@dataclass(slots=True)
class Report:
    """The findings of one file, as they are met."""

    file: str
    findings: list[Finding] = field(default_factory=list)

    def add(self, code: str, place: "Node | tuple[int, int]", message: str, suggestion: str = "") -> None:
        """Note a finding at a place."""
        line, column = (place.line, place.column) if isinstance(place, Node) else place
        self.findings.append(Finding(code, severity_of(code), self.file, line, column, message, suggestion))


def parse(text: bytes | str, report: Report) -> Node | None:
    """Read a file into a tree of nodes; None where it cannot be read, with the reason in the report."""
    decoded = _decoded(text, report)
    if decoded is None:
        return None
    growing = _Growing(report)
    try:
        for event in yaml.parse(decoded, Loader=_LOADER):
            if not growing.take(event):
                return None
    except yaml.YAMLError as error:
        report.add("E008", _place_of(error), f"This is not YAML: {_reason_of(error)}.", "Check quotes and indentation.")
        return None
    if growing.root is None and not report.findings:
        report.add("E008", (1, 1), "The file is empty.", "Begin with `intake: 1`.")
    return growing.root


def tree_of(document: Json) -> Node:
    """Return the tree of a plain JSON document, without places."""
    if isinstance(document, dict):
        return Node({str(key): tree_of(item) for key, item in document.items()})
    if isinstance(document, list):
        return Node([tree_of(item) for item in document])
    return Node(document if isinstance(document, str | int | bool) else None)


def places_of(node: Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], tuple[int, int]]]:
    """Yield the path of every value in the tree with its line and column."""
    yield path, (node.line, node.column)
    if isinstance(node.value, dict):
        for key, item in node.value.items():
            yield from places_of(item, (*path, key))
    elif isinstance(node.value, list):
        for position, item in enumerate(node.value):
            yield from places_of(item, (*path, position))


def _decoded(text: bytes | str, report: Report) -> str | None:
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    if len(raw) > MOST_BYTES:
        report.add("E006", (1, 1), f"The file has {len(raw)} bytes; at most {MOST_BYTES} are read.", "Split it in two.")
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        report.add("E008", place, "The file is not UTF-8 here.", "Save it as UTF-8.")
        return None


@dataclass(slots=True)
class _Open:
    """A list or map that has begun; `key` is the key whose value comes next."""

    node: Node
    key: str | None = None
    expects_value: bool = False


class _Growing:
    """The tree while the events of the file come in."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.root: Node | None = None
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> bool:
        """Take the next event; False ends the reading."""
        mark = event.start_mark
        place = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self.report.add("E008", place, "A second document begins here.", "Keep one questionnaire a file.")
                    return False
            case yaml.ScalarEvent() | yaml.AliasEvent():
                self._refuse_shortcuts(event, place)
                self._put(self._leaf(event, place))
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._refuse_shortcuts(event, place)
                return self._begin(Node([] if isinstance(event, yaml.SequenceStartEvent) else {}, *place))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._put(self._open.pop().node)
        return True

    def _refuse_shortcuts(self, event: yaml.Event, place: tuple[int, int]) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            self.report.add("E002", place, "Anchors and aliases are not read.", "Write the value out where it is used.")
        elif getattr(event, "tag", None) is not None:
            self.report.add("E002", place, "Tags are not read.", "Leave the tag out; quote the value if it is a text.")

    def _begin(self, node: Node) -> bool:
        if len(self._open) >= DEEPEST:
            place = (node.line, node.column)
            self.report.add("E007", place, f"This is nested more than {DEEPEST} deep.", "Flatten the condition.")
            return False
        self._open.append(_Open(node))
        return True

    def _leaf(self, event: yaml.Event, place: tuple[int, int]) -> Node:
        if not isinstance(event, yaml.ScalarEvent):
            return Node(None, *place)
        is_plain = event.style in (None, "") and event.tag is None
        return Node(self._scalar(event.value, place) if is_plain else event.value, *place)

    def _scalar(self, text: str, place: tuple[int, int]) -> str | int | bool | None:
        if text in _LITERALS:
            return _LITERALS[text]
        if _WHOLE.fullmatch(text):
            return int(text)
        if _is_ambiguous(text):
            shown = text[:40]
            message = f"`{shown}` is not read as a text by every program."
            self.report.add("E003", place, message, f'Write "{shown}" in quotes.')
        return text

    def _put(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent.node.value, list):
            parent.node.value.append(node)
        elif not parent.expects_value:
            parent.key = self._key(parent.node, node)
            parent.expects_value = True
        else:
            if parent.key is not None and isinstance(parent.node.value, dict):
                parent.node.value[parent.key] = node
            parent.expects_value = False

    def _key(self, parent: Node, key: Node) -> str | None:
        if not isinstance(key.value, str):
            self._refuse_key(key)
            return None
        if key.value in parent.key_places:
            line, _ = parent.key_places[key.value]
            message = f"`{key.value}` stands here twice; first in line {line}."
            self.report.add("E001", key, message, "Remove one of them.")
            return None
        parent.key_places[key.value] = (key.line, key.column)
        return key.value

    def _refuse_key(self, key: Node) -> None:
        is_quotable = isinstance(key.value, int | bool)
        suggestion = f'Write "{key.plain()}" in quotes.' if is_quotable else "Use a word as the key."
        self.report.add("E003", key, "A key must be a text.", suggestion)


def _is_ambiguous(text: str) -> bool:
    if _NUMBER_LIKE.fullmatch(text):
        return True
    resolvers = _RESOLVERS.get(text[0], [])
    return any(tag != _STRING_TAG and pattern.match(text) for tag, pattern in resolvers)


def _place_of(error: yaml.YAMLError) -> tuple[int, int]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


def _reason_of(error: yaml.YAMLError) -> str:
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    return str(reason).rstrip(".")
