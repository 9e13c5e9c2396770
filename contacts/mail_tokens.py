"""The tokens of links in mails: the number of a row and a signature, valid while the key is one of ours."""

from django.core.signing import BadSignature, Signer


class Tokens:
    """The tokens of one kind of rows. Those of another kind, signed with the same key, are never valid here."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def sign(self, pk: int) -> str:
        return self._signer().sign(str(pk))

    def read(self, token: str) -> int | None:
        """The number of the row that the token was made for, or None for anything else."""
        try:
            return int(self._signer().unsign(token))
        except (BadSignature, ValueError):
            return None

    def _signer(self) -> Signer:
        # The full stop needs no escaping in an address.
        return Signer(salt=f"contacts.{self._kind}", sep=".")


STOP_MAIL = Tokens("stop_mail")  # of a role: the unsubscribe link in the headers of mail-outs (RFC 8058)
NOMINATION = Tokens("nomination")
INQUIRY = Tokens("inquiry")
