"""An editor writes to a chosen set of contact persons, sees whom, tests, sends once and follows each mail."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.actions import stop_mail
from contacts.enums import OrganisationKind
from contacts.models import Person
from meetings.enums import Participation
from meetings.letters.actions import send_letter, send_test
from meetings.models import Letter, MeetingPage
from outbox.conditions import ask
from outbox.models import OutgoingMail
from privacy.extract.actions import make_extract
from privacy.models import AccessLogEntry
from privacy.subjects import find_subject
from tests.factories.contacts import (
    ContactPersonFactory,
    GroupFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.meetings import InvitedOrganisationFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Person:
    return PersonFactory(editor=True, name="Eva Redaktör")


@pytest.fixture
def as_editor(editor: Person) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def letter(**choices: Any) -> Letter:
    return Letter.objects.create(subject="Hej", text="Ett stycke.\n\nEtt till.", **choices)


def names(written: Letter) -> set[str]:
    return {role.organisation.short_name for role in written.receivers}


def test_without_a_choice_it_goes_to_everybody_once_each() -> None:
    role = ContactPersonFactory()
    ContactPersonFactory(person=role.person)
    ContactPersonFactory()
    assert len(letter().receivers) == 2


def test_who_has_left_stopped_mail_or_may_not_log_in_is_left_out() -> None:
    ContactPersonFactory(ended=True)
    ContactPersonFactory(no_mail=True)
    ContactPersonFactory(person__is_active=False)
    assert letter().receivers == []


def test_the_choices_of_kind_county_and_group_are_kept_together() -> None:
    nacka = OrganisationFactory(municipality=True, short_name="Nacka", county_code="01")
    lund = OrganisationFactory(municipality=True, short_name="Lund", county_code="12")
    skane = OrganisationFactory(region=True, short_name="Skåne", code="12")
    for organisation in (nacka, lund, skane):
        ContactPersonFactory(organisation=organisation)
    group = GroupFactory()
    MembershipFactory(group=group, organisation=lund)
    assert names(letter(county_code="12")) == {"Lund", "Skåne"}
    assert names(letter(kind=OrganisationKind.REGION)) == {"Skåne"}
    assert names(letter(county_code="12", group=group)) == {"Lund"}
    assert names(letter(county_code="01", group=group)) == set()


def test_those_who_never_came_and_those_who_have_not_answered() -> None:
    came, silent, said_no, registered = (ContactPersonFactory().organisation for _ in range(4))
    meeting = InvitedOrganisationFactory(organisation=silent).meeting
    InvitedOrganisationFactory(meeting=meeting, organisation=said_no, declined=True)
    InvitedOrganisationFactory(meeting=meeting, organisation=registered)
    RegistrationFactory(meeting=meeting, organisation=registered)
    unanswered = letter(participation=Participation.UNANSWERED, meeting=meeting)
    assert names(unanswered) == {silent.short_name}
    held = RegistrationFactory(organisation=came).meeting
    ended = timezone.now() - timedelta(days=1)
    type(held.calendar).objects.filter(pk=held.calendar.pk).update(starts_at=ended - timedelta(hours=1), ends_at=ended)
    never = names(letter(participation=Participation.NEVER))
    assert came.short_name not in never
    assert {silent.short_name, registered.short_name} <= never


def test_it_is_sent_once_with_the_role_as_its_condition(editor: Person) -> None:
    role = ContactPersonFactory()
    written = letter()
    assert send_letter(letter=written, seen=1, by=editor) == 1
    with pytest.raises(ValidationError, match="redan skickat"):
        send_letter(letter=written, seen=1, by=editor)
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.batch) == (role.person.email, written.batch)
    assert "Ett stycke.\n\nEtt till." in mail.text
    assert role.stop_mail_link not in mail.text
    assert not ask(mail).withdrawn
    stop_mail(role=role)
    assert ask(mail).withdrawn


def test_receivers_who_have_become_more_are_seen_first(editor: Person) -> None:
    ContactPersonFactory.create_batch(2)
    with pytest.raises(ValidationError, match="nu 2, inte 1"):
        send_letter(letter=letter(), seen=1, by=editor)
    assert not OutgoingMail.objects.exists()


def test_nobody_to_write_to_is_told(editor: Person) -> None:
    with pytest.raises(ValidationError, match="Ingen kontaktperson"):
        send_letter(letter=letter(), seen=0, by=editor)


def test_a_test_goes_to_the_editor_only(editor: Person) -> None:
    ContactPersonFactory()
    mail = send_test(letter=letter(), to=editor)
    assert (mail.recipient, mail.subject) == (editor.email, "Test: Hej")


def test_only_who_may_write_letters_sends_them() -> None:
    ContactPersonFactory()
    for act in (lambda by: send_letter(letter=letter(), seen=1, by=by), lambda by: send_test(letter=letter(), to=by)):
        with pytest.raises(PermissionDenied):
            act(PersonFactory())


def test_an_editor_writes_sees_the_receivers_and_sends(as_editor: Client, editor: Person) -> None:
    role = ContactPersonFactory()
    saved = as_editor.post(reverse("letter:new"), {"subject": "Hej", "text": "Välkommen."})
    written = Letter.objects.get()
    assert saved.url == reverse("letter:letter", args=[written.pk])
    assert role.person.email in as_editor.get(saved.url).content.decode()
    assert AccessLogEntry.objects.filter(what=f"Mottagare av brev {written.pk}").exists()
    as_editor.post(saved.url, {"send": "", "seen": "1"})
    followed = as_editor.get(saved.url).content.decode()
    assert role.person.email in followed
    assert "I kö" in followed
    changed = as_editor.post(reverse("letter:edit", args=[written.pk]), {"subject": "Hej då", "text": "Välkommen."})
    assert "redan skickat" in changed.content.decode()
    assert "Hej" in as_editor.get(reverse("letter:index")).content.decode()
    assert "letters" in {kind.kind for kind in make_extract(find_subject(editor.email), by=None).kinds}


@pytest.mark.parametrize(
    ("filled_in", "told"),
    [
        ({"text": "Gäller 19811218-9876"}, "Ta bort personnumret"),
        ({"text": ""}, "Skriv vad du vill säga"),
        ({"participation": "unanswered"}, "Välj vilket möte"),
        ({"text": "x" * 10_001}, "10000"),
    ],
)
def test_bad_input_is_told_and_kept(as_editor: Client, filled_in: dict[str, str], told: str) -> None:
    page = as_editor.post(reverse("letter:new"), {"subject": "Hej på er", "text": "Text.", **filled_in})
    assert told in page.content.decode().replace("\xa0", "").replace("10 000", "10000")
    assert "Hej på er" in page.content.decode()
    assert not Letter.objects.exists()


def test_hostile_text_is_escaped_in_the_mail(editor: Person) -> None:
    written = letter()
    written.text = '<script>alert("å")</script> =1+1 \u202eabc 😀'
    written.save()
    mail = send_test(letter=written, to=editor)
    assert b"<script>" not in bytes(mail.message).split(b"text/html")[1]


def test_a_meeting_that_goes_leaves_nobody_rather_than_everybody() -> None:
    ContactPersonFactory()
    assert letter(participation=Participation.UNANSWERED, meeting=None).receivers == []
    assert MeetingPage.objects.count() == 0
