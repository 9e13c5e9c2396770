"""How far what a registration says of somebody can be trusted, and how many mails anybody can cause."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django.fixtures import Settings

from meetings import actions
from meetings.enums import Claim, RegistrationStatus
from meetings.errors import TooOftenError
from meetings.models import Details, InvitedOrganisation, Registration
from outbox.models import OutgoingMail
from tests.factories.meetings import (
    InvitationFactory,
    InvitedOrganisationFactory,
    MeetingPageFactory,
    RegistrationFactory,
)

from ..reading import (
    calendar_part,
    last_mail_to,
    mails_to,
    method_of,
)
from .people import KIM

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


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
