"""Log-in by a code to the e-mail; nobody signs up on their own."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest

from outbox.backends import CATEGORY_HEADER, SENSITIVE_HEADER, URGENT_HEADER
from outbox.links import absolute

from .enums import MailCategory

# Urgent, since the user waits for these mails; sensitive, since whoever reads them can log in.
MAIL_HEADERS = {URGENT_HEADER: "yes", SENSITIVE_HEADER: "yes", CATEGORY_HEADER: MailCategory.ACCOUNT.value}


class AccountAdapter(DefaultAccountAdapter):
    # Messages that say what went wrong and what to do, where allauth's translations say less.
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "E-postadressen eller lösenordet stämmer inte.",
        "incorrect_code": "Koden stämmer inte. Kontrollera siffrorna, eller be om en ny kod.",
        "incorrect_password": "Lösenordet stämmer inte.",
        "enter_current_password": "Det nuvarande lösenordet stämmer inte.",
        "too_many_login_attempts": "Det har blivit för många försök. Vänta en stund och försök igen.",
        "rate_limited": "Det har blivit för många försök. Vänta en stund och försök igen.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody can sign up, since editors enter all persons."""
        return False

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        return super().render_mail(template_prefix, email, context, {**MAIL_HEADERS, **(headers or {})})

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of the mail, from the fixed address rather than the request's Host header."""
        uid, _, token = key.partition("-")
        return absolute("account_reset_password_from_key", uid, token)


class MfaAdapter(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Koden stämmer inte. Vänta tills appen visar en ny kod och försök igen.",
    }
