"""Who is told what becomes of a meeting, counted at the mail server: each once, and what holds when the mail leaves."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.actions import change_person, end_contact_role, stop_mail
from contacts.models import ContactPerson
from contacts.models.periods import today
from meetings import actions, dates
from meetings.enums import MailOutKind, MeetingFormat
from meetings.models import Details, InvitedOrganisation, MailOut, MeetingPage
from outbox.enums import MailStatus
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory, PersonFactory
from tests.factories.meetings import MeetingPageFactory, RegistrationFactory, publish

from ..delivering import deliver_all
from ..reading import attached_calendar, calendar_part, event_in, message_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> MeetingPage:
    return MeetingPageFactory(title="Tillsammans")


def move(meeting: MeetingPage, *, days: int = 1) -> MeetingPage:
    fresh = MeetingPage.objects.get(pk=meeting.pk)
    by = timedelta(days=days)
    note = f"Flyttat {days} dagar."
    return publish(fresh, starts_at=fresh.starts_at + by, ends_at=fresh.ends_at + by, change_note=note)


def cancel(meeting: MeetingPage) -> None:
    actions.cancel_meeting(meeting=meeting, note="Sjukdom.", by=None)


def invite(meeting: MeetingPage) -> None:
    actions.send_invitations(meeting=meeting, by=None)


def kinds(mails: list[OutgoingMail]) -> Counter[tuple[str, str]]:
    """How many of each kind each address got."""
    return Counter((mail.recipient, mail.subject.partition(":")[0]) for mail in mails)


def replace_contact_person(role: ContactPerson, *, deputy: bool = False) -> ContactPerson:
    """End the role yesterday, and appoint somebody else."""
    end_contact_role(role=role, on=today(), by=None)
    return ContactPersonFactory(organisation=role.organisation, deputy=deputy)


def role_of(organisation=None) -> ContactPerson:
    """A role that has held for a while."""
    return ContactPersonFactory(organisation=organisation or OrganisationFactory(), start=today() - timedelta(days=90))


class TestPeriods:
    def test_m1_the_successor_and_the_deputy_are_told_and_not_the_former_contact_person(self, meeting) -> None:
        former, other = role_of(), role_of()
        invite(meeting)
        deliver_all()
        successor = replace_contact_person(former)
        deputy = ContactPersonFactory(organisation=former.organisation, deputy=True)
        move(meeting)
        assert kinds(deliver_all()) == {(role.person.email, "Ändrat"): 1 for role in (successor, deputy, other)}
        cancel(meeting)
        assert kinds(deliver_all()) == {(role.person.email, "Inställt"): 1 for role in (successor, deputy, other)}

    def test_m2_who_is_appointed_after_the_mail_out_is_welcomed_and_invited_once(self, meeting) -> None:
        first = role_of()
        invite(meeting)
        deliver_all()
        new = ContactPersonFactory(organisation=OrganisationFactory())
        assert actions.invite_newcomers() == 1
        assert actions.invite_newcomers() == 0
        welcome, invitation = deliver_all()

        assert {welcome.recipient, invitation.recipient} == {new.person.email}
        assert welcome.subject.startswith("Välkommen som kontaktperson")
        assert "/integritet/" in text_of(welcome)
        invited = InvitedOrganisation.objects.get(organisation=new.organisation)
        assert invited.link in text_of(invitation)
        assert first.person.email not in (welcome.recipient, invitation.recipient)

    def test_nobody_is_invited_to_a_meeting_whose_invitation_has_not_been_sent(self, meeting) -> None:
        ContactPersonFactory()
        assert actions.invite_newcomers() == 0
        assert not OutgoingMail.objects.exists()

    @pytest.mark.parametrize("over", [True, False])
    def test_nobody_is_invited_to_a_meeting_that_is_over_or_cancelled(self, over: bool) -> None:
        meeting = MeetingPageFactory()
        role_of()
        invite(meeting)
        deliver_all()
        if over:
            long_ago = timezone.now() - timedelta(days=30)
            MeetingPage.objects.update(starts_at=long_ago - timedelta(hours=1), ends_at=long_ago)
        else:
            cancel(meeting)
            deliver_all()
        ContactPersonFactory()
        assert actions.invite_newcomers() == 0

    def test_a_role_that_ends_while_the_news_waits_passes_them_to_the_successor(self, meeting) -> None:
        former = role_of()
        invite(meeting)
        deliver_all()
        cancel(meeting)
        successor = replace_contact_person(former)
        assert deliver_all() == []
        assert actions.tell_successors() == 1
        assert actions.tell_successors() == 0
        assert kinds(deliver_all()) == {(successor.person.email, "Inställt"): 1}

    def test_an_organisation_between_two_contact_persons_is_told_when_the_next_one_comes(self, meeting) -> None:
        former = role_of()
        invite(meeting)
        deliver_all()
        move(meeting)
        end_contact_role(role=former, on=today(), by=None)
        assert deliver_all() == []
        cancel(meeting)
        assert actions.tell_successors() == 0
        successor = ContactPersonFactory(organisation=former.organisation)
        assert actions.tell_successors() == 1
        assert kinds(deliver_all()) == {(successor.person.email, "Inställt"): 1}

    def test_an_organisation_that_never_got_the_invitation_is_not_told_of_its_end(self, meeting) -> None:
        role_of()
        invite(meeting)
        cancel(meeting)
        assert actions.tell_successors() == 0
        assert deliver_all() == []

    def test_a_contact_person_who_is_told_as_a_participant_is_not_told_again(self, meeting) -> None:
        role = role_of()
        invite(meeting)
        RegistrationFactory(meeting=meeting, email=role.person.email, organisation=role.organisation)
        deliver_all()
        cancel(meeting)
        assert actions.tell_successors() == 0

    def test_an_invitation_that_came_back_goes_to_the_corrected_address(self, meeting) -> None:
        role, other = role_of(), role_of()
        invite(meeting)
        deliver_all()
        for mail in OutgoingMail.objects.all():
            OutgoingMail.objects.filter(pk=mail.pk).update(status=MailStatus.BOUNCED)
        assert actions.invite_newcomers() == 0, "nothing has become better"
        change_person(person=role.person, details={"email": "ratt@nacka.example"}, by=None)
        ContactPerson.objects.update(welcomed_at=timezone.now())
        assert actions.invite_newcomers() == 1
        assert kinds(deliver_all()) == {("ratt@nacka.example", "Inbjudan"): 1}
        assert other.pk

    def test_a_successor_of_somebody_who_knows_is_not_told_once_more(self, meeting) -> None:
        former = role_of()
        invite(meeting)
        cancel(meeting)
        deliver_all()
        replace_contact_person(former)
        assert actions.tell_successors() == 0


class TestOvertakenMails:
    def test_m4_who_has_not_got_the_invitation_gets_one_mail_whatever_happens(self, meeting) -> None:
        roles = [role_of() for _ in range(5)]
        addresses = [role.person.email for role in roles]
        invite(meeting)
        got = {mail.recipient for mail in deliver_all(at_most=2)}
        assert len(got) == 2
        move(meeting, days=1)
        moved = move(meeting, days=2)
        left = deliver_all()

        assert kinds(left) == {(a, "Ändrat" if a in got else "Inbjudan"): 1 for a in addresses}
        for mail in left:
            assert event_in(attached_calendar(mail))["DTSTART"].dt == moved.starts_at
        told = [mail.text for mail in left if mail.recipient in got]
        assert all("Flyttat 2 dagar." in text for text in told)
        assert not any("Flyttat 1 dagar." in text for text in told), "that day was never told, and is not to be"

    def test_m4_a_cancelled_meeting_is_news_only_to_those_who_have_heard_of_it(self, meeting) -> None:
        for _ in range(5):
            role_of()
        invite(meeting)
        got = {mail.recipient for mail in deliver_all(at_most=2)}
        move(meeting)
        cancel(meeting)
        assert kinds(deliver_all()) == {(address, "Inställt"): 1 for address in got}

        mail_out = MailOut.objects.get(kind=MailOutKind.INVITATION)
        reasons = mail_out.mails.filter(status=MailStatus.WITHDRAWN).values_list("reply", flat=True)
        assert Counter(reasons) == {"Mötet ändrades": 3, "Mötet ställdes in": 3}

    def test_m4_a_cancellation_names_the_time_that_its_receiver_was_told(self, meeting) -> None:
        role = role_of()
        RegistrationFactory(meeting=meeting, email="kim@ort.example")
        invite(meeting)
        deliver_all()
        told = dates.short_when(meeting.starts_at, meeting.ends_at)
        move(meeting, days=5)
        cancel(meeting)
        mails = deliver_all()
        assert kinds(mails) == {(address, "Inställt"): 1 for address in (role.person.email, "kim@ort.example")}
        for mail in mails:
            assert told in mail.subject
            assert dates.when(meeting.starts_at, meeting.ends_at) in mail.text

    def test_notes_about_different_things_are_both_told(self, meeting) -> None:
        role_of()
        invite(meeting)
        deliver_all()
        move(meeting)
        fresh = MeetingPage.objects.get(pk=meeting.pk)
        publish(fresh, format=MeetingFormat.PHYSICAL, place="Rådhuset", change_note="Vi ses på plats.")
        [mail] = deliver_all()
        assert "Flyttat 1 dagar. Vi ses på plats." in mail.text
        assert "Ny tid: " in mail.text
        assert "Ny plats: Rådhuset" in mail.text

    def test_a_meeting_that_is_moved_and_moved_back_is_no_news(self, meeting) -> None:
        role_of()
        RegistrationFactory(meeting=meeting, email="kim@ort.example")
        invite(meeting)
        deliver_all()
        move(meeting, days=3)
        move(meeting, days=-3)
        assert deliver_all() == []

    def test_a_confirmation_that_waits_is_written_anew_when_the_meeting_moves(self, meeting) -> None:
        organisation = OrganisationFactory(email_domains="ort.example")
        actions.register(meeting=meeting, email="kim@ort.example", details=Details(name="Kim"))
        moved = move(meeting)
        [mail] = deliver_all()

        assert organisation.pk
        assert mail.subject.startswith("Du är anmäld")
        assert event_in(calendar_part(mail))["DTSTART"].dt == moved.starts_at

    def test_a_mail_that_was_being_sent_when_the_meeting_moved_and_failed_is_withdrawn(self, meeting) -> None:
        role = role_of()
        invite(meeting)
        OutgoingMail.objects.update(status=MailStatus.SENDING)
        move(meeting)
        OutgoingMail.objects.filter(status=MailStatus.SENDING).update(status=MailStatus.RETRY)
        assert kinds(deliver_all()) == {(role.person.email, "Ändrat"): 1}

    def test_nothing_leaves_about_a_meeting_that_has_been_held_meanwhile(self, meeting) -> None:
        role_of()
        RegistrationFactory(meeting=meeting)
        invite(meeting)
        move(meeting)
        meeting.calendar.refresh_from_db()
        long_ago = timezone.now() - timedelta(days=1)
        type(meeting.calendar).objects.update(starts_at=long_ago - timedelta(hours=1), ends_at=long_ago)
        assert deliver_all() == []
        assert set(OutgoingMail.objects.values_list("status", flat=True)) == {MailStatus.WITHDRAWN}


class TestAtSending:
    @pytest.mark.parametrize(
        ("what", "reason"),
        [
            ("stops mail", "Mottagaren vill inte ha mejl"),
            ("leaves", "Uppdraget som kontaktperson har upphört"),
            ("is shut out", "Uppdraget som kontaktperson har upphört"),
        ],
    )
    def test_m5_a_mail_is_withdrawn_when_its_receiver(self, what: str, reason: str, meeting) -> None:
        role = role_of()
        invite(meeting)
        if what == "stops mail":
            stop_mail(role=role)
        elif what == "leaves":
            end_contact_role(role=role, on=today(), by=None)
        else:
            change_person(person=role.person, details={"is_active": False}, by=None)
        assert deliver_all() == []
        mail = OutgoingMail.objects.get()
        assert (mail.status, mail.reply) == (MailStatus.WITHDRAWN, reason)

    def test_m5_a_receiver_with_a_new_address_gets_the_mail_there(self, meeting) -> None:
        role = role_of()
        invite(meeting)
        change_person(person=role.person, details={"email": "ny@nacka.example"}, by=None)
        [mail] = deliver_all()
        assert (mail.recipient, message_of(mail)["To"]) == ("ny@nacka.example", "ny@nacka.example")

    def test_somebody_whose_mail_was_withdrawn_is_invited_when_it_may_go_again(self, meeting) -> None:
        role, stays = role_of(), role_of()
        invite(meeting)
        stop_mail(role=role)
        assert kinds(deliver_all()) == {(stays.person.email, "Inbjudan"): 1}
        ContactPerson.objects.update(mail_stopped_at=None, welcomed_at=timezone.now())
        assert actions.invite_newcomers() == 1
        assert kinds(deliver_all()) == {(role.person.email, "Inbjudan"): 1}

    def test_a_participant_who_has_left_gets_no_news_but_the_cancellation_of_the_booking(self, meeting) -> None:
        row = RegistrationFactory(meeting=meeting, email="kim@ort.example")
        move(meeting)
        actions.cancel_registration(registration=row)
        assert kinds(deliver_all()) == {("kim@ort.example", "Du är avanmäld"): 1}


class TestSeveralRoles:
    def test_m16_a_contact_person_who_takes_part_gets_one_mail_of_each_change(self, meeting) -> None:
        role = role_of()
        invite(meeting)
        RegistrationFactory(meeting=meeting, email=role.person.email, organisation=role.organisation)
        deliver_all()
        move(meeting)
        [update] = deliver_all()
        cancel(meeting)
        [cancellation] = deliver_all()
        for mail, method in ((update, "REQUEST"), (cancellation, "CANCEL")):
            assert calendar_part(mail)["Content-Type"].params["method"] == method
            assert attached_calendar(mail) is None
            assert f"kontaktperson för {role.organisation.name}" in mail.text

    def test_m22_the_subject_tells_the_organisations_of_one_person_apart(self, meeting) -> None:
        person = PersonFactory()
        organisations = [OrganisationFactory(name=f"{name} kommun", short_name=name) for name in ("Nacka", "Tyresö")]
        for organisation in organisations:
            ContactPersonFactory(person=person, organisation=organisation)
        alone = role_of()
        invite(meeting)
        mails = deliver_all()
        move(meeting)
        mails += deliver_all()
        assert {mail.subject.rpartition(" (")[2] for mail in mails if mail.recipient == person.email} == {
            "Nacka)",
            "Tyresö)",
        }
        assert not [mail for mail in mails if mail.recipient == alone.person.email and "(" in mail.subject]

    def test_m22_so_does_an_invitation_that_comes_later_than_the_others(self, meeting) -> None:
        first = role_of()
        invite(meeting)
        deliver_all()
        tyreso = OrganisationFactory(name="Tyresö kommun", short_name="Tyresö")
        ContactPersonFactory(person=first.person, organisation=tyreso, welcomed_at=timezone.now())
        actions.invite_newcomers()
        [mail] = deliver_all()
        assert mail.subject.endswith("(Tyresö)")

    def test_m15_a_long_title_is_shortened_and_the_time_stays(self) -> None:
        role_of()
        invite(MeetingPageFactory(title="Samverkan mot välfärdsbrott " * 9))
        [mail] = deliver_all()
        assert mail.subject.startswith("Inbjudan: Samverkan mot")
        assert mail.subject.endswith(" kl. 9–11")
        assert "…, " in mail.subject
        assert len(mail.subject) <= 150


class TestColleagues:
    @pytest.fixture
    def role(self, meeting) -> ContactPerson:
        role = role_of()
        invite(meeting)
        deliver_all()
        return role

    def forward(self, role: ContactPerson, *addresses: str) -> None:
        invited = InvitedOrganisation.objects.get(organisation=role.organisation)
        actions.forward_to_colleagues(invited=invited, by=role.person, addresses=list(addresses))

    def test_m24_a_colleague_who_has_not_registered_hears_of_every_change(self, meeting, role) -> None:
        self.forward(role, "eva@nacka.example", "bo@nacka.example")
        deliver_all()
        RegistrationFactory(meeting=meeting, email="bo@nacka.example", organisation=role.organisation)
        moved = move(meeting)
        mails = deliver_all()
        assert kinds(mails)["eva@nacka.example", "Ändrat"] == kinds(mails)["bo@nacka.example", "Ändrat"] == 1
        [to_eva] = [mail for mail in mails if mail.recipient == "eva@nacka.example"]
        event = event_in(attached_calendar(to_eva))
        assert (event["DTSTART"].dt, event["STATUS"]) == (moved.starts_at, "TENTATIVE")
        assert InvitedOrganisation.objects.get(organisation=role.organisation).link in text_of(to_eva)
        cancel(meeting)
        assert kinds(deliver_all())["eva@nacka.example", "Inställt"] == 1

    def test_a_forwarded_mail_that_waits_leaves_with_the_new_time_or_not_at_all(self, meeting, role) -> None:
        self.forward(role, "eva@nacka.example")
        moved = move(meeting)
        [to_eva] = [mail for mail in deliver_all() if mail.recipient == "eva@nacka.example"]
        assert to_eva.subject.startswith("Inbjudan")
        assert event_in(attached_calendar(to_eva))["DTSTART"].dt == moved.starts_at
        self.forward(role, "bo@nacka.example")
        cancel(meeting)
        assert kinds(deliver_all()) == {
            (role.person.email, "Inställt"): 1,
            ("eva@nacka.example", "Inställt"): 1,
        }

    def test_who_gets_the_invitation_as_contact_person_is_not_forwarded_it(self, role) -> None:
        deputy = ContactPersonFactory(organisation=role.organisation, deputy=True)
        invited = InvitedOrganisation.objects.get(organisation=role.organisation)
        chosen = [role.person.email, deputy.person.email, "eva@nacka.example"]
        forwarded = actions.forward_to_colleagues(invited=invited, by=role.person, addresses=chosen)
        assert (forwarded.queued, forwarded.already) == (1, 2)

    def test_m25_answers_to_a_forwarded_mail_go_to_the_contact_person(self, role) -> None:
        self.forward(role, "eva@nacka.example")
        [mail] = deliver_all()
        assert message_of(mail)["Reply-To"] == role.person.email

    def test_who_registers_before_the_forwarded_mail_leaves_does_not_get_it(self, meeting, role) -> None:
        self.forward(role, "eva@nacka.example")
        RegistrationFactory(meeting=meeting, email="eva@nacka.example")
        assert deliver_all() == []
