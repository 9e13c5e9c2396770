"""The person that an extract or an erasure is about: an address, and the row in the register if there is one."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from contacts.models import ContactPerson, Person
from meetings.models import Registration
from outbox.addresses import comparable
from outbox.models import OutgoingMail


@dataclass(frozen=True)
class Subject:
    """Somebody by their address. Participants and receivers of mail need not be persons of the register."""

    email: str  # in normal form
    person: Person | None

    @property
    def person_id(self) -> int:
        """The person's number; 0, which no row has, for nobody. None would find the rows without a person."""
        return self.person.pk if self.person else 0

    @cached_property
    def role_ids(self) -> list[int]:
        return list(ContactPerson.objects.filter(person=self.person_id).values_list("pk", flat=True))

    @cached_property
    def mail_ids(self) -> list[int]:
        return list(OutgoingMail.objects.to_address(self.email).order_by("pk").values_list("pk", flat=True))

    @cached_property
    def names(self) -> list[str]:
        """The names that the address is known by."""
        given = Registration.objects.of_address(self.email).order_by("pk").values_list("name", flat=True)
        found = [self.person.name if self.person else "", *given]
        return list(dict.fromkeys(name for name in found if name))

    @cached_property
    def has_name(self) -> Q:
        """The condition that a row's `name` is one of the person's names, whatever its capitals."""
        condition = Q(pk__in=[])
        for name in self.names:
            condition |= Q(name__iexact=name)
        return condition

    def read_all(self) -> None:
        """Read what is found by rows that are about to go, and keep it."""
        _ = self.names, self.role_ids, self.mail_ids


def find_subject(address: str) -> Subject:
    """The subject with the address, which may be written with other capitals or spaces around it."""
    email = comparable(address)
    return Subject(email, Person.objects.filter(email__iexact=email).first())


def subject_of(person: Person) -> Subject:
    return Subject(comparable(person.email), person)
