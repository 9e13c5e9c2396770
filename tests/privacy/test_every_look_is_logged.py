"""Each address of the admin is asked for; where somebody's name or address stands in the answer, the log has a row."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group as AuthGroup
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from contacts.enums import AccessKind
from contacts.models import Person
from meetings.enums import MailOutKind
from privacy.models import AccessLogEntry
from tests.factories.contacts import ContactPersonFactory, GroupFactory, MembershipFactory, PersonFactory
from tests.factories.meetings import InvitationFactory, MeetingPageFactory, RegistrationFactory
from tests.factories.outbox import OutgoingMailFactory

from .test_personal_data_views import admin_views

pytestmark = pytest.mark.django_db

NAME, EMAIL = "Vilgot Visad", "vilgot@visad.example"


@pytest.fixture
def everywhere() -> dict[str, list[Any]]:
    """Somebody in each place of the admin, and the values for what stands in the addresses."""
    person = PersonFactory(name=NAME, email=EMAIL)
    role = ContactPersonFactory(person=person, mail_stopped_at=timezone.now())
    group = GroupFactory()
    MembershipFactory(person=person, group=group, organisation=role.organisation)
    meeting = MeetingPageFactory(past=True)
    mail = OutgoingMailFactory(recipient=EMAIL, failed=True)
    mail_out = meeting.mail_outs.create(kind=MailOutKind.INVITATION)
    InvitationFactory(
        contact_person=role,
        invited__meeting=meeting,
        invited__organisation=role.organisation,
        mail=mail,
        mail_out=mail_out,
    )
    row = RegistrationFactory(meeting=meeting, name=NAME, email=EMAIL, organisation=role.organisation)
    RegistrationFactory(meeting=meeting, name=NAME, email="2" + EMAIL, waiting=True)
    RegistrationFactory(meeting=MeetingPageFactory(starts_at=timezone.now() - timedelta(days=900)), name=NAME)
    AuthGroup.objects.get_or_create(name="Redaktörer")
    return {
        "person": [person.pk],
        "wagtailusers_users": [person.pk],
        "contactperson": [role.pk],
        "contactgroup": [group.pk],
        "organisation": [role.organisation.pk],
        "outgoing_mail": [mail.pk],
        "person_chooser": [person.pk],
        "meetings_admin": [meeting.pk, row.pk, mail_out.pk],
        "purging": ["anmalan", row.pk, "mejl", mail.pk],
        "personal_data": ["registrations"],
    }


def addresses(everywhere: dict[str, list[Any]]) -> Iterator[tuple[str, str]]:
    """Each view that can be asked for with what is there, and its address."""
    for name, _ in admin_views():
        values = everywhere.get(name.partition(":")[0], [meeting_id(everywhere)])
        pairs = [[a, b] for a in values for b in values]
        for args in ([], *([value] for value in values), *pairs):
            try:
                yield name, reverse(name, args=args)
            except NoReverseMatch:
                continue


def meeting_id(everywhere: dict[str, list[Any]]) -> int:
    """The page of the meeting, for the views of pages."""
    found: int = everywhere["meetings_admin"][0]
    return found


def test_k14_every_look_at_somebody_is_logged(everywhere: dict[str, list[Any]]) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(PersonFactory(editor=True, name="Adam Administratör"))
    shown, silent = set(), set()
    for name, address in dict.fromkeys(addresses(everywhere)):
        if "logout" in name or "error_test" in name:
            continue
        AccessLogEntry.objects.all().delete()  # some views count several readings within minutes as one
        response = client.get(address)
        if response.status_code != 200 or response.streaming:
            continue
        html = response.content.decode(errors="replace")
        if NAME in html or EMAIL in html:
            shown.add(name)
            if not AccessLogEntry.objects.exists():
                silent.add(name)
    assert silent == set()
    assert shown >= {
        *("outgoing_mail:index", "outgoing_mail:index_results", "outgoing_mail:inspect", "outgoing_mail:retry"),
        *("contactperson:index", "contactperson:history", "contactperson:usage"),
        *("contactperson:end", "contactperson:replace"),
        *("wagtailusers_users:index", "wagtailusers_users:edit", "wagtailusers_users:history"),
        *("meetings_admin:participants", "person_chooser:choose", "contactgroup:edit", "personal_data:retention_rule"),
    }


@pytest.fixture
def reader(client: Client) -> Person:
    person: Person = PersonFactory(editor=True)
    client.force_login(person)
    return person


def entries() -> list[tuple[str, str, int]]:
    return list(AccessLogEntry.objects.order_by("pk").values_list("kind", "what", "rows"))


def test_k14_the_list_of_mails_its_search_and_one_mail(client: Client, reader: Person) -> None:
    mails = OutgoingMailFactory.create_batch(3)
    client.get("/admin/mejl/")
    client.get("/admin/mejl/results/", {"q": mails[0].recipient})
    client.get(f"/admin/mejl/{mails[0].pk}/")
    assert entries() == [
        (AccessKind.READ, "Lista: utgående mejl", 3),
        (AccessKind.READ, "Lista: utgående mejl", 1),
        (AccessKind.READ, f"Mejl {mails[0].pk}", 1),
    ]
    assert not AccessLogEntry.objects.exclude(who=reader).exists()


def test_k14_a_contact_persons_history_and_usage(client: Client, reader: Person) -> None:
    role = ContactPersonFactory()
    client.get(reverse("contactperson:history", args=[role.pk]))
    client.get(reverse("contactperson:usage", args=[role.pk]))
    assert [what for _, what, _ in entries()] == [
        f"Kontaktperson {role.pk}: historik",
        f"Kontaktperson {role.pk}: användning",
    ]


def test_k14_a_report_that_names_people_is_an_export_when_it_is_taken_out(client: Client, reader: Person) -> None:
    client.get("/admin/reports/site-history/")
    client.get("/admin/reports/site-history/", {"export": "csv"})
    assert [kind for kind, _, _ in entries()] == [AccessKind.READ, AccessKind.EXPORT]


def test_a_look_that_is_refused_or_finds_nothing_is_no_reading(client: Client) -> None:
    mail = OutgoingMailFactory()
    assert client.get(f"/admin/mejl/{mail.pk}/").status_code == 302
    client.force_login(PersonFactory(editor=True))
    assert client.get("/admin/mejl/999999/").status_code == 404
    assert entries() == []
