"""The forms of log-in, in our words: a label says it all, so no placeholder repeats it."""

from typing import Any

from allauth.account import forms as account
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.validators import validate_email

from gate.writing.forms import ScreenedForm

EMAIL_LABEL = "E-postadress"
APP_CODE_LABEL = "Kod från appen"
# A phone shows digits and offers the code that just came.
CODE_ATTRS = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "account-code"}


# The longest address, and the longest part before the @, that a mail server takes (RFC 5321).
LONGEST_ADDRESS, LONGEST_LOCAL_PART = 254, 64


def dress(field: forms.Field, *, label: str, **attrs: str) -> None:
    """Give an allauth field our label and attributes, and take its placeholder away."""
    field.label = label
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class LoginForm(ScreenedForm, account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["login"], label=EMAIL_LABEL, autocomplete="username")
        dress(self.fields["password"], label="Lösenord")
        self.fields["password"].help_text = ""  # The page says what to do without it.
        dress(self.fields["remember"], label="Håll mig inloggad på den här datorn")


class RequestLoginCodeForm(ScreenedForm, account.RequestLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["email"], label=EMAIL_LABEL, autocomplete="email")

    def clean_email(self) -> str:
        """Refuse what no mail server takes before a mail is queued to it."""
        address = self.cleaned_data["email"]
        if len(address) > LONGEST_ADDRESS or len(address.rpartition("@")[0]) > LONGEST_LOCAL_PART:
            raise forms.ValidationError(validate_email.message, code="invalid")
        return str(super().clean_email())


class ConfirmLoginCodeForm(account.ConfirmLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["code"], label="Kod", **CODE_ATTRS)


class AuthenticateForm(mfa.AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["code"], label=APP_CODE_LABEL, **CODE_ATTRS)
        self.fields["code"].help_text = "Har du inte appen till hands? Skriv en av dina återställningskoder."


class ReauthenticateForm(mfa.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["code"], label=APP_CODE_LABEL, **CODE_ATTRS)


class ActivateTOTPForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["code"], label=APP_CODE_LABEL, **CODE_ATTRS)

    def clean_code(self) -> str:
        """Accept the app's first code, which also confirms who is at the keyboard.

        Without that, the page with the recovery codes would at once ask for another code, and the
        one just used does not count twice.
        """
        code: str = super().clean_code()
        record_authentication(context.request, self.user, method="mfa", type="totp", reauthenticated=True)
        return code


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["oldpassword"], label="Nuvarande lösenord")
        dress(self.fields["password1"], label="Nytt lösenord")
        dress(self.fields["password2"], label="Nytt lösenord en gång till")


class SetPasswordForm(account.SetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["password1"], label="Nytt lösenord")
        dress(self.fields["password2"], label="Nytt lösenord en gång till")


class ResetPasswordForm(ScreenedForm, account.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["email"], label=EMAIL_LABEL, autocomplete="email")


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["password1"], label="Nytt lösenord")
        dress(self.fields["password2"], label="Nytt lösenord en gång till")


class PasswordAgainForm(account.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self.fields["password"], label="Lösenord")
        self.fields["password"].help_text = ""
