"""One idea has one number, wherever it is shown."""

import csv
import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from contacts.models import Organisation
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory, PersonFactory
from tests.factories.meetings import MeetingPageFactory
from tests.factories.outbox import OutgoingMailFactory

pytestmark = pytest.mark.django_db

NUMBER = r"(\d+) (?:kommun eller region|kommuner och regioner)"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(PersonFactory(editor=True))
    return client


@pytest.fixture
def kommuner() -> None:
    """Two without contact person, one with a dead address, one that wants no mail, one that is reached."""
    OrganisationFactory.create_batch(2, municipality=True)
    ContactPersonFactory(organisation__municipality=True)
    ContactPersonFactory(organisation__municipality=True, no_mail=True)
    dead = ContactPersonFactory(organisation__municipality=True)
    OutgoingMailFactory(recipient=dead.person.email, bounced=True)
    # An authority is not counted: nobody expects it to have a contact person.
    OrganisationFactory(kind="authority")


def number_at(html: str, rest: str) -> int:
    found = re.search(rf"{NUMBER}(?:</a>)?\s*{rest}", html)
    assert found is not None, rest
    return int(found.group(1))


def listed(client: Client, address: str, **query: str) -> int:
    return len(client.get(address, query).context["object_list"])


def test_u27_every_place_gives_the_same_numbers(editor: Client, kommuner: None, capsys: Any) -> None:
    meeting = MeetingPageFactory(starts_at=timezone.now() + timedelta(days=9))
    covered = Organisation.objects.covered()
    without, unworking, unreached = 2, 1, 4
    assert covered.without_contact_person().count() == without
    assert covered.without_working_address().count() == unworking
    assert covered.nobody_to_mail().count() == unreached

    start = editor.get("/admin/").content.decode()
    assert number_at(start, "saknar kontaktperson") == without
    assert number_at(start, "har kontaktperson men ingen adress") == unworking
    assert number_at(start, "har ingen att mejla") == unreached

    register = "/admin/organisation/"
    assert listed(editor, register, contact="nej") == without
    assert listed(editor, register, contact="adress") == unworking
    assert listed(editor, register, contact="onabar") == unreached

    own = f"/admin/moten/{meeting.pk}/"
    assert number_at(editor.get(own).content.decode(), "har ingen att mejla") == unreached
    assert number_at(editor.get(f"{own}inbjudan/skicka/").content.decode(), "har ingen att mejla") == unreached
    rows = editor.get(f"{own}organisationer/", {"visa": "unreachable"}).context["page"].object_list
    assert len(rows) == unreached
    assert [row.state for row in rows].count("Saknar kontaktperson") == without

    exported = editor.get(register, {"export": "csv"}).getvalue().decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(exported), delimiter=";"))
    lacking = [line for line in lines if line["Har kontaktperson"] == "Nej"]
    assert len([line for line in lacking if line["Slag"] in ("Kommun", "Region")]) == without

    call_command("coverage", "--on", date.today().isoformat())
    told = re.search(r"(\d+) av (\d+)", capsys.readouterr().out)
    assert told is not None
    assert int(told.group(2)) - int(told.group(1)) == without


def test_u27_each_organisations_own_page_says_what_the_lists_say(editor: Client, kommuner: None) -> None:
    unreached = set(Organisation.objects.covered().nobody_to_mail())
    for organisation in Organisation.objects.covered():
        html = editor.get(f"/admin/organisation/inspect/{organisation.pk}/").content.decode()
        assert ("Ingen att mejla" in html) is (organisation in unreached), organisation
