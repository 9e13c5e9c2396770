from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from meetings import actions
from meetings.enums import RegistrationStatus
from meetings.errors import MeetingError
from meetings.models import Details, MeetingPage, Registration
from outbox.models import OutgoingMail
from tests.factories.contacts import OrganisationFactory, PersonFactory
from tests.factories.meetings import (
    JOIN_URL,
    InvitationFactory,
    InvitedOrganisationFactory,
    MeetingPageFactory,
    RegistrationFactory,
)

from ..reading import (
    attached_calendar,
    calendar_part,
    event_in,
    everything_in,
    last_mail_to,
    mails_to,
    method_of,
    text_of,
)
from .people import DETAILS, KIM

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


class TestThroughALink:
    def test_the_participant_gets_a_booking_and_the_way_in(self) -> None:
        invitation = InvitationFactory()
        meeting = invitation.invited.meeting
        registration = actions.register(meeting=meeting, invited=invitation.invited, invitation=invitation, **KIM)

        assert registration.takes_part
        assert (registration.organisation, registration.invitation) == (invitation.invited.organisation, invitation)
        mail = last_mail_to("kim@ort.example")
        assert mail.urgent
        assert JOIN_URL in mail.text
        # A calendar entry may be made of the mail's text, and calendars are shared (M10).
        assert registration.token not in everything_in(mail)
        assert "/min-anmalan/" in text_of(mail)
        part = calendar_part(mail)
        assert method_of(part) == "REQUEST"
        assert event_in(part)["LOCATION"] == JOIN_URL
        assert attached_calendar(mail) is None
        assert registration.token not in part.get_payload(decode=True).decode().replace("\r\n ", "")

    def test_the_organisation_is_noted_as_having_opened_once(self) -> None:
        invited = InvitedOrganisationFactory()
        actions.register(meeting=invited.meeting, invited=invited, **KIM)
        invited.refresh_from_db()
        first = invited.opened_at
        assert first is not None

        actions.register(meeting=invited.meeting, invited=invited, **{**KIM, "email": "alex@ort.example"})
        invited.refresh_from_db()
        assert invited.opened_at == first

    def test_nothing_that_was_typed_stands_in_the_mail(self) -> None:
        invited = InvitedOrganisationFactory()
        typed = {"name": "Vinn pengar nu", "role": "på evil punkt example", "department": "klicka här"}
        actions.register(meeting=invited.meeting, invited=invited, email="kim@ort.example", details=Details(**typed))
        text = everything_in(last_mail_to("kim@ort.example"))

        assert not [words for words in typed.values() if words in text]

    def test_a_link_to_another_meeting_is_a_fault_in_the_program(self) -> None:
        with pytest.raises(ValueError, match="another meeting"):
            actions.register(meeting=MeetingPageFactory(), invited=InvitedOrganisationFactory(), **KIM)


class TestWithoutALink:
    def test_the_organisation_is_found_by_the_domain(self) -> None:
        organisation = OrganisationFactory(municipality=True, email_domains="nacka.example")
        registration = actions.register(meeting=MeetingPageFactory(), **{**KIM, "email": "Kim@Skola.Nacka.example"})

        assert (registration.organisation, registration.status) == (organisation, RegistrationStatus.REGISTERED)
        assert registration.email == "kim@skola.nacka.example"

    def test_what_matches_none_waits_without_booking_or_way_in(self) -> None:
        registration = actions.register(meeting=MeetingPageFactory(), **KIM)
        mail = last_mail_to("kim@ort.example")

        assert list(Registration.objects.waiting()) == [registration]
        assert registration.organisation is None
        assert "mote.example" not in everything_in(mail)
        assert calendar_part(mail) is None
        assert "En redaktör tittar på det" in mail.text

    def test_the_link_of_the_organisation_ends_the_wait(self) -> None:
        invited = InvitedOrganisationFactory()
        waiting = actions.register(meeting=invited.meeting, **KIM)
        registered = actions.register(meeting=invited.meeting, invited=invited, **KIM)

        assert registered == waiting
        assert registered.organisation == invited.organisation
        assert registered.takes_part

    def test_an_editor_matches_and_the_participant_gets_the_booking(self, editor) -> None:
        registration = actions.register(meeting=MeetingPageFactory(), **KIM)
        organisation = OrganisationFactory()
        actions.match_registration(registration=registration, organisation=organisation, by=editor)
        registration.refresh_from_db()

        assert (registration.organisation, registration.takes_part) == (organisation, True)
        assert method_of(calendar_part(last_mail_to("kim@ort.example"))) == "REQUEST"

    def test_a_wrong_match_can_be_put_right_in_silence(self, editor) -> None:
        registration = RegistrationFactory()
        organisation = OrganisationFactory()
        actions.match_registration(registration=registration, organisation=organisation, by=editor)
        registration.refresh_from_db()

        assert registration.organisation == organisation
        assert not OutgoingMail.objects.exists()

    def test_who_has_left_is_not_matched(self, editor) -> None:
        registration = RegistrationFactory(waiting=True)
        actions.cancel_registration(registration=registration)
        with pytest.raises(MeetingError, match="avanmäld"):
            actions.match_registration(registration=registration, organisation=OrganisationFactory(), by=editor)

    def test_only_editors_match(self) -> None:
        registration = RegistrationFactory(waiting=True)
        with pytest.raises(PermissionDenied):
            actions.match_registration(
                registration=registration, organisation=OrganisationFactory(), by=PersonFactory()
            )


