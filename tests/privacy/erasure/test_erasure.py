"""After an erasure a dump of the database holds neither name nor address, and all numbers are as before."""

from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from contacts.models import ContactPerson, Membership, Organisation, Person
from gate.models import PageApproval
from meetings.enums import RegistrationStatus
from meetings.models import Invitation, Registration
from meetings.organisation_status import organisation_rows
from outbox.enums import MailStatus
from outbox.models import OutgoingMail
from privacy.erasure.actions import ErasureRefused, erase_subject, plan_erasure
from privacy.extract.actions import NobodyFound, make_extract
from privacy.models import Purge
from privacy.purge.errors import PurgeRefused
from privacy.subjects import find_subject
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory, PersonFactory
from tests.factories.meetings import InvitationFactory, MeetingPageFactory, RegistrationFactory, SpeakerFactory
from tests.factories.outbox import OutgoingMailFactory
from tests.privacy.purge.storage_search import places_with
from tests.privacy.whole_person import EMAIL, NAME, numbers, some_days, whole_person

REASON = "Begärt av personen"


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("empty_storage")
def test_k3_after_an_erasure_a_dump_holds_neither_name_nor_address() -> None:
    held = whole_person()
    # Parts without Swedish letters, however the rest is written in the bytes of a mail.
    marks = [EMAIL, *("Vilhelmina", "ngsvik", "HEMLIGT-FRO")]
    assert all(places_with(mark) for mark in marks)
    coverage = [Organisation.objects.coverage(day) for day in some_days()]
    at_held = numbers(held.held)
    Registration.objects.create(  # a namesake's details are not the person's
        meeting=held.held, organisation=held.organisation, name="Nils Namne", email="nils@ort.example", token_hash="n"
    )
    call_command("person_erase", EMAIL, "--reason", REASON)
    assert {mark: places_with(mark) for mark in marks} == {mark: {} for mark in marks}
    assert [Organisation.objects.coverage(day) for day in some_days()] == coverage
    registered, attended, organisations = at_held
    assert numbers(held.held) == (registered + 1, attended, organisations)
    assert Registration.objects.get(email="nils@ort.example").name == "Nils Namne"


class TestWhatHappens:
    pytestmark = [pytest.mark.django_db, pytest.mark.databases]

    def erase(self) -> Purge:
        return erase_subject(find_subject(EMAIL), reason=REASON, by=None)

    def test_the_person_can_log_in_nowhere(self) -> None:
        held = whole_person()
        self.erase()
        person = Person.objects.get(pk=held.person.pk)
        assert person.is_erased and not person.is_active and not person.has_usable_password()
        assert not Session.objects.exists()
        assert held.client.get("/min-sida/").status_code == 302

    def test_running_roles_and_seats_end_and_stay_as_periods(self) -> None:
        held = whole_person()
        self.erase()
        today = timezone.localdate()
        assert not ContactPerson.objects.active().filter(organisation=held.organisation, person=held.person).exists()
        assert ContactPerson.objects.get(pk=held.role.pk).end == today
        assert Membership.objects.get().end == today
        assert Organisation.objects.with_contact_person(date(2025, 11, 1)).filter(pk=held.organisation.pk).exists()

    def test_approvals_stay_with_a_number_instead_of_a_name(self) -> None:
        held = whole_person()
        self.erase()
        approval = PageApproval.objects.get()
        assert approval.approved_by.pk == held.person.pk
        assert str(approval.approved_by) == f"Raderad person {held.person.pk}"

    def test_registrations_to_coming_meetings_go_and_those_to_held_ones_are_anonymous(self) -> None:
        held = whole_person()
        self.erase()
        [row] = Registration.objects.all()
        assert (row.meeting, row.organisation, row.attended) == (held.held, held.organisation, True)
        assert row.is_anonymous
        assert (row.name, row.role, row.department) == ("", "", "")

    def test_the_personal_link_of_an_anonymous_registration_finds_nothing(self) -> None:
        token = RegistrationFactory(email=EMAIL, meeting=MeetingPageFactory(past=True)).token
        assert Registration.objects.by_token(token)
        self.erase()
        assert Registration.objects.by_token(token) is None

    def test_mails_in_the_queue_are_never_sent(self) -> None:
        whole_person()
        to_a_namesake = OutgoingMailFactory(text=f"Hej {NAME}!")
        assert OutgoingMail.objects.pending().to_address(EMAIL).exists()
        self.erase()
        assert list(OutgoingMail.objects.pending()) == [to_a_namesake]

    def test_what_did_not_arrive_still_counts_in_the_meetings_list(self) -> None:
        organisation = OrganisationFactory(municipality=True)
        role = ContactPersonFactory(person__email=EMAIL, organisation=organisation)
        invitation = InvitationFactory(
            mailed=True,
            contact_person=role,
            invited__organisation=organisation,
            mail=OutgoingMailFactory(recipient=EMAIL, failed=True),
        )
        meeting = invitation.invited.meeting

        def states() -> dict[str, list[str]]:
            return {row.organisation.name: row.mail_statuses for row in organisation_rows(meeting)}

        before = states()
        assert before[organisation.name] == [MailStatus.FAILED]
        self.erase()
        assert states() == before
        assert Invitation.objects.get().mail.recipient == ""

    def test_the_address_goes_from_mails_that_were_sent_on_to_the_person(self) -> None:
        mail = OutgoingMailFactory(recipient="bo@nacka.example", bounced=True, failed_address=EMAIL)
        self.erase()
        mail.refresh_from_db()
        assert (mail.failed_address, mail.bounce_class) == ("", "")

    def test_the_address_that_failed_goes_with_the_persons_own_mails(self) -> None:
        OutgoingMailFactory(recipient=EMAIL, bounced=True, failed_address="anna@hemma.example")
        self.erase()
        assert not OutgoingMail.objects.exclude(failed_address="").exists()

    def test_a_person_to_whom_nothing_refers_goes_with_the_row(self) -> None:
        person = PersonFactory(email=EMAIL)
        self.erase()
        assert not Person.objects.filter(pk=person.pk).exists()

    def test_a_participant_who_is_no_person_is_erased_too(self) -> None:
        RegistrationFactory(email=EMAIL, name=NAME, meeting=MeetingPageFactory(past=True))
        self.erase()
        with pytest.raises(NobodyFound):
            make_extract(find_subject(EMAIL), by=None)

    def test_the_log_says_that_it_was_done_and_why_but_not_who_it_was(self) -> None:
        held = whole_person()
        editor = PersonFactory(editor=True)
        erase_subject(find_subject(EMAIL), reason=REASON, by=editor)
        row = Purge.objects.get()
        assert (row.kind, row.object_id, row.by, row.reason) == ("contacts.Person", str(held.person.pk), editor, REASON)

    def test_the_erased_may_come_back_as_somebody_new(self) -> None:
        held = whole_person()
        self.erase()
        again = Person.objects.create_user(EMAIL, NAME)
        assert again.pk != held.person.pk


