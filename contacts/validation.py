"""Validates names, addresses and other details of persons.

Each function returns the tidied value or raises ValidationError with a sentence for the user.
"""

import re

from django.core.exceptions import ValidationError

from outbox.addresses import MAX_ADDRESS, MAX_LOCAL_PART, AddressError, AddressTooLong, bare_address, normalise
from outbox.plain_text import one_line

from .models import Person

# A name that is a link would be an advert in the mails and lists where it is shown.
LINK = re.compile(r"https?:|www\.|://|@", re.IGNORECASE)


def clean_email(address: str) -> str:
    address = bare_address(address)
    if not address:
        raise ValidationError("E-postadressen saknas.")
    try:
        return normalise(address)
    except AddressTooLong as error:
        if len(address) > MAX_ADDRESS:
            raise ValidationError(f"E-postadressen är längre än {MAX_ADDRESS} tecken.") from error
        raise ValidationError(f"E-postadressen har mer än {MAX_LOCAL_PART} tecken före @.") from error
    except AddressError as error:
        raise ValidationError(f"{shown(address.lower())} är ingen giltig e-postadress.") from error


def clean_name(name: str) -> str:
    name = one_line(name)
    if not name:
        raise ValidationError("Namnet saknas.")
    if "<" in name or ">" in name:
        raise ValidationError("Tecknen < och > går inte att ha i ett namn.")
    if LINK.search(name):
        raise ValidationError("Namnet får inte innehålla en webb- eller e-postadress.")
    return _no_longer_than_the_field("name", "Namnet", name)


def clean_title(title: str) -> str:
    return _no_longer_than_the_field("title", "Titeln", one_line(title))


def clean_phone(phone: str) -> str:
    return _no_longer_than_the_field("phone", "Telefonnumret", one_line(phone))


def shown(value: str) -> str:
    """The value within quotation marks, shortened to fit in a message."""
    value = one_line(value)
    return f"”{value if len(value) <= 60 else value[:59] + '…'}”"


def _no_longer_than_the_field(field: str, label: str, value: str) -> str:
    longest = getattr(Person._meta.get_field(field), "max_length", None)
    if longest and len(value) > longest:
        raise ValidationError(f"{label} är längre än {longest} tecken.")
    return value
