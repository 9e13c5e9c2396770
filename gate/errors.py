"""What is raised when something must not be saved or published."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from screening.descriptions import located, refusal
from screening.findings import BLOCKING, Finding

FILE_NAME = "Filens namn"  # where a finding is that is not in the content
MOST_PLACES = 10  # of a file, in a refusal; who sees these looks for the rest


class Blocked(ValidationError):
    """Something that must never be public was about to become so. `messages` say what, where and what to do.

    A ValidationError, so that forms show it as any other fault.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.sentences())

    def sentences(self) -> list[str]:
        return refusal(self.findings)


class BlockedFile(Blocked):
    """A file that must not be stored, because of its content or its name."""

    def sentences(self) -> list[str]:
        found = list(dict.fromkeys(located(finding) for finding in self.findings if finding.kind in BLOCKING))
        what, to_do = "den", "Ta bort uppgifterna ur filen och ladda upp den igen."
        if all(finding.where.startswith(FILE_NAME) for finding in self.findings):
            what, to_do = "dess namn", "Byt namn på filen och ladda upp den igen."
        more = [f"Det finns {len(found) - MOST_PLACES} ställen till."] if len(found) > MOST_PLACES else []
        return [
            f"Filen kan inte laddas upp, för {what} innehåller uppgifter som inte får publiceras.",
            *found[:MOST_PLACES],
            *more,
            to_do,
        ]
