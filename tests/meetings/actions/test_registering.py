from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django.fixtures import Settings

from meetings import actions
from meetings.enums import Claim, RegistrationStatus
from meetings.errors import MeetingError, TooOftenError
from meetings.models import Details, InvitedOrganisation, MeetingPage, Registration
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

pytestmark = [pytest.mark.django_db, pytest.mark.databases]

DETAILS = Details(name="Kim Påhittad", role="chef", department="socialförvaltningen")
KIM = {"email": "kim@ort.example", "details": DETAILS}


@pytest.fixture
def editor():
    return PersonFactory(editor=True)


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


class TestClaims:
    """K12: anybody may write anybody's address in the form; its owner decides."""

    @pytest.fixture
    def sigtuna(self) -> InvitedOrganisation:
        return InvitedOrganisationFactory(organisation__short_name="Sigtuna")

    @pytest.fixture
    def nacka(self, sigtuna: InvitedOrganisation) -> InvitedOrganisation:
        return InvitedOrganisationFactory(meeting=sigtuna.meeting, organisation__short_name="Nacka")

    def write(self, invited: InvitedOrganisation, name: str, *, through: bool = True, email: str = "") -> Registration:
        actions.register(
            meeting=invited.meeting,
            email=email or "anna@nacka.example",
            details=Details(name),
            invited=invited if through else None,
        )
        return Registration.objects.get()

    def test_k12_the_domain_tells_the_organisation_whosever_link_it_was(
        self, sigtuna: InvitedOrganisation, nacka: InvitedOrganisation
    ) -> None:
        row = self.write(sigtuna, "Korrupt Kassör")
        assert (row.organisation, row.invitation) == (nacka.organisation, None)

    def test_k12_the_link_tells_it_when_no_organisation_has_the_domain(self, sigtuna: InvitedOrganisation) -> None:
        row = self.write(sigtuna, "Kim Konsult", email="kim@konsult.example")
        assert row.organisation == sigtuna.organisation

    def test_k12_the_owners_words_replace_a_strangers(
        self, sigtuna: InvitedOrganisation, nacka: InvitedOrganisation
    ) -> None:
        self.write(sigtuna, "Korrupt Kassör")
        assert self.write(nacka, "Anna Ek").name == "Anna Ek"
        assert self.write(sigtuna, "Korrupt Kassör").name == "Anna Ek"
        assert self.write(nacka, "Korrupt Kassör", through=False).name == "Anna Ek"

    @pytest.mark.parametrize("confirm", ["corrects", "leaves"])
    def test_k12_what_the_owner_has_confirmed_is_changed_by_no_form(
        self, nacka: InvitedOrganisation, confirm: str
    ) -> None:
        row = self.write(nacka, "Anna")
        if confirm == "corrects":
            actions.update_registration(registration=row, details=Details("Anna Ek"))
        else:
            actions.cancel_registration(registration=row)
            actions.register_again(registration=row)
        before = Registration.objects.get().name
        assert self.write(nacka, "Korrupt Kassör").name == before

    def test_k12_an_editor_who_cancels_has_not_confirmed_anything(self, nacka: InvitedOrganisation, editor) -> None:
        row = self.write(nacka, "Anna")
        actions.cancel_registration(registration=row, by=editor)
        assert Registration.objects.get().claim == Claim.OWN_LINK


