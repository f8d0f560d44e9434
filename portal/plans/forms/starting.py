"""Starting a plan: which one, whether it is real, and what customers read at once."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField

from portal.core.errors import DomainError
from portal.core.i18n import LOCALES
from portal.plans.forms.texts import TextsForm, are_holding_words, holding_words, paragraph
from portal.plans.forms.words import cut, refusal
from portal.plans.models import Mode

LINKED, SEPARATE = "linked", "separate"
"""What becomes of a ticket while the plan runs for another one of the same organisation."""


class StartForm(TextsForm):
    """Which plan is started, for real or as a drill, and what customers read at once."""

    plan = SelectField(_l("Plan"), choices=[], validate_choice=False)
    mode = SelectField(_l("Is it real?"), choices=[], validate_choice=False)
    reference = StringField(_l("Ticket"), filters=[cut])
    nearby = HiddenField(filters=[cut])
    """What to do where the plan runs for another ticket of the same organisation; nothing until it was asked."""
    words = paragraph(_l("What the customer reads at once"), _l("Write what the customer reads at once."))

    def offer(self, plans: Sequence[tuple[UUID, str]]) -> None:
        """Fill in which plans there are."""
        self.plan.choices = [(str(each), name) for each, name in plans]
        self.mode.choices = [
            (Mode.CLOSED.value, _l("A closed drill: nobody outside hears of it")),
            (Mode.JOINT.value, _l("A joint drill: reaches contacts who said that they take part")),
            (Mode.REAL.value, _l("It is real")),
        ]

    def propose(self, locale: str, others: Collection[str] = ()) -> None:
        """Propose what is read at once, in the language of whoever reads it, and in those of others who do, too."""
        self.words.data = holding_words(locale)
        for each in others:
            self[f"words_{each}"].data = holding_words(each)

    @property
    def in_other(self) -> Mapping[str, str]:
        """What is read in other languages; what we proposed and nobody changed is read by each in their own."""
        proposed = {each: holding_words(each) for each in LOCALES} if are_holding_words(self.words.data) else {}
        return {**proposed, **super().in_other}

    def check(self) -> bool:
        """Whether a plan and a mode were chosen of those that there are."""
        if self.plan.data not in {value for value, _name in self.plan.choices}:
            self.plan.errors = [_("Choose a plan.")]
        if self.mode.data not in set(Mode):
            self.mode.errors = [_("Say whether it is real.")]
        return not (self.plan.errors or self.mode.errors)

    def refuse(self, error: DomainError) -> None:
        """Say beside a field what the rules refused."""
        field = self.words if error.code in ("needs-words", "same-as-last") else self.reference
        field.errors = [refusal(error)]
