"""Secret links that need no log-in: the link of an organisation and the link of a participant.

A token is derived from SECRET_KEY and a random nonce, so that the link can be shown again although
only its hash is stored: a copy of the database alone gives nobody a working link.
"""

import base64
import hashlib
import hmac
import secrets
from enum import StrEnum

from django.conf import settings

TOKEN_BYTES = 18  # 144 bits, which is 24 characters in a link


class Purpose(StrEnum):
    """What a token is for. A token of one purpose is never valid for another."""

    ORGANISATION = "meetings.organisation"
    PARTICIPANT = "meetings.participant"


def new_nonce() -> str:
    """The random part of a new token, to be stored with the row (32 characters)."""
    return secrets.token_urlsafe(24)


def derive_token(purpose: Purpose, nonce: str) -> str:
    """The token that belongs to the nonce, made with the present SECRET_KEY."""
    return _derive(settings.SECRET_KEY, purpose, nonce)


def hash_token(token: str) -> str:
    """What is stored of a token (64 hexadecimal digits)."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def show_token(purpose: Purpose, nonce: str, token_hash: str) -> str:
    """The token whose hash was stored, also when SECRET_KEY has been changed since.

    The old key must then stand in SECRET_KEY_FALLBACKS; without it the link cannot be shown again
    and the token given back is one that nothing answers to.
    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    tokens = [_derive(key, purpose, nonce) for key in keys]
    return next((token for token in tokens if hash_token(token) == token_hash), tokens[0])


def _derive(key: str | bytes, purpose: Purpose, nonce: str) -> str:
    secret = key.encode() if isinstance(key, str) else key
    digest = hmac.new(secret, f"{purpose}|{nonce}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode()
