"""Registration without an account, and the participant's own page."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from meetings.enums import RegistrationStatus
from meetings.models import InvitedOrganisation, MeetingPage, Registration
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory
from tests.factories.meetings import (
    JOIN_URL,
    InvitationFactory,
    InvitedOrganisationFactory,
    MeetingPageFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db
GOOD = {"name": "Kim Påhittad", "email": "kim@ort.example", "role": "Chef", "department": "Socialtjänsten"}


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def invited() -> InvitedOrganisation:
    return InvitedOrganisationFactory(organisation__email_domains="ort.example")


def path_of(link: str) -> str:
    return link.removeprefix("http://testserver")


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def without_csrf(response: HttpResponse) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def test_the_organisations_link_opens_a_form_with_its_name(client: Client, invited: InvitedOrganisation) -> None:
    response = client.get(path_of(invited.link))
    assert response.status_code == 200
    assert invited.organisation.name in response.content.decode()
    assert invited.meeting.title in response.content.decode()


def test_registering_through_the_link_stores_the_organisation(client: Client, invited: InvitedOrganisation) -> None:
    response = client.post(path_of(invited.link), GOOD)
    assert response["Location"].startswith(f"{path_of(invited.link)}tack/?")
    row = Registration.objects.get()
    assert (row.name, row.email, row.organisation) == ("Kim Påhittad", "kim@ort.example", invited.organisation)
    assert client.get(response["Location"]).status_code == 200


def test_the_thanks_keep_the_link_and_its_hint(client: Client, invited: InvitedOrganisation) -> None:
    second = InvitationFactory.create_batch(2, invited=invited)[1]
    response = client.post(path_of(second.link), GOOD, follow=True)
    assert f'href="{path_of(second.link)}"' in response.content.decode()
    assert "vilken organisation" not in words(response)


def test_the_thanks_without_a_link_lead_back_to_the_open_form(client: Client, invited: InvitedOrganisation) -> None:
    path = f"/moten/{invited.meeting.slug}/anmalan/"
    response = client.post(path, GOOD, follow=True)
    assert f'href="{path}"' in response.content.decode()
    assert "vilken organisation" in words(response)


def test_the_way_back_from_the_form_passes_the_meetings(client: Client, invited: InvitedOrganisation) -> None:
    html = client.get(path_of(invited.link)).content.decode()
    links = re.findall(r'breadcrumbs__link" href="([^"]+)"', html)
    assert links == ["/", "/moten/", invited.meeting.public_url]


def test_the_link_tells_whose_invitation_it_was(client: Client, invited: InvitedOrganisation) -> None:
    first, second = InvitationFactory.create_batch(2, invited=invited)
    client.post(path_of(second.link), GOOD)
    assert Registration.objects.get().invitation == second


def test_without_a_link_the_addresss_domain_tells_the_organisation(client: Client) -> None:
    meeting = MeetingPageFactory()
    organisation = ContactPersonFactory(organisation__email_domains="nacka.example").organisation
    client.post(f"/moten/{meeting.slug}/anmalan/", {**GOOD, "email": "kim@nacka.example"})
    assert Registration.objects.get().organisation == organisation


def test_an_unknown_address_waits_and_gets_the_same_answer(client: Client, invited: InvitedOrganisation) -> None:
    path = f"/moten/{invited.meeting.slug}/anmalan/"
    ContactPersonFactory(person__email="kontakt@nacka.example", organisation__email_domains="nacka.example")
    answers = set()
    for address in ("kontakt@nacka.example", "ny@okand.example", "ny@okand.example", "annan@nacka.example"):
        response = client.post(path, {**GOOD, "email": address}, follow=True)
        address_of_thanks = response.redirect_chain[0][0].partition("?")[0]
        answer = without_csrf(response).replace(address, "…")
        answers.add((response.status_code, address_of_thanks, re.sub(r"kvitto=[^\"]+", "", answer)))
    assert len(answers) == 1
    waiting = Registration.objects.get(email="ny@okand.example")
    assert waiting.status == RegistrationStatus.WAITING


def test_the_same_address_twice_is_one_registration(client: Client, invited: InvitedOrganisation) -> None:
    for address in ("kim@ort.example", "KIM@ort.example "):
        assert client.post(path_of(invited.link), {**GOOD, "email": address}).status_code == 302
    assert Registration.objects.count() == 1


BAD_INPUT = [
    ("name", "", "Skriv ditt namn"),
    ("name", "   ", "Skriv ditt namn"),
    ("name", "Se http://evil.example", "utan webbadresser"),
    ("name", "Se www.evil.example", "utan webbadresser"),
    ("name", "Vinn på evil.com", "utan webbadresser"),
    ("name", "evil.example/x", "utan webbadresser"),
    ("name", "kim@evil.example", "utan webbadresser"),
    ("role", "https://evil.example", "utan webbadresser"),
    ("department", "//evil.se/a", "utan webbadresser"),
    ("name", "Kim\r\nBcc: alla@ort.example", "vanliga skiljetecken"),
    ("name", "Kim\x07", "vanliga skiljetecken"),
    ("name", "Kim\u202egnp", "vanliga skiljetecken"),
    ("role", "<script>alert(1)</script>", "vanliga skiljetecken"),
    ("name", "K" * 151, "högst 150 tecken"),
    ("department", "D" * 151, "högst 150 tecken"),
    ("name", "Kim\x00", "vanliga skiljetecken"),
    ("email", "", "Skriv din e-postadress"),
    ("email", "kim", "ser inte rätt ut"),
    ("email", "kim@ort", "ser inte rätt ut"),
    ("email", "kim@ort.example, eva@ort.example", "ser inte rätt ut"),
    ("email", "kim@ort.example\nBcc: eva@ort.example", "ser inte rätt ut"),
    ("name", "Kim | Bo", "Ta bort tecknet |."),
    ("name", "Kim\x00", "osynligt tecken"),
    ("email", f"{'k' * 250}@ort.example", "för lång"),
    ("email", f"{'k' * 65}@ort.example", "kkk@ort.example” är för lång"),
]


@pytest.mark.parametrize(("field", "value", "message"), BAD_INPUT)
def test_bad_input_is_told_at_the_field_and_the_rest_kept(
    client: Client, invited: InvitedOrganisation, field: str, value: str, message: str
) -> None:
    response = client.post(path_of(invited.link), {**GOOD, field: value})
    html = response.content.decode()
    assert response.status_code == 200
    assert message in html
    assert f'id="id_{field}_error"' in html
    assert "Null" not in html
    assert 'aria-invalid="true"' in html
    kept = {name: text for name, text in GOOD.items() if name != field}
    assert all(f'value="{text}"' in html for text in kept.values())
    assert not Registration.objects.exists()
    assert not OutgoingMail.objects.exists()


GOOD_NAMES = ["Åsa Öst-Ärlig", "Jean-Luc d'Été", "Nguyễn Thị", "enh.chef Kim", "O’Brien", "Kim (SoL/LSS)"]


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_real_names_are_let_through(client: Client, invited: InvitedOrganisation, name: str) -> None:
    assert client.post(path_of(invited.link), {**GOOD, "name": name}).status_code == 302
    assert Registration.objects.get().name == name


def test_too_many_from_one_network_must_wait(client: Client, invited: InvitedOrganisation, settings) -> None:
    settings.LIMITS = {**settings.LIMITS, "registrations_a_client": 2}
    answers = [
        client.post(path_of(invited.link), {**GOOD, "email": f"kim{n}@ort.example"}).status_code for n in range(3)
    ]
    assert answers == [302, 302, 429]
    assert Registration.objects.count() == 2


def test_another_network_need_not_wait(client: Client, invited: InvitedOrganisation, settings) -> None:
    settings.LIMITS = {**settings.LIMITS, "registrations_a_client": 1}
    for number, address in enumerate(("192.0.2.1", "192.0.2.2")):
        data = {**GOOD, "email": f"kim{number}@ort.example"}
        assert client.post(path_of(invited.link), data, REMOTE_ADDR=address).status_code == 302


def shift(meeting: MeetingPage, **delta: int) -> None:
    """Move a published meeting in time, as time itself does."""
    for row in (meeting, meeting.calendar):
        row.starts_at += timedelta(**delta)
        row.ends_at += timedelta(**delta)
        row.save()


def over(meeting: MeetingPage) -> None:
    shift(meeting, days=-30)


def cancelled(meeting: MeetingPage) -> None:
    meeting.calendar.cancelled_at = timezone.now()
    meeting.calendar.cancellation_note = "För få anmälda."
    meeting.calendar.save()


@pytest.mark.parametrize(
    ("happens", "title"), [(over, "Mötet är över"), (cancelled, "Mötet är inställt")], ids=["past", "cancelled"]
)
def test_the_link_of_a_meeting_that_is_not_to_be_explains_and_offers_the_next(
    client: Client, invited: InvitedOrganisation, happens: Callable[[MeetingPage], None], title: str
) -> None:
    happens(invited.meeting)
    other = MeetingPageFactory(title="Nästa möte")
    for path in (path_of(invited.link), f"/moten/{invited.meeting.slug}/anmalan/"):
        for response in (client.get(path), client.post(path, GOOD)):
            assert response.status_code == 410
            assert title in response.content.decode()
            assert f'href="/moten/{other.slug}/"' in response.content.decode()
        thanks = client.get(f"{path}tack/")
        assert thanks.status_code == 410
        assert title in thanks.content.decode()
    assert not Registration.objects.exists()


def test_an_unpublished_meetings_link_is_unknown(client: Client, invited: InvitedOrganisation) -> None:
    MeetingPage.objects.filter(pk=invited.meeting.pk).update(live=False)
    assert client.get(path_of(invited.link)).status_code == 404


STRANGE_TOKENS = ["x", "a" * 24, "a" * 5000, "å" * 24, "' OR 1=1 --", "<script>"]


@pytest.mark.parametrize("token", STRANGE_TOKENS)
@pytest.mark.parametrize(
    "path", ["/moten/anmalan/{}/", "/moten/anmalan/{}/tack/", "/moten/deltagare/{}/", "/moten/deltagare/{}/avanmalan/"]
)
def test_a_strange_token_is_explained(client: Client, path: str, token: str) -> None:
    response = client.get(path.format(token))
    assert response.status_code == 404
    assert "Länken fungerar inte" in response.content.decode()


def test_a_changed_token_is_unknown(client: Client, invited: InvitedOrganisation) -> None:
    token = invited.token
    changed = ("b" if token[0] == "a" else "a") + token[1:]
    assert client.get(f"/moten/anmalan/{changed}/").status_code == 404


def test_an_unknown_meeting_is_not_found(client: Client) -> None:
    assert client.get("/moten/finns-inte/anmalan/").status_code == 404
    assert client.get(f"/moten/{MeetingPageFactory(draft=True).slug}/anmalan/").status_code == 404


def test_pages_behind_a_token_are_kept_and_told_to_nobody(client: Client, invited: InvitedOrganisation) -> None:
    row = RegistrationFactory(meeting=invited.meeting)
    paths = (path_of(invited.link), path_of(row.manage_link), "/moten/anmalan/okand/", "/moten/deltagare/okand/")
    for path in paths:
        response = client.get(path)
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
        # Never the path, which holds the token; `no-referrer` would make browsers send `Origin: null`.
        assert response["Referrer-Policy"] == "strict-origin"
        assert not response.cookies.keys() - {"csrftoken"}


def test_the_form_passes_the_csrf_check_of_a_browser(invited: InvitedOrganisation) -> None:
    browser = Client(enforce_csrf_checks=True)
    path = path_of(invited.link)
    browser.get(path)
    data = {**GOOD, "csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    assert browser.post(path, data, headers={"origin": "http://testserver"}).status_code == 302
    assert browser.post(path, GOOD).status_code == 403


@pytest.fixture
def row(invited: InvitedOrganisation) -> Registration:
    return RegistrationFactory(meeting=invited.meeting, organisation=invited.organisation, role="Chef")


def test_reading_every_mailed_link_changes_nothing(
    client: Client, invited: InvitedOrganisation, row: Registration
) -> None:
    before = (list(Registration.objects.values()), list(InvitedOrganisation.objects.values()))
    own = path_of(row.manage_link)
    for path in (path_of(invited.link), own, f"{own}avanmalan/", f"{own}anmal-igen/", f"{own}mote.ics"):
        client.get(path)
        client.head(path)
    assert before == (list(Registration.objects.values()), list(InvitedOrganisation.objects.values()))
    assert not OutgoingMail.objects.exists()


def test_the_participant_sees_the_join_link_and_the_own_details(client: Client, row: Registration) -> None:
    html = client.get(path_of(row.manage_link)).content.decode()
    for text in (JOIN_URL, row.email, row.name, 'value="Chef"'):
        assert text in html


@pytest.mark.parametrize("status", [RegistrationStatus.WAITING, RegistrationStatus.CANCELLED])
def test_who_is_not_registered_sees_no_join_link(client: Client, row: Registration, status: str) -> None:
    Registration.objects.update(status=status)
    assert JOIN_URL not in client.get(path_of(row.manage_link)).content.decode()


def test_details_can_be_corrected_but_not_the_address(client: Client, row: Registration) -> None:
    data = {"name": "Kim Ny", "role": "", "department": "LSS", "email": "annan@ort.example"}
    response = client.post(path_of(row.manage_link), data, follow=True)
    assert "sparade" in words(response)
    email = row.email
    row.refresh_from_db()
    assert (row.name, row.role, row.department, row.email) == ("Kim Ny", "", "LSS", email)


def test_a_wrong_correction_is_told_at_the_field(client: Client, row: Registration) -> None:
    response = client.post(path_of(row.manage_link), {"name": "www.evil.example"})
    assert 'id="id_name_error"' in response.content.decode()
    name = row.name
    row.refresh_from_db()
    assert row.name == name


def test_cancelling_asks_first_and_can_be_taken_back(client: Client, row: Registration) -> None:
    own = path_of(row.manage_link)
    assert "Vill du avanmäla dig?" in client.get(f"{own}avanmalan/").content.decode()
    row.refresh_from_db()
    assert row.status == RegistrationStatus.REGISTERED
    response = client.post(f"{own}avanmalan/", follow=True)
    assert "Du är avanmäld" in words(response)
    response = client.post(f"{own}anmal-igen/", follow=True)
    assert "Du är anmäld" in words(response)
    row.refresh_from_db()
    assert (row.status, row.role) == (RegistrationStatus.REGISTERED, "Chef")


def test_who_goes_in_and_out_too_often_is_told_to_wait(client: Client, row: Registration, settings: Settings) -> None:
    settings.LIMITS = {**settings.LIMITS, "participant_mails_an_address": 1}
    own = path_of(row.manage_link)
    client.post(f"{own}avanmalan/")
    response = client.post(f"{own}anmal-igen/")
    assert response.status_code == 429
    assert "Vänta en timme" in words(response)
    assert "Du är avanmäld" in words(response)


def test_cancelling_twice_is_the_same_as_once(client: Client, row: Registration) -> None:
    own = path_of(row.manage_link)
    for _ in range(2):
        assert client.post(f"{own}avanmalan/").status_code == 302
    assert OutgoingMail.objects.filter(recipient=row.email).count() == 1


def test_another_participants_link_changes_nothing_of_mine(client: Client, row: Registration) -> None:
    other = RegistrationFactory(meeting=row.meeting)
    client.post(f"{path_of(other.manage_link)}avanmalan/")
    row.refresh_from_db()
    assert row.status == RegistrationStatus.REGISTERED


def test_the_participants_page_of_a_past_meeting_only_says_so(client: Client, row: Registration) -> None:
    over(row.meeting)
    own = path_of(row.manage_link)
    for response in (client.get(own), client.post(own, GOOD), client.post(f"{own}avanmalan/")):
        assert response.status_code == 410
        assert "Mötet är över" in response.content.decode()
        assert row.email not in response.content.decode()
    row.refresh_from_db()
    assert row.status == RegistrationStatus.REGISTERED


def test_the_participants_page_of_a_cancelled_meeting_says_so(client: Client, row: Registration) -> None:
    cancelled(row.meeting)
    html = client.get(path_of(row.manage_link)).content.decode()
    assert "För få anmälda." in html
    assert JOIN_URL not in html
