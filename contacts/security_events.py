"""What allauth and Django tell when somebody logs in or changes how: written to the log, and other sessions ended."""

from typing import Any

from allauth.account import signals as account
from allauth.account.authentication import get_authentication_records
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_out
from django.dispatch import Signal
from django.http import HttpRequest

from .enums import ProofKind
from .models import Person
from .reachability.proofs import prove
from .security_log import log_event
from .session_actions import end_sessions

# Signals that are only logged, by the name of the event.
LOGGED: tuple[tuple[Signal, str], ...] = (
    (account.password_changed, "password_changed"),
    (account.password_set, "password_set"),
    (account.password_reset, "password_reset"),
    (account.login_code_rejected, "code_rejected"),
    (mfa.authentication_failed, "second_factor_failed"),
    (user_logged_out, "logged_out"),
)
# Those that also end the person's other sessions; the password is part of what a session is tied to.
ENDING: tuple[tuple[Signal, str], ...] = (
    (mfa.authenticator_added, "second_factor_on"),
    (mfa.authenticator_removed, "second_factor_off"),
    (mfa.authenticator_reset, "second_factor_changed"),
)


def listen() -> None:
    """Connect the functions below, once, when Django starts."""
    for signal, event in LOGGED:
        signal.connect(_logger(event), weak=False, dispatch_uid=f"contacts.{event}")
    for signal, event in ENDING:
        signal.connect(_ender(event), weak=False, dispatch_uid=f"contacts.{event}")
    account.user_logged_in.connect(_logged_in, dispatch_uid="contacts.logged_in")


def _logger(event: str) -> Any:
    def receive(*, request: HttpRequest, user: Person | None, **kwargs: Any) -> None:
        log_event(event, request, person=user)

    return receive


def _ender(event: str) -> Any:
    def receive(*, request: HttpRequest, user: Person, authenticator: Any, **kwargs: Any) -> None:
        log_event(event, request, person=user, type=str(authenticator.type))
        end_sessions(person=user, but=request)

    return receive


def _logged_in(*, request: HttpRequest, user: Person, **kwargs: Any) -> None:
    methods = [record["method"] for record in get_authentication_records(request, user)]
    log_event("logged_in", request, person=user, methods=methods)
    prove(user, ProofKind.LOG_IN)
