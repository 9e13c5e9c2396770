"""E-mail addresses in one form, so that the same mailbox is one participant."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email


class AddressError(ValueError):
    """Something that is no e-mail address; the message says so in Swedish."""


def normalise_address(address: str) -> str:
    """The address in lower case, without spaces around it and with an ASCII domain (IDNA).

    Raises AddressError for what is no address.
    """
    bare = unicodedata.normalize("NFKC", address).strip().lower()
    local, _, domain = bare.rpartition("@")
    try:
        normal = f"{local}@{domain.encode('idna').decode('ascii')}"
        validate_email(normal)
    except (ValidationError, UnicodeError) as error:
        raise AddressError(f"”{address.strip()[:80]}” är ingen e-postadress.") from error
    return normal
