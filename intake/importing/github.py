"""GitHub issue forms become questionnaires."""

import re
from collections.abc import Callable, Mapping

from intake.importing.drafting import Draft, hashed, readable, shortened, slug, unique
from intake.loading.tree import Node, Report, parse
from intake.plain import Json

LONGEST_HINT = 300
LONGEST_TITLE = 80
LONGEST_ABOUT = 120

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t](.+)$", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]\[]{0,200})\]\([^()\s]{0,500}\)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_CONDITION = re.compile(
    r"\b(?:if|when|only for|skip|unless|not applicable|n/a)\b|如果|若是|若為|仅当|僅當", re.IGNORECASE
)
_MEDIA_TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "txt": "text/plain", "log": "text/plain", "md": "text/markdown", "csv": "text/csv", "json": "application/json",
    "pdf": "application/pdf", "zip": "application/zip", "gz": "application/gzip", "mp4": "video/mp4",
    "mov": "video/quicktime", "webm": "video/webm",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
_USUAL_TYPES: list[Json] = ["image/png", "image/jpeg", "text/plain", "application/pdf"]
_LOST_AT_TOP = {
    "title": "the title that new issues begin with",
    "labels": "labels",
    "assignees": "assignees",
    "projects": "projects",
    "type": "the type of issue",
}


class NotAnIssueFormError(ValueError):
    """A file that is no issue form; the message says why."""


def from_github_issue_form(text: bytes | str, *, name: str) -> Draft:
    """Return the questionnaire that an issue form becomes, with what was lost. Raises NotAnIssueFormError.

    Values that YAML would turn into something else, such as an option `no` or `3.10`, stay as they were written.
    """
    report = Report(name)
    root = parse(text, report)
    fields = _map(root)
    body = fields.get("body")
    if root is None or body is None or not isinstance(body.value, list):
        first = report.findings[0] if report.findings and root is None else None
        place = f"{name}:{first.line}:{first.column}: {first.message}" if first else f"{name}: there is no list `body`."
        raise NotAnIssueFormError(place)
    importing = _Importing(Draft(_text(fields.get("name")) or "Report"))
    importing.take_description(fields.get("description"))
    for found in report.findings:
        if found.code in ("E001", "E002"):
            importing.draft.lose(Node(None, found.line, found.column), found.message)
    for key, node in fields.items():
        if key not in ("name", "description", "body") and node.value not in (None, "", []):
            importing.draft.lose(node, _LOST_AT_TOP.get(key, f"`{key}`"))
    for element in body.value:
        importing.take(element)
    if not any(page.questions for page in importing.draft.pages):
        message = f"{name}: the form asks nothing."
        raise NotAnIssueFormError(message)
    return importing.draft


