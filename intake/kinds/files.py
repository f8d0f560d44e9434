"""Files that were added; storing them is not the engine's business."""

import hashlib
import json
from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import PurePath

from intake.answers import AnswerProblem, ProblemCode
from intake.conditions import Facts
from intake.kinds.base import Form, Part, PartRole, Read, field_name, problem
from intake.kinds.steps import Rows
from intake.plain import Json
from intake.questionnaire import Question

_KEYS = {"id": str, "name": str, "type": str, "size": int, "sha256": str}


class Files(Rows):
    """A list of `{"id", "name", "type", "size", "sha256"}`.

    Each value posted under the question's field is one such object as JSON. Whoever takes the upload writes
    these values from what it has stored, never from what a browser sent.
    """

    name = "files"
    keys = frozenset({"accept", "max_bytes", "max_count"})

    def parse(self, question: Question, form: Form) -> Read:
        """Return the files named in the form, each once."""
        files = [_file_from(value) for value in form.get(field_name(question), ()) if value]
        known = {str(file["id"]): file for file in files if file is not None}
        return (problem(question, ProblemCode.UNREADABLE),) if None in files else list(known.values()) or None

    def check_answer(self, question: Question, answer: Json, context: Facts | None) -> list[AnswerProblem]:
        """Refuse too many files, too large ones and types the question does not take."""
        files = files_of(answer)
        problems = [found for file in files if (found := _file_problem(question, file))]
        if question.max_count is not None and len(files) > question.max_count:
            problems.append(problem(question, ProblemCode.TOO_MANY_FILES, max_count=question.max_count))
        return problems

    def fits(self, answer: Json) -> bool:
        """Say whether a JSON value is a list of files."""
        return isinstance(answer, list) and bool(answer) and all(map(_is_file, answer))

    def describe_answer(self, question: Question, answer: Json) -> tuple[Part, ...]:
        """Return the name of each file."""
        return tuple(Part(PartRole.FILE, str(file["name"])) for file in files_of(answer))


def files_of(answer: Json) -> list[Mapping[str, Json]]:
    """Return the files of an answer."""
    return [file for file in answer if _is_file(file)] if isinstance(answer, list) else []


def described(path: str, content: bytes) -> dict[str, Json]:
    """Return the answer's entry for a file; without a telling name, what reads as UTF-8 is a plain text."""
    media_type = guess_type(path)[0] or ("text/plain" if _is_text(content) else "application/octet-stream")
    sha256 = hashlib.sha256(content).hexdigest()
    name = PurePath(path).name
    return {"id": sha256[:16], "name": name, "type": media_type, "size": len(content), "sha256": sha256}


def is_accepted(media_type: str, accepted: tuple[str, ...]) -> bool:
    """Say whether a file's type is among those a question takes; `image/*` takes every picture."""
    group = media_type.partition("/")[0] + "/*"
    return not accepted or not {media_type, group, "*/*"}.isdisjoint(accepted)


def _file_problem(question: Question, file: Mapping[str, Json]) -> AnswerProblem | None:
    name, part = str(file["name"]), str(file["id"])
    size = file["size"]
    if question.max_bytes is not None and isinstance(size, int) and size > question.max_bytes:
        return problem(question, ProblemCode.FILE_TOO_LARGE, part, name=name, max_bytes=question.max_bytes)
    if not is_accepted(str(file["type"]), question.accept):
        return problem(question, ProblemCode.FILE_TYPE_NOT_TAKEN, part, name=name, type=str(file["type"]))
    return None


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _is_file(file: Json) -> bool:
    return isinstance(file, Mapping) and all(type(file.get(key)) is kind for key, kind in _KEYS.items())


def _file_from(value: str) -> Mapping[str, Json] | None:
    try:
        file = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return {key: file[key] for key in _KEYS} if _is_file(file) else None
