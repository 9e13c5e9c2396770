from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser, Permission
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from meetings import mails
from meetings.enums import MeetingState, RegistrationStatus
from meetings.errors import MeetingError
from meetings.models import AgendaItem, Invitation, MailOut, MeetingPage, Registration
from meetings.permissions import (
    EDITOR_PERMISSIONS,
    contact_person_organisations,
    user_can_answer_for,
    user_can_see_registrations,
    user_can_send_invitations,
)
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory, PersonFactory
from tests.factories.meetings import (
    AgendaItemFactory,
    InvitationFactory,
    InvitedOrganisationFactory,
    MaterialFactory,
    MeetingPageFactory,
    RegistrationFactory,
    SpeakerFactory,
)
from tests.factories.outbox import OutgoingMailFactory
from tests.factories.resources import ResourcePageFactory, ThemeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


class TestMeetings:
    def test_coming_and_past_share_out_what_is_public(self) -> None:
        now = timezone.now()
        later = MeetingPageFactory(starts_at=now + timedelta(days=9))
        soon = MeetingPageFactory(starts_at=now + timedelta(days=2), cancelled=True)
        going_on = MeetingPageFactory(starts_at=now - timedelta(hours=1))
        old, older = MeetingPageFactory(past=True), MeetingPageFactory(starts_at=now - timedelta(days=90))
        MeetingPageFactory(draft=True)
        hidden = MeetingPageFactory()
        PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)

        assert list(MeetingPage.objects.coming()) == [going_on, soon, later]
        assert list(MeetingPage.objects.coming().not_cancelled()) == [going_on, later]
        assert list(MeetingPage.objects.past()) == [old, older]

    def test_the_moment_is_an_argument(self) -> None:
        meeting = MeetingPageFactory()

        assert list(MeetingPage.objects.past(now=meeting.ends_at)) == [meeting]
        assert list(MeetingPage.objects.coming(now=meeting.ends_at - timedelta(seconds=1))) == [meeting]

    def test_a_meeting_has_been_from_the_moment_that_it_ends(self) -> None:
        meeting = MeetingPageFactory()
        for moment, is_past in ((meeting.ends_at - timedelta(seconds=1), False), (meeting.ends_at, True)):
            with time_machine.travel(moment, tick=False):
                assert meeting.is_past is is_past
                assert meeting.is_open is not is_past
                assert MeetingPage.objects.past().exists() is is_past
                assert MeetingPage.objects.coming().exists() is not is_past

    def test_how_a_meeting_stands(self) -> None:
        meeting = MeetingPageFactory()
        moments = {
            meeting.starts_at - timedelta(days=1): MeetingState.COMING,
            meeting.starts_at - timedelta(minutes=1): MeetingState.TODAY,
            meeting.starts_at: MeetingState.ONGOING,
            meeting.ends_at: MeetingState.PAST,
        }

        assert {moment: meeting.state(moment) for moment in moments} == moments
        assert MeetingPageFactory(draft=True).state() == MeetingState.DRAFT
        assert MeetingPageFactory(cancelled=True).state() == MeetingState.CANCELLED

    @pytest.mark.parametrize(
        ("traits", "is_open"),
        [({}, True), ({"draft": True}, False), ({"past": True}, False), ({"cancelled": True}, False)],
    )
    def test_when_one_may_register(self, traits: dict[str, Any], is_open: bool) -> None:
        assert MeetingPageFactory(**traits).is_open is is_open

    def test_meetings_are_found_by_theme(self) -> None:
        theme = ThemeFactory()
        meeting = MeetingPageFactory(themes=[theme])
        MeetingPageFactory()

        assert list(MeetingPage.objects.on_theme(theme)) == [meeting]

    def test_the_agenda_and_the_themes_are_searched(self) -> None:
        meeting = MeetingPageFactory(themes=[ThemeFactory(name="Bakgrundskontroller")])
        item = AgendaItemFactory(meeting=meeting, title="Så granskar vi", description="En metod")
        SpeakerFactory(item=item, organisation=OrganisationFactory(name="Sigtuna kommun"))

        text = MeetingPage.objects.get().search_text()
        for words in ("Så granskar vi", "En metod", "Sigtuna kommun"):
            assert words in text
        assert MeetingPage.objects.get().search_words() == "Bakgrundskontroller"

    def test_an_agenda_is_read_in_a_fixed_number_of_queries(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        meeting = MeetingPageFactory()
        for _ in range(3):
            SpeakerFactory(item=AgendaItemFactory(meeting=meeting))
        meeting = MeetingPage.objects.select_related("calendar").get()
        assert meeting.public_url
        with django_assert_num_queries(4):  # items, speakers and organisations, and the materials
            context = mails.meeting_context(meeting.calendar)
        assert all(item["presenters"] for item in context["agenda"])

    def test_ends_before_it_starts_is_refused_by_the_database_too(self) -> None:
        meeting = MeetingPageFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            MeetingPage.objects.filter(pk=meeting.pk).update(ends_at=meeting.starts_at)

    def test_a_meeting_in_calendars_does_not_vanish(self) -> None:
        meeting = InvitedOrganisationFactory().meeting
        for vanish in (meeting.unpublish, meeting.delete):
            with pytest.raises(MeetingError, match="Ställ in det, så får alla besked"):
                vanish()
        assert MeetingPage.objects.get().live

    def test_the_address_is_built_on_the_fixed_base(self, settings: Any) -> None:
        settings.BASE_URL = "https://lumen.example"

        assert MeetingPageFactory(slug="tredje-motet").public_url == "https://lumen.example/moten/tredje-motet/"


class TestAgendaAndMaterial:
    def test_presenters_are_named_once_each(self) -> None:
        item = AgendaItemFactory()
        assert item.presenters == ""
        for name in ("Sigtuna kommun", "Göteborgs Stad", "Sigtuna kommun", "Region Stockholm"):
            organisation = OrganisationFactory._meta.model.objects.filter(name=name).first()
            SpeakerFactory(item=item, organisation=organisation or OrganisationFactory(name=name))

        presenters = AgendaItem.objects.get().presenters
        assert presenters == "Sigtuna kommun, Göteborgs Stad och Region Stockholm"

    def test_what_is_not_public_has_no_address(self) -> None:
        shown = MaterialFactory(resource=ResourcePageFactory(title="Checklista"), title="", url="")
        hidden = MaterialFactory(resource=ResourcePageFactory(draft=True), url="")

        assert shown.label == "Checklista"
        assert shown.address.startswith("/")
        assert (hidden.address, hidden.is_public) == ("", False)


class TestInvitations:
    def test_undeliverable_mails_are_found(self) -> None:
        arrived, bounced = InvitationFactory(mailed=True), InvitationFactory(mailed=True)
        arrived.mail, bounced.mail = OutgoingMailFactory(sent=True), OutgoingMailFactory(bounced=True)
        Invitation.objects.bulk_update([arrived, bounced], ["mail"])

        assert list(Invitation.objects.undeliverable()) == [bounced]

    def test_a_mail_out_knows_its_mails(self) -> None:
        mail_out = MailOut.objects.create(meeting=MeetingPageFactory(), kind="update")
        mail = OutgoingMailFactory(batch=mail_out.batch)
        OutgoingMailFactory(batch=f"{mail_out.batch}0")

        assert list(mail_out.mails) == [mail]

    def test_a_meeting_has_one_invitation_to_send(self) -> None:
        meeting = MeetingPageFactory()
        MailOut.objects.create(meeting=meeting, kind="invitation")
        with pytest.raises(IntegrityError), transaction.atomic():
            MailOut.objects.create(meeting=meeting, kind="invitation")

    def test_u22_only_who_declines_says_why_and_need_not(self) -> None:
        invited = InvitedOrganisationFactory(declined=True)
        type(invited).objects.update(declined_because="")
        with pytest.raises(IntegrityError), transaction.atomic():
            type(invited).objects.update(declined_at=None, declined_because="Vi har inte tid.")


class TestRegistrations:
    def test_an_address_is_registered_once_for_a_meeting_however_it_is_written(self) -> None:
        registration = RegistrationFactory(email="kim@ort.example")
        with pytest.raises(IntegrityError), transaction.atomic():
            RegistrationFactory(meeting=registration.meeting, email="KIM@ort.example")

    def test_a_participant_has_an_organisation(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            RegistrationFactory(organisation=None)

    def test_who_takes_part_waits_or_is_there_at_all(self) -> None:
        meeting = MeetingPageFactory()
        coming = RegistrationFactory(meeting=meeting)
        waiting = RegistrationFactory(meeting=meeting, waiting=True)
        RegistrationFactory(meeting=meeting, left=True)
        registrations = Registration.objects.to_meeting(meeting)

        assert list(registrations.taking_part()) == [coming]
        assert list(registrations.waiting()) == [waiting]
        assert set(registrations.current()) == {coming, waiting}

    def test_only_who_has_left_has_a_day_for_it(self) -> None:
        registration = RegistrationFactory(left=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            Registration.objects.filter(pk=registration.pk).update(status=RegistrationStatus.REGISTERED)


class TestPermissions:
    def test_contact_persons_answer_for_their_organisations_of_today(self) -> None:
        role = ContactPersonFactory()
        former = ContactPersonFactory(person=role.person, ended=True)
        mine = InvitedOrganisationFactory(organisation=role.organisation)
        not_mine = InvitedOrganisationFactory(organisation=former.organisation)

        assert list(contact_person_organisations(role.person)) == [role.organisation]
        assert user_can_answer_for(role.person, mine)
        assert not user_can_answer_for(role.person, not_mine)
        assert not contact_person_organisations(AnonymousUser()).exists()

    def test_others_see_no_participants_and_send_nothing(self) -> None:
        meeting, editor = MeetingPageFactory(), PersonFactory(editor=True)
        for user in (AnonymousUser(), PersonFactory(), ContactPersonFactory().person):
            assert not user_can_see_registrations(user, meeting)
            assert not user_can_send_invitations(user, meeting)
        assert user_can_see_registrations(editor, meeting)
        assert user_can_send_invitations(editor, meeting)

    def test_the_permissions_of_editors_exist(self) -> None:
        for name in EDITOR_PERMISSIONS:
            app, codename = name.split(".")
            assert Permission.objects.filter(content_type__app_label=app, codename=codename).exists()
