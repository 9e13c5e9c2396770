"""The meetings' pages in the admin: who may see them, and what they do."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import GroupPagePermission

from contacts.models import Person
from meetings import actions
from meetings.enums import MailOutKind, RegistrationStatus
from meetings.home_panel import MeetingsPanel
from meetings.models import Invitation, MeetingPage, Registration
from meetings.organisation_status import organisation_rows
from outbox.actions import withdraw_all
from outbox.enums import BounceClass, MailStatus
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory, PersonFactory
from tests.factories.meetings import (
    InvitationFactory,
    InvitedOrganisationFactory,
    MeetingPageFactory,
    RegistrationFactory,
    publish,
)
from tests.factories.outbox import OutgoingMailFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> MeetingPage:
    return MeetingPageFactory(title="Avtal")


@pytest.fixture
def editor(client: Client) -> Person:
    person = PersonFactory(editor=True, email="redaktor@lumen.example")
    client.force_login(person)
    return person


def url(meeting: MeetingPage, rest: str = "") -> str:
    return f"/admin/moten/{meeting.pk}/{rest}"


def user_with(*permissions: str) -> Person:
    person = PersonFactory()
    codenames = ["access_admin", *permissions]
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return person


PAGES = ("", "inbjudan/", "inbjudan/skicka/", "stall-in/", "organisationer/", "deltagare/", "utan-organisation/")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_shown_to_an_editor(client: Client, editor: Person, meeting: MeetingPage, page: str) -> None:
    assert client.get(url(meeting, page)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_refused_somebody_without_permission(client: Client, meeting: MeetingPage, page: str) -> None:
    client.force_login(user_with())
    assert client.get(url(meeting, page)).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_every_page_leads_a_stranger_to_the_login(client: Client, meeting: MeetingPage, page: str) -> None:
    response = client.get(url(meeting, page))
    assert response.status_code == 302
    assert "/konto/" in response["Location"]


@pytest.mark.parametrize("page", ["inbjudan/", "inbjudan/skicka/", "stall-in/"])
def test_who_keeps_the_list_may_not_send(client: Client, meeting: MeetingPage, page: str) -> None:
    client.force_login(user_with("view_registration", "change_registration"))
    assert client.get(url(meeting, page)).status_code == 403
    assert client.post(url(meeting, "inbjudan/skicka/")).status_code == 403
    assert client.post(url(meeting, "stall-in/"), {"note": "nej"}).status_code == 403
    assert client.post(url(meeting, "inbjudan/test/")).status_code == 403


def test_who_may_publish_sees_no_names_without_the_permission(client: Client, meeting: MeetingPage) -> None:
    group = Group.objects.create(name="Publicerar")
    for codename in ("publish_page", "change_page"):
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=meeting, permission=permission)
    person = user_with()
    person.groups.add(group)
    client.force_login(person)
    pages = ("", "inbjudan/", "inbjudan/skicka/", "organisationer/", "organisationer/?export=csv", "deltagare/")
    answers = [client.get(url(meeting, page)).status_code for page in pages]
    assert answers == [200, 200, 200, 403, 403, 403]
    ContactPersonFactory()
    assert client.post(url(meeting, "inbjudan/skicka/"))["Location"] == url(meeting)


def test_who_may_only_read_the_list_cannot_change_it(client: Client, meeting: MeetingPage) -> None:
    client.force_login(user_with("view_registration"))
    assert client.get(url(meeting, "deltagare/")).status_code == 200
    assert client.post(url(meeting, "deltagare/")).status_code == 403
    assert client.post(url(meeting, "utan-organisation/")).status_code == 403


@pytest.mark.parametrize(
    "page", ["inbjudan/skicka/", "inbjudan/test/", "stall-in/", "deltagare/", "utan-organisation/"]
)
def test_a_change_needs_the_forms_token(editor: Person, meeting: MeetingPage, page: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert strict.post(url(meeting, page)).status_code == 403


def test_reading_sends_nothing(client: Client, editor: Person, meeting: MeetingPage) -> None:
    ContactPersonFactory()
    for page in PAGES:
        client.get(url(meeting, page))
    assert client.get(url(meeting, "inbjudan/test/")).status_code == 405
    assert not OutgoingMail.objects.exists()


def test_the_listing_shows_the_meetings(client: Client, editor: Person, meeting: MeetingPage) -> None:
    html = client.get("/admin/moten/").content.decode()
    assert f'href="/admin/moten/{meeting.pk}/"' in html
    assert "Kommande" in html


@pytest.mark.parametrize(("when", "shown"), [("coming", True), ("past", False), ("draft", False)])
def test_the_listing_can_be_filtered(
    client: Client, editor: Person, meeting: MeetingPage, when: str, shown: bool
) -> None:
    html = client.get(f"/admin/moten/?when={when}").content.decode()
    assert (f'href="/admin/moten/{meeting.pk}/"' in html) is shown


def test_the_page_editor_leads_to_the_meetings_page(client: Client, editor: Person, meeting: MeetingPage) -> None:
    html = client.get(f"/admin/pages/{meeting.pk}/edit/").content.decode()
    assert f"/admin/moten/{meeting.pk}/" in html
    assert "Inbjudan och deltagare" in html


def test_the_preview_shows_the_mail_apart_from_the_admin(client: Client, editor: Person, meeting: MeetingPage) -> None:
    html = client.get(url(meeting, "inbjudan/")).content.decode()
    assert "<iframe" in html
    assert "sandbox srcdoc=" in html
    assert "Inbjudan: Avtal" in html


def test_a_draft_has_no_preview(client: Client, editor: Person) -> None:
    response = client.get(url(MeetingPageFactory(draft=True), "inbjudan/"), follow=True)
    assert "Publicera det först" in response.content.decode()


def test_the_test_mail_goes_to_the_editor_alone(client: Client, editor: Person, meeting: MeetingPage) -> None:
    ContactPersonFactory()
    client.post(url(meeting, "inbjudan/test/"))
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [editor.email]


def test_the_confirmation_tells_how_many_get_the_mail(client: Client, editor: Person, meeting: MeetingPage) -> None:
    ContactPersonFactory.create_batch(3)
    ContactPersonFactory(no_mail=True)
    assert "Skicka 3 inbjudningar nu" in client.get(url(meeting, "inbjudan/skicka/")).content.decode()


def test_sending_twice_gives_one_mail_each(client: Client, editor: Person, meeting: MeetingPage) -> None:
    ContactPersonFactory.create_batch(3)
    first = client.post(url(meeting, "inbjudan/skicka/"))
    mail_out = meeting.mail_outs.get()
    assert first["Location"] == url(meeting, f"utskick/{mail_out.pk}/")
    again = client.post(url(meeting, "inbjudan/skicka/"), follow=True)
    assert "har redan fått inbjudan" in again.content.decode()
    assert OutgoingMail.objects.count() == 3
    assert meeting.mail_outs.count() == 1


def test_nobody_to_invite_is_said(client: Client, editor: Person, meeting: MeetingPage) -> None:
    response = client.post(url(meeting, "inbjudan/skicka/"), follow=True)
    assert "ingen att bjuda in" in response.content.decode()


def sent(client: Client, meeting: MeetingPage, receivers: int) -> str:
    ContactPersonFactory.create_batch(receivers)
    client.post(url(meeting, "inbjudan/skicka/"))
    return url(meeting, f"utskick/{meeting.mail_outs.get().pk}/")


def test_the_mail_out_refreshes_itself_until_it_is_done(client: Client, editor: Person, meeting: MeetingPage) -> None:
    path = sent(client, meeting, 2)
    assert 'data-refresh="5"' in client.get(path).content.decode()
    assert "data-refresh" not in client.get(f"{path}?visa=&q=kommun").content.decode()
    OutgoingMail.objects.update(status=MailStatus.SENT, sent_at=timezone.now())
    html = client.get(path).content.decode()
    assert "data-refresh" not in html
    assert "2 av 2 skickade" in html


def test_the_mail_out_shows_the_servers_answer_to_each(client: Client, editor: Person, meeting: MeetingPage) -> None:
    path = sent(client, meeting, 2)
    lost, arrived = OutgoingMail.objects.order_by("pk")
    OutgoingMail.objects.filter(pk=lost.pk).update(status=MailStatus.FAILED, reply="550 No such user")
    OutgoingMail.objects.filter(pk=arrived.pk).update(status=MailStatus.SENT, sent_at=timezone.now())
    html = client.get(path).content.decode()
    assert "550 No such user" in html
    assert "1 kom inte fram" in html
    failed = client.get(f"{path}?visa=failed").content.decode()
    assert lost.recipient in failed
    assert arrived.recipient not in failed


def test_m7_the_mail_out_says_what_the_failures_mean_and_what_to_do(
    client: Client, editor: Person, meeting: MeetingPage
) -> None:
    path = sent(client, meeting, 5)
    dead, refused, sent_on, uncertain, unknown = OutgoingMail.objects.order_by("pk")
    failures = (
        (dead, {"status": MailStatus.BOUNCED, "bounce_class": BounceClass.DEAD}),
        (refused, {"status": MailStatus.FAILED, "bounce_class": BounceClass.REFUSED}),
        (sent_on, {"status": MailStatus.BOUNCED, "bounce_class": BounceClass.DEAD, "failed_address": "a@hem.example"}),
        (uncertain, {"status": MailStatus.UNCERTAIN}),
        (unknown, {"status": MailStatus.FAILED}),
    )
    for mail, fields in failures:
        OutgoingMail.objects.filter(pk=mail.pk).update(**fields)
    html = client.get(path).content.decode()
    assert "<dt>2 mejl: Adressen finns inte</dt>" in html
    assert "<dt>1 mejl: Stoppades som skräppost eller av en regel</dt>" in html
    assert "<dt>1 mejl: Okänt skäl</dt>" in html
    assert "<dt>1 mejl: Osäker leverans</dt>" in html
    for text in (BounceClass.DEAD.what_to_do, BounceClass.REFUSED.what_to_do, "det kan ha kommit fram"):
        assert text in html
    assert "1 osäker" in html
    assert '<span class="lm-address">a@hem.example</span>' in html
    assert uncertain.recipient in client.get(f"{path}?visa=uncertain").content.decode()


def test_m4_the_mail_out_says_how_many_were_withdrawn_and_why(
    client: Client, editor: Person, meeting: MeetingPage
) -> None:
    path = sent(client, meeting, 4)
    first, *others = OutgoingMail.objects.order_by("pk")
    withdrawn = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in others])
    withdraw_all(withdrawn.filter(pk=others[0].pk), because="Mottagaren vill inte ha mejl")
    withdraw_all(withdrawn, because="Mötet ställdes in.")
    html = client.get(path).content.decode()
    assert "<li>2 inbjudningar drogs in, mötet ställdes in.</li>" in html
    assert "<li>1 inbjudan drogs in, mottagaren vill inte ha mejl.</li>" in html
    assert "3 inaktuella drogs in" in html
    only = client.get(f"{path}?visa=withdrawn").content.decode()
    assert others[0].recipient in only
    assert first.recipient not in only


@pytest.mark.parametrize(
    ("status", "state", "reached"),
    [
        (MailStatus.QUEUED, "Inbjuden", True),
        (MailStatus.SENT, "Inbjuden", True),
        (MailStatus.UNCERTAIN, "Inbjuden", True),
        (MailStatus.FAILED, "Kom inte fram", False),
        (MailStatus.BOUNCED, "Kom inte fram", False),
        (MailStatus.WITHDRAWN, "Inbjudan drogs in", False),
    ],
)
def test_what_an_organisations_mail_is_tells_whether_it_is_reached(
    meeting: MeetingPage, status: MailStatus, state: str, reached: bool
) -> None:
    mail = OutgoingMailFactory(sent=True, status=status, due_at=timezone.now())
    invitation = InvitationFactory(invited__meeting=meeting, mailed=True, mail=mail)
    rows = {row.organisation: (row.state, row.is_reached) for row in organisation_rows(meeting)}
    assert rows[invitation.invited.organisation] == (state, reached)
    assert Invitation.objects.undeliverable().exists() == (state == "Kom inte fram")


def test_the_mail_out_is_another_meetings_at_another_address(
    client: Client, editor: Person, meeting: MeetingPage
) -> None:
    sent(client, meeting, 1)
    path = url(MeetingPageFactory(), f"utskick/{meeting.mail_outs.get().pk}/")
    assert client.get(path).status_code == 404


def test_cancelling_demands_a_reason(client: Client, editor: Person, meeting: MeetingPage) -> None:
    response = client.post(url(meeting, "stall-in/"), {"note": " "})
    assert "Skriv kort varför" in response.content.decode()
    assert not MeetingPage.objects.get(pk=meeting.pk).is_cancelled


def test_cancelling_tells_everybody(client: Client, editor: Person, meeting: MeetingPage) -> None:
    RegistrationFactory(meeting=meeting)
    response = client.post(url(meeting, "stall-in/"), {"note": "För få anmälda."}, follow=True)
    assert MeetingPage.objects.get(pk=meeting.pk).is_cancelled
    assert meeting.mail_outs.get().kind == MailOutKind.CANCELLATION
    assert "Mötet är inställt" in response.content.decode()


def test_a_cancelled_meeting_offers_nothing_more_to_send_or_cancel(client: Client, editor: Person) -> None:
    OrganisationFactory(municipality=True)
    meeting = MeetingPageFactory(cancelled=True)
    form = client.get(url(meeting, "stall-in/")).content.decode()
    assert "Mötet är redan inställt." in form
    assert 'name="note"' not in form
    assert "ingen att mejla" not in client.get(url(meeting, "inbjudan/skicka/")).content.decode()
    html = client.get(url(meeting)).content.decode()
    assert f"{url(meeting)}inbjudan/" not in html
    assert "ingen att mejla" not in html
    assert client.get(url(meeting, "inbjudan/"))["Location"] == url(meeting)


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


HOSTILE = ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", " =1+1"]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_cell_of_an_export_is_a_formula(client: Client, editor: Person, meeting: MeetingPage, name: str) -> None:
    RegistrationFactory(meeting=meeting, name=name, role="=cmd|' /C calc'!A0")
    table = client.get(url(meeting, "deltagare/?export=xlsx"))
    sheet = load_workbook(io.BytesIO(table.content)).active
    texts = client.get(url(meeting, "deltagare/?export=csv")).content.decode("utf-8-sig").splitlines(keepends=True)
    cells = [str(cell.value or "") for row in sheet.iter_rows() for cell in row]
    cells += [cell for row in csv.reader(texts, delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_attendance_is_saved_for_those_the_page_showed(client: Client, editor: Person) -> None:
    meeting = MeetingPageFactory(past=True)
    came, stayed, elsewhere = RegistrationFactory.create_batch(3, meeting=meeting)
    client.post(url(meeting, "deltagare/"), {"shown": [came.pk, stayed.pk], "attended": [came.pk]})
    attended = {row.pk: row.attended for row in Registration.objects.all()}
    assert attended == {came.pk: True, stayed.pk: False, elsewhere.pk: None}


def test_attendance_waits_for_the_meeting_to_begin(client: Client, editor: Person, meeting: MeetingPage) -> None:
    row = RegistrationFactory(meeting=meeting)
    response = client.post(url(meeting, "deltagare/"), {"shown": [row.pk], "attended": [row.pk]}, follow=True)
    assert "när mötet har börjat" in response.content.decode()
    assert Registration.objects.get().attended is None


def test_attendance_of_another_meeting_cannot_be_set_here(client: Client, editor: Person) -> None:
    other = RegistrationFactory(meeting=MeetingPageFactory(past=True))
    client.post(url(MeetingPageFactory(past=True), "deltagare/"), {"shown": [other.pk], "attended": [other.pk]})
    other.refresh_from_db()
    assert other.attended is None


def test_an_unmatched_participant_gets_an_organisation(client: Client, editor: Person, meeting: MeetingPage) -> None:
    row = RegistrationFactory(meeting=meeting, waiting=True, email="kim@okand.example")
    organisation = OrganisationFactory(municipality=True)
    assert "kim@okand.example" in client.get(url(meeting, "utan-organisation/")).content.decode()
    client.post(url(meeting, "utan-organisation/"), {"registration": row.pk, "organisation": organisation.pk})
    row.refresh_from_db()
    assert (row.status, row.organisation) == (RegistrationStatus.REGISTERED, organisation)


@pytest.mark.parametrize("organisation", ["", "999999", "x"])
def test_matching_to_nothing_is_refused_with_a_word(
    client: Client, editor: Person, meeting: MeetingPage, organisation: str
) -> None:
    row = RegistrationFactory(meeting=meeting, waiting=True)
    data = {"registration": row.pk, "organisation": organisation}
    response = client.post(url(meeting, "utan-organisation/"), data, follow=True)
    assert response.status_code == 200
    assert "rganisation" in response.content.decode()
    row.refresh_from_db()
    assert row.status == RegistrationStatus.WAITING


def test_an_editor_can_cancel_for_somebody(client: Client, editor: Person, meeting: MeetingPage) -> None:
    row = RegistrationFactory(meeting=meeting)
    path = url(meeting, f"deltagare/{row.pk}/avanmal/")
    assert row.name in client.get(path).content.decode()
    client.post(path)
    row.refresh_from_db()
    assert row.status == RegistrationStatus.CANCELLED


def test_nobody_is_cancelled_through_the_address_of_another_meeting(
    client: Client, editor: Person, meeting: MeetingPage
) -> None:
    row = RegistrationFactory(meeting=MeetingPageFactory())
    path = url(meeting, f"deltagare/{row.pk}/avanmal/")
    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)
    row.refresh_from_db()
    assert row.status == RegistrationStatus.REGISTERED


def test_the_start_page_tells_what_waits(client: Client, editor: Person, meeting: MeetingPage) -> None:
    OrganisationFactory(municipality=True)
    RegistrationFactory(meeting=meeting, waiting=True)
    sent(client, meeting, 1)
    OutgoingMail.objects.update(status=MailStatus.FAILED, bounce_class=BounceClass.DEAD)
    html = client.get("/admin/").content.decode()
    assert "1 anmälan utan organisation" in html
    assert "1 inbjudan kom inte fram" in html
    assert '<a href="/admin/organisation/?contact=nej">1 kommun eller region</a> saknar kontaktperson' in html
    assert '<a href="/admin/organisation/?contact=adress">1 kommun eller region</a> har kontaktperson men ingen' in html
    assert '<a href="/admin/organisation/?contact=onabar">2 kommuner och regioner</a> har ingen att mejla' in html
    assert f"/admin/moten/{meeting.pk}/" in html


def test_the_start_page_asks_nothing_of_a_cancelled_or_past_meeting(client: Client, editor: Person) -> None:
    for traits in ({"cancelled": True}, {"past": True}):
        RegistrationFactory(meeting=MeetingPageFactory(**traits), waiting=True)
    html = client.get("/admin/").content.decode()
    assert "utan organisation" not in html
    assert "Inget möte är planerat." in html
    coming = MeetingPageFactory(title="Det som ska hållas", starts_at=timezone.now() + timedelta(days=20))
    assert "Det som ska hållas" in client.get("/admin/").content.decode()
    assert MeetingsPanel().get_context_data({})["meeting"] == coming


def test_the_start_page_says_what_did_not_arrive_of_each_kind(client: Client, editor: Person) -> None:
    meeting = RegistrationFactory(email="kim@ort.example").meeting
    actions.mail_own_link(meeting=meeting, email="kim@ort.example")
    OutgoingMail.objects.update(status=MailStatus.FAILED, due_at=None)
    publish(meeting, title="Ett annat namn")
    html = client.get("/admin/").content.decode()
    assert "1 mejl till en anmäld eller en kollega kom inte fram</a> (Ett annat namn)" in html
    OutgoingMail.objects.update(status=MailStatus.BOUNCED, sent_at=timezone.now(), due_at=None)
    html = client.get("/admin/").content.decode()
    mail_out = meeting.mail_outs.get()
    told = "1 besked om ändring kom inte fram</a> (Ett annat namn)"
    assert f'<a href="/admin/moten/{meeting.pk}/utskick/{mail_out.pk}/?visa=failed">{told}' in html


def test_m2_the_start_page_says_who_has_not_been_invited(client: Client, editor: Person) -> None:
    meeting = MeetingPageFactory(title="Tillsammans")
    ContactPersonFactory()
    assert "har inte fått inbjudan" not in client.get("/admin/").content.decode(), "nobody has been invited yet"
    actions.send_invitations(meeting=meeting, by=None)
    ContactPersonFactory.create_batch(2)
    html = client.get("/admin/").content.decode()
    assert f'<a href="/admin/moten/{meeting.pk}/">2 kontaktpersoner</a> har inte fått inbjudan till Tillsammans' in html
    actions.invite_newcomers()
    assert "har inte fått inbjudan" not in client.get("/admin/").content.decode()


def test_the_start_page_says_so_when_nothing_waits(client: Client, editor: Person) -> None:
    html = client.get("/admin/").content.decode()
    assert "Inget just nu." in html
    assert "Inget möte är planerat." in html


@pytest.mark.parametrize("act", ["unpublish", "delete"])
def test_a_meeting_in_peoples_calendars_does_not_vanish(
    client: Client, editor: Person, meeting: MeetingPage, act: str
) -> None:
    InvitedOrganisationFactory(meeting=meeting)
    response = client.post(f"/admin/pages/{meeting.pk}/{act}/", follow=True)
    assert "står i deltagarnas kalendrar" in response.content.decode()
    assert MeetingPage.objects.get(pk=meeting.pk).live


def test_a_large_meeting_needs_no_more_queries(client: Client, editor: Person, django_assert_max_num_queries) -> None:
    meeting = MeetingPageFactory(starts_at=timezone.now() + timedelta(days=3))
    ContactPersonFactory.create_batch(30)
    client.post(url(meeting, "inbjudan/skicka/"))
    RegistrationFactory.create_batch(30, meeting=meeting)
    mail_out = meeting.mail_outs.get()
    for page in ("", "organisationer/", "deltagare/", f"utskick/{mail_out.pk}/"):
        client.get(url(meeting, page))
        with django_assert_max_num_queries(40):
            client.get(url(meeting, page))
