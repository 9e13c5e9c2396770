"""The purge in the admin: who may, what is told, what is asked."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test.client import Client
from django.urls import reverse
from wagtail.models import ReferenceIndex

from outbox.models import OutgoingMail
from privacy.models import Purge
from privacy.purge.actions import purge_texts, purge_versions
from resources.models import Document, Image, ResourceFile, ResourcePage
from tests.factories.contacts import GroupFactory, PersonFactory
from tests.factories.meetings import MeetingPageFactory, RegistrationFactory
from tests.factories.outbox import OutgoingMailFactory
from tests.factories.resources import DocumentFactory, ImageFactory, ResourcePageFactory
from tests.screening.numbers import personal_number

pytestmark = pytest.mark.django_db

ANSWERS = {"reason": "Innehöll uppgifter om en enskild.", "sure": "on"}


@pytest.fixture
def purger(client: Client) -> Client:
    """Somebody in the admin with no other right than to remove for good."""
    return log_in(client, "wagtailadmin.access_admin", "privacy.purge")


def log_in(client: Client, *rights: str) -> Client:
    person = PersonFactory()
    for right in rights:
        app, codename = right.split(".")
        person.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    client.force_login(person)
    return client


def url(kind: str, instance: Any) -> str:
    return reverse("purging:purge", args=[kind, instance.pk])


def everything() -> list[tuple[str, Any]]:
    return [
        ("sida", ResourcePageFactory()),
        ("dokument", DocumentFactory()),
        ("bild", ImageFactory()),
        ("anmalan", RegistrationFactory()),
        ("mejl", OutgoingMailFactory()),
    ]


def test_without_the_right_nobody_sees_or_does_it(client: Client) -> None:
    log_in(client, "wagtailadmin.access_admin", "resources.delete_document", "outbox.view_outgoingmail")
    for kind, instance in everything():
        assert client.get(url(kind, instance)).status_code == 403
        assert client.post(url(kind, instance), ANSWERS).status_code == 403
        assert type(instance).objects.filter(pk=instance.pk).exists()
    assert client.get(reverse("purging:log")).status_code == 403


def test_everything_can_be_purged_by_its_button(purger: Client) -> None:
    for kind, instance in everything():
        question = purger.get(url(kind, instance))
        assert question.status_code == 200
        assert "no-store" in question["Cache-Control"]
        answer = purger.post(url(kind, instance), ANSWERS)
        assert answer.status_code == 302
        assert not type(instance).objects.filter(pk=instance.pk).exists()
        assert purger.get(url(kind, instance)).status_code == 404
    assert Purge.objects.count() == 5


def test_an_editor_with_every_right_finds_the_way_back(client: Client) -> None:
    client.force_login(PersonFactory(editor=True))
    document = DocumentFactory()
    text = client.get(url("dokument", document)).content.decode()
    assert reverse("wagtaildocs:edit", args=[document.pk]) in text


def test_to_look_changes_nothing(purger: Client) -> None:
    document = DocumentFactory()
    page = ResourcePageFactory(title="Sida med fil", files=[ResourceFile(document=document)])
    ReferenceIndex.create_or_update_for_object(page)  # as after a commit
    text = purger.get(url("dokument", document)).content.decode()
    assert "Sida med fil" in text
    assert Document.objects.filter(pk=document.pk).exists()
    assert ResourcePage.objects.get(pk=page.pk).files.exists()
    assert not Purge.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": ""}, "Skriv varför"),
        ({"sure": ""}, "Kryssa i rutan"),
        ({"reason": "Hade med Beslut om Anna att göra"}, "utan titel"),
    ],
    ids=["no reason", "not sure", "the title in the reason"],
)
def test_nothing_goes_before_the_questions_are_answered(purger: Client, changes: dict[str, str], words: str) -> None:
    document = DocumentFactory(title="Beslut om Anna")
    answer = purger.post(url("dokument", document), {**ANSWERS, **changes})
    assert words in answer.content.decode()
    assert Document.objects.filter(pk=document.pk).exists()


def test_pages_below_are_counted_and_asked_for(purger: Client) -> None:
    meeting = MeetingPageFactory()
    index = meeting.get_parent()
    text = purger.get(url("sida", index)).content.decode()
    assert "Rensa bort sidans 1 undersida också" in text
    purger.post(url("sida", index), ANSWERS)
    assert type(meeting).objects.filter(pk=meeting.pk).exists()
    purger.post(url("sida", index), {**ANSWERS, "with_children": "on"})
    assert not type(meeting).objects.filter(pk=meeting.pk).exists()


def test_a_coming_meeting_asks_whether_those_who_wait_are_told(purger: Client) -> None:
    meeting = MeetingPageFactory()
    RegistrationFactory(meeting=meeting)
    assert "Mejla den som väntar på mötet" in purger.get(url("sida", meeting)).content.decode()
    purger.post(url("sida", meeting), {**ANSWERS, "notify": "on"})
    assert "blir inte av" in OutgoingMail.objects.get().subject


def test_the_start_page_stays(purger: Client) -> None:
    home = ResourcePageFactory().get_ancestors().get(depth=2)
    assert "Startsidan går inte" in purger.get(url("sida", home)).content.decode()
    purger.post(url("sida", home), {**ANSWERS, "with_children": "on"})
    assert type(home).objects.filter(pk=home.pk).exists()


def test_older_versions_go_by_a_question_of_their_own(purger: Client) -> None:
    page = ResourcePageFactory()
    for lead in ("Ett", "Två"):
        page.lead = lead
        page.save_revision().publish()
    address = reverse("purging:versions", args=[page.pk])
    assert "2\n" in purger.get(address).content.decode()
    purger.post(address, ANSWERS)
    assert page.revisions.count() == 1
    assert ResourcePage.objects.get(pk=page.pk).lead == "Två"


def test_files_that_only_this_page_uses_are_told_before_and_after_with_the_way_to_their_purge(purger: Client) -> None:
    number = personal_number()
    alone, shared = DocumentFactory(title="Bilaga <b>"), DocumentFactory(title="Delad")
    Document.objects.filter(pk=alone.pk).update(title=f"Bilaga <b> {number}")
    page = ResourcePageFactory(files=[ResourceFile(document=alone), ResourceFile(document=shared)])
    other = ResourcePageFactory(title="En annan sida", files=[ResourceFile(document=shared)])
    for each in (page, other):
        ReferenceIndex.create_or_update_for_object(each)  # as after a commit
    question = purger.get(url("sida", page)).content.decode()
    purger.post(url("sida", page), ANSWERS)
    told = purger.get(reverse("wagtailadmin_home")).content.decode()
    for text in (question, told):
        assert "ligger kvar under Dokument" in text
        assert "Rensa bort filen också" in text
        assert f'href="{url("dokument", alone)}"' in text
        assert url("dokument", shared) not in text
        assert "Den används också på: En annan sida." in text
        assert "Bilaga &lt;b&gt;" in text
        assert number not in text
    assert Document.objects.filter(pk__in=[alone.pk, shared.pk]).count() == 2


def test_a_page_without_files_says_nothing_of_them(purger: Client) -> None:
    assert "ligger kvar" not in purger.get(url("sida", ResourcePageFactory())).content.decode()


def test_a_title_with_a_number_is_masked(purger: Client) -> None:
    number = personal_number()
    document = DocumentFactory()
    Document.objects.filter(pk=document.pk).update(title=f"Uppföljning {number}")
    text = purger.get(url("dokument", document)).content.decode()
    assert "Uppföljning" in text
    assert number not in text


def test_an_empty_log_says_so(purger: Client) -> None:
    text = purger.get(reverse("purging:log")).content.decode()
    assert "Inget har rensats bort än." in text
    assert "Det här har rensats bort" not in text


def test_the_log_tells_what_went_of_something_that_stays(purger: Client) -> None:
    page, group = ResourcePageFactory(), GroupFactory(description="Text")
    page.save_revision().publish()
    purge_versions(page, by=None, reason="Skäl ett.")
    purge_texts(group, ["description"], by=None, reason="Skäl två.")
    text = purger.get(reverse("purging:log")).content.decode()
    assert f"Äldre versioner av sida {page.pk}" in text
    assert f"Texter i grupp {group.pk}" in text
    assert "texterna i " in text


def test_the_log_tells_that_it_happened_and_not_what_it_was(purger: Client) -> None:
    document = DocumentFactory(title="Kvistzebra")
    purger.post(url("dokument", document), ANSWERS)
    text = purger.get(reverse("purging:log")).content.decode()
    assert f"Dokument {document.pk}" in text
    assert ANSWERS["reason"] in text
    assert "Kvistzebra" not in text


def test_the_way_there_is_shown_to_those_who_may_only(client: Client) -> None:
    page, document, image = ResourcePageFactory(), DocumentFactory(), ImageFactory()
    registration, mail = RegistrationFactory(), OutgoingMailFactory()
    views = {
        url("sida", page): reverse("wagtailadmin_pages:edit", args=[page.pk]),
        url("dokument", document): reverse("wagtaildocs:edit", args=[document.pk]),
        url("bild", image): reverse("wagtailimages:edit", args=[image.pk]),
        url("anmalan", registration): reverse("meetings_admin:participants", args=[registration.meeting_id]),
        url("mejl", mail): reverse("outgoing_mail:inspect", args=[mail.pk]),
    }
    client.force_login(PersonFactory(editor=True))
    for link, view in views.items():
        assert link in client.get(view).content.decode(), view
    log_in(client, "wagtailadmin.access_admin", "outbox.view_outgoingmail")
    assert url("mejl", mail) not in client.get(views[url("mejl", mail)]).content.decode()
    assert Image.objects.exists()
