"""An envelope address of its own for each mail (VERP), so that whatever comes back to it is about that mail.

Such as `studs+17.4f3c…@lumen.example`: the mail's number, and a keyed hash that nobody else can make.
"""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from .addresses import MAX_LOCAL_PART
from .models import OutgoingMail

HASH_LENGTH = 16  # hexadecimal digits: 64 bits
ADDRESS = re.compile(rf"\+(\d{{1,18}})\.([0-9a-f]{{{HASH_LENGTH}}})@", re.IGNORECASE)
# Addresses in one message that are tried.
MOST_TRIED = 20


def envelope_address(mail: OutgoingMail, address: str) -> str:
    """The mail's own form of `address`; that address itself when the form would be too long."""
    local, _, domain = address.rpartition("@")
    own = f"{local}+{mail.pk}.{_hash(mail, settings.SECRET_KEY)}"
    return f"{own}@{domain}" if len(own) <= MAX_LOCAL_PART else address


def find_by_envelope_address(text: str) -> OutgoingMail | None:
    """The mail whose envelope address stands in the text; None for one that we have not made, or that is altered."""
    for number, given in ADDRESS.findall(text)[:MOST_TRIED]:
        mail = OutgoingMail.objects.filter(pk=int(number)).defer("message", "text").first()
        if mail and any(constant_time_compare(_hash(mail, key), given.lower()) for key in _keys()):
            return mail
    return None


def _keys() -> list[str]:
    return [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]


def _hash(mail: OutgoingMail, key: str) -> str:
    # With its Message-ID, since a restored database may give the number to another mail.
    told = f"{mail.pk} {mail.message_id}"
    return salted_hmac("outbox.verp", told, secret=key, algorithm="sha256").hexdigest()[:HASH_LENGTH]