class TestLimits:
    def test_a_mailbox_gets_at_most_three_mails_an_hour_and_the_answer_is_the_same(self) -> None:
        invited = InvitedOrganisationFactory()
        answers = {actions.register(meeting=invited.meeting, invited=invited, **KIM).pk for _ in range(10)}

        assert len(answers) == 1
        assert len(mails_to("kim@ort.example")) == 3

        with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
            actions.register(meeting=invited.meeting, invited=invited, **KIM)
        assert len(mails_to("kim@ort.example")) == 4

    def test_the_fourth_meeting_is_confirmed_an_hour_later(self) -> None:
        for _ in range(5):
            actions.register(meeting=MeetingPageFactory(), **KIM)

        now = timezone.now()
        due = [mail.due_at for mail in mails_to("kim@ort.example")]
        assert sum(moment <= now for moment in due) == 3
        assert all(now + timedelta(minutes=59) < moment <= now + timedelta(hours=1) for moment in due[3:])
        assert Registration.objects.count() == 5

    def test_k10_no_way_to_write_an_address_gives_its_mailbox_more(self) -> None:
        meeting = MeetingPageFactory()
        refused = 0
        for number in range(40):
            address = f"{'k.im' if number % 2 else 'kim'}+{number}@ort.example"
            try:
                actions.register(meeting=meeting, **{**KIM, "email": address})
            except TooOftenError as error:
                refused += 1
                assert "Vänta en timme" in str(error)

        due = sorted(OutgoingMail.objects.values_list("due_at", flat=True))
        assert all(later - earlier >= timedelta(hours=1) for earlier, later in zip(due, due[3:], strict=False))
        assert (len(due) + refused, Registration.objects.count()) == (40, len(due))
        assert len(due) <= 15

    def test_who_leaves_and_comes_back_is_told_each_time_whatever_the_form_has_sent(self) -> None:
        invited = InvitedOrganisationFactory()
        for _ in range(3):
            row = actions.register(meeting=invited.meeting, invited=invited, **KIM)
        for _ in range(3):
            actions.cancel_registration(registration=row)
            actions.register_again(registration=row)

        assert row.takes_part
        methods = [method_of(calendar_part(mail)) for mail in mails_to("kim@ort.example")]
        assert methods == ["REQUEST"] * 3 + ["CANCEL", "REQUEST"] * 3

    def test_a_forwarded_invitation_and_a_cancellation_leave_room_for_the_form(self) -> None:
        invitation = InvitationFactory()
        invited, by = invitation.invited, invitation.contact_person.person
        actions.forward_to_colleagues(invited=invited, by=by, addresses=[KIM["email"]])
        row = RegistrationFactory(meeting=invited.meeting, email="k.im@ort.example")
        actions.cancel_registration(registration=row)
        actions.register(meeting=invited.meeting, invited=invited, **KIM)

        booked = last_mail_to(KIM["email"])
        assert method_of(calendar_part(booked)) == "REQUEST"
        assert booked.due_at <= timezone.now()

    def test_going_in_and_out_has_a_cap_that_says_so_and_never_keeps_anybody_in(self, settings: Settings) -> None:
        settings.LIMITS = {**settings.LIMITS, "participant_mails_an_address": 2}
        row = RegistrationFactory()
        actions.cancel_registration(registration=row)
        actions.register_again(registration=row)
        actions.cancel_registration(registration=row)
        with pytest.raises(TooOftenError, match="många gånger"):
            actions.register_again(registration=row)

        assert Registration.objects.get().status == RegistrationStatus.CANCELLED
        assert len(mails_to(row.email)) == 3

    def test_coming_back_without_having_left_changes_nothing(self) -> None:
        actions.register_again(registration=RegistrationFactory())

        assert not OutgoingMail.objects.exists()

    def test_k11_beyond_the_cap_for_all_together_each_is_confirmed_later(self, settings: Settings) -> None:
        settings.LIMITS = {**settings.LIMITS, "registration_mails": 4}
        meeting = MeetingPageFactory()
        for number in range(10):
            actions.register(meeting=meeting, **{**KIM, "email": f"kim@ort{number}.example"})

        now = timezone.now()
        hours = [round((mail.due_at - now) / timedelta(hours=1)) for mail in OutgoingMail.objects.order_by("pk")]
        assert hours == [0] * 4 + [1] * 4 + [2] * 2


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


