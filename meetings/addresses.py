"""E-mail addresses in one form, so that the same mailbox is one participant."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email


class AddressError(ValueError):
    """Something that is no e-mail address; the message says so in Swedish."""


# RFC 5321, 4.5.3.1: what a mail server must take. The whole is 256 with the angle brackets around it.
MAX_LOCAL_PART = 64
MAX_ADDRESS = 254
# Characters of a wrong address that a message repeats.
SHOWN = 80


def normalise_address(address: str) -> str:
    """The address in lower case, without spaces around it and with an ASCII domain (IDNA).

    Raises AddressError for what is no address and for one that no mail server takes.
    """
    bare = unicodedata.normalize("NFKC", address).strip().lower()
    local, _, domain = bare.rpartition("@")
    try:
        normal = f"{local}@{domain.encode('idna').decode('ascii')}"
        validate_email(normal)
    except (ValidationError, UnicodeError) as error:
        raise AddressError(f"”{address.strip()[:SHOWN]}” är ingen e-postadress.") from error
    if len(local) > MAX_LOCAL_PART or len(normal) > MAX_ADDRESS:
        typed = address.strip()
        shown = typed if len(typed) <= SHOWN else f"{typed[:SHOWN]}…"
        raise AddressError(f"”{shown}” är för lång för att vara en e-postadress.")
    return normal
