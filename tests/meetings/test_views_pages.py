"""The public pages of meetings."""

import re
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.models import AgendaItem, Material, MeetingPage, Speaker
from meetings.models import meeting as meeting_model
from tests.factories.contacts import OrganisationFactory
from tests.factories.meetings import JOIN_URL, MeetingPageFactory
from tests.factories.resources import ThemePageFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 20


def read(client: Client, meeting: MeetingPage) -> str:
    response = client.get(f"/moten/{meeting.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_index_says_that_an_invitation_will_come(client: Client) -> None:
    response = client.get("/moten/")
    assert "Inga möten är planerade." in response.content.decode()


def test_the_index_shows_coming_meetings_before_past_ones(client: Client) -> None:
    MeetingPageFactory(title="Senare", starts_at=timezone.now() + timedelta(days=20))
    MeetingPageFactory(title="Snart", starts_at=timezone.now() + timedelta(days=2))
    MeetingPageFactory(title="Förut", past=True)
    MeetingPageFactory(title="Hemligt utkast", draft=True)
    html = client.get("/moten/").content.decode()
    assert html.index("Snart") < html.index("Senare") < html.index("Tidigare möten") < html.index("Förut")
    assert "Hemligt utkast" not in html


def test_o11_past_meetings_are_shown_some_at_a_time(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(meeting_model, "PAST_ON_A_PAGE", 2)
    for number in range(5):
        begun = timezone.now() - timedelta(days=30 + number)
        MeetingPageFactory(title=f"Möte {number}", starts_at=begun, ends_at=begun + timedelta(hours=1))
    coming = MeetingPageFactory(title="Nästa möte")
    shown = []
    for page in (1, 2, 3):
        html = client.get(f"/moten/?sida={page}").content.decode()
        shown.append(re.findall(r"Möte \d", re.sub(r"(?s)<head>.*?</head>", "", html)))
        assert (coming.title in html) is (page == 1)
    assert [sorted(set(titles)) for titles in shown] == [["Möte 0", "Möte 1"], ["Möte 2", "Möte 3"], ["Möte 4"]]


def test_the_index_links_to_the_feed(client: Client) -> None:
    html = client.get("/moten/").content.decode()
    assert 'href="webcal://testserver/moten/kalender.ics"' in html
    assert 'href="http://testserver/moten/kalender.ics"' in html


def test_a_coming_meeting_offers_registration_and_calendar(client: Client) -> None:
    meeting = MeetingPageFactory()
    html = read(client, meeting)
    assert f'href="/moten/{meeting.slug}/anmalan/"' in html
    assert f'href="/moten/{meeting.slug}/mote.ics"' in html


@pytest.mark.parametrize("trait", ["past", "cancelled"])
def test_a_meeting_that_is_over_or_cancelled_offers_no_registration(client: Client, trait: str) -> None:
    meeting = MeetingPageFactory(**{trait: True})
    assert "anmalan" not in read(client, meeting)


def test_u25_a_cancelled_meeting_says_so_first_and_why(client: Client) -> None:
    html = read(client, MeetingPageFactory(cancelled=True))
    before_the_heading = html.partition("<main")[2].partition("<h1")[0]
    assert "Mötet är inställt" in before_the_heading
    assert "För få anmälda." in before_the_heading
    assert html.count("Mötet är inställt") == 1
    assert re.search(r"<title>\s*Inställt: ", html)


def test_u25_a_cancelled_meeting_says_so_first_in_a_list_too(client: Client) -> None:
    meeting = MeetingPageFactory(cancelled=True, title="Avtal")
    card = client.get("/moten/").content.decode().partition('<article class="card')[2]
    assert card.index("Inställt") < card.index(meeting.title)


def test_u23_the_themes_do_not_push_the_title_down(client: Client) -> None:
    meeting = MeetingPageFactory(themes=["Riskanalys"])
    head = read(client, meeting).partition("<article>")[2].partition("</header>")[0]
    assert head.index("<h1") < head.index("Riskanalys")


def test_a_meeting_today_says_so(client: Client) -> None:
    meeting = MeetingPageFactory(
        starts_at=timezone.now() - timedelta(minutes=5), ends_at=timezone.now() + timedelta(hours=1)
    )
    assert "Pågår nu" in read(client, meeting)


def test_the_join_link_stands_on_no_public_page(client: Client) -> None:
    meeting = MeetingPageFactory(join_url=JOIN_URL)
    for path in ("/moten/", f"/moten/{meeting.slug}/", f"/moten/{meeting.slug}/anmalan/"):
        assert "mote.example" not in client.get(path).content.decode()


def test_the_agenda_tells_when_what_and_who(client: Client) -> None:
    sigtuna = OrganisationFactory(name="Sigtuna kommun")
    item = AgendaItem(start=time(9, 15), end=time(9, 45), title="Riktlinjer", description="Så gjorde vi")
    item.speakers = [
        Speaker(organisation=sigtuna, name="Kim Påhittad", title="Handläggare"),
        Speaker(title="Inköpschef"),
    ]
    html = read(client, MeetingPageFactory(agenda_items=[item]))
    for text in (">9.15<", "Riktlinjer", "Så gjorde vi", "Sigtuna kommun", "Kim Påhittad, handläggare", "inköpschef"):
        assert text in html
    assert html.count("Medverkande:") == 1


def test_a_past_meeting_shows_what_came_out_of_it_before_the_agenda(client: Client) -> None:
    meeting = MeetingPageFactory(
        past=True,
        summary_after=[("text", "<p>Tre lärdomar.</p>")],
        recording_url="https://film.example/1",
        agenda_items=[AgendaItem(start=time(9), title="Inledning")],
        materials=[Material(moment="after", title="Bilder", url="https://underlag.example/bilder")],
    )
    html = read(client, meeting)
    order = [html.index(text) for text in ("Tre lärdomar.", "Se inspelningen", "Bilder", "Inledning")]
    assert order == sorted(order)


def test_a_theme_links_to_its_page(client: Client) -> None:
    theme_page = ThemePageFactory(title="Avtal", slug="avtal")
    html = read(client, MeetingPageFactory(themes=[theme_page.theme]))
    assert 'href="/teman/avtal/"' in html


def full_meeting(number: int, items: int) -> MeetingPage:
    agenda = []
    for hour in range(items):
        item = AgendaItem(start=time(9 + hour), title=f"Punkt {hour}")
        item.speakers = [Speaker(organisation=OrganisationFactory()) for _ in range(3)]
        agenda.append(item)
    return MeetingPageFactory(
        title=f"Fullt {number}",
        agenda_items=agenda,
        materials=[Material(title=f"Underlag {n}", url=f"https://underlag.example/{n}") for n in range(items)],
        themes=[ThemePageFactory().theme for _ in range(items)],
    )


def count_queries(client: Client, path: str) -> int:
    client.get(path)  # Wagtail keeps the site's root in the cache.
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_the_number_of_queries_does_not_grow_with_the_content(client: Client) -> None:
    small, large = full_meeting(1, 1), full_meeting(2, 6)
    few = count_queries(client, f"/moten/{small.slug}/")
    assert count_queries(client, f"/moten/{large.slug}/") == few <= MOST_QUERIES
    index = count_queries(client, "/moten/")
    for number in range(3, 9):
        full_meeting(number, 2)
    assert count_queries(client, "/moten/") == index <= MOST_QUERIES
