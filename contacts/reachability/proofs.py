"""Notes that somebody has acted, which proves that we reach them. Never by a tracking pixel, and no mere visit."""

from django.utils import timezone

from outbox.addresses import comparable

from ..enums import ProofKind
from ..models import Person


def prove(person: Person, kind: ProofKind) -> None:
    """Note an act of the person."""
    Person.objects.filter(pk=person.pk).update(proved_at=timezone.now(), proved_by=kind)


def prove_address(address: str, kind: ProofKind) -> None:
    """Note an act of whoever has the address, if that is a person of the register. One query either way."""
    Person.objects.filter(email__iexact=comparable(address)).update(proved_at=timezone.now(), proved_by=kind)
