"""E-mail addresses, and the normal form in which they are stored and compared."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from email.utils import parseaddr

import idna
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from .plain_text import one_line

# RFC 5321, 4.5.3.1: what a mail server must take. The whole is 256 with the angle brackets around it.
MAX_LOCAL_PART = 64  # characters before the @
MAX_ADDRESS = 254
# Characters of a wrong address that a message repeats.
SHOWN = 80
# Characters of a text that is looked at at all; an address in normal form may be shorter than it was typed.
MAX_TYPED = 1000
# From this likeness (difflib's ratio) a domain is taken for another one, mistyped: naka.se for nacka.se.
MISTYPED = 0.85

# Also without `localhost`, which Django lets through.
_validate = EmailValidator(allowlist=[])


# A top domain begins with a letter; a machine's number ends in a figure or, written as a literal, in a bracket.
_TOP = re.compile(r"\.[a-z][a-z0-9-]*\Z")


# A name, and the address in angle brackets after it.
_NAMED = re.compile(r"[^<>]*<([^<>]*)>[^<>@]*")


_IN_TEXT = re.compile(r"[^\s<>@:;,()]+@[^\s<>@:;,()]+")


class Address(str):
    """An address in normal form. Only `normalise` makes one; given one, it returns it unchanged."""


class AddressError(ValueError):
    """Text that is no e-mail address; the message says so in Swedish."""


class AddressTooLong(AddressError):
    """An address that no mail server takes: longer than MAX_ADDRESS, or than MAX_LOCAL_PART before the @."""


def normalise(address: str) -> Address:
    """The address in lower case, without spaces around it and with an ASCII domain (IDNA 2008).

    Its domain is a name with a dot, as every address has that a mail reaches from here: neither `localhost` nor the
    number of a machine. Raises AddressError for what is no address, and AddressTooLong for one that no mail
    server takes.
    """
    if isinstance(address, Address):
        return address
    typed = address.strip()
    if len(typed) > MAX_TYPED:
        raise _too_long(typed)
    local, _, domain = unicodedata.normalize("NFKC", typed).lower().rpartition("@")
    try:
        normal = f"{local}@{_ascii_domain(domain)}"
        _validate(normal)
    except (ValidationError, UnicodeError) as error:
        raise AddressError(f"”{typed[:SHOWN]}” är ingen e-postadress.") from error
    if not _TOP.search(normal):
        raise AddressError(f"”{typed[:SHOWN]}” är ingen e-postadress.")
    if len(local) > MAX_LOCAL_PART or len(normal) > MAX_ADDRESS:
        raise _too_long(typed)
    return Address(normal)


def _ascii_domain(domain: str) -> str:
    # Python's own codec is IDNA 2003, to which ß is ss: another domain, with another owner.
    return domain if domain.isascii() else idna.encode(domain).decode("ascii")


def _too_long(typed: str) -> AddressTooLong:
    shown = typed if len(typed) <= SHOWN else f"{typed[:SHOWN]}…"
    return AddressTooLong(f"”{shown}” är för lång för att vara en e-postadress.")


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


def bare_address(text: str) -> str:
    """The address in a text copied from a mail program: with a name, `mailto:`, quotes or invisible characters.

    Text that is written otherwise is given back as it is, whether it is an address or not.
    """
    line = one_line(text).strip(" ;,")  # as in a list of receivers
    named = _NAMED.fullmatch(line)
    address = (named[1] if named else line).strip(" '\"")
    # A link to write to somebody may go on with a subject.
    return address[len("mailto:") :].partition("?")[0] if address.lower().startswith("mailto:") else address


def masked(text: str) -> str:
    """The text, such as a server's reply, with … for each address in it: for the log, where no address stands."""
    return _IN_TEXT.sub("…", text)


def domain_of(address: str) -> str:
    """The part of an address after the @, in lower case."""
    return address.strip().lower().rpartition("@")[2]


def mailbox_of(address: str) -> str:
    """The mailbox that an address leads to in common mail programs: `a.berg+lumen@x.se` is `aberg@x.se`.

    To count by, not to send to: at some domains the two are different people.
    """
    local, _, domain = comparable(address).rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain}"


def belongs_to(address: str, domains: Iterable[str]) -> bool:
    """Whether the address's domain is one of the domains, or lies below one."""
    return any(f".{domain_of(address)}".endswith(f".{domain}") for domain in domains)


def mistyped_domain(address: str, domains: Iterable[str]) -> str:
    """The one of the domains that the address's domain resembles without belonging to any of them, or ""."""
    known = list(domains)
    if belongs_to(address, known):
        return ""
    return next(iter(get_close_matches(domain_of(address), known, n=1, cutoff=MISTYPED)), "")
