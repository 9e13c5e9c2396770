"""The lists of the admin that can be taken out as a spreadsheet, with codes and labels a reader understands."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.contacts import GroupFactory, MembershipFactory, OrganisationFactory, PersonFactory
from tests.factories.meetings import MeetingPageFactory, RegistrationFactory
from tests.factories.resources import ResourcePageFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(PersonFactory(editor=True))
    return client


def exported(client: Client, address: str, **query: str) -> list[dict[str, str]]:
    response = client.get(address, {"export": "csv", **query})
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig")), delimiter=";"))


def test_u26_participants_come_with_the_code_county_and_kind_of_their_organisation(editor: Client) -> None:
    nacka = OrganisationFactory(municipality=True, short_name="Nacka", code="0182")
    row = RegistrationFactory(organisation=nacka)
    (line,) = exported(editor, f"/admin/moten/{row.meeting_id}/deltagare/")
    assert (line["Kod"], line["Län"], line["Slag"]) == ("0182", "Stockholms län", "Kommun")
    RegistrationFactory(meeting=row.meeting, waiting=True)
    (line,) = exported(editor, f"/admin/moten/{row.meeting_id}/deltagare/", visa="waiting")
    assert (line["Kod"], line["Län"], line["Slag"]) == ("", "", "")


def test_u26_meetings_are_exported_with_time_state_and_numbers(editor: Client) -> None:
    meeting = MeetingPageFactory(title="Avtal", themes=[ThemeFactory(name="Upphandling")])
    RegistrationFactory.create_batch(2, meeting=meeting)
    (line,) = exported(editor, "/admin/moten/")
    assert (line["Möte"], line["Anmälda"], line["Teman"]) == ("Avtal", "2", "Upphandling")
    assert line["Läge"] == meeting.state().label
    assert line["Adress"] == meeting.public_url


def test_u26_material_is_exported_as_it_is_sorted(editor: Client) -> None:
    ResourcePageFactory(
        title="Vägledningen", kind="checklist", producer__name="Nacka kommun", published_on=date(2025, 3, 1)
    )
    ResourcePageFactory(title="Filmen", kind="film")
    (line,) = exported(editor, "/admin/material/", kind="checklist")
    assert (line["Titel"], line["Slag"], line["Avsändare"]) == ("Vägledningen", "Checklista", "Nacka kommun")
    assert line["Publicerat i LUMEN"] == "Ja"


def test_u26_groups_are_exported_with_their_organisations_but_no_persons(editor: Client) -> None:
    group = GroupFactory(name="Referensgruppen")
    MembershipFactory(group=group, organisation__name="Nacka kommun", person=PersonFactory(name="Kim Hemlig"))
    (line,) = exported(editor, "/admin/contactgroup/")
    assert (line["Grupp"], line["Platser nu"], line["Organisationer nu"]) == ("Referensgruppen", "1", "Nacka kommun")
    assert "Kim Hemlig" not in str(line)


@pytest.mark.parametrize("place", ["moten", "contactgroup"])
def test_u26_an_export_asks_as_much_for_one_row_as_for_five(
    editor: Client, place: str, django_assert_max_num_queries: Any
) -> None:
    def one_more() -> None:
        MeetingPageFactory(themes=[ThemeFactory()]) if place == "moten" else MembershipFactory()

    one_more()
    exported(editor, f"/admin/{place}/")
    with CaptureQueriesContext(connection) as with_one:
        exported(editor, f"/admin/{place}/")
    for _ in range(4):
        one_more()
    with django_assert_max_num_queries(len(with_one)):
        exported(editor, f"/admin/{place}/")
