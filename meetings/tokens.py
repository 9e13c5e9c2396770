"""Secret links that need no log-in: the link of an organisation and the link of a participant.

A token is derived from SECRET_KEY and a random nonce, so that the link can be shown again although
only its hash is stored: a copy of the database alone gives nobody a working link.
"""

import base64
import hashlib
import hmac
import secrets
from enum import StrEnum
from typing import Protocol

from django.conf import settings

TOKEN_BYTES = 18  # 144 bits, which is 24 characters in a link


class Purpose(StrEnum):
    """What a token is for. A token of one purpose is never valid for another."""

    ORGANISATION = "meetings.organisation"
    PARTICIPANT = "meetings.participant"


def new_nonce() -> str:
    """The random part of a new token, to be stored with the row (32 characters)."""
    return secrets.token_urlsafe(24)


def derive_token(purpose: Purpose, nonce: str, key: str | bytes | None = None) -> str:
    """The token that belongs to the nonce, made with the key (SECRET_KEY by default)."""
    key = settings.SECRET_KEY if key is None else key
    secret = key.encode() if isinstance(key, str) else key
    digest = hmac.new(secret, f"{purpose}|{nonce}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode()


def hash_token(token: str) -> str:
    """Hashes a token for storage (64 hexadecimal digits)."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def new_token_fields(purpose: Purpose) -> dict[str, str]:
    """The fields of a new row with a link: the nonce, and the hash of the token that belongs to it."""
    nonce = new_nonce()
    return {"nonce": nonce, "token_hash": hash_token(derive_token(purpose, nonce))}


class HasToken(Protocol):
    """A row with a secret link."""

    nonce: str
    token_hash: str


def show_token(purpose: Purpose, row: HasToken) -> str:
    """The token whose hash the row stores, also when SECRET_KEY has been changed since.

    The old key must then be in SECRET_KEY_FALLBACKS; without it the link cannot be shown again and the
    returned token is not valid.
    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    tokens = [derive_token(purpose, row.nonce, key) for key in keys]
    return next((token for token in tokens if hash_token(token) == row.token_hash), tokens[0])
