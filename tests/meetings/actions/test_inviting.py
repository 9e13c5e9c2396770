from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from wagtail.models import PageLogEntry

from meetings import actions
from meetings.enums import MailCategory, MailOutKind
from meetings.errors import MeetingError
from meetings.models import Invitation, InvitedOrganisation, MailOut
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory, PersonFactory
from tests.factories.meetings import (
    AgendaItemFactory,
    InvitationFactory,
    InvitedOrganisationFactory,
    MaterialFactory,
    MeetingPageFactory,
    SpeakerFactory,
    swedish,
)
from tests.factories.outbox import OutgoingMailFactory

from ..reading import (
    attached_calendar,
    calendar_part,
    event_in,
    everything_in,
    last_mail_to,
    mails_to,
    method_of,
    text_of,
    unsubscribe_link,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return PersonFactory(editor=True, email="redaktor@lumen.example")


def test_every_active_and_reachable_contact_person_gets_a_mail(editor) -> None:
    organisation = OrganisationFactory(municipality=True)
    wanted = [
        ContactPersonFactory(organisation=organisation),
        ContactPersonFactory(organisation=organisation, is_deputy=True),
        ContactPersonFactory(organisation=OrganisationFactory(region=True)),
        ContactPersonFactory(organisation=OrganisationFactory()),
    ]
    ContactPersonFactory(ended=True)
    ContactPersonFactory(start=date(2090, 1, 1))
    ContactPersonFactory(person=PersonFactory(is_active=False))
    ContactPersonFactory(no_mail=True)
    OrganisationFactory(municipality=True)

    sent = actions.send_invitations(meeting=MeetingPageFactory(), by=editor)

    assert sent.queued == 4
    assert sent.mail_out is not None
    assert set(sent.mail_out.mails.values_list("recipient", flat=True)) == {row.person.email for row in wanted}
    assert InvitedOrganisation.objects.count() == 3


def test_an_invitation_that_was_never_mailed_is_no_reason_to_leave_anybody_out(editor) -> None:
    invitation = InvitationFactory()

    assert actions.send_invitations(meeting=invitation.invited.meeting, by=editor).queued == 1
    invitation.refresh_from_db()
    assert invitation.mail is not None
    assert Invitation.objects.count() == 1


def test_contact_persons_of_one_organisation_spread_the_same_link(editor) -> None:
    first = ContactPersonFactory()
    second = ContactPersonFactory(organisation=first.organisation)
    alone = ContactPersonFactory()
    actions.send_invitations(meeting=MeetingPageFactory(), by=editor)
    shared = InvitedOrganisation.objects.get(organisation=first.organisation)

    links = {row.link.partition("?")[0] for row in Invitation.objects.filter(invited=shared)}
    assert links == {shared.link}
    for contact_person in (first, second):
        invitation = Invitation.objects.get(contact_person=contact_person)
        assert f"{shared.link}?k={invitation.pk}\n" in text_of(last_mail_to(contact_person.person.email))
    assert InvitedOrganisation.objects.get(organisation=alone.organisation).link + "\n" in (
        text_of(last_mail_to(alone.person.email))
    )


def test_the_hint_in_a_link_tells_whose_invitation_it_was() -> None:
    invited = InvitedOrganisationFactory()
    assert invited.invitation_from_hint(None) is None
    only = InvitationFactory(invited=invited)
    assert invited.invitation_from_hint(None) == only
    other = InvitationFactory(invited=invited)

    assert invited.invitation_from_hint(str(other.pk)) == other
    assert invited.invitation_from_hint(None) is None
    for strange in ("", "x", "0", str(InvitationFactory().pk), "\x00"):
        assert invited.invitation_from_hint(strange) is None


def test_the_invitation_can_be_read_forwarded_and_put_in_a_calendar(editor) -> None:
    presenter = OrganisationFactory(name="Sigtuna kommun")
    meeting = MeetingPageFactory(
        title="Upphandling & avtal", starts_at=swedish(2027, 3, 9, 9), lead="Hur skriver vi <bra> avtal?"
    )
    item = AgendaItemFactory(meeting=meeting, title="Så gjorde vi")
    SpeakerFactory(item=item, organisation=presenter, name="Kim Påhittad")
    MaterialFactory(meeting=meeting, title="Läs detta", url="https://underlag.example/1")
    MaterialFactory(meeting=meeting, title="Efteråt", url="https://underlag.example/2", moment="after")
    contact_person = ContactPersonFactory()

    actions.send_invitations(meeting=meeting, by=editor)
    mail = last_mail_to(contact_person.person.email)
    invited = InvitedOrganisation.objects.get()

    assert mail.subject == "Inbjudan: Upphandling & avtal, tis 9 mars kl. 9–11"
    for text in (
        "tisdag 9 mars 2027 kl. 9–11",
        "Digitalt möte",
        "Hur skriver vi <bra> avtal?",
        "9.00  Så gjorde vi (Sigtuna kommun)",
        "Läs detta: https://underlag.example/1",
        "VIDAREBEFORDRA",
        f"Anmäl dig:\n{invited.link}\n",
    ):
        assert text in text_of(mail)
    assert "Efteråt" not in mail.text
    assert "&amp;" not in mail.text
    assert "Upphandling &amp; avtal" in everything_in(mail)
    assert "&lt;bra&gt;" in everything_in(mail)
    # It will be forwarded: nothing in it may act for the one it came to.
    assert calendar_part(mail) is None
    assert "mote.example" not in everything_in(mail)
    event = event_in(attached_calendar(mail))
    assert method_of(attached_calendar(mail)) == "PUBLISH"
    assert "ATTENDEE" not in event
    assert "ORGANIZER" in event
    assert invited.link in event["DESCRIPTION"]
    assert event["STATUS"] == "TENTATIVE"


def test_one_click_in_the_mail_program_stops_the_next_mail_out(editor, client: Client) -> None:
    stopping, staying = ContactPersonFactory(), ContactPersonFactory()
    actions.send_invitations(meeting=MeetingPageFactory(), by=editor)
    for contact_person in (stopping, staying):
        mail = last_mail_to(contact_person.person.email)
        assert unsubscribe_link(mail) == contact_person.stop_mail_link
        # A link in the body would act for whoever the mail is forwarded to.
        assert "utskick" not in everything_in(mail)

    link = unsubscribe_link(last_mail_to(stopping.person.email))
    client.post(link.removeprefix(settings.BASE_URL), {"List-Unsubscribe": "One-Click"})
    meeting = MeetingPageFactory()

    assert list(actions.receivers_without_invitation(meeting)) == [staying]
    assert actions.send_invitations(meeting=meeting, by=editor).queued == 1
    assert len(mails_to(stopping.person.email)) == 1


def test_a_second_sending_reaches_only_those_who_have_come_since(editor) -> None:
    meeting = MeetingPageFactory()
    ContactPersonFactory()
    first = actions.send_invitations(meeting=meeting, by=editor)
    again = actions.send_invitations(meeting=meeting, by=PersonFactory(editor=True))
    new = ContactPersonFactory()
    later = actions.send_invitations(meeting=meeting, by=None)

    assert (first.queued, again.queued, later.queued) == (1, 0, 1)
    assert first.mail_out == again.mail_out == later.mail_out
    assert len(mails_to(new.person.email)) == 1
    assert MailOut.objects.count() == 1


def test_somebody_with_two_periods_in_one_organisation_gets_one_mail(editor) -> None:
    role = ContactPersonFactory(ended=True)
    ContactPersonFactory(person=role.person, organisation=role.organisation, start=role.end)

    assert actions.send_invitations(meeting=MeetingPageFactory(), by=editor).queued == 1


def test_somebody_who_answers_for_two_organisations_gets_the_link_of_each(editor) -> None:
    role = ContactPersonFactory()
    ContactPersonFactory(person=role.person)

    assert actions.send_invitations(meeting=MeetingPageFactory(), by=editor).queued == 2
    assert len({text_of(mail) for mail in mails_to(role.person.email)}) == 2


def test_with_nobody_to_invite_there_is_no_mail_out(editor) -> None:
    assert actions.send_invitations(meeting=MeetingPageFactory(), by=editor) == actions.Sent(None, 0)
    assert not MailOut.objects.exists()


@pytest.mark.parametrize(
    ("traits", "reason"),
    [({"draft": True}, "inte publicerat"), ({"past": True}, "redan varit"), ({"cancelled": True}, "inställt")],
)
def test_a_meeting_that_is_not_to_be_held_invites_nobody(traits: dict, reason: str, editor) -> None:
    ContactPersonFactory()
    meeting = MeetingPageFactory(**traits)
    for send in (
        lambda: actions.send_invitations(meeting=meeting, by=editor),
        lambda: actions.send_test_invitation(meeting=meeting, to=editor),
        lambda: actions.ensure_invited(meeting=meeting, organisation=OrganisationFactory()),
    ):
        with pytest.raises(MeetingError, match=reason):
            send()
    assert not OutgoingMail.objects.exists()


def test_only_those_who_may_publish_may_invite() -> None:
    ContactPersonFactory()
    with pytest.raises(PermissionDenied):
        actions.send_invitations(meeting=MeetingPageFactory(), by=PersonFactory())
    assert not OutgoingMail.objects.exists()


def test_the_page_remembers_who_invited(editor) -> None:
    ContactPersonFactory()
    meeting = MeetingPageFactory()
    actions.send_invitations(meeting=meeting, by=editor)
    entry = PageLogEntry.objects.get(action="meetings.invite")

    assert (entry.user, entry.data, entry.page_id) == (editor, {"queued": 1}, meeting.pk)


def test_an_unpublished_change_in_the_editor_is_not_what_goes_out(editor) -> None:
    contact_person = ContactPersonFactory()
    meeting = MeetingPageFactory(title="Det publicerade")
    meeting.title = "Ett utkast"
    actions.send_invitations(meeting=meeting, by=editor)

    assert "Det publicerade" in last_mail_to(contact_person.person.email).subject


def test_a_mail_more_costs_few_queries(editor, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(20):
        ContactPersonFactory()
    meeting = MeetingPageFactory()
    actions.send_invitations(meeting=meeting, by=editor)
    for _ in range(20):
        ContactPersonFactory()

    with django_assert_max_num_queries(40 + 20 * 5):
        actions.send_invitations(meeting=meeting, by=editor)


def test_a_test_mail_goes_to_the_editor_alone_with_a_link_that_does_not_work(editor) -> None:
    ContactPersonFactory()
    mail = actions.send_test_invitation(meeting=MeetingPageFactory(), to=editor)

    assert OutgoingMail.objects.get() == mail
    assert (mail.recipient, mail.category) == (editor.email, MailCategory.TEST)
    assert mail.subject.startswith("Test: Inbjudan: ")
    assert unsubscribe_link(mail) == ""
    assert InvitedOrganisation.objects.by_token("exempel") is None


def test_the_preview_is_what_the_receivers_get(editor) -> None:
    contact_person = ContactPersonFactory()
    meeting = MeetingPageFactory()
    preview = actions.preview_invitation(meeting=meeting, organisation=contact_person.organisation)
    actions.send_invitations(meeting=meeting, by=editor)
    mail = last_mail_to(contact_person.person.email)
    link = InvitedOrganisation.objects.get().token

    assert preview.subject == mail.subject
    assert preview.text == text_of(mail).rstrip().replace(link, "exempel")
    assert "<h1" in preview.html


def test_a_contact_person_appointed_after_the_mail_out_can_get_the_link(editor) -> None:
    meeting = MeetingPageFactory()
    late = ContactPersonFactory(ended=True)
    with pytest.raises(MeetingError, match="inte skickats"):
        actions.ensure_invited(meeting=meeting, organisation=late.organisation)
    ContactPersonFactory()
    actions.send_invitations(meeting=meeting, by=editor)

    invited = actions.ensure_invited(meeting=meeting, organisation=late.organisation)

    assert actions.ensure_invited(meeting=meeting, organisation=late.organisation) == invited
    assert OutgoingMail.objects.count() == 1


class TestDeclining:
    def test_a_contact_person_declines_and_changes_their_mind(self) -> None:
        invitation = InvitationFactory()
        invited, person = invitation.invited, invitation.contact_person.person

        actions.decline(invited=invited, because="  Vi har inte tid. ", by=person)
        invited.refresh_from_db()
        assert invited.declined_because == "Vi har inte tid."
        assert invited.declined_at is not None

        actions.withdraw_decline(invited=invited, by=person)
        invited.refresh_from_db()
        assert (invited.declined_at, invited.declined_because) == (None, "")

    def test_only_a_contact_person_of_today_answers_for_the_organisation(self) -> None:
        invited = InvitedOrganisationFactory()
        former = ContactPersonFactory(organisation=invited.organisation, ended=True).person
        for person in (former, ContactPersonFactory().person, PersonFactory()):
            with pytest.raises(PermissionDenied):
                actions.decline(invited=invited, because="Nej.", by=person)
            with pytest.raises(PermissionDenied):
                actions.withdraw_decline(invited=invited, by=person)
            with pytest.raises(PermissionDenied):
                actions.forward_to_colleagues(invited=invited, by=person, addresses=["a@ort.example"])


class TestForwarding:
    def test_colleagues_get_the_link_in_the_name_of_the_contact_person(self) -> None:
        invitation = InvitationFactory()
        person = invitation.contact_person.person
        person.name, person.title = "Kim Påhittad", "Säkerhetssamordnare"
        person.save()

        queued = actions.forward_to_colleagues(
            invited=invitation.invited, by=person, addresses=["A@Ort.example", "b@ort.example", "a@ort.example "]
        )
        mail = last_mail_to("a@ort.example")

        assert queued == actions.Forwarded(2, already=0, resting=0)
        organisation = invitation.invited.organisation.name
        assert f"Kim Påhittad, säkerhetssamordnare på {organisation}, tror att" in mail.text
        assert unsubscribe_link(mail) == ""
        assert invitation.link in text_of(mail)
        assert calendar_part(mail) is None
        assert method_of(attached_calendar(mail)) == "PUBLISH"
        invitation.invited.refresh_from_db()
        assert invitation.invited.opened_at is not None

    def test_nobody_gets_the_same_invitation_twice(self) -> None:
        invitation = InvitationFactory()
        forward = {"invited": invitation.invited, "by": invitation.contact_person.person}
        actions.forward_to_colleagues(**forward, addresses=["a@ort.example"])

        assert actions.forward_to_colleagues(**forward, addresses=["a@ort.example", "b@ort.example"]).queued == 1
        assert len(mails_to("a@ort.example")) == 1

    @pytest.mark.parametrize(
        ("addresses", "reason"),
        [
            (["inte en adress"], "ingen e-postadress"),
            (["a@ort.example", "b@ort.example\r\nBcc: c@ort.example"], "ingen e-postadress"),
            ([f"a{n}@ort.example" for n in range(51)], "högst 50"),
        ],
    )
    def test_one_fault_stops_them_all(self, addresses: list[str], reason: str) -> None:
        invitation = InvitationFactory()
        with pytest.raises(MeetingError, match=reason):
            actions.forward_to_colleagues(
                invited=invitation.invited, by=invitation.contact_person.person, addresses=addresses
            )
        assert not OutgoingMail.objects.exists()

    def test_as_many_as_may_be_sent_at_once_are_sent(self, settings: Settings) -> None:
        settings.FORWARD_ADDRESSES_AT_ONCE = settings.FORWARD_ADDRESSES_A_DAY = 3
        invitation = InvitationFactory()
        addresses = ["a@ort.example", "b@ort.example", "c@ort.example"]

        forwarded = actions.forward_to_colleagues(
            invited=invitation.invited, by=invitation.contact_person.person, addresses=addresses
        )

        assert forwarded == actions.Forwarded(3, already=0, resting=0)

    def test_the_share_of_a_mailbox_is_used_to_the_last(self, settings: Settings) -> None:
        settings.LIMITS = {**settings.LIMITS, "forward_mails_a_mailbox": 2}
        answers = []
        for _ in range(3):
            invitation = InvitationFactory()
            forward = {"invited": invitation.invited, "by": invitation.contact_person.person}
            answers.append(actions.forward_to_colleagues(**forward, addresses=["a@ort.example"]).queued)

        assert answers == [1, 1, 0]

    def test_there_is_a_daily_cap(self, settings: Settings) -> None:
        settings.FORWARD_ADDRESSES_A_DAY = 3
        invitation = InvitationFactory()
        forward = {"invited": invitation.invited, "by": invitation.contact_person.person}
        actions.forward_to_colleagues(**forward, addresses=["a@ort.example", "b@ort.example"])
        with pytest.raises(MeetingError, match="högst 3 adresser om dagen"):
            actions.forward_to_colleagues(**forward, addresses=["c@ort.example", "d@ort.example"])

        OutgoingMail.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
        assert actions.forward_to_colleagues(**forward, addresses=["c@ort.example", "d@ort.example"]).queued == 2

    def test_a_mailbox_that_has_had_its_share_is_left_in_peace(self) -> None:
        OutgoingMailFactory.create_batch(10, recipient="a@ort.example", category=MailCategory.FORWARD)
        invitation = InvitationFactory()

        queued = actions.forward_to_colleagues(
            invited=invitation.invited,
            by=invitation.contact_person.person,
            addresses=["a@ort.example", "b@ort.example"],
        )

        assert queued == actions.Forwarded(1, already=0, resting=1)


def test_mail_out_kinds_that_go_once_go_once() -> None:
    meeting = MeetingPageFactory()
    for kind in (MailOutKind.UPDATE, MailOutKind.UPDATE, MailOutKind.INVITATION):
        MailOut.objects.create(meeting=meeting, kind=kind)

    assert meeting.mail_outs.count() == 3
