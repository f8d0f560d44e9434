"""The Babel extractor for questionnaires (extra `plainport[babel]`), so that all words share one translation flow."""

from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from intake.loading import load_text
from intake.words import COMMON, common_context, messages


def extract(
    fileobj: IO[bytes],
    _keywords: object,
    _comment_tags: Sequence[str],
    options: Mapping[str, object],  # noqa: ARG001  # Babel gives it by this name.
) -> Iterator[tuple[int, str, tuple[str, str], list[str]]]:
    """Yield line, function, (context, text) and comments of every text, as Babel asks for them.

    The words that all questionnaires share come with each of them; a catalogue holds them once.
    """
    questionnaire = load_text(fileobj.read(), name=str(getattr(fileobj, "name", "questionnaire")))
    for message in messages(questionnaire):
        line, _ = questionnaire.places.get(message.path, (1, 1))
        yield line, "pgettext", (message.context, message.text), []
    for key, text in COMMON.items():
        yield 1, "pgettext", (common_context(key), text), []
