"""The words of a questionnaire in the reader's language; a text without a translation says which language it speaks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from intake.kinds import Part
from intake.questionnaire import Page, Question, Questionnaire
from intake.words import context_of
from portal.core.i18n import LANGUAGE_TAGS, SOURCE_LOCALE, catalogue
from portal.ui import prose


@dataclass(frozen=True, slots=True)
class Label:
    """A text of a questionnaire as a reader gets it; templates draw its keys as keycaps."""

    text: str
    lang: str = ""
    """The language of the text where it isn't the reader's, as HTML writes it; else empty."""

    def __str__(self) -> str:
        """Return the plain text, keys still written as ``{key:F7}``."""
        return self.text

    def __html__(self) -> Markup:
        """Return the text for a page, marked where it speaks another language than the page."""
        words = prose.keys(self.text)
        return Markup('<span lang="{}">{}</span>').format(self.lang, words) if self.lang else words

    def __bool__(self) -> bool:
        """Say whether there is anything to read."""
        return bool(self.text)

    @property
    def plain(self) -> str:
        """The text where nothing can be drawn, such as a page's title: keys in their bare name."""
        return self.text.replace("{key:", "").replace("}", "") if "{key:" in self.text else self.text

    def with_answers(self, words: Mapping[str, str]) -> "Label":
        """Return the label with each ``{answer:product}`` replaced by what was answered."""
        text = self.text
        for question_id, answer in words.items():
            text = text.replace(f"{{answer:{question_id}}}", answer)
        return replace(self, text=text)


NOTHING = Label("")
_SYMPTOM = "impact.symptom"
"""Where a snapshot says in which way it goes wrong; the answer is the fault type."""


def symptom_of(questionnaire: Questionnaire) -> Question | None:
    """Return the question that asks in which way it goes wrong; None where there is none to choose from."""
    question = questionnaire.questions.get(questionnaire.snapshot.get(_SYMPTOM, ""))
    return question if question is not None and question.type == "choice" else None


def fault_code(questionnaire: Questionnaire, answer: str, *, has_product: bool) -> str:
    """Return what an answer is called as a fault type: one of the product's, or of the questionnaire's own."""
    return answer if has_product else f"{questionnaire.id}/{answer}"


@dataclass(frozen=True, slots=True)
class Labels:
    """Every text of one questionnaire in one language."""

    questionnaire: Questionnaire
    locale: str

    def words(self, context: str, source_text: str) -> Label:
        """Return the translation of a text in its message context, or the source text with its language."""
        translated = catalogue(self.locale).pgettext(context, source_text)
        is_own = translated != source_text or self.locale == self.questionnaire.source_locale
        return Label(translated, "" if is_own else _tag(self.questionnaire.source_locale))

    @property
    def title(self) -> Label:
        """What the questionnaire is called."""
        return self.words(f"intake.{self.questionnaire.id}.title", self.questionnaire.title)

    @property
    def about(self) -> Label:
        """What the questionnaire is for, in one line."""
        text = self.questionnaire.about
        return self.words(f"intake.{self.questionnaire.id}.about", text) if text else NOTHING

    @property
    def emergency(self) -> Label:
        """What the emergency lane is called."""
        lane = self.questionnaire.emergency
        return self._of("emergency", "label", lane.label) if lane else NOTHING

    def page(self, page: Page) -> Label:
        """Return the title of a page."""
        return self._of(page.id, "title", page.title)

    def question(self, question: Question, field: str = "text") -> Label:
        """Return a text of a question: text, hint, why, unit, allow_none."""
        text = getattr(question, field)
        return self._of(question.id, field, text) if text else NOTHING

    def option(self, question: Question, option_id: str) -> Label:
        """Return the text of an option."""
        option = question.option(option_id)
        return self._of(question.id, f"options.{option_id}", option.text) if option else Label(option_id)

    def fault_types(self) -> dict[str, str]:
        """Return what the fault types that can be answered are called, by code."""
        question, asked = symptom_of(self.questionnaire), self.questionnaire
        if question is None:
            return {}
        return {
            fault_code(asked, each.id, has_product=has_product): self.option(question, each.id).plain
            for each in question.options
            for has_product in (True, False)
        }

    def confirm(self, question: Question) -> Label:
        """Return what a step to try asks about what was done."""
        return self._of(question.id, "confirm.text", question.confirm.text) if question.confirm else NOTHING

    def confirm_option(self, question: Question, option_id: str) -> Label:
        """Return one answer to what was done."""
        options = question.confirm.options if question.confirm else ()
        text = next((option.text for option in options if option.id == option_id), option_id)
        return self._of(question.id, f"confirm.options.{option_id}", text)

    def explanation(self, question: Question, option_id: str) -> Label:
        """Return what a person reads who did something else than the step says."""
        options = question.confirm.options if question.confirm else ()
        text = next((option.explain for option in options if option.id == option_id), None)
        return self._of(question.id, f"confirm.options.{option_id}.explain", text) if text else NOTHING

    def solved(self, question: Question) -> Label:
        """Return how a step asks whether it helped."""
        return self._of(question.id, "solved.text", question.solved) if question.solved else NOTHING

    def note(self, question_id: str, text: str) -> Label:
        """Return what a newer version says about a question that it asks no more."""
        return self._of(question_id, "note", text) if text else NOTHING

    def because(self, rule_id: str, text: str) -> Label:
        """Return the reason that a triage rule gives, or the emergency lane."""
        lane = self.questionnaire.emergency
        if rule_id == "emergency" and lane is not None:
            return self._of("emergency", "because" if lane.because else "label", text)
        return self._of(rule_id, "because", text)

    def part(self, question: Question, part: Part) -> Label:
        """Return a piece of a described answer: translated where it is the questionnaire's, else as it is."""
        return self._of(question.id, part.field, part.text) if part.field else Label(part.text)

    def _of(self, item_id: str, field: str, text: str) -> Label:
        return self.words(context_of(self.questionnaire.id, item_id, field), text)


def _tag(locale: str) -> str:
    return LANGUAGE_TAGS.get(locale, LANGUAGE_TAGS[SOURCE_LOCALE])