class TestCancelling:
    def test_the_participant_cancels_and_the_calendar_follows(self) -> None:
        invited = InvitedOrganisationFactory()
        registration = actions.register(meeting=invited.meeting, invited=invited, **KIM)
        actions.cancel_registration(registration=registration)
        actions.cancel_registration(registration=registration)

        booked, cancelled = mails_to("kim@ort.example")
        event = event_in(calendar_part(cancelled))
        assert method_of(calendar_part(cancelled)) == "CANCEL"
        assert event["UID"] == event_in(calendar_part(booked))["UID"]
        assert event["STATUS"] == "CANCELLED"
        assert event["SUMMARY"] == invited.meeting.title
        assert str(event["ATTENDEE"]) == "mailto:kim@ort.example"
        assert event["SEQUENCE"] > event_in(calendar_part(booked))["SEQUENCE"]
        assert registration.token not in everything_in(cancelled)
        assert booked.stream == cancelled.stream
        assert not Registration.objects.taking_part().exists()

    def test_who_waits_has_no_booking_to_take_back(self) -> None:
        registration = RegistrationFactory(waiting=True)
        actions.cancel_registration(registration=registration)

        assert calendar_part(last_mail_to(registration.email)) is None

    def test_a_stale_copy_of_the_row_does_not_cancel_twice(self) -> None:
        registration = RegistrationFactory()
        stale = Registration.objects.get()
        actions.cancel_registration(registration=registration)
        actions.cancel_registration(registration=stale)

        assert OutgoingMail.objects.count() == 1

    def test_an_editor_may_cancel_for_somebody(self, editor) -> None:
        registration = RegistrationFactory()
        with pytest.raises(PermissionDenied):
            actions.cancel_registration(registration=registration, by=PersonFactory())
        actions.cancel_registration(registration=registration, by=editor)

        assert Registration.objects.get().status == RegistrationStatus.CANCELLED

    def test_a_meeting_that_has_been_cannot_be_left(self) -> None:
        registration = RegistrationFactory(meeting=MeetingPageFactory(past=True))
        with pytest.raises(MeetingError, match="redan varit"):
            actions.cancel_registration(registration=registration)

    def test_leaving_a_cancelled_meeting_needs_no_mail(self) -> None:
        registration = RegistrationFactory(meeting=MeetingPageFactory(cancelled=True))
        actions.cancel_registration(registration=registration)

        assert Registration.objects.get().status == RegistrationStatus.CANCELLED
        assert not OutgoingMail.objects.exists()


class TestCorrecting:
    def test_a_participant_corrects_the_own_details(self) -> None:
        registration = RegistrationFactory()
        actions.update_registration(registration=registration, details=Details("Kim", "chef", "IT"))

        stored = Registration.objects.get()
        assert (stored.name, stored.role, stored.department) == ("Kim", "chef", "IT")
        assert not OutgoingMail.objects.exists()

    def test_a_correction_does_not_undo_what_happened_meanwhile(self) -> None:
        registration = RegistrationFactory()
        stale = Registration.objects.get()
        actions.cancel_registration(registration=registration)
        actions.update_registration(registration=stale, details=Details("Kim"))

        assert Registration.objects.get().status == RegistrationStatus.CANCELLED

    def test_not_after_the_meeting(self) -> None:
        registration = RegistrationFactory(meeting=MeetingPageFactory(past=True))
        with pytest.raises(MeetingError, match="redan varit"):
            actions.update_registration(registration=registration, details=Details("Kim"))


class TestAttendance:
    def test_those_who_came_are_ticked_off(self, editor) -> None:
        meeting = MeetingPageFactory(past=True)
        came, left = RegistrationFactory(meeting=meeting), RegistrationFactory(meeting=meeting, left=True)

        assert actions.set_attendance(registrations=[came, left], attended=True, by=editor) == 1
        assert list(Registration.objects.filter(attended=True)) == [came]
        assert actions.set_attendance(registrations=meeting.registrations.all(), attended=None, by=editor) == 1
        assert not Registration.objects.filter(attended=True).exists()

    def test_from_the_moment_that_the_meeting_begins(self, editor) -> None:
        registration = RegistrationFactory()
        starts_at = registration.meeting.starts_at
        with time_machine.travel(starts_at - timedelta(seconds=1), tick=False), pytest.raises(MeetingError):
            actions.set_attendance(registrations=[registration], attended=True, by=editor)
        with time_machine.travel(starts_at, tick=False):
            assert actions.set_attendance(registrations=[registration], attended=True, by=editor) == 1

    def test_not_before_the_meeting_has_begun(self, editor) -> None:
        with pytest.raises(MeetingError, match="har börjat"):
            actions.set_attendance(registrations=[RegistrationFactory()], attended=True, by=editor)

    def test_by_editors_only(self) -> None:
        registration = RegistrationFactory(meeting=MeetingPageFactory(past=True))
        with pytest.raises(PermissionDenied):
            actions.set_attendance(registrations=[registration], attended=True, by=PersonFactory())


def test_a_participant_who_comes_after_a_change_is_above_what_anybody_was_told() -> None:
    invited = InvitedOrganisationFactory()
    meeting = MeetingPage.objects.get()
    meeting.calendar.sequence = 4
    meeting.calendar.save()
    actions.register(meeting=invited.meeting, invited=invited, **KIM)

    assert event_in(calendar_part(last_mail_to("kim@ort.example")))["SEQUENCE"] == 5
