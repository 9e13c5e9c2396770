"""The page editor of a meeting: what may be saved as a draft, and what publishing demands."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from meetings.models import MeetingPage
from tests.factories.contacts import OrganisationFactory, PersonFactory
from tests.factories.meetings import (
    AgendaItemFactory,
    InvitedOrganisationFactory,
    MeetingPageFactory,
    SpeakerFactory,
    meeting_index,
)
from tests.factories.resources import ThemeFactory
from tests.publishing import publish_by_button

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(PersonFactory(editor=True))
    return client


def agenda(*rows: dict[str, Any]) -> dict[str, Any]:
    filled = [
        {"description": "", "end": "", "speakers": inline_formset(row.pop("speakers", [])), **row} for row in rows
    ]
    return inline_formset(filled)


def form_data(**changes: Any) -> dict[str, Any]:
    data = {
        "title": "Upphandling och avtal",
        "slug": "upphandling-och-avtal",
        "lead": "Så skriver vi avtal som håller.",
        "starts_at": "2030-03-12 09:00",
        "ends_at": "2030-03-12 11:00",
        "format": "digital",
        "place": "",
        "join_url": "https://mote.example/1",
        "reminds": "on",
        "remind_days": "7",
        "change_note": "",
        "body": streamfield([]),
        "agenda_items": agenda(),
        "materials": inline_formset([]),
        "summary_after": streamfield([]),
        "recording_url": "",
        "comments": inline_formset([]),
    }
    themes = changes.pop("themes", [])
    return {**nested_form_data({**data, **changes}), "themes": themes}


def add(client: Client, *, publish: bool = False, **changes: Any) -> Any:
    data = form_data(**changes)
    if publish:
        data["action-publish"] = "1"
    return publish_by_button(client, f"/admin/pages/add/meetings/meetingpage/{meeting_index().pk}/", data)


def edit(client: Client, meeting: MeetingPage, **changes: Any) -> Any:
    local = timezone.localtime(meeting.starts_at)
    data = {
        "title": meeting.title,
        "slug": meeting.slug,
        "starts_at": f"{local:%Y-%m-%d %H:%M}",
        "ends_at": f"{local + timedelta(hours=2):%Y-%m-%d %H:%M}",
        "join_url": meeting.join_url,
    }
    form = form_data(**{**data, **changes}) | {"action-publish": "1"}
    return publish_by_button(client, f"/admin/pages/{meeting.pk}/edit/", form)


def errors(response: Any) -> dict[str, str]:
    """The first error of each field, those of agenda and material rows among them."""
    assert response.status_code == 200, response["Location"]
    form = response.context["form"]
    found = {name: messages[0] for name, messages in form.errors.items()}
    for formset in form.formsets.values():
        for row in formset.forms:
            found |= {name: messages[0] for name, messages in row.errors.items()}
    return found


def test_a_whole_meeting_is_published_from_the_editor(editor: Client) -> None:
    theme, organisation = ThemeFactory(name="Avtal"), OrganisationFactory()
    speaker = {"name": "Kim Påhittad", "title": "Jurist", "organisation": organisation.pk}
    item = {"start": "09:00", "end": "10:00", "title": "Inledning", "speakers": [speaker]}
    material = {"moment": "before", "title": "Läs", "resource": "", "document": "", "url": "https://a.example/"}
    response = add(
        editor, publish=True, themes=[theme.pk], agenda_items=agenda(item), materials=inline_formset([material])
    )
    assert response.status_code == 302
    meeting = MeetingPage.objects.get()
    assert meeting.live
    assert meeting.entry is not None
    assert list(meeting.themes.all()) == [theme]
    assert meeting.agenda_items.get().speakers.get().organisation == organisation
    assert meeting.materials.get().title == "Läs"
    assert timezone.localtime(meeting.starts_at).hour == 9


def test_a_draft_may_lack_time_and_place(editor: Client) -> None:
    response = add(
        editor, starts_at="", ends_at="", format="physical", agenda_items=agenda({"start": "09:00", "title": "x"})
    )
    assert response.status_code == 302
    assert not MeetingPage.objects.get().live


UNFIT_TO_PUBLISH = [
    ({"starts_at": ""}, "starts_at", "Skriv när mötet börjar."),
    ({"ends_at": ""}, "ends_at", "Skriv när mötet slutar."),
    ({"format": "physical"}, "place", "Skriv var mötet hålls."),
    ({"format": "both", "place": "  "}, "place", "Skriv var mötet hålls."),
]


@pytest.mark.parametrize(("change", "field", "message"), UNFIT_TO_PUBLISH)
def test_publishing_demands_time_and_place(editor: Client, change: dict[str, str], field: str, message: str) -> None:
    assert errors(add(editor, publish=True, **change))[field] == message
    assert not MeetingPage.objects.exists()


AGAINST_ITSELF = [
    ({"ends_at": "2030-03-12 09:00"}, "ends_at", "sluta efter"),
    ({"ends_at": "2030-03-12 08:00"}, "ends_at", "sluta efter"),
    ({"ends_at": "2031-03-12 11:00"}, "ends_at", "högst 3 dagar"),
    ({"slug": "anmalan"}, "slug", "används redan av LUMEN"),
    ({"slug": "deltagare"}, "slug", "används redan av LUMEN"),
    ({"agenda_items": agenda({"start": "08:30", "title": "För tidigt"})}, "start", "utanför mötet"),
    ({"agenda_items": agenda({"start": "11:00", "title": "För sent"})}, "start", "utanför mötet"),
    ({"agenda_items": agenda({"start": "10:00", "end": "11:30", "title": "För länge"})}, "end", "slutar efter mötet"),
    ({"agenda_items": agenda({"start": "10:00", "end": "09:30", "title": "Baklänges"})}, "end", "sluta efter"),
]


@pytest.mark.parametrize("publish", [False, True], ids=["draft", "published"])
@pytest.mark.parametrize(("change", "field", "message"), AGAINST_ITSELF)
def test_not_even_a_draft_may_contradict_itself(
    editor: Client, change: dict[str, Any], field: str, message: str, publish: bool
) -> None:
    assert message in errors(add(editor, publish=publish, **change))[field]
    assert not MeetingPage.objects.exists()


UNCLEAR_MATERIAL = [
    ({}, "__all__", "en av dem"),
    ({"url": "https://a.example/"}, "title", "Skriv en titel"),
]


@pytest.mark.parametrize(("row", "field", "message"), UNCLEAR_MATERIAL)
def test_material_points_to_one_thing(editor: Client, row: dict[str, str], field: str, message: str) -> None:
    material = {"moment": "before", "title": "", "resource": "", "document": "", "url": "", **row}
    found = errors(add(editor, materials=inline_formset([material])))
    assert message in found[field]


def test_a_row_that_is_taken_away_is_not_checked(editor: Client) -> None:
    item = {"start": "08:00", "title": "Borttagen", "DELETE": "on"}
    assert add(editor, agenda_items=agenda(item)).status_code == 302


def test_a_meeting_that_people_know_of_moves_only_with_a_word(editor: Client) -> None:
    meeting = MeetingPageFactory()
    InvitedOrganisationFactory(meeting=meeting)
    later = timezone.localtime(meeting.starts_at) + timedelta(hours=1)
    times = {"starts_at": f"{later:%Y-%m-%d %H:%M}", "ends_at": f"{later + timedelta(hours=1):%Y-%m-%d %H:%M}"}
    assert "Skriv kort vad" in errors(edit(editor, meeting, **times))["change_note"]
    assert edit(editor, meeting, **times, change_note="En timme senare.").status_code == 302
    meeting = MeetingPage.objects.get()
    assert meeting.starts_at == later
    assert meeting.calendar.sequence == 1


def test_other_changes_need_no_word(editor: Client) -> None:
    meeting = MeetingPageFactory()
    assert edit(editor, meeting, lead="Ny ingress.").status_code == 302
    assert MeetingPage.objects.get().lead == "Ny ingress."


@pytest.mark.parametrize("heading", ["Innehåll", "Dagordning", "Material", "Efter mötet", "Adress och publicering"])
def test_the_editor_has_swedish_tabs(editor: Client, heading: str) -> None:
    html = editor.get(f"/admin/pages/{MeetingPageFactory().pk}/edit/").content.decode()
    assert heading in html


def test_u2_speakers_organisations_are_found_by_typing_and_fetched_together(
    editor: Client, django_assert_max_num_queries: Any
) -> None:
    never_shown = OrganisationFactory(name="Stiftelsen Långt ned i listan")
    meeting = MeetingPageFactory()
    item = AgendaItemFactory(meeting=meeting)
    SpeakerFactory(item=item, organisation=OrganisationFactory())
    address = f"/admin/pages/{meeting.pk}/edit/"
    editor.get(address)
    with CaptureQueriesContext(connection) as with_one:
        html = editor.get(address).content.decode()
    assert reverse("organisation_chooser:choose") in html
    assert never_shown.name not in html
    for _ in range(4):
        SpeakerFactory(item=item, organisation=OrganisationFactory())
    with django_assert_max_num_queries(len(with_one)):
        editor.get(address)
