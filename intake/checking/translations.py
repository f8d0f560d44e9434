"""Translations of a questionnaire: complete, reviewed, and with every place still in them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from intake.checking.catalogues import Catalogue, read_catalogue
from intake.checking.places import finding
from intake.findings import Finding
from intake.questionnaire import Questionnaire
from intake.words import Message, messages

_PLACE = re.compile(r"\{[a-z]+:[^{}]{1,64}\}")


def translation_findings(questionnaire: Questionnaire, folder: Path) -> Iterator[Finding]:
    """Yield what is missing, unreviewed or damaged in the translations of a folder."""
    for position, locale in enumerate(questionnaire.locales):
        if locale == questionnaire.source_locale:
            continue
        catalogue = read_catalogue(folder, locale)
        if catalogue is None:
            text = f"There is no {locale}/LC_MESSAGES/messages.po in the folder of translations."
            yield finding(questionnaire, "E505", ("locales", position), text, "Add it, or take the locale out.")
            continue
        for message in messages(questionnaire):
            yield from _of_message(questionnaire, message, locale, catalogue)


def collision_findings(questionnaires: Iterable[Questionnaire]) -> Iterator[Finding]:
    """Yield message contexts that stand for two different texts, within one questionnaire or among several."""
    texts: dict[str, str] = {}
    for questionnaire in questionnaires:
        for message in messages(questionnaire):
            known = texts.setdefault(message.context, message.text)
            if known != message.text:
                text = f"The context `{message.context}` stands for “{known}” already."
                suggestion = "Give one of the two another id."
                yield finding(questionnaire, "E506", message.path, text, suggestion)


def lost_places(source: str, translated: str) -> list[str]:
    """Return the places of a source text, such as `{key:F7}`, that a translation does not have as often."""
    missing = Counter(_PLACE.findall(source)) - Counter(_PLACE.findall(translated))
    return sorted(missing)


def _of_message(questionnaire: Questionnaire, message: Message, locale: str, catalogue: Catalogue) -> Iterator[Finding]:
    translation = catalogue.get((message.context, message.text))
    if translation is None or not translation.text:
        text = f"{locale}: “{message.text}” is not translated."
        yield finding(questionnaire, "E505", message.path, text, f"Translate `{message.context}`.")
    elif translation.is_fuzzy:
        text = f"{locale}: the translation of “{message.text}” has not been looked at."
        yield finding(questionnaire, "E505", message.path, text, f"Review `{message.context}`.")
    else:
        for place in lost_places(message.text, translation.text):
            text = f"{locale}: the translation of “{message.text}” has lost {place}."
            yield finding(questionnaire, "E504", message.path, text, f"Put {place} into it.")
