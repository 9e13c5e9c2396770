"""What stops a publication."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from screening.findings import Finding
from screening.wording import refusal


class Blocked(ValidationError):
    """Something that must never be public was about to become so. `messages` say what, where and what to do.

    A ValidationError, so that forms show it as any other fault.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(refusal(self.findings))
