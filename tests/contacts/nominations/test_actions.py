"""Applying, handing over and replacing: nothing is lost, nobody is doubled, and everybody is told."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from contacts.actions import end_contact_role
from contacts.models import ContactPerson, Nomination, Organisation, Person, today
from contacts.nominations.actions import (
    Details,
    apply,
    approve,
    confirm,
    decline,
    hand_over,
    refuse,
    replace_contact_person,
    withdraw,
)
from contacts.nominations.reasons import reasons_to_wait
from meetings.models import Invitation
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory, NominationFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db

NEW = {"name": "Ny Påhittad", "title": "Chef", "phone": ""}


@pytest.fixture
def editor() -> Person:
    return PersonFactory(editor=True)


@pytest.fixture
def role() -> ContactPerson:
    return ContactPersonFactory(organisation__short_name="Nacka", organisation__email_domains="nacka.example")


def subjects(address: str) -> list[str]:
    return list(OutgoingMail.objects.filter(recipient=address).order_by("pk").values_list("subject", flat=True))


def contact_persons(organisation: Organisation) -> list[str]:
    active = ContactPerson.objects.active().filter(organisation=organisation, deputy=False)
    return sorted(active.values_list("person__email", flat=True))


def handed_over(role: ContactPerson, email: str = "ny@nacka.example") -> Nomination:
    return hand_over(role=role, email=email, name="Ny Påhittad", by=role.person)


class TestApplying:
    def test_an_application_waits_for_its_person_and_then_for_an_editor(self, editor: Person) -> None:
        organisation = OrganisationFactory(municipality=True, email_domains="ort.example")
        nomination = apply(
            organisation=organisation, details=Details("Ny@ort.example", "Ny"), decided_by="Socialchefen"
        )
        assert subjects("ny@ort.example") == [f"Bekräfta att du ska vara kontaktperson för {organisation} i LUMEN"]
        confirm(nomination=nomination, **NEW)
        assert contact_persons(organisation) == [] and Nomination.objects.waiting().count() == 1
        nomination.refresh_from_db()
        assert reasons_to_wait(nomination) == []
        approve(nomination=nomination, by=editor)
        assert contact_persons(organisation) == ["ny@ort.example"]
        assert Person.objects.get(email="ny@ort.example").title == "Chef"
        nomination.refresh_from_db()
        assert (nomination.outcome, nomination.answered_by) == ("appointed", editor)

    @pytest.mark.parametrize(
        ("address", "reason"),
        [
            ("ny@annan.example", "som hör till Annanmyndigheten"),
            ("ny@gmail.example", "Organisationens slutar på ort.example"),
        ],
    )
    def test_what_an_editor_should_look_at_is_said(self, address: str, reason: str) -> None:
        OrganisationFactory(short_name="Annan", email_domains="annan.example")
        role = ContactPersonFactory(organisation__email_domains="ort.example", person__name="Gammal Påhittad")
        nomination = NominationFactory(organisation=role.organisation, email=address, confirmed=True)
        told = " ".join(reasons_to_wait(nomination))
        assert reason in told and "har redan kontaktperson: Gammal Påhittad" in told

    def test_the_limit_of_a_mailbox_is_not_told_to_anybody(self, settings) -> None:
        organisation = OrganisationFactory(municipality=True)
        for _ in range(settings.LIMITS["nomination_mails_a_mailbox"] + 2):
            apply(organisation=organisation, details=Details("ny@ort.example", "Ny"), decided_by="Chefen")
        assert len(subjects("ny@ort.example")) == settings.LIMITS["nomination_mails_a_mailbox"]

    def test_of_several_applications_the_confirmed_one_stands(self, editor: Person) -> None:
        first = NominationFactory(email="ny@ort.example")
        second = NominationFactory(email="NY@ort.example", organisation=first.organisation)
        confirm(nomination=second, **NEW)
        with pytest.raises(ValidationError, match="gäller inte längre"):
            confirm(nomination=first, **NEW)
        assert Nomination.objects.waiting().get() == second

    def test_who_already_is_contact_person_is_told_so(self, role: ContactPerson) -> None:
        nomination = NominationFactory(organisation=role.organisation, email=role.person.email.upper())
        assert confirm(nomination=nomination, **NEW).outcome == "already"
        assert not Nomination.objects.waiting().exists()

    def test_a_no_takes_the_details_away(self) -> None:
        nomination = NominationFactory()
        refuse(nomination=nomination)
        assert not Nomination.objects.exists()
        with pytest.raises(ValidationError):
            confirm(nomination=nomination, **NEW)

    def test_a_link_of_last_month_no_longer_works(self) -> None:
        nomination = NominationFactory(created_at=timezone.now() - timedelta(days=31))
        with pytest.raises(ValidationError, match="gäller inte längre"):
            confirm(nomination=nomination, **NEW)

    def test_two_editors_who_answer_at_once_appoint_once(self, editor: Person) -> None:
        nomination = NominationFactory(confirmed=True)
        approve(nomination=Nomination.objects.get(pk=nomination.pk), by=editor)
        for answer in (approve, decline):
            with pytest.raises(ValidationError, match="redan svarat"):
                answer(nomination=nomination, by=PersonFactory(editor=True))
        assert contact_persons(nomination.organisation) == [nomination.email]

    def test_who_is_declined_is_told(self, editor: Person) -> None:
        nomination = NominationFactory(confirmed=True)
        decline(nomination=nomination, by=editor)
        assert subjects(nomination.email) == [f"Din anmälan som kontaktperson för {nomination.organisation}"]
        assert contact_persons(nomination.organisation) == []

    def test_only_those_who_change_the_register_answer(self) -> None:
        with pytest.raises(PermissionDenied):
            approve(nomination=NominationFactory(confirmed=True), by=PersonFactory())


class TestHandingOver:
    def test_the_successor_says_yes_and_takes_over_with_a_welcome(
        self, role: ContactPerson, django_capture_on_commit_callbacks
    ) -> None:
        nomination = handed_over(role)
        assert contact_persons(role.organisation) == [role.person.email], "until the successor has said yes"
        with django_capture_on_commit_callbacks(execute=True):
            confirm(nomination=nomination, **NEW)
        assert contact_persons(role.organisation) == ["ny@nacka.example"]
        former = ContactPerson.objects.get(pk=role.pk)
        assert former.end == today(), "the period stays in history"
        assert subjects(former.person.email) == [f"Ny Påhittad är nu kontaktperson för {role.organisation}"]
        assert subjects("ny@nacka.example")[1] == f"Välkommen som kontaktperson för {role.organisation} i LUMEN"

    def test_a_role_of_today_is_handed_over_too(self, role: ContactPerson) -> None:
        ContactPerson.objects.filter(pk=role.pk).update(start=today())
        nomination = confirm(nomination=handed_over(role), **NEW)
        assert nomination.outcome == "appointed"
        assert contact_persons(role.organisation) == ["ny@nacka.example"]

    def test_a_deputy_takes_over_and_is_no_longer_deputy(self, role: ContactPerson) -> None:
        deputy = ContactPersonFactory(organisation=role.organisation, is_deputy=True)
        confirm(nomination=handed_over(role, deputy.person.email), **NEW)
        assert contact_persons(role.organisation) == [deputy.person.email]
        assert not ContactPerson.objects.active().filter(organisation=role.organisation, deputy=True).exists()
        assert ContactPerson.objects.get(pk=deputy.pk).end == today()

    @pytest.mark.parametrize(
        ("address", "why"),
        [
            ("own", "din egen adress"),
            ("ny@annan.example", "hör till Annanmyndigheten"),
            ("other", "redan kontaktperson hos er"),
            ("fel", "ingen giltig e-postadress"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_changes(self, role: ContactPerson, address: str, why: str) -> None:
        OrganisationFactory(short_name="Annan", email_domains="annan.example")
        other = ContactPersonFactory(organisation=role.organisation)
        address = {"own": role.person.email.upper(), "other": other.person.email}.get(address, address)
        with pytest.raises(ValidationError) as caught:
            handed_over(role, address)
        assert why in " ".join(caught.value.messages)
        assert not Nomination.objects.exists()

    def test_only_the_contact_person_in_office_hands_over(self, role: ContactPerson) -> None:
        deputy = ContactPersonFactory(organisation=role.organisation, is_deputy=True)
        for stranger in (PersonFactory(), deputy.person):
            with pytest.raises(PermissionDenied):
                hand_over(role=role, email="ny@nacka.example", name="Ny", by=stranger)
        with pytest.raises(PermissionDenied):
            handed_over(deputy)

    def test_a_second_question_withdraws_the_first(self, role: ContactPerson) -> None:
        first, second = handed_over(role, "a@nacka.example"), handed_over(role, "b@nacka.example")
        with pytest.raises(ValidationError):
            confirm(nomination=first, **NEW)
        withdraw(nomination=second, by=role.person)
        with pytest.raises(ValidationError):
            confirm(nomination=second, **NEW)
        assert contact_persons(role.organisation) == [role.person.email]

    def test_an_address_that_is_not_the_organisations_waits_for_an_editor(
        self, role: ContactPerson, editor: Person
    ) -> None:
        nomination = confirm(nomination=handed_over(role, "ny@hemma.example"), **NEW)
        assert contact_persons(role.organisation) == [role.person.email]
        approve(nomination=nomination, by=editor)
        assert contact_persons(role.organisation) == ["ny@hemma.example"]

    def test_a_yes_that_comes_when_the_role_has_ended_is_not_lost(self, role: ContactPerson, editor: Person) -> None:
        nomination = handed_over(role)
        end_contact_role(role=role, on=today(), by=editor)
        nomination = confirm(nomination=nomination, **NEW)
        assert reasons_to_wait(nomination) == ["Den som ville lämna över har inte uppdraget längre."]
        approve(nomination=nomination, by=editor)
        assert contact_persons(role.organisation) == ["ny@nacka.example"]

    def test_what_the_successor_has_confirmed_is_not_withdrawn(self, role: ContactPerson) -> None:
        nomination = confirm(nomination=handed_over(role, "ny@hemma.example"), **NEW)
        with pytest.raises(ValidationError, match="redan sagt ja"):
            withdraw(nomination=nomination, by=role.person)
        assert Nomination.objects.waiting().get() == nomination

    def test_a_referral_is_not_the_contact_persons_own_question(self, role: ContactPerson) -> None:
        referred = NominationFactory(organisation=role.organisation, predecessor=role, kind="referral")
        handed_over(role)
        referred.refresh_from_db()
        assert referred.outcome == ""
        assert list(Nomination.objects.handovers_of(role).values_list("kind", flat=True)) == ["handover"]

    def test_a_second_click_changes_nothing(self, role: ContactPerson) -> None:
        nomination = handed_over(role)
        confirm(nomination=nomination, **NEW)
        confirm(nomination=nomination, name="Annat namn", title="", phone="")
        assert Person.objects.get(email="ny@nacka.example").name == "Ny Påhittad"
        assert ContactPerson.objects.count() == 2


class TestReplacing:
    def test_an_editor_replaces_in_one_step_with_the_same_effects(
        self, role: ContactPerson, editor: Person, django_capture_on_commit_callbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            new = replace_contact_person(role=role, details=Details("ny@b.example", "Ny"), on=today(), by=editor)
        assert contact_persons(role.organisation) == ["ny@b.example"]
        assert subjects(role.person.email) == [f"Ny är nu kontaktperson för {role.organisation}"]
        assert subjects("ny@b.example") == [f"Välkommen som kontaktperson för {role.organisation} i LUMEN"]
        assert new.start == today() and not Invitation.objects.exists()

    def test_a_day_to_come_changes_nothing_yet(self, role: ContactPerson, editor: Person) -> None:
        on = today() + timedelta(days=7)
        replace_contact_person(role=role, details=Details("ny@b.example", "Ny"), on=on, by=editor)
        assert contact_persons(role.organisation) == [role.person.email]
        assert ContactPerson.objects.active(on).get().person.email == "ny@b.example"
        assert subjects(role.person.email) == []

    def test_the_same_person_is_refused(self, role: ContactPerson, editor: Person) -> None:
        with pytest.raises(ValidationError, match="samma person"):
            replace_contact_person(role=role, details=Details(role.person.email, "Ny"), on=today(), by=editor)
        assert contact_persons(role.organisation) == [role.person.email]

    def test_others_get_no_further(self, role: ContactPerson) -> None:
        with pytest.raises(PermissionDenied):
            replace_contact_person(role=role, details=Details("ny@b.example", "Ny"), on=today(), by=role.person)
