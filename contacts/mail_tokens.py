"""The tokens of the unsubscribe links in the headers of mail-outs (RFC 8058)."""

from django.core.signing import BadSignature, Signer


def _signer() -> Signer:
    # The salt: a token of another kind, signed with the same key, is never valid here.
    # The full stop needs no escaping in an address.
    return Signer(salt="contacts.stop_mail", sep=".")


def sign_role(pk: int) -> str:
    """The token of a role: its id and a signature, valid as long as the key is SECRET_KEY or a fallback of it."""
    return _signer().sign(str(pk))


def read_role(token: str) -> int | None:
    """The id of the role that the token was made for, or None for anything else."""
    try:
        return int(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