class TestTheSameAddressAgain:
    @pytest.mark.parametrize("email", ["kim@ort.example", " KIM@Ort.Example "])
    def test_there_is_one_registration_and_the_confirmation_is_sent_again(self, email: str) -> None:
        invited = InvitedOrganisationFactory()
        first = actions.register(meeting=invited.meeting, invited=invited, **KIM)
        second = actions.register(meeting=invited.meeting, invited=invited, email=email, details=DETAILS)

        assert second == first
        one, two = mails_to("kim@ort.example")
        assert text_of(one) == text_of(two)

    def test_who_comes_back_is_registered_from_that_moment(self) -> None:
        invited = InvitedOrganisationFactory()
        first = actions.register(meeting=invited.meeting, invited=invited, **KIM)
        Registration.objects.update(created_at=timezone.now() - timedelta(days=3))
        first.refresh_from_db()
        actions.cancel_registration(registration=first)
        assert Registration.objects.get().cancelled_at is not None
        actions.register_again(registration=first)

        stored = Registration.objects.get()
        assert timezone.now() - stored.created_at < timedelta(minutes=5)
        assert stored.cancelled_at is None

    def test_k12_who_has_left_comes_back_by_the_own_link_only(self) -> None:
        invited = InvitedOrganisationFactory()
        first = actions.register(meeting=invited.meeting, invited=invited, **KIM)
        actions.cancel_registration(registration=first)
        for through in (invited, InvitedOrganisationFactory(meeting=invited.meeting), None):
            actions.register(meeting=invited.meeting, invited=through, **{**KIM, "details": Details("Någon Annan")})

        stored = Registration.objects.get()
        assert (stored.status, stored.details) == (RegistrationStatus.CANCELLED, DETAILS)
        told = last_mail_to("kim@ort.example")
        assert first.manage_link in text_of(told)
        assert "Du är fortfarande avanmäld" in told.text
        actions.register_again(registration=stored)
        assert Registration.objects.get().takes_part
        booked = [mail for mail in mails_to("kim@ort.example") if calendar_part(mail)]
        assert [method_of(calendar_part(mail)) for mail in booked] == ["REQUEST", "CANCEL", "REQUEST"]

    def test_one_address_may_take_part_in_two_meetings(self) -> None:
        one, two = InvitedOrganisationFactory(), InvitedOrganisationFactory()
        actions.register(meeting=one.meeting, invited=one, **KIM)
        actions.register(meeting=two.meeting, invited=two, **KIM)

        assert Registration.objects.count() == 2


@pytest.mark.parametrize(
    ("traits", "reason"),
    [({"past": True}, "redan varit"), ({"cancelled": True}, "inställt"), ({"draft": True}, "inte publicerat")],
)
def test_one_cannot_register_for_a_meeting_that_is_not_to_be_held(traits: dict, reason: str) -> None:
    with pytest.raises(MeetingError, match=reason):
        actions.register(meeting=MeetingPageFactory(**traits), **KIM)
    assert not Registration.objects.exists()


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(MeetingError, match="ingen e-postadress"):
        actions.register(meeting=MeetingPageFactory(), **{**KIM, "email": "kim@ort.example\r\nBcc: x@y.example"})


def test_a_participant_who_comes_after_a_change_is_above_what_anybody_was_told() -> None:
    invited = InvitedOrganisationFactory()
    meeting = MeetingPage.objects.get()
    meeting.calendar.sequence = 4
    meeting.calendar.save()
    actions.register(meeting=invited.meeting, invited=invited, **KIM)

    assert event_in(calendar_part(last_mail_to("kim@ort.example")))["SEQUENCE"] == 5
