"""The forms of articles."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import InputRequired, Length, ValidationError

from portal.core.errors import DomainError
from portal.knowledge.models import ArticleText
from portal.knowledge.services import About, Step, Written
from portal.ui.forms import OnceForm, PortalForm, clean

MOST_STEPS = 12
_BLANK = 2
_LONG = Length(max=20_000, message=_l("Keep it under 20,000 characters."))
_SHORT = Length(max=500, message=_l("Keep it under 500 characters."))


class AboutForm(OnceForm):
    """What an article is about."""

    about = SelectField(_l("What is it about?"), validate_choice=False)

    def validate_about(self, field: Field) -> None:
        """Take what there is."""
        if field.data not in dict(self.about.choices):
            raise ValidationError(_("Choose what it is about."))

    def value(self) -> About:
        """Return what was chosen."""
        return About(*str(self.about.data).split(":"))


class TextForm(PortalForm):
    """An article in one language; steps that are left empty are left out."""

    title = StringField(
        _l("The question, as a customer would ask it"),
        filters=[clean],
        validators=[
            InputRequired(_l("Write the question.")),
            Length(max=200, message=_l("Keep it under 200 characters.")),
        ],
    )
    problem = TextAreaField(_l("How one notices it"), filters=[clean], validators=[_LONG])
    pitfalls = TextAreaField(
        _l("What to look out for"),
        filters=[clean],
        description=_l("What often goes wrong on the way."),
        validators=[_LONG],
    )

    def rows(self) -> list[tuple[int, Field, Field, Field]]:
        """Return the steps that are written, and two to go on with."""
        every = list(self._rows())
        last = max((number for number, *fields in every if any(each.data or each.errors for each in fields)), default=0)
        return every[: min(last + _BLANK, MOST_STEPS)]

    def show(self, text: ArticleText | None) -> None:
        """Begin with what was written before."""
        if text is None:
            return
        self.title.data, self.problem.data, self.pitfalls.data = text.title, text.problem, text.pitfalls
        for (_number, do, see, if_not), step in zip(self._rows(), text.steps, strict=False):
            do.data, see.data, if_not.data = step["do"], step["see"], step["if_not"]

    def check_steps(self) -> bool:
        """Whether each step says what to do and what one should see; says beside the field what is missing."""
        for _number, do, see, if_not in self._rows():
            if do.data and not see.data:
                see.errors = [_("Write what one should see, so that nobody has to guess whether it worked.")]
            if not do.data and (see.data or if_not.data):
                do.errors = [_("Write what to do in this step.")]
        return not any(field.errors for _number, *fields in self._rows() for field in fields)

    def written(self) -> Written:
        """Return what was written."""
        steps = [Step(do.data, see.data, if_not.data) for _number, do, see, if_not in self._rows() if do.data]
        return Written(self.title.data, self.problem.data, steps, self.pitfalls.data)

    def _rows(self) -> Iterator[tuple[int, Field, Field, Field]]:
        for number in range(1, MOST_STEPS + 1):
            yield number, self[f"do_{number}"], self[f"see_{number}"], self[f"if_not_{number}"]


def _add_steps() -> None:
    """Give the form its steps, which are alike."""
    for number in range(1, MOST_STEPS + 1):
        for name, label in (("do", _l("Do")), ("see", _l("You should see")), ("if_not", _l("If not"))):
            field: Any = StringField(label, filters=[clean], validators=[_SHORT])
            setattr(TextForm, f"{name}_{number}", field)


_add_steps()


class ReviewForm(PortalForm):
    """Until when what an article says can be relied on."""

    review_on = DateField(
        _l("To be looked over by"), validators=[InputRequired(_l("Enter the day by which it is looked over again."))]
    )

    def check(self, today: date) -> bool:
        """Whether the day is still to come, within three years."""
        if self.review_on.data is None or not 0 < (self.review_on.data - today).days <= 3 * 366:
            self.review_on.errors = [_("Enter a day that is still to come, within three years.")]
        return not self.review_on.errors

    def refuse(self, error: DomainError) -> None:
        """Say what keeps it from being published."""
        words = {
            "own-draft": _("You wrote it last. Ask a colleague to read and publish it."),
            "nothing-to-publish": _("There is nothing new to publish. Write a title and at least one step first."),
            "not-published": _("It is not published. Publish it first."),
        }
        self.review_on.errors = [words[error.code]]


class RecallForm(PortalForm):
    """Why an article is taken back."""

    reason = TextAreaField(
        _l("Why it is wrong"),
        filters=[clean],
        description=_l("Whoever comes back to the article reads this."),
        validators=[InputRequired(_l("Write what is wrong, so that nobody follows it any more.")), _SHORT],
    )
