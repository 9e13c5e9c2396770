"""allauth's log-in forms with our labels, and without placeholders that repeat them."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.validators import validate_email

from contacts import limits
from contacts.clients import client_of
from gate.forms import ScreenedForm
from outbox.addresses import Address, AddressError, comparable, normalise

EMAIL_LABEL = "E-postadress"
APP_CODE_LABEL = "Kod från appen"
# A phone shows a keyboard of digits and suggests the code that just came.
CODE_ATTRS = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "account-code"}


def _reachable(address: str) -> Address:
    """The address in normal form, by which the person is looked for. Refuses one that no mail server takes."""
    try:
        return normalise(address)
    except AddressError as error:
        raise forms.ValidationError(validate_email.message, code="invalid") from error


class LabelledForm:
    """Gives the fields of an allauth form our labels, and takes away the placeholders that repeat them."""

    labels: ClassVar[dict[str, str]] = {}
    help_texts: ClassVar[dict[str, str]] = {}
    field_attrs: ClassVar[dict[str, dict[str, str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            field = self.fields[name]  # type: ignore[attr-defined]
            field.label, field.help_text = label, self.help_texts.get(name, field.help_text)
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.update(self.field_attrs.get(name, {}))


class LoginForm(LabelledForm, ScreenedForm, account.LoginForm):
    labels: ClassVar = {"login": EMAIL_LABEL, "password": "Lösenord", "remember": "Håll mig inloggad på den här datorn"}
    help_texts: ClassVar = {"password": ""}  # The page itself says how to log in without one.
    field_attrs: ClassVar = {"login": {"autocomplete": "username"}}

    def clean_login(self) -> str:
        return comparable(super().clean_login())


class RequestLoginCodeForm(LabelledForm, ScreenedForm, account.RequestLoginCodeForm):
    labels: ClassVar = {"email": EMAIL_LABEL}
    field_attrs: ClassVar = {"email": {"autocomplete": "email"}}

    def clean_email(self) -> str:
        self.cleaned_data["email"] = address = _reachable(self.cleaned_data["email"])
        if not limits.may_ask_for_code(address, client_of(context.request)):
            raise get_adapter().validation_error("too_many_login_attempts")
        return str(super().clean_email())


class ConfirmLoginCodeForm(LabelledForm, account.ConfirmLoginCodeForm):
    labels: ClassVar = {"code": "Kod"}
    field_attrs: ClassVar = {"code": CODE_ATTRS}


class AppCodeForm(LabelledForm):
    labels: ClassVar = {"code": APP_CODE_LABEL}
    field_attrs: ClassVar = {"code": CODE_ATTRS}


class LimitedCodeForm(AppCodeForm):
    """Counts the wrong codes of a person, from whatever client: who gets here has shown the first factor."""

    def clean_code(self) -> str:
        person = str(self.user.pk)  # type: ignore[attr-defined]
        if not limits.APP_CODES.allows(person):
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()  # type: ignore[misc]
        limits.APP_CODES.forgive(person)
        return code


class NewSessionKeyForm:
    """Gives the session another key when its holder has shown anew who they are, as a log-in does."""

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        if not self.errors:  # type: ignore[attr-defined]
            context.request.session.cycle_key()
        return cleaned


class AuthenticateForm(LimitedCodeForm, mfa.AuthenticateForm):
    help_texts: ClassVar = {"code": "Har du inte appen till hands? Skriv en av dina återställningskoder."}


class ReauthenticateForm(NewSessionKeyForm, LimitedCodeForm, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(AppCodeForm, totp.ActivateTOTPForm):
    def clean_code(self) -> str:
        """Accept the app's first code, which also confirms who is at the keyboard.

        Without that, the page with the recovery codes would at once ask for another code, and the
        one just used does not count twice.
        """
        code: str = super().clean_code()
        record_authentication(context.request, self.user, method="mfa", type="totp", reauthenticated=True)
        return code


class NewPasswordForm(LabelledForm):
    labels: ClassVar = {"password1": "Nytt lösenord", "password2": "Nytt lösenord en gång till"}


class ChangePasswordForm(NewPasswordForm, account.ChangePasswordForm):
    labels: ClassVar = {"oldpassword": "Nuvarande lösenord", **NewPasswordForm.labels}


class SetPasswordForm(NewPasswordForm, account.SetPasswordForm):
    pass


class ResetPasswordKeyForm(NewPasswordForm, account.ResetPasswordKeyForm):
    pass


class ResetPasswordForm(LabelledForm, ScreenedForm, account.ResetPasswordForm):
    labels: ClassVar = {"email": EMAIL_LABEL}
    field_attrs: ClassVar = {"email": {"autocomplete": "email"}}

    def clean_email(self) -> str:
        self.cleaned_data["email"] = _reachable(self.cleaned_data["email"])
        return str(super().clean_email())


class PasswordAgainForm(NewSessionKeyForm, LabelledForm, account.ReauthenticateForm):
    labels: ClassVar = {"password": "Lösenord"}
    help_texts: ClassVar = {"password": ""}
