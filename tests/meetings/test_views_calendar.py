"""Calendar files and feeds over HTTP."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from meetings.models import MeetingPage
from tests.factories.meetings import JOIN_URL, MeetingPageFactory, RegistrationFactory, publish
from tests.factories.resources import ThemeFactory

pytestmark = pytest.mark.django_db


def titles(body: bytes) -> set[str]:
    return {str(event["SUMMARY"]) for event in Calendar.from_ical(body).walk("VEVENT")}


def test_the_feed_holds_coming_and_recent_meetings_and_no_drafts(client: Client) -> None:
    MeetingPageFactory(title="Kommande")
    MeetingPageFactory(title="Nyss", past=True)
    MeetingPageFactory(title="Länge sedan", starts_at=timezone.now() - timedelta(days=200))
    MeetingPageFactory(title="Utkast", draft=True)
    response = client.get("/moten/kalender.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert titles(response.content) == {"Kommande", "Nyss"}


@pytest.mark.parametrize(("ended", "kept"), [(timedelta(days=89), True), (timedelta(days=91), False)])
def test_a_meeting_stays_in_the_feed_for_ninety_days(client: Client, ended: timedelta, kept: bool) -> None:
    MeetingPageFactory(title="Förut", starts_at=timezone.now() - ended - timedelta(hours=2))
    assert titles(client.get("/moten/kalender.ics").content) == ({"Förut"} if kept else set())


def test_a_feed_without_meetings_is_a_calendar_too(client: Client) -> None:
    response = client.get("/moten/kalender.ics")
    assert response.status_code == 200
    assert titles(response.content) == set()


@pytest.mark.parametrize("slug", ["avtal", "polisanmälan"])
def test_a_themes_feed_holds_that_theme_alone(client: Client, slug: str) -> None:
    MeetingPageFactory(title="Om temat", themes=[ThemeFactory(slug=slug)])
    MeetingPageFactory(title="Om annat")
    assert titles(client.get(reverse("meetings:theme_feed", args=[slug])).content) == {"Om temat"}


@pytest.mark.parametrize(
    "path",
    ["/moten/tema/finns-inte/kalender.ics", "/moten/finns-inte/mote.ics", "/moten/deltagare/finns-inte/mote.ics"],
)
def test_what_is_unknown_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_meeting_can_be_downloaded_without_its_join_link(client: Client) -> None:
    meeting = MeetingPageFactory(title="Avtal")
    response = client.get(f"/moten/{meeting.slug}/mote.ics")
    assert titles(response.content) == {"Avtal"}
    assert 'filename="mote.ics"' in response["Content-Disposition"]
    for path in (f"/moten/{meeting.slug}/mote.ics", "/moten/kalender.ics"):
        assert b"mote.example" not in client.get(path).content


def test_a_cancelled_meeting_goes_on_being_served_as_cancelled(client: Client) -> None:
    meeting = MeetingPageFactory(cancelled=True)
    for path in (f"/moten/{meeting.slug}/mote.ics", "/moten/kalender.ics"):
        (event,) = Calendar.from_ical(client.get(path).content).walk("VEVENT")
        assert event["STATUS"] == "CANCELLED"


def moved(meeting: MeetingPage) -> None:
    publish(
        meeting,
        starts_at=meeting.starts_at + timedelta(hours=1),
        ends_at=meeting.ends_at + timedelta(hours=1),
        change_note="En timme senare.",
    )


@pytest.mark.parametrize("path", ["/moten/kalender.ics", "/moten/{}/mote.ics"])
def test_a_program_that_asks_again_is_told_whether_anything_changed(client: Client, path: str) -> None:
    meeting = MeetingPageFactory()
    path = path.format(meeting.slug)
    first = client.get(path)
    assert first["Last-Modified"]
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    moved(meeting)
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_the_participants_file_has_the_join_link_and_is_kept_by_no_cache(client: Client) -> None:
    row = RegistrationFactory()
    response = client.get(f"/moten/deltagare/{row.token}/mote.ics")
    assert JOIN_URL.encode() in response.content.replace(b"\r\n ", b"")
    assert "no-store" in response["Cache-Control"]


def test_the_participants_file_takes_the_meeting_away_after_a_cancellation(client: Client) -> None:
    row = RegistrationFactory(left=True)
    calendar = Calendar.from_ical(client.get(f"/moten/deltagare/{row.token}/mote.ics").content)
    assert calendar["METHOD"] == "CANCEL"
    assert JOIN_URL not in calendar.to_ical().decode()


def test_who_waits_for_an_organisation_has_no_file(client: Client) -> None:
    row = RegistrationFactory(waiting=True)
    assert client.get(f"/moten/deltagare/{row.token}/mote.ics").status_code == 404


def test_calendars_are_only_read(client: Client) -> None:
    assert client.post("/moten/kalender.ics").status_code == 405
