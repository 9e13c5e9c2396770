"""What follows in the rooms above when a person is appointed. `lumen.apps` lists it.

It runs when the appointment is stored. If the process dies in between, the recurring job does what is left.
"""

from collections.abc import Callable, Iterable

from .models import ContactPerson

Consequence = Callable[[ContactPerson], object]
_after_appointment: list[Consequence] = []


def name_consequences(consequences: Iterable[Consequence]) -> None:
    """Say what follows when one person is appointed. Called once, when the apps are ready."""
    _after_appointment[:] = consequences


def follow_appointment(role: ContactPerson) -> None:
    for consequence in _after_appointment:
        consequence(role)
