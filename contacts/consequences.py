"""What follows in the rooms above when a person is appointed, or two rows are merged. `lumen.apps` lists it.

What follows an appointment runs when it is stored. If the process dies in between, the recurring job does what is
left. What follows a merge is a part of it, in the same transaction.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Model

from .models import ContactPerson, Person

Consequence = Callable[[ContactPerson], object]
_after_appointment: list[Consequence] = []


def name_consequences(consequences: Iterable[Consequence]) -> None:
    """Say what follows when one person is appointed. Called once, when the apps are ready."""
    _after_appointment[:] = consequences


def follow_appointment(role: ContactPerson) -> None:
    for consequence in _after_appointment:
        consequence(role)


@dataclass(frozen=True)
class Merge:
    """Two rows that became one: which stays, the number and address of the one that went, and what was joined."""

    stays: Person
    gone: int
    former_address: str
    # For each model, the rows that went and what took their place.
    replaced: Mapping[type[Model], Mapping[int, int]]


MergeConsequence = Callable[[Merge], object]
_after_merge: list[MergeConsequence] = []


def name_merge_consequences(consequences: Iterable[MergeConsequence]) -> None:
    """Say what follows when two rows of a person are merged. Called once, when the apps are ready."""
    _after_merge[:] = consequences


def follow_merge(merge: Merge) -> None:
    for consequence in _after_merge:
        consequence(merge)
