"""Log-in by a code to the e-mail; nobody signs up on their own."""

from typing import Any, ClassVar

from allauth import app_settings as allauth_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.http import HttpRequest

from outbox.addresses import mailbox_of
from outbox.backends import CATEGORY_HEADER, SENSITIVE_HEADER, URGENT_HEADER
from outbox.links import absolute

from . import limits
from .clients import client_of
from .enums import MailCategory
from .models import Person
from .security_log import log_event
from .session_actions import record_log_in

# What a mail says of the person who asked for it, by the name of its template.
ASKED_FOR = {
    "account/email/login_code": "code_asked",
    "account/email/unknown_account": "unknown_address",
    "account/email/password_reset_key": "password_reset_asked",
}
# The mails that anybody can cause with somebody else's address, and their limits.
LIMITED_MAILS = {
    "account/email/login_code": limits.CODE_MAILS,
    "account/email/unknown_account": limits.OTHER_ACCOUNT_MAILS,
    "account/email/password_reset_key": limits.OTHER_ACCOUNT_MAILS,
}
# Steps of the log-in that are ours, by allauth's that they replace.
STAGES = {"allauth.mfa.stages.AuthenticateStage": "contacts.identity_provider.SecondFactorStage"}
# allauth's names of the errors that somebody sees who has tried too often.
LOCKED_OUT = ("too_many_login_attempts", "rate_limited")
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

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client's address as the proxies in front tell it. Raises PermissionDenied if they don't."""
        if allauth_settings.TRUSTED_PROXY_COUNT and not request.headers.get("X-Forwarded-For"):
            raise PermissionDenied("X-Forwarded-For is missing (TRUSTED_PROXY_COUNT)")
        return str(super().get_client_ip(request))

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

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        record_log_in(person=user, request=request)

    def get_login_stages(self) -> list[str]:
        stages: list[str] = super().get_login_stages()
        return [STAGES.get(stage, stage) for stage in stages]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """A second factor, for those who have one: a password alone must not turn it off."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"].startswith("mfa")] or methods

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try. It is counted by address and client together, so that nobody locks another out."""
        super().pre_authenticate(request, **credentials)
        if not limits.may_try_password(credentials.get("email", ""), client_of(request)):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        person = super().authenticate(request, **credentials)
        if person:
            limits.forgive_password(credentials.get("email", ""), client_of(request))
        return person

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of allauth's mails, but withhold what the mailbox has had too many of; the page answers the same."""
        limit = LIMITED_MAILS.get(template_prefix)
        if limit and not limit.allows(mailbox_of(email)):
            log_event("mail_withheld", allauth_context.request, person=_person_with(email))
            return
        super().send_mail(template_prefix, email, context)
        if event := ASKED_FOR.get(template_prefix):
            log_event(event, allauth_context.request, person=_person_with(email))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        log_event("log_in_failed", request, person=_person_with(credentials.get("email")))

    def validation_error(self, code: str, *args: Any, **kwargs: Any) -> Any:
        if code in LOCKED_OUT:
            log_event("locked_out", allauth_context.request)
        return super().validation_error(code, *args, **kwargs)


def _person_with(address: str | None) -> Person | None:
    return Person.objects.filter(email__iexact=address).first() if address else None


class MfaAdapter(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Koden stämmer inte. Vänta tills appen visar en ny kod och försök igen.",
    }
