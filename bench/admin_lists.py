"""The admin's lists with few meetings and with many: queries, and the time of an answer."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.models import Organisation
from meetings.models import InvitedOrganisation, MeetingPage, Registration
from tests.factories.contacts import PersonFactory
from tests.factories.meetings import MeetingPageFactory, RegistrationFactory
from tests.factories.resources import site_tree

from .gauges import ms, tell, times
from .pages import visited
from .scratch import load_organisations, rolled_back

FEW, MANY, REGISTERED = 4, 300, 400
LISTS = (
    *("wagtailadmin_home", "meetings_admin:index", "outgoing_mail:index", "organisation:index"),
    *("contactperson:index", "person:index", "wagtaildocs:index", "wagtailimages:index"),
)


def measure() -> None:
    with rolled_back():
        site_tree()
        load_organisations()
        client = Client()
        client.force_login(PersonFactory(editor=True))
        _add_meetings(FEW)
        addresses = [reverse(name) for name in LISTS]
        few = {address: visited(client, address) for address in addresses}
        _add_meetings(MANY - FEW)
        if connection.vendor == "postgresql":  # which in operation keeps count of its rows by itself
            connection.cursor().execute("ANALYZE")
        many = {address: visited(client, address) for address in addresses}
    tell(
        f"The admin with {FEW} and with {MANY} meetings of 311 organisations and {REGISTERED} registrations each",
        ("list", "queries", "queries", "time", "time", "ratio"),
        [
            (address, queries, many[address][0], ms(seconds), ms(many[address][1]), times(many[address][1], seconds))
            for address, (queries, seconds) in few.items()
        ],
    )


def _add_meetings(number: int) -> None:
    """Meetings that have been held, one a day back in time, with their rows written at once."""
    organisations = list(Organisation.objects.covered())
    pattern = RegistrationFactory.build(meeting=None, organisation=None)
    held = MeetingPage.objects.count()
    for day in range(held + 1, held + number + 1):
        starts = timezone.now() - timedelta(days=day)
        meeting = MeetingPageFactory(starts_at=starts, ends_at=starts + timedelta(hours=2))
        InvitedOrganisation.objects.bulk_create(
            InvitedOrganisation(meeting=meeting, organisation=one, token_hash=f"{meeting.pk}-{one.pk}", nonce=f"{day}")
            for one in organisations
        )
        Registration.objects.bulk_create(
            Registration(
                meeting=meeting,
                organisation=organisations[place % len(organisations)],
                name=pattern.name,
                email=f"deltagare{place}@kommun.example",
                nonce=f"{meeting.pk}-{place}",
                token_hash=f"{meeting.pk}-{place}",
            )
            for place in range(REGISTERED)
        )