class TestRefusals:
    pytestmark = pytest.mark.django_db

    def test_somebody_who_may_enter_the_admin_is_not_erased(self) -> None:
        PersonFactory(email=EMAIL, editor=True)
        with pytest.raises(ErasureRefused, match="behörigheten"):
            erase_subject(find_subject(EMAIL), reason=REASON, by=None)
        assert Person.objects.filter(email=EMAIL).exists()

    def test_nobody_is_erased_without_the_right(self) -> None:
        PersonFactory(email=EMAIL)
        with pytest.raises(PermissionDenied):
            erase_subject(find_subject(EMAIL), reason=REASON, by=PersonFactory())

    @pytest.mark.parametrize("reason", ["", f"Begärt av {NAME}", f"Brev från {EMAIL.upper()}", "19121212-1212"])
    def test_the_reason_names_nobody(self, reason: str) -> None:
        RegistrationFactory(email=EMAIL, name=NAME)
        with pytest.raises(PurgeRefused):
            erase_subject(find_subject(EMAIL), reason=reason, by=None)
        assert Registration.objects.filter(email=EMAIL).exists()

    def test_the_command_says_on_one_line_that_nobody_has_the_address(self) -> None:
        with pytest.raises(CommandError, match=r"^LUMEN har ingenting om den adressen\.$"):
            call_command("person_erase", "ingen@ort.example", "--reason", REASON)


class TestPlan:
    pytestmark = pytest.mark.django_db

    def test_a_dry_run_tells_and_touches_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        held = whole_person()
        call_command("person_erase", EMAIL, "--reason", REASON, "--dry-run")
        text = capsys.readouterr().out
        assert "Avslutas: kontaktperson för Nacka kommun." in text
        assert "Anmälningar till möten (2)" in text
        assert "Ingenting är rört" in text
        assert Person.objects.get(pk=held.person.pk).name == NAME
        assert Session.objects.exists()

    def test_the_plan_names_what_stays_and_why(self) -> None:
        whole_person()
        told = {record.kind: record.erasure for record, _ in plan_erasure(find_subject(EMAIL)).records}
        assert "i stället för namnet" in told["approvals"]

    def test_a_name_on_a_published_page_is_pointed_out_afterwards(self, capsys: pytest.CaptureFixture[str]) -> None:
        whole_person()
        speaker = SpeakerFactory(name=NAME)
        call_command("person_erase", EMAIL, "--reason", REASON)
        assert f"Står kvar: meetings.Speaker {speaker.pk}" in capsys.readouterr().out
        assert NAME not in capsys.readouterr().out


@pytest.mark.django_db
def test_a_cancelled_registration_stays_cancelled() -> None:
    row = RegistrationFactory(email=EMAIL, left=True, meeting=MeetingPageFactory(past=True))
    erase_subject(find_subject(EMAIL), reason=REASON, by=None)
    row.refresh_from_db()
    assert row.is_anonymous and row.status == RegistrationStatus.CANCELLED


@pytest.mark.django_db
@pytest.mark.databases
def test_two_anonymous_registrations_may_stand_at_one_meeting() -> None:
    meeting = MeetingPageFactory(past=True)
    for address in (EMAIL, "b@ort.example"):
        RegistrationFactory(meeting=meeting, email=address)
        erase_subject(find_subject(address), reason=REASON, by=None)
    assert [row.is_anonymous for row in Registration.objects.to_meeting(meeting)] == [True, True]


@pytest.mark.django_db
def test_a_role_that_has_not_begun_is_taken_back() -> None:
    ContactPersonFactory(person__email=EMAIL, start=timezone.localdate() + timedelta(days=5))
    erase_subject(find_subject(EMAIL), reason=REASON, by=None)
    assert not ContactPerson.objects.lasting().exists()
