"""What is answered by the link: nothing by a mere visit, and what follows is done without an editor."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from contacts.enums import InquiryAnswer, InquiryKind, ProofKind
from contacts.models import ContactPerson, Inquiry, Nomination, Person, today
from contacts.nominations.actions import confirm
from contacts.nominations.reasons import reasons_to_wait
from contacts.reachability.actions import answer
from contacts.reachability.proofs import prove
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db

NEW = {"name": "Ny Påhittad", "title": "", "phone": ""}


@pytest.fixture
def role() -> ContactPerson:
    return ContactPersonFactory(
        organisation__email_domains="ort.example", organisation__mailbox="registrator@ort.example"
    )


def asked(role: ContactPerson | None, kind: InquiryKind, to: Person | None = None) -> Inquiry:
    organisation = role.organisation if role else OrganisationFactory(municipality=True, mailbox="r@ort.example")
    return Inquiry.objects.create(kind=kind, organisation=organisation, about=role, receiver=to)


def visit(inquiry: Inquiry, **data: str) -> tuple[int, str]:
    path = "/kontaktperson/" + inquiry.link.url.partition("/kontaktperson/")[2]
    response = Client().post(path, data) if data else Client().get(path)
    return response.status_code, re.sub(r"\s+", " ", response.content.decode())


def active() -> list[str]:
    return sorted(ContactPerson.objects.active().filter(deputy=False).values_list("person__email", flat=True))


def test_a_visit_proves_nothing_and_a_yes_does(role: ContactPerson) -> None:
    inquiry = asked(role, InquiryKind.PERSON, role.person)
    assert "Är du fortfarande kontaktperson?" in visit(inquiry)[1]
    role.person.refresh_from_db()
    assert role.person.proved_at is None
    assert "Då vet vi" in visit(inquiry, said="yes")[1]
    role.person.refresh_from_db()
    assert role.person.proved_by == "confirmed"
    assert "Frågan är besvarad" in visit(inquiry)[1]


def test_who_has_left_names_who_takes_over(role: ContactPerson) -> None:
    inquiry = asked(role, InquiryKind.PERSON, role.person)
    assert visit(inquiry, said="other")[0] == 422
    visit(inquiry, said="other", name="Ny Påhittad", email="ny@ort.example")
    confirm(nomination=Nomination.objects.get(), **NEW)
    assert active() == ["ny@ort.example"]


def test_who_has_left_and_knows_nobody_is_taken_out(role: ContactPerson) -> None:
    visit(asked(role, InquiryKind.PERSON, role.person), said="left")
    assert active() == []
    assert ContactPerson.objects.get().end == today()


def test_a_deputy_takes_over(role: ContactPerson) -> None:
    deputy = ContactPersonFactory(organisation=role.organisation, is_deputy=True)
    told = visit(asked(role, InquiryKind.COLLEAGUE, deputy.person), said="takes_over")[1]
    assert "Nu är du kontaktperson" in told
    assert active() == [deputy.person.email]


def test_another_contact_person_who_takes_over_stays_the_only_one(role: ContactPerson) -> None:
    other = ContactPersonFactory(organisation=role.organisation)
    answer(inquiry=asked(role, InquiryKind.COLLEAGUE, other.person), said=InquiryAnswer.TAKES_OVER)
    assert active() == [other.person.email]


def test_a_colleagues_word_that_somebody_has_left_ends_nothing(role: ContactPerson) -> None:
    deputy = ContactPersonFactory(organisation=role.organisation, is_deputy=True)
    answer(inquiry=asked(role, InquiryKind.COLLEAGUE, deputy.person), said=InquiryAnswer.LEFT)
    assert active() == [role.person.email]


def test_the_registrator_names_somebody_who_says_yes_and_is_appointed_without_an_editor(role: ContactPerson) -> None:
    visit(asked(role, InquiryKind.MAILBOX), said="other", name="Ny Påhittad", email="ny@ort.example")
    assert active() == [role.person.email], "until the new one has said yes"
    nomination = confirm(nomination=Nomination.objects.get(), **NEW)
    assert nomination.outcome == "appointed" and active() == ["ny@ort.example"]


def test_whom_the_registrator_names_outside_the_organisation_an_editor_looks_at(role: ContactPerson) -> None:
    visit(asked(role, InquiryKind.MAILBOX), said="other", name="Ny", email="ny@hemma.example")
    nomination = confirm(nomination=Nomination.objects.get(), **NEW)
    assert Nomination.objects.waiting().get() == nomination


def test_a_mailbox_may_say_no() -> None:
    inquiry = asked(None, InquiryKind.MAILBOX)
    assert "Vem är er kontaktperson?" in visit(inquiry)[1]
    visit(inquiry, said="declined")
    inquiry.refresh_from_db()
    assert inquiry.answer == "declined"


def test_a_second_answer_is_too_late(role: ContactPerson) -> None:
    inquiry = asked(role, InquiryKind.PERSON, role.person)
    answer(inquiry=inquiry, said=InquiryAnswer.YES)
    with pytest.raises(ValidationError, match="redan besvarad"):
        answer(inquiry=inquiry, said=InquiryAnswer.LEFT)
    assert active() == [role.person.email]


def test_an_answer_that_the_question_does_not_have_is_refused(role: ContactPerson) -> None:
    assert visit(asked(role, InquiryKind.PERSON, role.person), said="takes_over")[0] == 422


def test_a_cut_link_is_told() -> None:
    assert Client().get("/kontaktperson/stammer/17.x/").status_code == 404


def test_an_editor_sees_each_state_with_its_reason(client: Client, role: ContactPerson) -> None:
    OrganisationFactory(municipality=True, name="Tomma kommun", short_name="Tomma", mailbox="r@tomma.example")
    client.force_login(PersonFactory(editor=True))
    html = re.sub(r"\s+", " ", client.get("/admin/contactperson/nabarhet/").content.decode())
    assert "Inget bevis sedan utsedd 2025-10-01." in html and "Ingen är utsedd." in html
    only = client.get("/admin/contactperson/nabarhet/?visa=none").content.decode()
    assert "Tomma kommun" in only and role.organisation.name not in only
    told = client.post("/admin/contactperson/nabarhet/", follow=True).content.decode()
    assert "1 funktionsbrevlåda får frågan" in told
    client.force_login(PersonFactory())
    assert client.get("/admin/contactperson/nabarhet/").status_code in (302, 403)


def test_another_persons_word_does_not_beat_an_act_of_the_person_in_question(role: ContactPerson) -> None:
    deputy = ContactPersonFactory(organisation=role.organisation, is_deputy=True)
    for inquiry, said in (
        (asked(role, InquiryKind.COLLEAGUE, deputy.person), "takes_over"),
        (asked(role, InquiryKind.MAILBOX), "left"),
    ):
        prove(role.person, ProofKind.LOG_IN)
        assert "Frågan är besvarad" in visit(inquiry, said=said)[1]
        with pytest.raises(ValidationError, match="redan besvarad"):
            answer(inquiry=inquiry, said=InquiryAnswer(said))
    assert active() == [role.person.email]


def test_who_has_left_the_organisation_has_no_say(role: ContactPerson) -> None:
    deputy = ContactPersonFactory(organisation=role.organisation, is_deputy=True)
    inquiry = asked(role, InquiryKind.COLLEAGUE, deputy.person)
    ContactPerson.objects.filter(pk=deputy.pk).update(end=today())
    for said in ("takes_over", "other"):
        assert "Frågan är besvarad" in visit(inquiry, said=said, name="Ny", email="ny@ort.example")[1]
    assert active() == [role.person.email] and not Nomination.objects.exists()


def test_a_question_about_a_role_that_was_taken_back_is_closed(role: ContactPerson) -> None:
    inquiry = asked(role, InquiryKind.PERSON, role.person)
    role.delete()
    assert "Frågan är besvarad" in visit(inquiry, said="yes")[1]


def test_whom_the_registrator_names_waits_if_the_contact_person_has_been_heard_of_since(role: ContactPerson) -> None:
    visit(asked(role, InquiryKind.MAILBOX), said="other", name="Ny Påhittad", email="ny@ort.example")
    prove(role.person, ProofKind.LOG_IN)
    nomination = confirm(nomination=Nomination.objects.get(), **NEW)
    assert active() == [role.person.email]
    assert "har hörts av sedan dess" in reasons_to_wait(nomination)[0]


def test_whom_the_registrator_names_waits_if_somebody_has_been_appointed_meanwhile() -> None:
    inquiry = asked(None, InquiryKind.MAILBOX)
    visit(inquiry, said="other", name="Ny Påhittad", email="ny@ort.example")
    ContactPersonFactory(organisation=inquiry.organisation, person__name="Bo Berg")
    nomination = confirm(nomination=Nomination.objects.get(), **NEW)
    assert any("har redan kontaktperson: Bo Berg" in reason for reason in reasons_to_wait(nomination))
