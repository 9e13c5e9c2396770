"""Finds persons in the register who may be the same as one that is about to be added, or as another row."""

from collections import defaultdict
from dataclasses import dataclass, field

from outbox.addresses import comparable, domain_of, mailbox_of

from ..models import ContactPerson, Organisation, Person

SAME_NAME = "samma namn och organisation"
NEAR_ADDRESS = "nästan samma adress"


@dataclass(frozen=True)
class Similar:
    """A person of the register who resembles another, and in what."""

    person: Person
    why: str


@dataclass
class Register:
    """The persons of the register by what may resemble; read in three queries, however many are asked about."""

    by_name: dict[tuple[str, int], list[Person]] = field(default_factory=lambda: defaultdict(list))
    by_mailbox: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    owners: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for organisation in Organisation.objects.exclude(email_domains="").only("email_domains"):
            self.owners.update(dict.fromkeys(organisation.domains, organisation.pk))
        workplaces = defaultdict(set)
        for person_id, organisation_id in ContactPerson.objects.values_list("person", "organisation").order_by():
            workplaces[person_id].add(organisation_id)
        for person in Person.objects.not_erased().select_related("organisation").order_by("pk"):
            for organisation_id in workplaces[person.pk] | {person.organisation_id} - {None}:
                self.by_name[_name(person.name), organisation_id].append(person)
            self.by_mailbox[self._mailbox(person.email)].append(person)

    def similar(self, *, email: str, name: str, organisation: int | None) -> list[Similar]:
        """Those who resemble somebody with the address and name in the organisation; nobody with the very address."""
        found: dict[int, Similar] = {}
        for person in self.by_mailbox.get(self._mailbox(email), ()):
            found[person.pk] = Similar(person, NEAR_ADDRESS)
        if organisation is not None:
            for person in self.by_name.get((_name(name), organisation), ()):
                found.setdefault(person.pk, Similar(person, SAME_NAME))
        return [each for each in found.values() if comparable(each.person.email) != comparable(email)]

    def _mailbox(self, email: str) -> str:
        """What near addresses have in common: without plus-address and dots, and one for all domains of an owner."""
        local, _, domain = mailbox_of(email).rpartition("@")
        return f"{local}@{self.owners.get(domain_of(email), domain)}"


def similar_persons(*, email: str, name: str, organisation: Organisation | None) -> list[Similar]:
    """Those of the register who resemble somebody that is about to be added; nobody when the address is known."""
    if Person.objects.filter(email__iexact=comparable(email)).exists():
        return []
    return Register().similar(email=email, name=name, organisation=organisation.pk if organisation else None)


def similar_to(person: Person) -> list[Similar]:
    """Those who resemble a person of the register."""
    return Register().similar(email=person.email, name=person.name, organisation=person.organisation_id)


def _name(name: str) -> str:
    return " ".join(name.lower().split())
