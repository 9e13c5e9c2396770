"""What stops an upload."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from ..findings import Finding
from ..publishing.errors import Blocked
from ..wording import refusal

SHOWN = 10  # findings; who sees these looks for the rest


class BlockedFile(Blocked):
    """A file that must not be stored; the messages tell what is in it, where, and what to do."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        found = refusal(self.findings)
        more = f"Det finns {len(found) - SHOWN} ställen till." if len(found) > SHOWN else ""
        sentences = [
            "Filen kan inte laddas upp, för den innehåller uppgifter som inte får publiceras.",
            *(capfirst(sentence) for sentence in found[:SHOWN]),
            *filter(None, [more]),
            "Ta bort uppgifterna ur filen och ladda upp den igen.",
        ]
        ValidationError.__init__(self, sentences)
