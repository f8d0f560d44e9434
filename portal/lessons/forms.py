"""The form that settles what is to be written up."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from portal.core.errors import DomainError
from portal.lessons.models import LessonOutcome
from portal.ui.forms import PortalForm, clean


class LessonForm(PortalForm):
    """What becomes of what was learnt."""

    outcome = RadioField(
        _l("What becomes of it?"),
        choices=[
            SelectChoice(LessonOutcome.ARTICLE.value, _l("Write an article")),
            SelectChoice(LessonOutcome.COVERED.value, _l("An article says it already")),
            SelectChoice(LessonOutcome.NOTHING.value, _l("Nobody else would learn from it")),
        ],
        validators=[InputRequired(_l("Choose what becomes of it."))],
    )
    article = SelectField(_l("Which article"), validate_choice=False)
    reason = StringField(
        _l("Why nobody would learn from it"),
        filters=[clean],
        validators=[Length(max=500, message=_l("Keep it under 500 characters."))],
    )

    def refuse(self, error: DomainError) -> None:
        """Say beside a field what is missing."""
        if error.code == "no-article":
            self.article.errors = [_("Choose the article that says it.")]
        elif error.code == "no-reason":
            self.reason.errors = [_("Say why, so that nobody asks again.")]
        else:
            self.outcome.errors = [_("A colleague has settled this meanwhile.")]
