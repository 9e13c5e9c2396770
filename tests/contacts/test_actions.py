"""What changes the register, and who may."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from contacts.actions import (
    MAX_DEPUTIES,
    appoint_contact_person,
    appoint_deputy,
    change_contact_role,
    change_own_details,
    change_person,
    end_contact_role,
    resume_mail,
    stop_mail,
)
from contacts.enums import MailCategory
from contacts.models import ContactPerson, Organisation, Person
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory, PersonFactory
from tests.factories.meetings import InvitationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel("2026-03-10 12:00"):
        yield


@pytest.fixture
def nacka() -> Organisation:
    return OrganisationFactory(municipality=True, short_name="Nacka")


class TestAppoint:
    def test_a_new_person_is_made_and_the_log_names_nobody(self, nacka: Organisation, editor: Person) -> None:
        role = appoint_contact_person(
            organisation=nacka, email=" Anna@Nacka.example", name=" Anna  Ek ", title="Jurist", by=editor
        )
        assert (role.start, role.end, role.deputy) == (date(2026, 3, 10), None, False)
        assert (role.person.email, role.person.name) == ("anna@nacka.example", "Anna Ek")
        assert (role.person.organisation, role.person.is_staff) == (nacka, False)
        entry = ModelLogEntry.objects.get()
        assert (entry.action, entry.user, entry.label) == ("contacts.appoint", editor, f"kontaktperson {role.pk}")
        assert entry.data == {"organisation": nacka.pk}

    def test_somebody_known_keeps_the_own_details(self, nacka: Organisation, editor: Person) -> None:
        person = PersonFactory(email="anna@nacka.example", name="Anna Ek")
        role = appoint_contact_person(organisation=nacka, email="ANNA@nacka.example", name="Någon Annan", by=editor)
        assert role.person == person
        person.refresh_from_db()
        assert person.name == "Anna Ek"

    @pytest.mark.parametrize(
        ("values", "told"),
        [
            ({"email": "anna"}, "ingen giltig e-postadress"),
            ({"name": ""}, "Namnet saknas"),
            ({"name": "http://vinst.example"}, "får inte innehålla"),
            ({"start": date(2026, 1, 1), "end": date(2026, 1, 1)}, "kan inte sluta innan"),
        ],
    )
    def test_values_that_are_wrong(self, nacka: Organisation, values: dict, told: str) -> None:
        with pytest.raises(ValidationError, match=told):
            appoint_contact_person(
                **{"organisation": nacka, "email": "anna@nacka.example", "name": "Anna", "by": None, **values}
            )
        assert not Person.objects.exists(), "a person without the role is not left behind"

    def test_the_same_role_twice_at_a_time_is_refused_but_again_later_is_not(self, nacka: Organisation) -> None:
        role = ContactPersonFactory(ended=True, organisation=nacka)
        again = {"organisation": nacka, "email": role.person.email, "name": "x", "by": None}
        with pytest.raises(ValidationError, match="redan kontaktperson"):
            appoint_contact_person(**again, start=date(2025, 11, 30))
        appoint_contact_person(**again, start=role.end)
        assert ContactPerson.objects.filter(person=role.person).count() == 2

    def test_a_role_may_end_the_day_that_another_begins(self, nacka: Organisation, editor: Person) -> None:
        later = ContactPersonFactory(organisation=nacka, start=date(2026, 3, 1))
        again = {"organisation": nacka, "email": later.person.email, "name": "x", "by": None}
        earlier = appoint_contact_person(**again, start=date(2026, 1, 1), end=date(2026, 3, 1))
        changed = change_contact_role(role=earlier, start=date(2025, 12, 1), deputy=True, by=editor)
        assert (changed.start, changed.end, changed.deputy) == (date(2025, 12, 1), date(2026, 3, 1), True)
        changed = change_contact_role(role=later, start=date(2026, 3, 1), deputy=True, by=editor)
        assert changed.deputy

    def test_others_may_not(self, nacka: Organisation) -> None:
        with pytest.raises(PermissionDenied):
            appoint_contact_person(organisation=nacka, email="a@x.example", name="A", by=PersonFactory())


class TestDeputies:
    @pytest.fixture
    def role(self, nacka: Organisation) -> ContactPerson:
        return ContactPersonFactory(organisation=nacka, person__name="Anna Ek")

    def test_a_contact_person_names_one_who_is_told_by_mail(self, role: ContactPerson) -> None:
        deputy = appoint_deputy(by=role.person, organisation=role.organisation, email="b@nacka.example", name="Bo Al")
        assert (deputy.deputy, deputy.organisation, deputy.start) == (True, role.organisation, date(2026, 3, 10))
        assert ModelLogEntry.objects.get().user == role.person
        mail = OutgoingMail.objects.get()
        assert (mail.recipient, mail.category) == ("b@nacka.example", MailCategory.DEPUTY)
        for told in ("Hej!", "Anna Ek har utsett dig", "Nacka kommun", "/min-sida/", "/integritet/"):
            assert told in mail.text

    def test_k10_the_mail_says_nothing_that_was_typed_of_the_deputy(self, role: ContactPerson) -> None:
        typed = "Du är avskedad. Ring chefen genast"
        appoint_deputy(by=role.person, organisation=role.organisation, email="b@nacka.example", name=typed)
        mail = OutgoingMail.objects.get()
        assert typed not in mail.text + mail.subject + bytes(mail.message).decode()

    def test_k10_a_mailbox_gets_at_most_three_an_hour_however_it_is_written(self, role: ContactPerson) -> None:
        refused = 0
        for address in [
            "bo.al@nacka.example",
            "boal@nacka.example",
            "bo.al+1@nacka.example",
            "b.oal@nacka.example",
        ] * 2:
            try:
                deputy = appoint_deputy(by=role.person, organisation=role.organisation, email=address, name="Bo Al")
            except ValidationError as error:
                refused += 1
                assert "Vänta en timme" in str(error)
            else:
                end_contact_role(role=deputy, on=date(2026, 3, 10), by=role.person)
        assert (OutgoingMail.objects.count(), refused) == (3, 6), "named, ended and named"

    def test_somebody_known_in_the_organisation_keeps_the_own_name(self, role: ContactPerson) -> None:
        colleague = PersonFactory(organisation=role.organisation, name="Bo Al", email="bo@privat.example")
        deputy = appoint_deputy(by=role.person, organisation=role.organisation, email=colleague.email, name="Bosse")
        assert (deputy.person, deputy.person.name) == (colleague, "Bo Al")

    @pytest.mark.parametrize(
        "email", ["b@sigtuna.example", "ny@sigtuna.example", "b@x.example", "stangd@nacka.example"]
    )
    def test_u22_addresses_of_others_are_refused_with_what_their_domain_says(
        self, role: ContactPerson, email: str
    ) -> None:
        sigtuna = OrganisationFactory(municipality=True, short_name="Sigtuna")
        PersonFactory(organisation=sigtuna, email="b@sigtuna.example", name="Hemlig Person")
        PersonFactory(organisation=role.organisation, email="stangd@nacka.example", is_active=False)
        with pytest.raises(ValidationError) as refused:
            appoint_deputy(by=role.person, organisation=role.organisation, email=email, name="Bo")
        domain = email.partition("@")[2]
        ours = domain == "nacka.example"
        because = "går inte att lägga till härifrån" if ours else "behöver sluta på nacka.example"
        assert because in refused.value.message_dict["email"][0]
        assert domain in refused.value.message_dict["email"][0]
        assert not ContactPerson.objects.filter(deputy=True).exists()
        assert not OutgoingMail.objects.exists()

    def test_an_organisation_without_domains_takes_an_address_that_is_nobodys(self) -> None:
        role = ContactPersonFactory(organisation__email_domains="")
        OrganisationFactory(municipality=True, short_name="Sigtuna")
        appoint_deputy(by=role.person, organisation=role.organisation, email="b@x.example", name="Bo")
        with pytest.raises(ValidationError):
            appoint_deputy(by=role.person, organisation=role.organisation, email="b@sigtuna.example", name="Bo")

    @pytest.mark.parametrize("fields", [{"deputy": True}, {"ended": True}])
    def test_neither_a_deputy_nor_a_former_contact_person_does(self, fields: dict) -> None:
        role = ContactPersonFactory(**fields)
        with pytest.raises(PermissionDenied):
            appoint_deputy(by=role.person, organisation=role.organisation, email="b@x.example", name="Bo")

    def test_nobody_does_for_another_organisation(self, nacka: Organisation) -> None:
        with pytest.raises(PermissionDenied):
            appoint_deputy(by=ContactPersonFactory().person, organisation=nacka, email="b@x.example", name="Bo")

    def test_there_is_an_end_to_them(self) -> None:
        role = ContactPersonFactory()
        ContactPersonFactory.create_batch(MAX_DEPUTIES, organisation=role.organisation, is_deputy=True)
        with pytest.raises(ValidationError, match="redan 5 ersättare"):
            appoint_deputy(by=role.person, organisation=role.organisation, email="b@x.example", name="Bo")

    def test_those_of_before_and_of_others_do_not_count(self, role: ContactPerson) -> None:
        ContactPersonFactory.create_batch(MAX_DEPUTIES - 1, organisation=role.organisation, is_deputy=True)
        ContactPersonFactory(organisation=role.organisation, is_deputy=True, ended=True)
        ContactPersonFactory(is_deputy=True)
        ContactPersonFactory(organisation=role.organisation)
        appoint_deputy(by=role.person, organisation=role.organisation, email="b@nacka.example", name="Bo")
        with pytest.raises(ValidationError, match="redan 5 ersättare"):
            appoint_deputy(by=role.person, organisation=role.organisation, email="c@nacka.example", name="Bo")


class TestEnd:
    def test_the_row_stays_with_its_end(self, editor: Person) -> None:
        role = end_contact_role(role=ContactPersonFactory(), on=date(2026, 4, 1), by=editor)
        role.refresh_from_db()
        assert role.end == date(2026, 4, 1)
        assert ModelLogEntry.objects.get().data == {"on": "2026-04-01"}

    def test_one_ends_the_own_role_and_that_of_the_own_deputy(self) -> None:
        role = ContactPersonFactory()
        deputy = ContactPersonFactory(organisation=role.organisation, is_deputy=True)
        end_contact_role(role=deputy, on=date(2026, 4, 1), by=role.person)
        end_contact_role(role=role, on=date(2026, 4, 1), by=role.person)
        assert ContactPerson.objects.filter(end=date(2026, 4, 1)).count() == 2

    def test_a_deputy_or_a_colleague_does_not_end_that_of_another(self) -> None:
        role = ContactPersonFactory()
        deputy = ContactPersonFactory(organisation=role.organisation, is_deputy=True)
        colleague = ContactPersonFactory(organisation=role.organisation)
        for person in (deputy.person, colleague.person, PersonFactory()):
            with pytest.raises(PermissionDenied):
                end_contact_role(role=role, on=date(2026, 4, 1), by=person)

    @pytest.mark.parametrize("start", [date(2026, 3, 10), date(2026, 3, 20)])
    def test_one_named_by_mistake_is_gone_at_once(self, start: date) -> None:
        role = ContactPersonFactory()
        deputy = ContactPersonFactory(organisation=role.organisation, is_deputy=True, start=start)
        number = deputy.pk
        assert end_contact_role(role=deputy, on=date(2026, 3, 10), by=role.person).is_taken_back
        assert list(ContactPerson.objects.all()) == [role]
        entry = ModelLogEntry.objects.get()
        assert (entry.action, entry.label) == ("contacts.take_back_role", f"kontaktperson {number}")

    def test_one_named_by_mistake_and_invited_has_no_access_and_gets_no_mail(self) -> None:
        role = ContactPersonFactory()
        deputy = ContactPersonFactory(organisation=role.organisation, is_deputy=True, start=date(2026, 3, 10))
        InvitationFactory(contact_person=deputy)
        end_contact_role(role=deputy, on=date(2026, 3, 10), by=role.person)
        assert list(ContactPerson.objects.active()) == [role]
        assert list(ContactPerson.objects.reachable()) == [role]
        again = appoint_contact_person(
            organisation=role.organisation, email=deputy.person.email, name="x", start=date(2026, 3, 1), by=None
        )
        assert again.is_active(), "what was taken back is in nobody's way"

    @pytest.mark.parametrize(("on", "told"), [(date(2026, 3, 10), "Du är inte längre"), (date(2026, 4, 1), "1 april")])
    def test_u22_a_deputy_is_told_that_the_role_ends(self, on: date, told: str) -> None:
        role = ContactPersonFactory()
        deputy = ContactPersonFactory(organisation=role.organisation, is_deputy=True, welcomed_at=timezone.now())
        end_contact_role(role=deputy, on=on, by=role.person)
        mail = OutgoingMail.objects.get()
        assert (mail.recipient, mail.category) == (deputy.person.email, MailCategory.DEPUTY_ENDED)
        assert told in mail.text
        assert role.person.name not in mail.text

    def test_u22_nobody_is_told_of_what_they_did_or_never_knew(self) -> None:
        role = ContactPersonFactory()
        resigns, unaware, erased = ContactPersonFactory.create_batch(
            3, organisation=role.organisation, is_deputy=True, welcomed_at=timezone.now()
        )
        unaware.welcomed_at = None
        unaware.save()
        end_contact_role(role=resigns, on=date(2026, 4, 1), by=resigns.person)
        end_contact_role(role=unaware, on=date(2026, 4, 1), by=role.person)
        end_contact_role(role=erased, on=date(2026, 4, 1), by=None)
        assert not OutgoingMail.objects.exists()

    def test_not_before_it_began(self) -> None:
        role = ContactPersonFactory()
        with pytest.raises(ValidationError, match="kan inte sluta innan"):
            end_contact_role(role=role, on=role.start, by=None)


def test_a_role_may_not_be_moved_over_another(editor: Person) -> None:
    ended = ContactPersonFactory(ended=True)
    role = ContactPersonFactory(person=ended.person, organisation=ended.organisation, start=date(2026, 1, 1))
    with pytest.raises(ValidationError, match="överlappar"):
        change_contact_role(role=role, start=date(2025, 11, 1), deputy=False, by=editor)
    with pytest.raises(PermissionDenied):
        change_contact_role(role=role, start=date(2026, 2, 1), deputy=True, by=role.person)


def test_own_details_are_tidied_and_the_address_stays() -> None:
    person = PersonFactory(email="anna@nacka.example")
    change_own_details(person=person, name=" Anna\tEk ", title="Chef", phone="08-1")
    person.refresh_from_db()
    assert (person.name, person.title, person.phone, person.email) == ("Anna Ek", "Chef", "08-1", "anna@nacka.example")
    with pytest.raises(ValidationError):
        change_own_details(person=person, name="", title="", phone="")


def test_only_those_who_manage_accounts_change_somebody_of_the_admin(editor: Person, administrator: Person) -> None:
    other = PersonFactory()
    change_person(person=other, details={"name": "Nytt"}, by=editor)
    assert Person.objects.get(pk=other.pk).name == "Nytt"
    for person, by in ((administrator, editor), (editor, editor), (other, other)):
        with pytest.raises(PermissionDenied):
            change_person(person=person, details={"email": "kapad@x.example"}, by=by)
    change_person(person=editor, details={"name": "Eva"}, by=administrator)
    with pytest.raises(ValidationError, match="Någon annan har redan"):
        change_person(person=other, details={"email": editor.email.upper()}, by=administrator)


class TestMail:
    """Saying no to mail-outs, and yes again."""

    def test_a_no_is_noted_once_and_names_nobody(self) -> None:
        role = ContactPersonFactory()
        first = stop_mail(role=role).mail_stopped_at
        with time_machine.travel("2026-04-01 12:00"):
            assert stop_mail(role=role).mail_stopped_at == first
        assert first is not None
        entry = ModelLogEntry.objects.get()
        assert (entry.action, entry.user, entry.data) == ("contacts.stop_mail", None, {})
        assert entry.label == f"kontaktperson {role.pk}"

    def test_a_no_concerns_one_organisation(self) -> None:
        role = ContactPersonFactory()
        elsewhere = ContactPersonFactory(person=role.person)
        stop_mail(role=role)
        assert list(ContactPerson.objects.reachable()) == [elsewhere]

    def test_the_person_or_an_editor_takes_it_back(self, editor: Person) -> None:
        role = ContactPersonFactory()
        for by in (role.person, editor, None):
            stop_mail(role=role)
            resume_mail(role=role, by=by)
            assert resume_mail(role=role, by=by).mail_stopped_at is None
            assert list(ContactPerson.objects.reachable()) == [role]
        entries = ModelLogEntry.objects.filter(action="contacts.resume_mail").order_by("pk")
        assert [entry.user for entry in entries] == [role.person, editor, None]

    def test_nobody_else_does(self) -> None:
        role = ContactPersonFactory(no_mail=True)
        colleague = ContactPersonFactory(organisation=role.organisation)
        for person in (colleague.person, PersonFactory()):
            with pytest.raises(PermissionDenied):
                resume_mail(role=role, by=person)
        assert list(ContactPerson.objects.mail_stopped()) == [role]
