"""Persons who log in: with a second factor, and what they write to show it."""

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from contacts.models import Person

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "ett-langt-losenord-1"


def app_code(secret: str = SECRET) -> str:
    """The code that an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def give_second_factor(person: Person) -> None:
    """Turn on the second factor of the account, without a session that has shown it."""
    TOTP.activate(person, SECRET)


def give_password(person: Person) -> None:
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])


def log_in_with_second_factor(client: Client, person: Person) -> None:
    """Log in as allauth does for somebody who gives the password and then the app's code."""
    if not person.check_password(PASSWORD):
        give_password(person)
    give_second_factor(person)
    client.post("/konto/login/", {"login": person.email, "password": PASSWORD})
    answer = client.post("/konto/2fa/authenticate/", {"code": app_code()})
    assert answer.status_code == 302
    assert "_auth_user_id" in client.session
