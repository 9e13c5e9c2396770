"""Two rows that are one person become one, and nothing is lost or counted twice."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import ModelLogEntry

from contacts.merging.actions import merge
from contacts.merging.relations import references, unhandled, unique_sets
from contacts.models import ContactPerson, LogIn, Membership, Nomination, Organisation, Person
from meetings.models import Invitation, Registration
from outbox.models import OutgoingMail
from privacy.extract.actions import make_extract
from privacy.models import AccessLogEntry
from privacy.subjects import find_subject
from tests.factories.contacts import (
    ContactPersonFactory,
    GroupFactory,
    MembershipFactory,
    NominationFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.meetings import InvitationFactory, RegistrationFactory

DAY = date(2025, 1, 1)
SAMPLED = [DAY + timedelta(days=number) for number in range(40)]


def merged(stays: Person, goes: Person) -> Person:
    return merge(stays=stays, goes=goes, by=None)


@pytest.mark.django_db
def test_the_row_that_goes_leaves_neither_a_row_nor_an_address() -> None:
    stays, goes = PersonFactory(email="anna@nacka.example"), PersonFactory(email="anna+lumen@nacka.example")
    NominationFactory(email=goes.email)
    RegistrationFactory(email=goes.email)
    merged(stays, goes)
    assert not Person.objects.filter(email=goes.email).exists()
    assert Nomination.objects.get().email == stays.email
    assert Registration.objects.get().email == stays.email


@pytest.mark.django_db
def test_what_is_blank_comes_from_the_row_that_goes() -> None:
    organisation = OrganisationFactory()
    stays = PersonFactory(title="Jurist", phone="", organisation=None)
    goes = PersonFactory(title="Chef", phone="08-123 45", organisation=organisation)
    merged(stays, goes)
    stays.refresh_from_db()
    assert (stays.title, stays.phone, stays.organisation) == ("Jurist", "08-123 45", organisation)


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["stays", "goes"])
def test_the_latest_log_in_and_proof_are_kept(first: str) -> None:
    early, late = (timezone.now() - timedelta(days=days) for days in (90, 2))
    of = {"stays": early if first == "stays" else late, "goes": late if first == "stays" else early}
    stays, goes = (PersonFactory(last_login=of[row], proved_at=of[row], proved_by="log_in") for row in of)
    merged(stays, goes)
    stays.refresh_from_db()
    assert (stays.last_login, stays.proved_at) == (late, late)


@pytest.mark.django_db
def test_roles_that_overlap_become_one_from_the_first_day() -> None:
    first = ContactPersonFactory(start=DAY, end=DAY + timedelta(days=10))
    second = ContactPersonFactory(organisation=first.organisation, start=DAY + timedelta(days=5))
    merged(first.person, second.person)
    role = ContactPerson.objects.get()
    assert (role.person, role.start, role.end) == (first.person, DAY, None)


@pytest.mark.django_db
def test_who_was_contact_person_and_deputy_at_once_was_contact_person() -> None:
    deputy = ContactPersonFactory(is_deputy=True, start=DAY)
    inner = ContactPersonFactory(
        organisation=deputy.organisation, start=DAY + timedelta(days=5), end=DAY + timedelta(days=9)
    )
    merged(deputy.person, inner.person)
    rows = ContactPerson.objects.order_by("start").values_list("start", "end", "deputy")
    fifth, ninth = DAY + timedelta(days=5), DAY + timedelta(days=9)
    assert list(rows) == [(DAY, fifth, True), (fifth, ninth, False), (ninth, None, True)]


@pytest.mark.django_db
def test_a_no_to_mail_at_either_address_stays_a_no() -> None:
    role = ContactPersonFactory()
    other = ContactPersonFactory(organisation=role.organisation, no_mail=True)
    merged(role.person, other.person)
    assert ContactPerson.objects.get().mail_stopped_at == other.mail_stopped_at


@pytest.mark.django_db
def test_a_seat_held_twice_is_one_seat() -> None:
    seat = MembershipFactory(person=PersonFactory())
    MembershipFactory(group=seat.group, organisation=seat.organisation, person=(goes := PersonFactory()))
    merged(seat.person, goes)
    assert Membership.objects.get().person == seat.person


@pytest.mark.django_db
def test_invitations_to_the_same_meeting_become_one_with_its_registrations() -> None:
    first = InvitationFactory()
    role = ContactPersonFactory(organisation=first.contact_person.organisation)
    second = InvitationFactory(invited=first.invited, contact_person=role)
    registration = RegistrationFactory(meeting=first.invited.meeting, invitation=second)
    merged(first.contact_person.person, role.person)
    assert Invitation.objects.get() == first
    registration.refresh_from_db()
    assert registration.invitation == first


@pytest.mark.django_db
def test_log_ins_and_the_logs_follow_and_the_extract_tells_them() -> None:
    stays, goes = PersonFactory(), PersonFactory()
    LogIn.objects.create(person=goes)
    AccessLogEntry.objects.create(what=f"Person {goes.pk}: historik", kind="read")
    gone = goes.pk
    merged(stays, goes)
    assert LogIn.objects.get().person == stays
    assert AccessLogEntry.objects.get().what == f"Person {stays.pk}: historik"
    entry = ModelLogEntry.objects.get(action="contacts.merge")
    assert (entry.object_id, entry.data) == (str(stays.pk), {"gone": gone})
    assert "Slå ihop" in str(make_extract(find_subject(stays.email), by=None))


@pytest.mark.django_db
def test_the_sessions_of_the_row_that_goes_end() -> None:
    goes = PersonFactory()
    browser = Client()
    browser.force_login(goes)
    merged(PersonFactory(), goes)
    assert browser.get("/min-sida/").status_code == 302
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_a_mail_that_waits_is_for_the_row_that_stays_and_goes_once() -> None:
    role = ContactPersonFactory()
    other = ContactPersonFactory(organisation=role.organisation)
    for each in (role, other):
        OutgoingMail.objects.create(
            recipient=each.person.email,
            subject="Inbjudan",
            message=b"",
            message_id=f"<{each.pk}@x>",
            batch="mailout:1",
            links={"plats": f"stop_mail:{each.pk}"},
            condition={"kind": "contacts.role", "person": each.person_id, "organisation": role.organisation_id},
        )
    merged(role.person, other.person)
    waiting = OutgoingMail.objects.pending().get()
    assert waiting.condition["person"] == role.person_id
    assert waiting.links == {"plats": f"stop_mail:{ContactPerson.objects.get().pk}"}


@pytest.mark.django_db
@pytest.mark.parametrize("trait", [{"is_superuser": True}, {"email": "raderad-9@raderad.invalid"}])
def test_a_row_with_rights_or_an_erased_one_does_not_go(trait: dict[str, Any]) -> None:
    goes = PersonFactory(**trait)
    with pytest.raises(ValidationError):
        merged(PersonFactory(), goes)
    assert Person.objects.filter(pk=goes.pk).exists()


@pytest.mark.django_db
def test_a_row_is_not_merged_with_itself_nor_with_one_that_has_gone() -> None:
    stays, goes = PersonFactory(), PersonFactory()
    with pytest.raises(ValidationError, match="samma rad"):
        merged(stays, stays)
    merged(stays, goes)
    with pytest.raises(ValidationError, match="finns inte längre"):
        merged(stays, goes)


@pytest.mark.django_db
def test_only_who_may_change_both_merges_them(editor: Person) -> None:
    with pytest.raises(PermissionDenied):
        merge(stays=PersonFactory(is_superuser=True), goes=PersonFactory(), by=editor)
    with pytest.raises(PermissionDenied):
        merge(stays=PersonFactory(), goes=PersonFactory(), by=PersonFactory())
    merge(stays=PersonFactory(), goes=PersonFactory(), by=editor)


@pytest.mark.parametrize("model", [Person, ContactPerson, Membership, Invitation])
def test_every_reference_to_a_row_that_goes_can_be_followed(model: type[Any]) -> None:
    """A new relation whose uniqueness is an expression fails here: say in `relations` how two of them are joined."""
    assert unhandled(model) == []


def test_the_references_are_found_in_every_room() -> None:
    rooms = {relation.related_model._meta.app_label for relation in references(Person)}
    assert rooms >= {"contacts", "meetings", "gate", "resources", "privacy", "wagtailcore", "mfa", "account"}
    invitation = next(each for each in references(ContactPerson) if each.related_model is Invitation)
    assert unique_sets(invitation) == [(("invited", "contact_person"), None)]


periods = st.lists(
    st.tuples(
        st.integers(0, 1),  # which person
        st.integers(0, 1),  # in which organisation
        st.integers(0, 30),  # first day
        st.one_of(st.none(), st.integers(1, 12)),  # how many days
        st.booleans(),  # as deputy
    ),
    max_size=8,
)


class CountsTests(TestCase):
    """What is counted by day and by meeting is as before, whatever the two rows held."""

    @settings(
        deadline=None,
        max_examples=25,
        phases=[Phase.reuse, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(roles=periods, seats=periods, invited=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 1)), max_size=5))
    def test_coverage_and_participants_are_as_before(self, roles: Any, seats: Any, invited: Any) -> None:
        persons = [PersonFactory(), PersonFactory()]
        organisations = OrganisationFactory.create_batch(2, municipality=True)
        made = _held(
            roles,
            lambda person, organisation, deputy, **period: ContactPerson(
                person=persons[person], organisation=organisations[organisation], deputy=deputy, **period
            ),
        )
        group = GroupFactory()
        _held(
            seats,
            lambda person, organisation, deputy, **period: Membership(
                person=persons[person], organisation=organisations[organisation], group=group, **period
            ),
        )
        first = InvitationFactory()
        for number, (role, person) in enumerate(invited):
            if made:
                contact = made[role % len(made)]
                invitation = Invitation.objects.filter(invited=first.invited, contact_person=contact).first()
                invitation = invitation or InvitationFactory(invited=first.invited, contact_person=contact)
                RegistrationFactory(meeting=first.invited.meeting, invitation=invitation)
            if not Registration.objects.of_address(persons[person].email).exists():
                RegistrationFactory(meeting=first.invited.meeting, email=persons[person].email)
            assert number < 5
        before = _counts()
        merge(stays=persons[0], goes=persons[1], by=None)
        assert _counts() == before
        for model, place in ((ContactPerson, "organisation"), (Membership, "organisation")):
            for day in SAMPLED:
                held = Counter(model.objects.active(day).filter(person=persons[0]).values_list(place, flat=True))
                assert all(number == 1 for number in held.values()), (model, day)


def _held(wanted: Any, build: Any) -> list[Any]:
    """The rows wanted, without those that the register would refuse."""
    rows = []
    for person, organisation, first, days, deputy in wanted:
        start = DAY + timedelta(days=first)
        row = build(person, organisation, deputy, start=start, end=start + timedelta(days=days) if days else None)
        same = type(row).objects.filter(person=row.person, organisation=row.organisation)
        if not same.overlapping(row.start, row.end).exists():
            row.save()
            rows.append(row)
    return rows


def _counts() -> Any:
    by_day = [
        (
            Organisation.objects.coverage(day),
            set(ContactPerson.objects.active(day).values_list("organisation", "deputy").filter(deputy=False)),
            set(Membership.objects.active(day).values_list("group", "organisation")),
        )
        for day in SAMPLED
    ]
    registrations = Counter(Registration.objects.values_list("meeting", "status", "organisation"))
    via = Counter(Registration.objects.values_list("meeting", "invitation__invited__organisation"))
    return by_day, registrations, via
