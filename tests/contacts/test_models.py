"""Periods, domains and constraints of the register."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from contacts.enums import GroupKind
from contacts.models import ContactPerson, Organisation, Person
from outbox.enums import UNDELIVERABLE_STATUSES, BounceClass, MailStatus
from outbox.models import OutgoingMail
from tests.factories.contacts import (
    ContactPersonFactory,
    GroupFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def mail_to(address: str, status: MailStatus, **fields: Any) -> OutgoingMail:
    """A mail to the address; one that did not arrive says that the address does not exist."""
    number = OutgoingMail.objects.count()
    if status == MailStatus.SENT:
        fields = {"sent_at": "2025-11-01T12:00:00Z"} | fields
    if status in UNDELIVERABLE_STATUSES:
        fields = {"bounce_class": BounceClass.DEAD} | fields
    return OutgoingMail.objects.create(
        recipient=address,
        subject="x",
        text="x",
        message=b"x",
        message_id=f"<{number}@x>",
        status=status,
        **fields,
    )


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2025, 9, 30), False),
        (date(2025, 10, 1), True),
        (date(2025, 11, 30), True),
        (date(2025, 12, 1), False),
    ],
)
def test_a_role_holds_from_its_first_day_until_the_day_before_its_end(day: date, holds: bool) -> None:
    role = ContactPersonFactory(ended=True)
    assert ContactPerson.objects.active(day).exists() is holds
    assert role.is_active(day) is holds
    assert Organisation.objects.with_contact_person(day).exists() is holds
    assert Organisation.objects.without_contact_person(day).exists() is not holds


@pytest.mark.parametrize(("day", "ended"), [(date(2025, 11, 30), False), (date(2025, 12, 1), True)])
def test_a_role_has_ended_on_its_end_day_and_not_the_day_before(day: date, ended: bool) -> None:
    ContactPersonFactory(ended=True)
    ContactPersonFactory()
    assert ContactPerson.objects.ended(day).exists() is ended
    with time_machine.travel(datetime(day.year, day.month, day.day, 12)):
        assert ContactPerson.objects.ended().exists() is ended


@pytest.mark.parametrize(
    ("start", "end", "overlaps"),
    [
        (date(2025, 9, 1), date(2025, 10, 1), False),
        (date(2025, 9, 1), date(2025, 10, 2), True),
        (date(2025, 11, 30), date(2025, 12, 31), True),
        (date(2025, 12, 1), date(2025, 12, 31), False),
        (date(2025, 11, 30), None, True),
        (date(2025, 12, 1), None, False),
        (date(2025, 9, 30), None, True),
    ],
)
def test_periods_overlap_when_they_share_a_day(start: date, end: date | None, overlaps: bool) -> None:
    ContactPersonFactory(ended=True)
    assert ContactPerson.objects.overlapping(start, end).exists() is overlaps


def test_a_role_that_goes_on_overlaps_what_begins_later_and_one_taken_back_overlaps_nothing() -> None:
    role = ContactPersonFactory()
    assert ContactPerson.objects.overlapping(date(2030, 1, 1), date(2030, 1, 2)).get() == role
    role.end = role.start
    role.save()
    assert not ContactPerson.objects.overlapping(date(2025, 1, 1), None).exists()
    assert not ContactPerson.objects.lasting().exists()


def test_coverage_counts_organisations_and_not_persons(django_assert_num_queries) -> None:
    kommun = OrganisationFactory(municipality=True)
    ContactPersonFactory.create_batch(3, organisation=kommun)
    OrganisationFactory(municipality=True)
    ContactPersonFactory(organisation=OrganisationFactory(region=True))
    ContactPersonFactory(organisation=OrganisationFactory())
    with django_assert_num_queries(1):
        coverage = Organisation.objects.coverage(date(2025, 11, 1))
    assert coverage.as_json() == {
        "on": "2025-11-01",
        "municipalities": 1,
        "municipalities_total": 2,
        "regions": 1,
        "regions_total": 1,
    }


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("anna@nacka.se", "Nacka"),
        ("Anna@NACKA.se ", "Nacka"),
        ("anna@skola.nacka.se", "Nacka"),
        ("anna@inacka.se", None),
        ("anna@nacka.se.example", None),
        ("anna@se", None),
        ("anna", None),
        ("", None),
        ("anna@habo.se", None),
    ],
)
def test_an_address_belongs_to_the_one_organisation_with_its_domain(address: str, found: str | None) -> None:
    OrganisationFactory(short_name="Nacka", email_domains="nacka.se\nnacka.example")
    OrganisationFactory(short_name="Habo", email_domains="habo.se")
    OrganisationFactory(short_name="Håbo", email_domains="habo.se")
    organisation = Organisation.objects.for_email(address)
    assert (organisation.short_name if organisation else None) == found


def test_two_organisations_cannot_claim_the_same_domain_in_the_form() -> None:
    OrganisationFactory(short_name="Nacka", email_domains="nacka.se")
    other = OrganisationFactory(short_name="Annan", email_domains="@NACKA.se\n")
    with pytest.raises(ValidationError, match="används redan av Nackamyndigheten"):
        other.full_clean()


def test_a_domain_must_look_like_one() -> None:
    with pytest.raises(ValidationError, match="är ingen domän"):
        OrganisationFactory(email_domains="inte en domän").full_clean()


class TestWhomAMailReaches:
    """No contact person, no working address, nobody to mail: three questions, one answer each."""

    @pytest.mark.parametrize(
        ("statuses", "works"),
        [
            ([], True),
            ([MailStatus.SENT], True),
            ([MailStatus.FAILED], False),
            ([MailStatus.SENT, MailStatus.BOUNCED], False),
            ([MailStatus.BOUNCED, MailStatus.SENT], True),
            ([MailStatus.BOUNCED, MailStatus.QUEUED], False),
        ],
    )
    def test_the_last_answer_tells_whether_an_address_works(self, statuses: list[MailStatus], works: bool) -> None:
        role = ContactPersonFactory(person__email="anna@nacka.example")
        for status in statuses:
            mail_to("Anna@nacka.example", status)
        expected = [] if works else [role.organisation]
        assert list(Organisation.objects.without_working_address()) == expected
        assert list(Organisation.objects.nobody_to_mail()) == expected

    @pytest.mark.parametrize(
        ("bounce_class", "works"), [(kind, kind != BounceClass.DEAD) for kind in ["", *BounceClass.values]]
    )
    def test_m7_only_a_dead_address_makes_an_organisation_unreachable(self, bounce_class: str, works: bool) -> None:
        role = ContactPersonFactory(person__email="anna@nacka.example")
        mail_to("anna@nacka.example", MailStatus.BOUNCED, bounce_class=bounce_class)
        assert list(Organisation.objects.nobody_to_mail()) == ([] if works else [role.organisation])

    def test_m19_the_receiver_of_a_mail_that_failed_where_it_was_sent_on_is_not_dead(self) -> None:
        ContactPersonFactory(person__email="anna@nacka.example")
        mail_to("anna@nacka.example", MailStatus.BOUNCED, failed_address="anna@hemma.example")
        assert list(Organisation.objects.nobody_to_mail()) == []

    @pytest.mark.parametrize(("days", "works"), [(0, False), (3, False), (4, True)])
    @pytest.mark.parametrize("again", [True, False], ids=["the same mail again", "a later mail"])
    def test_m20_a_dead_address_works_when_days_have_gone_without_a_report(
        self, days: int, works: bool, again: bool
    ) -> None:
        role = ContactPersonFactory(person__email="anna@nacka.example")
        sent = {"status": MailStatus.SENT, "sent_at": timezone.now() - timedelta(days=days)}
        bounced = mail_to("anna@nacka.example", MailStatus.BOUNCED)
        if again:
            OutgoingMail.objects.filter(pk=bounced.pk).update(**sent)
        else:
            mail_to("anna@nacka.example", **sent)
        assert list(Organisation.objects.nobody_to_mail()) == ([] if works else [role.organisation])

    def test_each_question_has_its_own_answer(self) -> None:
        def organisation(name: str) -> Organisation:
            return OrganisationFactory(municipality=True, short_name=name)

        reached = ContactPersonFactory(organisation=organisation("Nådd")).organisation
        alone = organisation("Ensam")
        left = ContactPersonFactory(organisation=organisation("Lämnad"), ended=True).organisation
        stopped = ContactPersonFactory(organisation=organisation("Stoppad"), no_mail=True).organisation
        closed = ContactPersonFactory(organisation=organisation("Stängd"), person__is_active=False).organisation
        bounced = ContactPersonFactory(organisation=organisation("Studsad"), person__email="b@b.example").organisation
        mail_to("b@b.example", MailStatus.BOUNCED)
        mixed = ContactPersonFactory(organisation=organisation("Blandad"), no_mail=True).organisation
        ContactPersonFactory(organisation=mixed, person__email="m@m.example")
        mail_to("m@m.example", MailStatus.FAILED)
        helped = ContactPersonFactory(organisation=organisation("Hjälpt"), person__email="h@h.example").organisation
        ContactPersonFactory(organisation=helped, is_deputy=True)
        mail_to("h@h.example", MailStatus.BOUNCED)

        rows = Organisation.objects.all()
        assert set(rows.without_contact_person()) == {alone, left}
        assert set(rows.without_working_address()) == {bounced}
        assert set(rows.nobody_to_mail()) == {alone, left, stopped, closed, bounced, mixed}
        assert set(rows) - set(rows.nobody_to_mail()) == {reached, helped}
        assert set(rows.with_contact_person()) == set(rows) - {alone, left}

    def test_the_day_decides(self) -> None:
        first = date(2026, 3, 1)
        role = ContactPersonFactory(start=first, end=date(2026, 4, 1), person__email="anna@nacka.example")
        mail_to("anna@nacka.example", MailStatus.BOUNCED)
        rows, own = Organisation.objects.all(), [role.organisation]
        for day, holds in ((date(2026, 2, 28), False), (first, True), (date(2026, 3, 31), True), (role.end, False)):
            assert list(rows.without_contact_person(day)) == ([] if holds else own)
            assert list(rows.without_working_address(day)) == (own if holds else [])
            assert list(rows.nobody_to_mail(day)) == own
        mail_to("anna@nacka.example", MailStatus.SENT)
        assert [list(rows.nobody_to_mail(day)) for day in (first, role.end)] == [[], own]


def test_the_collaboration_group_of_a_day() -> None:
    seat = MembershipFactory(end=date(2026, 1, 1))
    MembershipFactory(group=GroupFactory(kind=GroupKind.REFERENCE))
    assert list(Organisation.objects.in_collaboration_group(date(2025, 12, 31))) == [seat.organisation]
    assert not Organisation.objects.in_collaboration_group(date(2026, 1, 1)).exists()


@pytest.mark.parametrize(
    "make",
    [
        lambda: ContactPersonFactory(start=date(2025, 10, 1), end=date(2025, 9, 30)),
        lambda: MembershipFactory(start=date(2025, 10, 1), end=date(2025, 9, 1)),
        lambda: OrganisationFactory(municipality=True, code=""),
        lambda: OrganisationFactory.create_batch(2, municipality=True, code="0182"),
        lambda: [PersonFactory(email="a@x.example"), PersonFactory(email="A@X.example")],
    ],
)
def test_the_database_refuses(make) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_a_person_has_one_open_role_in_an_organisation_but_may_come_back() -> None:
    role = ContactPersonFactory(ended=True)
    ContactPersonFactory(person=role.person, organisation=role.organisation, start=role.end)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactPersonFactory(person=role.person, organisation=role.organisation, start=date(2026, 3, 1))


def test_an_email_is_stored_in_lower_case_and_found_in_any() -> None:
    person = Person.objects.create_user(" Anna@Nacka.Example ", "Anna")
    assert person.email == "anna@nacka.example"
    assert not person.has_usable_password()
    assert Person.objects.get_by_natural_key("ANNA@nacka.example") == person


class TestMailStopped:
    """Who has said no to mail-outs."""

    def test_they_are_left_out_of_those_who_may_be_mailed(self) -> None:
        welcome, stopped = ContactPersonFactory(), ContactPersonFactory(no_mail=True)
        assert list(ContactPerson.objects.reachable()) == [welcome]
        assert list(ContactPerson.objects.mailable()) == [welcome]
        assert list(ContactPerson.objects.mail_stopped()) == [stopped]

    def test_the_day_is_the_one_in_sweden(self) -> None:
        assert ContactPersonFactory(no_mail=True).mail_stopped_on == date(2026, 3, 10)
        assert ContactPersonFactory().mail_stopped_on is None

    def test_the_link_finds_its_role_and_no_other(self, settings) -> None:
        settings.BASE_URL = "https://lumen.example"
        role, other = ContactPersonFactory(), ContactPersonFactory()
        before, _, token = role.stop_mail_link.removesuffix("/").rpartition("/")
        assert before == "https://lumen.example/utskick"
        assert ContactPerson.objects.by_stop_mail_token(token) == role
        assert other.stop_mail_link != role.stop_mail_link
        role.delete()
        assert ContactPerson.objects.by_stop_mail_token(token) is None


@pytest.mark.parametrize(("end", "over"), [(None, False), (date(2026, 3, 10), True), (date(2026, 3, 11), False)])
def test_a_role_has_ended_from_its_end_day(end: date | None, over: bool) -> None:
    with time_machine.travel("2026-03-10 12:00"):
        assert ContactPersonFactory(end=end).has_ended is over
