"""What somebody has just registered with, sealed into the address of the thank-you page.

The page shows the address that was typed, and leads back to a form that is filled in. Nothing is stored for it, no
cookie is set and no log can tell whose it was: the seal is encrypted, not only signed, and opens for an hour.
"""

import base64
import hashlib
import json
from dataclasses import asdict

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from .models import Details

LIFETIME = 3600  # seconds
SALT = b"meetings.receipts|"


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(SALT + str(key).encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def seal(address: str, details: Details) -> str:
    """The receipt of a registration, to be put in an address."""
    return _box().encrypt(json.dumps({"email": address, **asdict(details)}).encode()).decode()


def unseal(receipt: str) -> dict[str, str]:
    """The fields of the form that the receipt was made of; none for one that is too old or not ours."""
    try:
        fields: dict[str, str] = json.loads(_box().decrypt(receipt.encode(), ttl=LIFETIME))
    except InvalidToken:
        return {}
    return fields
