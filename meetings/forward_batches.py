"""The outbox batch of the mails in which one contact person has forwarded one invitation, such as `forward:17:4`."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class ForwardBatch:
    """Which organisation's invitation was forwarded, and by which person (their numbers)."""

    invited: int
    by: int

    def __str__(self) -> str:
        return f"{self.of_invitation(self.invited)}{self.by}"

    @staticmethod
    def of_invitation(invited: int) -> str:
        """What the batches of one invitation begin with, whoever has forwarded it."""
        return f"forward:{invited}:"

    @classmethod
    def read(cls, name: str) -> Self:
        _, invited, by = name.split(":")
        return cls(int(invited), int(by))
