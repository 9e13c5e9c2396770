"""The organisations of a meeting: how far each has come, and the exports."""

import csv
import io

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from contacts.models import Person
from meetings.models import MeetingPage
from meetings.organisation_status import organisation_rows
from outbox.enums import MailStatus
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory
from tests.factories.meetings import (
    InvitationFactory,
    RegistrationFactory,
)

from .pages import url

pytestmark = pytest.mark.django_db

HOSTILE = ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", " =1+1"]


def organisations(client: Client, meeting: MeetingPage, shown: str) -> str:
    return client.get(url(meeting, f"organisationer/?visa={shown}")).content.decode()


def test_the_organisations_can_be_filtered_by_how_far_they_have_come(
    client: Client, editor: Person, meeting: MeetingPage
) -> None:
    silent, eager, lost, alone, refusing, stopped = (
        OrganisationFactory(municipality=True, short_name=name)
        for name in ("Tysta", "Ivriga", "Tappade", "Ensamma", "Nekande", "Stoppade")
    )
    ContactPersonFactory(organisation=stopped, no_mail=True)
    for organisation in (silent, eager, lost, refusing):
        ContactPersonFactory(organisation=organisation)
    client.post(url(meeting, "inbjudan/skicka/"))
    RegistrationFactory(meeting=meeting, organisation=eager)
    lost_mail = meeting.invited_organisations.get(organisation=lost).invitations.get().mail
    OutgoingMail.objects.filter(pk=lost_mail.pk).update(status=MailStatus.BOUNCED)
    meeting.invited_organisations.filter(organisation=refusing).update(
        declined_at=timezone.now(), declined_because="Semester"
    )
    expected = {
        "registered": {"Ivriga"},
        "silent": {"Tysta"},
        "declined": {"Nekande"},
        "not_reached": {"Tappade", "Ensamma", "Stoppade"},
        "": {"Tysta", "Ivriga", "Tappade", "Ensamma", "Nekande", "Stoppade"},
    }
    for shown, names in expected.items():
        html = organisations(client, meeting, shown)
        found = {name for name in expected[""] if f"{name} kommun" in html}
        assert found == names, shown
    assert "Semester" in organisations(client, meeting, "declined")
    states = {row.organisation: row.state for row in organisation_rows(meeting)}
    assert (states[alone], states[stopped]) == ("Saknar kontaktperson", "Ingen att mejla")


def test_an_organisation_stays_invited_when_the_outbox_has_forgotten_its_mail(meeting: MeetingPage) -> None:
    invitation = InvitationFactory(invited__meeting=meeting, mailed=True)
    assert invitation.mail is None, "a delivered mail goes after a while, its invitation stays"
    states = {row.organisation: (row.state, row.is_reached) for row in organisation_rows(meeting)}
    assert states[invitation.invited.organisation] == ("Inbjuden", True)


def test_those_who_cannot_be_reached_are_listed_before_anything_is_sent(
    client: Client, editor: Person, meeting: MeetingPage
) -> None:
    reached, stopped, alone = (
        OrganisationFactory(municipality=True, short_name=name) for name in ("Nådda", "Stoppade", "Ensamma")
    )
    ContactPersonFactory(organisation=reached, person__name="Kim Nådd")
    ContactPersonFactory(organisation=stopped, person__name="Lo Stopp", no_mail=True)
    html = client.get(url(meeting)).content.decode()
    assert "2 kommuner och regioner har ingen att mejla" in html
    assert "?visa=unreachable" in html
    html = organisations(client, meeting, "unreachable")
    assert reached.name not in html
    assert stopped.name in html
    assert alone.name in html
    assert "Lo Stopp" in html
    assert "Kim Nådd" in organisations(client, meeting, "")


@pytest.mark.parametrize("name", HOSTILE)
def test_no_cell_of_an_export_is_a_formula(client: Client, editor: Person, meeting: MeetingPage, name: str) -> None:
    RegistrationFactory(meeting=meeting, name=name, role="=cmd|' /C calc'!A0")
    table = client.get(url(meeting, "deltagare/?export=xlsx"))
    sheet = load_workbook(io.BytesIO(table.content)).active
    texts = client.get(url(meeting, "deltagare/?export=csv")).content.decode("utf-8-sig").splitlines(keepends=True)
    cells = [str(cell.value or "") for row in sheet.iter_rows() for cell in row]
    cells += [cell for row in csv.reader(texts, delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))]
