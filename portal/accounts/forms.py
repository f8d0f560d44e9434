"""The forms of signing in, invitations and a person's own settings."""

from flask_babel import lazy_gettext as _
from wtforms import EmailField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, ValidationError

from portal.accounts import passwords
from portal.core.actor import Role, SeeScope
from portal.ui.forms import OnceForm, PortalForm, clean

_AGAIN = _("Enter the two passwords alike, so that no slip locks you out.")


class SignInForm(PortalForm):
    """Who, and the password."""

    identifier = StringField(
        _("E-mail, phone or user name"),
        filters=[clean],
        validators=[InputRequired(_("Enter your e-mail, phone number or user name.")), Length(max=254)],
    )
    password = PasswordField(_("Password"), validators=[InputRequired(_("Enter your password."))])

    def refuse(self) -> None:
        """Say that the two don't belong together, without telling which one is known."""
        self.password.errors = [
            _("This password does not belong to that name. Check both, or have a code sent to your e-mail.")
        ]


class AskCodeForm(PortalForm):
    """Where a code is to be sent."""

    identifier = StringField(
        _("Work e-mail"),
        filters=[clean],
        validators=[InputRequired(_("Enter the e-mail address that your organisation has given us.")), Length(max=254)],
    )


class CodeForm(PortalForm):
    """The code from the e-mail."""

    code = StringField(
        _("Code from the e-mail"),
        filters=[clean],
        validators=[InputRequired(_("Enter the six digits from the e-mail."))],
    )

    def refuse(self) -> None:
        """Say that the code is not the one that counts."""
        self.code.errors = [
            _("This is not the code from our last e-mail, or it is over 15 minutes old. Have a new one sent.")
        ]


class NewPasswordForm(PortalForm):
    """A new password, twice."""

    password = PasswordField(
        _("New password"),
        description=_("At least 10 characters. Three or four words that only you would put together are good."),
        validators=[InputRequired(_("Choose a password."))],
    )
    again = PasswordField(_("The same again"), validators=[InputRequired(_AGAIN)])

    def validate_password(self, field: PasswordField) -> None:
        """Take long passwords only."""
        if not passwords.is_long_enough(field.data):
            raise ValidationError(_("Choose a longer password: at least 10 characters."))

    def validate_again(self, field: PasswordField) -> None:
        """Both must be alike."""
        if field.data != self.password.data:
            raise ValidationError(_AGAIN)


class AcceptInvitationForm(NewPasswordForm):
    """Who the invited person is."""

    name = StringField(
        _("Your name"),
        filters=[clean],
        validators=[InputRequired(_("Enter your name, as colleagues call you.")), Length(max=120)],
    )


class ChangePasswordForm(NewPasswordForm):
    """The old password and a new one."""

    current = PasswordField(_("Password until now"), validators=[InputRequired(_("Enter the password you use now."))])

    def refuse_current(self) -> None:
        """Say that the old password is another one."""
        self.current.errors = [_("This is not the password you use now. Check it and enter it again.")]

    def changed(self) -> str:
        """Say what has happened."""
        return str(_("Your password is changed, and you are signed out everywhere. Sign in with the new one."))


class InvitationForm(PortalForm):
    """Whom to invite, and what they may do."""

    name = StringField(_("Name"), filters=[clean], validators=[InputRequired(_("Enter the name.")), Length(max=120)])
    email = EmailField(
        _("E-mail"),
        filters=[clean],
        validators=[
            InputRequired(_("Enter the e-mail address.")),
            Email(_("Enter an e-mail address like name@hospital.example.")),
            Length(max=254),
        ],
    )
    role = RadioField(
        _("What may they do?"),
        choices=[
            SelectChoice(Role.CONTACT.value, _("Report problems and follow them")),
            SelectChoice(Role.MANAGER.value, _("Also manage people and installations")),
        ],
        default=Role.CONTACT.value,
        validators=[InputRequired(_("Choose what they may do."))],
    )

    def refuse_known(self) -> None:
        """Say that the address can't be invited."""
        self.email.errors = [_("Somebody with this address can sign in already. Enter another address.")]

    def sent(self) -> str:
        """Say what has happened."""
        return str(_("The invitation to %(email)s is on its way. It works once, for 7 days.", email=self.email.data))


class ContactForm(OnceForm):
    """What a colleague may do, and which problems they see."""

    role = RadioField(
        _("What may they do?"),
        choices=[
            SelectChoice(Role.CONTACT.value, _("Report problems and follow them")),
            SelectChoice(Role.MANAGER.value, _("Also manage people and installations")),
        ],
        validators=[InputRequired(_("Choose what they may do."))],
    )
    see_scope = RadioField(
        _("Which problems do they see?"),
        choices=[
            SelectChoice(SeeScope.OWN.value, _("Their own, and what is shared with them")),
            SelectChoice(SeeScope.ORGANISATION.value, _("All problems of the organisation")),
        ],
        validators=[InputRequired(_("Choose which problems they see."))],
    )

    def refuse_last_manager(self) -> None:
        """Say that somebody must go on managing."""
        self.role.errors = [
            _("Somebody has to manage people and installations. Let a colleague manage first, then change this.")
        ]


class InstallationForm(OnceForm):
    """What an organisation runs, in which version, and where."""

    product = SelectField(_("Product"), validators=[InputRequired(_("Choose the product."))], validate_choice=False)
    version = StringField(
        _("Version"),
        filters=[clean],
        description=_("As the screen shows it, for example 5.6.2. Leave it empty if nobody knows it."),
        validators=[Length(max=60, message=_("Keep it under 60 characters."))],
    )
    site = StringField(
        _("Where"),
        filters=[clean],
        description=_("For example a building or a department."),
        validators=[Length(max=160, message=_("Keep it under 160 characters."))],
    )

    def validate_product(self, field: SelectField) -> None:
        """Take what there is."""
        if field.data not in dict(self.product.choices):
            raise ValidationError(_("Choose the product."))
