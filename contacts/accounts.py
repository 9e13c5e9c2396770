"""Log-in by a code to the e-mail; nobody signs up on their own."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest

from outbox.backends import CATEGORY_HEADER, SENSITIVE_HEADER, URGENT_HEADER

# Somebody waits at the screen for these mails, and whoever reads them may log in.
MAIL_HEADERS = {URGENT_HEADER: "yes", SENSITIVE_HEADER: "yes", CATEGORY_HEADER: "konto"}


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Persons are entered by editors."""
        return False

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        return super().render_mail(template_prefix, email, context, {**MAIL_HEADERS, **(headers or {})})
