"""What stops an upload."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from ..findings import Finding
from ..publishing.errors import Blocked
from ..wording import refusal


class BlockedFile(Blocked):
    """A file that must not be stored; the messages tell what is in it, where, and what to do."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        sentences = [
            "Filen kan inte laddas upp, för den innehåller uppgifter som inte får publiceras.",
            *refusal(self.findings),
            "Ta bort uppgifterna ur filen och ladda upp den igen.",
        ]
        ValidationError.__init__(self, sentences)
