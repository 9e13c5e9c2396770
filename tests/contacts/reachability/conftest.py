"""A register whose clock can be moved."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine

from contacts.models import ContactPerson, Organisation
from contacts.reachability.asking import ask_the_silent
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory

START = datetime.fromisoformat("2026-01-07T09:00:00+01:00")


class Calendar:
    """The days that pass; the job runs on each."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self.traveller = traveller
        self.day = START

    def pass_days(self, number: int) -> int:
        """Let the days pass, and return how many mails were queued."""
        sent = 0
        for _ in range(number):
            self.day += timedelta(days=1)
            self.traveller.move_to(self.day)
            sent += ask_the_silent()
        return sent


@pytest.fixture
def calendar(db: None) -> Iterator[Calendar]:
    with time_machine.travel(START, tick=False) as traveller:
        yield Calendar(traveller)


@pytest.fixture
def role(calendar: Calendar) -> ContactPerson:
    """A contact person who has just acted, in an organisation with a mailbox."""
    row: ContactPerson = ContactPersonFactory(
        organisation__email_domains="ort.example",
        organisation__mailbox="registrator@ort.example",
        person__email="kontakt@ort.example",
        person__name="Kim Kontakt",
        person__proved=True,
    )
    return row


@pytest.fixture
def mailed() -> Callable[[], list[tuple[str, str]]]:
    """Whom questions were queued to, and about what, in order."""

    def read() -> list[tuple[str, str]]:
        mails = OutgoingMail.objects.filter(category="contact_inquiry").order_by("pk")
        return list(mails.values_list("recipient", "subject"))

    return read


def organisation_of(role: ContactPerson) -> Organisation:
    return Organisation.objects.get(pk=role.organisation_id)
