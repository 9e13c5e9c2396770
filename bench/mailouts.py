"""Sending the invitation: what an editor waits for while the mails are written to the queue."""

from datetime import date
from itertools import cycle, islice

from contacts.models import ContactPerson, Organisation, Person
from meetings.actions import send_invitations
from tests.factories.meetings import MeetingPageFactory

from .gauges import Gauge, compare, gauge
from .scratch import load_organisations, rolled_back

FEW, MANY = 150, 1_500


def measure() -> None:
    _send(1)  # what is only loaded once
    few, many = _send(FEW), _send(MANY)
    compare("Invitations written to the queue", "mail", [("invited", FEW, few, MANY, many)])


def _send(number: int) -> Gauge:
    with rolled_back():
        load_organisations()
        _appoint(number)
        meeting = MeetingPageFactory()
        with gauge() as taken:
            sent = send_invitations(meeting=meeting, by=None)
        assert sent.queued == number
    return taken


def _appoint(number: int) -> None:
    """Contact persons, evenly over the organisations."""
    persons = [Person(email=f"kontakt{n}@ort.example", name=f"Påhittad {n}") for n in range(number)]
    Person.objects.bulk_create(persons)
    organisations = islice(cycle(Organisation.objects.all()), number)
    ContactPerson.objects.bulk_create(
        ContactPerson(person=person, organisation=organisation, start=date(2025, 10, 1))
        for person, organisation in zip(persons, organisations, strict=True)
    )
