"""E-mail addresses, and the normal form in which they are stored and compared."""

import unicodedata
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

# RFC 5321, 4.5.3.1: what a mail server must take. The whole is 256 with the angle brackets around it.
MAX_LOCAL_PART = 64  # characters before the @
MAX_ADDRESS = 254
# Characters of a wrong address that a message repeats.
SHOWN = 80


class Address(str):
    """An address in normal form. Only `normalise` makes one; given one, it returns it unchanged."""


class AddressError(ValueError):
    """Text that is no e-mail address; the message says so in Swedish."""


class AddressTooLong(AddressError):
    """An address that no mail server takes: longer than MAX_ADDRESS, or than MAX_LOCAL_PART before the @."""


def normalise(address: str) -> Address:
    """The address in lower case, without spaces around it and with an ASCII domain (IDNA).

    Raises AddressError for what is no address, and AddressTooLong for one that no mail server takes.
    """
    if isinstance(address, Address):
        return address
    typed = address.strip()
    local, _, domain = unicodedata.normalize("NFKC", typed).lower().rpartition("@")
    try:
        normal = f"{local}@{domain.encode('idna').decode('ascii')}"
        validate_email(normal)
    except (ValidationError, UnicodeError) as error:
        raise AddressError(f"”{typed[:SHOWN]}” är ingen e-postadress.") from error
    if len(local) > MAX_LOCAL_PART or len(normal) > MAX_ADDRESS:
        shown = typed if len(typed) <= SHOWN else f"{typed[:SHOWN]}…"
        raise AddressTooLong(f"”{shown}” är för lång för att vara en e-postadress.")
    return Address(normal)


def comparable(address: str) -> str:
    """The address in normal form; text that is no address, in lower case and without spaces around it."""
    try:
        return normalise(address)
    except AddressError:
        return address.strip().lower()


def without_name(receiver: str) -> str:
    """The address of a receiver who may be written with a display name, as in `Anna <anna@nacka.se>`.

    Raises AddressError for what would break a mail's header.
    """
    if any(character in receiver for character in "\r\n\0"):
        raise AddressError("En adress får inte ha radbrytningar.")
    return parseaddr(receiver)[1] if "<" in receiver else receiver


def domain_of(address: str) -> str:
    """The part of an address after the @, in lower case."""
    return address.strip().lower().rpartition("@")[2]