class _Importing:
    """A form while its elements are read one after the other."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self._hint = ""
        self._kinds: dict[str, Callable[[_Element], dict[str, Json]]] = {
            "input": self._input,
            "textarea": self._textarea,
            "dropdown": self._dropdown,
            "checkboxes": self._checkboxes,
            "upload": self._upload,
        }

    def take_description(self, node: Node | None) -> None:
        """Take what the form says of itself, as far as it fits on a line."""
        about = _plain(_text(node))
        if node is not None and len(about) > LONGEST_ABOUT:
            self.draft.lose(node, f"the end of the description of the form: “{shortened([about[LONGEST_ABOUT:]])}”")
            about = about[:LONGEST_ABOUT].rsplit(" ", 1)[0]
        self.draft.about = about

    def take(self, node: Node) -> None:
        """Take one element of the form."""
        element = _Element(node)
        if element.kind == "markdown":
            self._markdown(element)
            return
        build = self._kinds.get(element.kind)
        if build is None:
            self.draft.lose(node, f"an element of the type `{element.kind}`")
            return
        label = element.text("label") or element.identifier or element.text("description")
        if not label:
            self.draft.lose(node, f"a {element.kind} without a label")
            return
        special = build(element)
        if special:
            self.draft.add(self._question(element, label, special))

    def _question(self, element: "_Element", label: str, special: dict[str, Json]) -> dict[str, Json]:
        question: dict[str, Json] = {"id": self.draft.question_id(element.identifier, label)}
        question["type"] = special.pop("type")
        question["text"] = readable(label)
        hint = self._hint_of(element)
        if hint:
            question["hint"] = hint
        if element.is_required or special.pop("required", False):
            question["required"] = True
        return {**question, **special}

    def _hint_of(self, element: "_Element") -> str:
        description = _plain(element.text("description"))
        if _CONDITION.search(f"{element.text('label')} {description}"):
            node = element.attributes.get("description", element.node)
            self.draft.lose(node, f"a condition in words: “{shortened([description or element.text('label')])}”")
        pieces = [self._hint, description, _example(element)]
        self._hint = ""
        hint = readable(" ".join(piece for piece in pieces if piece))
        if len(hint) <= LONGEST_HINT:
            return hint
        self.draft.lose(element.node, f"the end of a long description: “{shortened([hint[LONGEST_HINT:]])}”")
        return hint[:LONGEST_HINT].rsplit(" ", 1)[0]

    def _markdown(self, element: "_Element") -> None:
        text = element.text("value")
        heading = _HEADING.search(text)
        if heading:
            self.draft.begin_page(_plain(heading[1].rstrip("# "))[:LONGEST_TITLE] or self.draft.name)
        rest = _plain(_HEADING.sub("", text))
        if rest and len(rest) <= LONGEST_HINT // 2 and not self._hint:
            self._hint = rest
        elif rest:
            self.draft.lose(element.node, f"a text between questions: “{shortened([rest])}”")

    def _input(self, element: "_Element") -> dict[str, Json]:
        self._lose(element, "value", "a text that stands in the field from the start")
        return {"type": "text"}

    def _textarea(self, element: "_Element") -> dict[str, Json]:
        self._lose(element, "value", "a text that stands in the field from the start")
        return {"type": "error_text" if element.text("render") else "longtext"}

    def _dropdown(self, element: "_Element") -> dict[str, Json]:
        self._lose(element, "default", "the option that is chosen from the start")
        kind = "multi" if element.text("multiple") == "true" else "choice"
        return self._with_options(element, kind, [(node, _text(node)) for node in element.options])

    def _checkboxes(self, element: "_Element") -> dict[str, Json]:
        labelled = [(node, _text(_map(node).get("label")) or _text(node)) for node in element.options]
        required = [node for node in element.options if _text(_map(node).get("required")) == "true"]
        for node in required:
            self.draft.lose(node, "that this very box must be ticked; the question is required instead")
        special = self._with_options(element, "multi", labelled)
        return {**special, "required": True} if special and required else special

    def _with_options(self, element: "_Element", kind: str, labelled: list[tuple[Node, str]]) -> dict[str, Json]:
        ids: set[str] = set()
        seen: set[str] = set()
        options: list[Json] = []
        for node, label in labelled:
            text = readable(_plain(label))
            if not text or text.casefold() in seen:
                self.draft.lose(node, f"the option “{text}”, which is empty or stands there twice")
                continue
            seen.add(text.casefold())
            options.append({"id": unique(slug(text) or hashed(text), ids), "text": text})
        if not options:
            self.draft.lose(element.node, f"a {element.kind} without options")
            return {}
        return {"type": kind, "options": options}

    def _upload(self, element: "_Element") -> dict[str, Json]:
        node = element.validations.get("accept") or element.attributes.get("accept")
        wanted = [piece.strip().lstrip(".").lower() for piece in _text(node).split(",") if piece.strip()]
        known = list(dict.fromkeys(_MEDIA_TYPES[ending] for ending in wanted if ending in _MEDIA_TYPES))
        for ending in wanted:
            if ending not in _MEDIA_TYPES and node is not None:
                self.draft.lose(node, f"files that end in .{shortened([ending])}")
        return {"type": "files", "accept": list(known) or _USUAL_TYPES, "max_bytes": 10485760, "max_count": 5}

    def _lose(self, element: "_Element", key: str, what: str) -> None:
        node = element.attributes.get(key)
        if node is not None and _text(node):
            self.draft.lose(node, f"{what}: “{shortened([_text(node)])}”")


class _Element:
    """One element of a form's body."""

    def __init__(self, node: Node) -> None:
        self.node = node
        fields = _map(node)
        self.kind = _text(fields.get("type"))
        self.identifier = _text(fields.get("id"))
        self.attributes = _map(fields.get("attributes"))
        self.validations = _map(fields.get("validations"))
        self.is_required = _text(self.validations.get("required")) == "true"

    @property
    def options(self) -> list[Node]:
        found = self.attributes.get("options")
        return found.value if found is not None and isinstance(found.value, list) else []

    def text(self, key: str) -> str:
        return _text(self.attributes.get(key))


def _example(element: _Element) -> str:
    placeholder = _plain(element.text("placeholder"))
    return f"For example: {placeholder}" if placeholder else ""


def _plain(text: str) -> str:
    """Return a Markdown text without links, tags and emphasis."""
    before, *commented = text.split("<!--")
    shown = before + " ".join(piece.partition("-->")[2] for piece in commented)
    return " ".join(_TAG.sub(" ", _LINK.sub(r"\1", shown)).replace("**", "").replace("`", "").split())


def _map(node: Node | None) -> Mapping[str, Node]:
    return node.value if node is not None and isinstance(node.value, dict) else {}


def _text(node: Node | None) -> str:
    value = None if node is None else node.value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip() if isinstance(value, str | int) else ""
