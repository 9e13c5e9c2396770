"""A wrong stop is passed by two persons, for exactly the text that they have seen."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import ModelLogEntry, PageLogEntry

from contacts.models import Person
from gate.desk.routing import desk_url
from gate.errors import Blocked
from gate.files.actions import record_outcome
from gate.files.content import content_of
from gate.models import FileScreening, Objection
from gate.objections import agree, object_to, uphold
from gate.rescreening import Count, rescreen
from gate.stops import stops_in, stops_in_file
from meetings.models import AgendaItem, MeetingPage
from privacy.purge.actions import purge_versions
from privacy.purge.left_behind import holds_what_stops
from resources.models import Document, StandardPage
from screening.findings import Finding, Kind, Screening, Verdict
from tests.factories.contacts import PersonFactory
from tests.factories.meetings import AgendaItemFactory, MeetingPageFactory
from tests.factories.resources import DocumentFactory, StandardPageFactory, known_as
from tests.gate.desk.conftest import publisher
from tests.publishing import answer_desk
from tests.screening.numbers import personal_number

pytestmark = pytest.mark.django_db

NUMBER = personal_number()
WHY = "Vårt eget kvittensnummer."
BLOCKS = Screening((Finding(Kind.PERSONAL_NUMBER, "sida 2", "85…"), Finding(Kind.PERSONAL_NUMBER, "sida 3", "71…")))


@pytest.fixture
def anna() -> Person:
    return PersonFactory(editor=True, name="Anna Ask")


@pytest.fixture
def bo() -> Person:
    return PersonFactory(editor=True, name="Bo Berg")


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def stopped(**texts: str) -> StandardPage:
    """A page with a draft that is stopped."""
    page: StandardPage = StandardPageFactory(draft=True)
    for name, text in (texts or {"lead": f"Kvittens {NUMBER} från oss."}).items():
        setattr(page, name, text)
    page.save_revision(clean=False)
    return page


def digests(page: Any) -> list[str]:
    return [stop.digest for stop in stops_in(page)]


def passed(page: Any, one: Person, other: Person) -> None:
    for objection in object_to(page, digests(page), by=one, reason=WHY):
        agree(objection, by=other)


def html(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_f10_a_wrong_stop_is_passed_at_the_desk_by_two_editors(anna: Person, bo: Person) -> None:
    page = stopped()
    desk, one, other = desk_url([page.pk]), browser(anna), browser(bo)
    assert "Det här är fel" in html(one, desk)
    one.post(
        f"/admin/granskning/stopp/sida/{page.pk}/",
        {"stop": digests(page), "reason": WHY, "checked": "on"},
    )
    objection = Objection.objects.get()
    assert NUMBER not in str(vars(objection)) and "85••••" in objection.excerpt
    assert "Någon annan än du behöver hålla med" in html(one, desk)
    assert "Bekräfta innehållet" not in html(one, desk), "one is not enough"

    assert "Anna Ask säger att ett stopp" in html(other, "/admin/")
    assert "Anna Ask säger att ett stopp" not in html(one, "/admin/")
    assert WHY in html(other, desk)
    other.post(f"/admin/granskning/stopp/{objection.pk}/", {"answer": "agree", "checked": "on"})
    assert "Anna Ask säger att ett stopp" not in html(other, "/admin/")

    answer_desk(one, desk)
    published = StandardPage.objects.get(pk=page.pk)
    assert published.live and NUMBER in published.lead
    published.save()
    assert not [fault for fault in rescreen(Count()) if fault.verdict == Verdict.BLOCK]
    history = html(other, f"/admin/pages/{page.pk}/history/")
    assert f"Sa att ett stopp är fel: personnummer i Ingress. Skäl: {WHY}" in history
    assert "Höll med om att ett stopp är fel" in history and "som Anna Ask hade sagt" in history
    assert NUMBER not in history
    logged = PageLogEntry.objects.filter(page=page.pk, action__in=("gate.object_to_stop", "gate.let_through"))
    assert [entry.user for entry in logged.order_by("pk")] == [anna, bo]


def test_f10_a_changed_text_is_stopped_again(anna: Person, bo: Person) -> None:
    page = stopped()
    passed(page, anna, bo)
    assert digests(page) == []
    page.lead = f"{page.lead} Mer text."
    assert len(digests(page)) == 1
    page.live = True
    with pytest.raises(Blocked):
        page.save()


def test_f10_another_number_that_looks_the_same_is_stopped(anna: Person, bo: Person) -> None:
    page = stopped()
    passed(page, anna, bo)
    page.lead = page.lead.replace(NUMBER, personal_number(981))
    assert len(digests(page)) == 1


def test_f10_the_same_text_is_stopped_on_another_page(anna: Person, bo: Person) -> None:
    passed(stopped(), anna, bo)
    assert len(digests(stopped())) == 1


def test_f10_nobody_agrees_with_themselves(anna: Person) -> None:
    page = stopped()
    (objection,) = object_to(page, digests(page), by=anna, reason=WHY)
    with pytest.raises(PermissionDenied):
        agree(objection, by=anna)
    assert browser(anna).post(f"/admin/granskning/stopp/{objection.pk}/", {"answer": "agree", "checked": "on"})
    assert not Objection.objects.agreed().exists()


@pytest.mark.databases
def test_f10_the_database_refuses_one_person_for_both(anna: Person) -> None:
    page = stopped()
    (objection,) = object_to(page, digests(page), by=anna, reason=WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=objection.pk).update(agreed_by=anna, agreed_at=objection.proposed_at)


def test_f10_who_lacks_the_right_can_do_neither(anna: Person) -> None:
    page, other = stopped(), publisher()
    with pytest.raises(PermissionDenied):
        object_to(page, digests(page), by=other, reason=WHY)
    (objection,) = object_to(page, digests(page), by=anna, reason=WHY)
    with pytest.raises(PermissionDenied):
        agree(objection, by=other)
    assert "Det här är fel" not in html(browser(other), desk_url([page.pk]))


@pytest.mark.parametrize("reason", ["", f"Det är {NUMBER}"], ids=["none", "with the number"])
def test_f10_a_reason_without_the_number_is_needed(anna: Person, reason: str) -> None:
    page = stopped()
    with pytest.raises(ValidationError):
        object_to(page, digests(page), by=anna, reason=reason)
    assert not Objection.objects.exists()


def test_f10_the_second_person_is_told_when_the_text_has_changed(anna: Person, bo: Person) -> None:
    page = stopped()
    (objection,) = object_to(page, digests(page), by=anna, reason=WHY)
    page.lead = f"Nu {NUMBER}."
    page.save_revision(clean=False)
    with pytest.raises(ValidationError, match="har ändrats"):
        agree(objection, by=bo)


def test_f10_a_stop_that_is_right_stays(anna: Person, bo: Person) -> None:
    page = stopped()
    (objection,) = object_to(page, digests(page), by=anna, reason=WHY)
    uphold(objection, by=bo)
    assert len(digests(page)) == 1 and not Objection.objects.exists()
    assert PageLogEntry.objects.filter(page=page.pk, action="gate.uphold_stop", user=bo).exists()


def test_f10_one_person_is_enough_to_stop_again_what_two_have_passed(anna: Person, bo: Person) -> None:
    page = stopped()
    passed(page, anna, bo)
    answer_desk(browser(anna), desk_url([page.pk]))
    assert "Stoppa igen" in html(browser(bo), desk_url([page.pk]))
    (objection,) = Objection.objects.all()
    answer = browser(anna).post(f"/admin/granskning/stopp/{objection.pk}/", {"answer": "uphold"}, follow=True)
    assert "Stoppet gäller igen. Sidan är fortfarande publicerad." in answer.content.decode()
    assert len(digests(StandardPage.objects.get(pk=page.pk))) == 1 and not Objection.objects.exists()


def test_f10_a_passed_file_that_is_stopped_again_waits_to_be_read(document: Document, anna: Person, bo: Person) -> None:
    for objection in object_to(
        document.screening, [s.digest for s in stops_in_file(document.screening)], by=anna, reason=WHY
    ):
        agree(objection, by=bo)
    document.refresh_from_db()
    assert document.is_approved
    first, second = Objection.objects.order_by("pk")
    uphold(first, by=anna)
    document.refresh_from_db()
    assert not document.is_approved and not document.screening.is_done
    record_outcome(document.screening, BLOCKS)
    assert [finding.excerpt for finding in document.screening.result.findings] == [first.excerpt], second


def test_f10_an_answer_to_what_is_taken_back_or_said_twice_gets_a_sentence(anna: Person, bo: Person) -> None:
    page = stopped()
    said = digests(page)
    (objection,) = object_to(page, said, by=anna, reason=WHY)
    with pytest.raises(ValidationError, match="redan sagt"):
        object_to(page, said, by=bo, reason=WHY)
    gone = Objection.objects.get(pk=objection.pk)
    uphold(objection, by=anna)
    with pytest.raises(ValidationError, match="redan svarat"):
        agree(gone, by=bo)
    answer = browser(bo).post(f"/admin/granskning/stopp/{gone.pk}/", {"answer": "agree", "checked": "1"}, follow=True)
    assert "Någon har redan svarat" in answer.content.decode()


def test_f10_a_file_is_answered_for_by_those_who_may_change_it(document: Document, anna: Person) -> None:
    reviewer = PersonFactory()
    reviewer.user_permissions.add(Permission.objects.get(codename="pass_stop"))
    with pytest.raises(PermissionDenied):
        object_to(document.screening, [stops_in_file(document.screening)[0].digest], by=reviewer, reason=WHY)


def test_f10_a_meeting_with_a_passed_title_place_and_link_can_be_published(anna: Person, bo: Person) -> None:
    meeting = MeetingPageFactory(draft=True)
    meeting.title, meeting.place = f"Om kvittens {NUMBER}", f"Sal {NUMBER}"
    meeting.join_url = f"https://moten.example/{NUMBER}"
    meeting.save_revision(clean=False)
    passed(meeting, anna, bo)
    answer_desk(browser(anna), desk_url([meeting.pk]))
    published = MeetingPage.objects.get(pk=meeting.pk)
    assert published.live and published.calendar.title == f"Om kvittens {NUMBER}"


def test_f10_a_passed_title_is_not_taken_for_what_earlier_versions_hold(anna: Person, bo: Person) -> None:
    page = stopped(title=f"Kvittens {NUMBER}", slug="kvittens")
    passed(page, anna, bo)
    answer_desk(browser(anna), desk_url([page.pk]))
    assert not holds_what_stops(StandardPage.objects.get(pk=page.pk))


def test_f10_a_title_passed_with_its_address_can_be_published(anna: Person, bo: Person) -> None:
    page = stopped(title=f"Kvittens {NUMBER}", slug=f"kvittens-{NUMBER}")
    passed(page, anna, bo)
    answer_desk(browser(anna), desk_url([page.pk]))
    assert StandardPage.objects.get(pk=page.pk).live


def test_f10_a_point_of_an_agenda_is_let_through_with_its_page(anna: Person, bo: Person) -> None:
    meeting = MeetingPageFactory()
    AgendaItemFactory(meeting=meeting, title="Dragning")
    meeting = MeetingPage.objects.get(pk=meeting.pk)
    item = meeting.agenda_items.get()
    item.title = f"Kvittens {NUMBER}"
    meeting.agenda_items = [item]
    meeting.save_revision(clean=False)
    passed(meeting, anna, bo)
    meeting.get_latest_revision().publish()
    stored = AgendaItem.objects.get(pk=item.pk)
    assert NUMBER in stored.title
    stored.save()


def test_f10_older_objections_go_with_older_versions(anna: Person, bo: Person) -> None:
    page = stopped()
    passed(page, anna, bo)
    kept = stopped(title="Kvar")
    page.lead = "Utan nummer."
    page.save_revision(clean=False)
    for each in (page, kept):
        purge_versions(each, by=None, reason="Städning")
    assert not Objection.objects.filter(page=page.pk).exists()


@pytest.fixture
def document() -> Document:
    document: Document = DocumentFactory(title="Kvittenser")
    record_outcome(document.screening, BLOCKS)
    return document


def test_f10_a_file_is_passed_when_two_have_passed_all_of_it(document: Document, anna: Person, bo: Person) -> None:
    screening = document.screening
    address, one, other = f"/admin/granskning/fil/{screening.pk}/", browser(anna), browser(bo)
    assert "Det här är fel" in html(one, address)
    stops = [stop.digest for stop in stops_in_file(screening)]
    one.post(f"/admin/granskning/stopp/fil/{screening.pk}/", {"stop": stops, "reason": WHY, "checked": "on"})
    assert "Anna Ask säger att ett stopp i filen ”Kvittenser” är fel" in html(other, "/admin/")
    for objection in Objection.objects.order_by("pk"):
        assert not FileScreening.objects.approved().filter(pk=screening.pk).exists()
        other.post(f"/admin/granskning/stopp/{objection.pk}/", {"answer": "agree", "checked": "on"})
    document.refresh_from_db()
    assert document.is_approved
    assert "Stopp som två personer har släppt igenom" in html(one, address)
    logged = ModelLogEntry.objects.filter(object_id=str(document.pk), action="gate.let_through")
    assert {entry.user for entry in logged} == {bo}
    record_outcome(document.screening, BLOCKS)
    assert document.screening.is_approved, "the same content read again is let through"


def test_f10_a_new_finding_in_the_same_file_is_stopped(document: Document, anna: Person, bo: Person) -> None:
    screening = document.screening
    stops = [stop.digest for stop in stops_in_file(screening)]
    for objection in object_to(screening, stops, by=anna, reason=WHY):
        agree(objection, by=bo)
    new = Screening((*BLOCKS.findings, Finding(Kind.PERSONAL_NUMBER, "sida 4", "50…")))
    screening.refresh_from_db()
    record_outcome(screening, new)
    assert screening.blocks and [finding.where for finding in screening.result.findings] == ["sida 4"]


def test_f10_so_many_stops_that_some_may_be_left_out_are_not_passed(document: Document, anna: Person) -> None:
    many = Screening(tuple(Finding(Kind.PERSONAL_NUMBER, f"rad {row}", "85…") for row in range(200)))
    record_outcome(document.screening, many)
    stops = [stop.digest for stop in stops_in_file(document.screening)]
    with pytest.raises(ValidationError, match="Så många"):
        object_to(document.screening, stops[:1], by=anna, reason=WHY)


def test_f10_a_refused_upload_leads_to_its_screening_and_is_taken_when_passed(anna: Person, bo: Person) -> None:
    content = b"%PDF-1.4 kvittenser"
    file = ContentFile(content, name="kvittenser.pdf")
    screening = known_as(Verdict.BLOCK, content_of(file))
    record_outcome(screening, BLOCKS)
    with pytest.raises(Blocked) as refused:
        Document(title="Kvittenser", file=file).save()
    address = f"/admin/granskning/fil/{screening.pk}/"
    assert f'href="{address}"' in refused.value.messages[-1]
    assert "Det här är fel" in html(browser(anna), address)
    stops = [stop.digest for stop in stops_in_file(screening)]
    for objection in object_to(screening, stops, by=anna, reason=WHY):
        agree(objection, by=bo)
    taken = Document(title="Kvittenser", file=ContentFile(content, name="kvittenser.pdf"))
    taken.save()
    assert taken.is_approved
