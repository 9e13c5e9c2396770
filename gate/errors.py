"""Errors raised when something must not be saved or published."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html

from screening.descriptions import describe_without_advice, refusal
from screening.findings import BLOCKING, Finding

FILE_NAME = "Filens namn"  # the place of a finding in the file's name
MOST_PLACES = 10  # that a refusal of a file lists; whoever sees these can look for the rest


class Blocked(ValidationError):
    """Raised when something that must never be public would become so. `messages` say what, where and what to do.

    A ValidationError, so that forms show it like any other error.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.sentences())

    def sentences(self) -> list[str]:
        return refusal(self.findings)


class BlockedFile(Blocked):
    """Raised when a file must not be stored, because of its content or its name.

    `screening` is the id of the content's screening, where two persons may say that the stop is wrong.
    """

    def __init__(self, findings: Iterable[Finding], screening: int | None = None) -> None:
        self.screening = screening
        super().__init__(findings)

    def sentences(self) -> list[str]:
        found = list(
            dict.fromkeys(describe_without_advice(finding) for finding in self.findings if finding.kind in BLOCKING)
        )
        what, to_do = "den", "Ta bort uppgifterna ur filen och ladda upp den igen."
        if all(finding.where.startswith(FILE_NAME) for finding in self.findings):
            what, to_do = "dess namn", "Byt namn på filen och ladda upp den igen."
        more = [f"Det finns {len(found) - MOST_PLACES} ställen till."] if len(found) > MOST_PLACES else []
        return [
            f"Filen kan inte laddas upp, för {what} innehåller uppgifter som inte får publiceras.",
            *found[:MOST_PLACES],
            *more,
            to_do,
            *self._if_it_is_wrong(),
        ]

    def _if_it_is_wrong(self) -> list[str]:
        if self.screening is None:
            return []
        address = reverse("gate_file", args=[self.screening])
        return [format_html('Är stoppet fel? <a href="{}">Se granskningen</a>', address)]
