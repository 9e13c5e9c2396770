"""Who proves nothing is asked, reminded once, and then the next in turn is; who has just acted is left in peace."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.enums import InquiryAnswer, ProofKind
from contacts.models import ContactPerson, Inquiry, Nomination, Organisation, Person
from contacts.nominations.actions import refuse
from contacts.reachability.actions import answer
from contacts.reachability.asking import ask_mailboxes, ask_the_silent
from contacts.reachability.proofs import prove
from contacts.reachability.states import states_of
from outbox.conditions import ask
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory
from tests.factories.outbox import OutgoingMailFactory

from .conftest import organisation_of

ASKED = "Är du fortfarande kontaktperson för"


def state(role: ContactPerson) -> tuple[str, bool]:
    (found,) = states_of([organisation_of(role)])
    return found.label, found.needs_editor


def test_who_acts_is_never_asked(calendar, role, mailed) -> None:
    for _ in range(5):
        calendar.pass_days(100)
        prove(role.person, ProofKind.FORWARDED)
    assert mailed() == []


def test_the_silent_is_asked_reminded_and_then_the_mailbox_and_then_the_editors(calendar, role, mailed) -> None:
    calendar.pass_days(150)
    assert mailed() == []
    calendar.pass_days(1)
    assert [to for to, _ in mailed()] == ["kontakt@ort.example"]
    calendar.pass_days(13)
    assert len(mailed()) == 1 and state(role) == ("Nåbar", False)
    calendar.pass_days(1)
    assert mailed()[1][1].startswith(f"Påminnelse: {ASKED}")
    calendar.pass_days(7)
    assert mailed()[2] == ("registrator@ort.example", f"Vem är kontaktperson för {role.organisation} i LUMEN?")
    assert state(role) == ("Nåbar", False), "half a year has not passed"
    calendar.pass_days(30)
    assert [to for to, _ in mailed()[3:]] == ["registrator@ort.example"], "the mailbox is asked once more"
    calendar.pass_days(29)
    assert state(role) == ("Tyst", False)
    calendar.pass_days(1)
    assert state(role) == ("Tyst", True)
    assert calendar.pass_days(200) == 0, "nobody is asked in vain again and again"


def test_a_colleague_is_asked_before_the_mailbox(calendar, role, mailed) -> None:
    deputy = ContactPersonFactory(organisation=role.organisation, is_deputy=True, person__email="ers@ort.example")
    calendar.pass_days(100)
    prove(deputy.person, ProofKind.LOG_IN)
    calendar.pass_days(51 + 14 + 7)
    assert mailed()[-1] == ("ers@ort.example", f"Är Kim Kontakt fortfarande kontaktperson för {role.organisation}?")
    assert state(role) == ("Nåbar", False), "the deputy gets the invitations"
    calendar.pass_days(7)
    assert mailed()[-1][0] == "registrator@ort.example"


def test_a_dead_address_is_not_asked_but_the_next_is_at_once(calendar, role, mailed) -> None:
    OutgoingMailFactory(recipient="kontakt@ort.example", failed=True)
    assert ask_the_silent() == 1
    assert mailed()[0][0] == "registrator@ort.example"
    Person.objects.update(proved_at=None, proved_by="")
    assert state(role)[0] == "Studsar"


def test_who_acts_meanwhile_ends_the_questions(calendar, role, mailed) -> None:
    calendar.pass_days(151)
    prove(role.person, ProofKind.ANSWERED)
    calendar.pass_days(40)
    assert len(mailed()) == 1
    assert Inquiry.objects.get().answer == InquiryAnswer.YES


def test_a_question_that_waits_to_leave_is_withdrawn_when_the_person_has_acted(calendar, role) -> None:
    calendar.pass_days(151)
    mail = OutgoingMail.objects.get()
    assert not ask(mail).withdrawn
    calendar.traveller.shift(60)
    prove(role.person, ProofKind.LOG_IN)
    assert ask(mail).withdrawn


def test_nobody_is_mailed_more_than_four_times_a_year(calendar, role, mailed) -> None:
    """Who answers only the reminder, as late as can be, is asked as seldom as the limit says."""
    asked: list[int] = []
    for day in range(3 * 365):
        asked += [day] * calendar.pass_days(1)
        waiting = Inquiry.objects.open().filter(receiver=role.person, reminded_at__isnull=False).first()
        if waiting and (timezone.now() - waiting.reminded_at).days == 13:
            answer(inquiry=waiting, said=InquiryAnswer.YES)
    assert asked and all(sum(first <= day < first + 365 for day in asked) <= 4 for first in asked)


def test_who_was_named_and_says_no_leaves_the_question_open(calendar, mailed) -> None:
    empty = OrganisationFactory(municipality=True, mailbox="registrator@tom.example")
    calendar.pass_days(1)
    inquiry = Inquiry.objects.open().get()
    answer(inquiry=inquiry, said=InquiryAnswer.OTHER, name="Ny Påhittad", email="ny@tom.example")
    calendar.pass_days(5)
    assert len(mailed()) == 1 and not states_of([empty])[0].needs_editor
    refuse(nomination=Nomination.objects.get())
    calendar.pass_days(1)
    assert [to for to, _ in mailed()] == ["registrator@tom.example"] * 2, "it is asked again at once"


def test_the_word_of_the_mailbox_proves_the_organisation(calendar, role) -> None:
    calendar.pass_days(151 + 14 + 7)
    answer(inquiry=Inquiry.objects.open().get(kind="mailbox"), said=InquiryAnswer.YES)
    calendar.pass_days(40)
    (found,) = states_of([organisation_of(role)])
    assert (found.label, found.reason) == ("Nåbar", "Funktionsbrevlådan bekräftade för 40 dagar sedan.")


def test_an_organisation_without_anybody_has_its_mailbox_asked(calendar, mailed) -> None:
    empty = OrganisationFactory(municipality=True, mailbox="registrator@tom.example")
    OrganisationFactory(municipality=True)
    calendar.pass_days(1)
    assert [to for to, _ in mailed()] == ["registrator@tom.example"]
    calendar.pass_days(100)
    assert len(mailed()) == 2 and states_of([empty])[0].needs_editor
    assert ask_mailboxes([empty]) == 0, "it was asked lately"


def test_the_number_of_queries_does_not_grow_with_the_register(calendar) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            ask_the_silent()
            states_of(Organisation.objects.covered())
        return len(captured)

    ContactPersonFactory(person__proved=True)
    few = queries()
    for _ in range(20):
        ContactPersonFactory(person__proved=True)
    assert queries() == few


def test_who_has_not_been_asked_yet_needs_no_editor_but_who_cannot_be_asked_does(calendar) -> None:
    role = ContactPersonFactory()
    assert state(role) == ("Tyst", False)
    ContactPerson.objects.update(mail_stopped_at=timezone.now())
    assert state(role) == ("Tyst", True)


@pytest.mark.parametrize("stopped", ["is_active", "mail"])
def test_who_has_stopped_mail_or_is_shut_out_is_not_asked(calendar, role, mailed, stopped: str) -> None:
    if stopped == "mail":
        ContactPerson.objects.update(mail_stopped_at=timezone.now())
    else:
        Person.objects.update(is_active=False)
    calendar.pass_days(200)
    assert all(to != "kontakt@ort.example" for to, _ in mailed())
