"""What stops an upload."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from screening.findings import BLOCKING, Finding

from ..publishing.errors import Blocked
from .wording import places

SHOWN = 10  # findings; who sees these looks for the rest
NAME = "Filens namn"  # where a finding is that is not in the content
RENAME = "Byt namn på filen och ladda upp den igen."
REMOVE = "Ta bort uppgifterna ur filen och ladda upp den igen."


class BlockedFile(Blocked):
    """A file that must not be stored; the messages tell what is in it, where, and what to do."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        found = places(tuple(finding for finding in self.findings if finding.kind in BLOCKING))
        in_name = all(finding.where.startswith(NAME) for finding in self.findings)
        what, to_do = ("dess namn", RENAME) if in_name else ("den", REMOVE)
        more = f"Det finns {len(found) - SHOWN} ställen till." if len(found) > SHOWN else ""
        sentences = [
            f"Filen kan inte laddas upp, för {what} innehåller uppgifter som inte får publiceras.",
            *found[:SHOWN],
            *filter(None, [more]),
            to_do,
        ]
        ValidationError.__init__(self, sentences)
