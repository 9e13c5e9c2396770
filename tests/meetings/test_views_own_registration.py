"""The page that mails the personal link to a participant: mails with a booking lead to it, and may be shared."""

import pytest
from django.test import Client

from meetings.models import MeetingPage, Registration
from outbox.models import OutgoingMail
from tests.factories.meetings import MeetingPageFactory, RegistrationFactory

from .reading import last_mail_to, text_of

pytestmark = pytest.mark.django_db

KIM = "kim@ort.example"


@pytest.fixture
def meeting() -> MeetingPage:
    return MeetingPageFactory(slug="tillsammans")


def ask(client: Client, email: str, **extra: str):
    return client.post("/moten/tillsammans/min-anmalan/", {"email": email}, follow=True, **extra)


@pytest.mark.parametrize("traits", [{}, {"waiting": True}, {"left": True}])
def test_who_has_registered_gets_the_own_link_by_mail(client: Client, meeting: MeetingPage, traits) -> None:
    row = RegistrationFactory(meeting=meeting, email=KIM, **traits)
    page = ask(client, " Kim@Ort.example ").content.decode()

    assert "Titta i din inkorg" in page
    assert row.token not in page
    assert row.manage_link in text_of(last_mail_to(KIM))
    assert OutgoingMail.objects.count() == 1


def test_nobody_learns_who_is_registered(client: Client, meeting: MeetingPage) -> None:
    RegistrationFactory(meeting=meeting, email=KIM)
    RegistrationFactory(email="annat@ort.example")  # to another meeting
    answers = {ask(client, address).content for address in (KIM, "ingen@ort.example", "annat@ort.example")}

    assert len(answers) == 1
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [KIM]


def test_a_mailbox_gets_three_an_hour_and_the_answer_stays_the_same(client: Client, meeting: MeetingPage) -> None:
    RegistrationFactory(meeting=meeting, email=KIM)
    answers = {ask(client, KIM).content for _ in range(5)}

    assert len(answers) == 1
    assert OutgoingMail.objects.count() == 3


@pytest.mark.parametrize("typed", ["", "kim", "kim@localhost"])
def test_what_is_no_address_is_told(client: Client, meeting: MeetingPage, typed: str) -> None:
    html = ask(client, typed).content.decode()
    assert "Fel:" in html
    assert not OutgoingMail.objects.exists()


def test_reading_the_page_mails_nobody(client: Client, meeting: MeetingPage) -> None:
    RegistrationFactory(meeting=meeting, email=KIM)
    response = client.get("/moten/tillsammans/min-anmalan/")
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    ("traits", "status"), [({"past": True}, 410), ({"cancelled": True}, 410), ({"draft": True}, 404)]
)
def test_a_meeting_that_is_closed_says_so(client: Client, traits, status: int) -> None:
    MeetingPageFactory(slug="tillsammans", **traits)
    assert client.get("/moten/tillsammans/min-anmalan/").status_code == status
    assert not Registration.objects.exists()
