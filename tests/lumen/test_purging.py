"""A purge leaves nothing: everything that LUMEN keeps is searched, before and after."""

import json
import os
from email import message_from_bytes
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache, caches
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test.client import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.admin.models import FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import (
    Comment,
    CommentReply,
    GroupApprovalTask,
    Page,
    PageLogEntry,
    UploadedFile,
    Workflow,
    WorkflowTask,
)

from contacts.models import RegisterAccess
from gate.models import Clearance, FileToRemove
from gate.publishing.actions import publish_reviewed
from gate.publishing.review import review_page
from meetings.actions import cancel_meeting, send_invitations
from meetings.enums import MailCategory, MailOutKind
from meetings.mails import queue_confirmation
from meetings.models import MeetingPage, Registration
from outbox.actions import queue_mail
from outbox.models import MailEvent, OutgoingMail
from privacy.purging.actions import purge, purge_versions, sweep
from resources.models import Document, Image, Keyword, ResourceFile, ResourcePage, SearchEntry, SearchWord
from tests.factories.contacts import ContactPersonFactory, PersonFactory
from tests.factories.meetings import (
    AgendaItemFactory,
    InvitedOrganisationFactory,
    MaterialFactory,
    MeetingPageFactory,
    RegistrationFactory,
    SpeakerFactory,
)
from tests.factories.outbox import OutgoingMailFactory
from tests.factories.resources import PDF, DocumentFactory, ImageFactory, ResourcePageFactory, body, site_tree

from .remains import places_with

pytestmark = pytest.mark.django_db(transaction=True)

MARK = "Kvistzebra"
REASON = "Innehöll uppgifter om en enskild."


@pytest.fixture(autouse=True)
def _nothing_from_before() -> None:
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if path.is_file():
            path.unlink()
    cache.clear()


@pytest.fixture
def editor() -> Any:
    return PersonFactory(editor=True)


def log_in(client: Client, person: Any) -> Client:
    client.force_login(person)
    return client


def comment_on(page: Page, by: Any) -> None:
    comment = Comment.objects.create(page=page, user=by, text=f"{MARK} i kommentar", contentpath="lead")
    CommentReply.objects.create(comment=comment, user=by, text=f"{MARK} i svar")


def reject_in_workflow(page: Page, by: Any) -> None:
    workflow = Workflow.objects.create(name="Granskning")
    task = GroupApprovalTask.objects.create(name="Läsning")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    state = workflow.start(page, by)
    state.current_task_state.task.specific.on_action(state.current_task_state, by, "reject", comment=f"{MARK} i flödet")


def preview_state(page: Page, by: Any, *, is_new: bool) -> None:
    FormState.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(type(page)),
        object_id="" if is_new else str(page.pk),
        parent_object_id=str(page.get_parent().pk) if is_new else "",
        data=f"title={MARK}",
        last_updated_at=page.latest_revision_created_at or page.first_published_at,
    )


def resource_with_history(editor: Any, *, with_alias: bool = True) -> ResourcePage:
    """A page that has been through everything, with the mark in every place that an editor can write in."""
    page = ResourcePageFactory(title=f"{MARK} rapport", slug=f"{MARK.lower()}-rapport", lead=f"{MARK} ingress")
    page.body = body(f"<p>{MARK} brödtext</p>")
    page.keywords.add(f"{MARK}ord")
    page.save_revision(user=editor).publish()
    # A draft that nobody published, with a word of its own.
    page.lead = f"{MARK} bara i utkast"
    page.keywords.add(f"{MARK}utkastsord")
    page.save_revision(user=editor)
    page = ResourcePage.objects.get(pk=page.pk)
    # A former address.
    page.slug = f"{MARK.lower()}-nytt"
    page.save_revision(user=editor).publish()
    comment_on(page, editor)
    reject_in_workflow(page, editor)
    preview_state(page, editor, is_new=False)
    preview_state(page, editor, is_new=True)
    log(instance=page, action="wagtail.edit", user=editor, data={"reason": f"{MARK} skäl"})
    Clearance.objects.create(
        content_type=ContentType.objects.get_for_model(page), object_id=str(page.pk), digest="x", reason=f"{MARK} ok"
    )
    if with_alias:
        page.create_alias(update_slug=f"{MARK.lower()}-alias")
    return ResourcePage.objects.get(pk=page.pk)


class TestPage:
    def test_nothing_of_a_purged_page_is_left_anywhere(self, client: Client, editor: Any) -> None:
        tree = site_tree()
        page = resource_with_history(editor)
        queue_mail(
            to="red@lumen.example",
            subject=f'Sidan "{MARK} rapport" har granskats',
            text=f"{MARK} rapport: {settings.BASE_URL}/admin/pages/{page.pk}/edit/",
            html=f"<p>{MARK}</p>",
        )
        cache.set("something", f"<p>{MARK}</p>")
        # What others have noted of it.
        child = ResourcePageFactory(title="En annan")
        log(instance=child, action="wagtail.copy", user=editor, data={"source": {"id": page.pk, "title": page.title}})
        found = places_with(MARK)
        for table in (
            "wagtailcore_page",
            "resources_resourcepage",
            "wagtailcore_revision",
            "wagtailcore_pagelogentry",
            "wagtailcore_comment",
            "wagtailcore_commentreply",
            "wagtailcore_taskstate",
            "wagtailadmin_formstate",
            "wagtailredirects_redirect",
            "wagtailsearch_indexentry",
            "resources_keyword",
            "resources_searchentry",
            "resources_searchword",
            "screening_clearance",
            "outbox_outgoingmail",
            "cache",
        ):
            assert found[table], f"the mark was to be in {table} before the purge"
        row = purge(page, by=editor, reason=REASON)
        assert places_with(MARK) == {}
        row.refresh_from_db()
        assert row.finished_at
        assert row.removed["wagtailcore.Revision"] >= 3
        assert (row.kind, row.object_id, row.by, row.reason) == ("resources.ResourcePage", str(page.pk), editor, REASON)
        # The others stand, and so does what was done, without its words.
        assert Page.objects.filter(pk=child.pk).exists()
        entries = PageLogEntry.objects.filter(page_id=page.pk)
        assert {entry.label for entry in entries} == {"(bortrensat)"}
        assert {"wagtail.publish", "wagtail.edit"} <= {entry.action for entry in entries}
        report = log_in(client, editor).get(reverse("wagtailadmin_reports:site_history"))
        assert report.status_code == 200
        assert MARK not in report.content.decode()
        assert client.get(tree.library.url).status_code == 200

    def test_a_page_with_pages_below_it_goes_only_with_them(self, editor: Any) -> None:
        page = resource_with_history(editor)
        below = page.get_parent().add_child(
            instance=ResourcePage(title="x", slug="x", kind="report", lead="x", producer=page.producer)
        )
        below.move(page, pos="last-child")
        with pytest.raises(Exception, match="undersida"):
            purge(page, by=None, reason=REASON)
        assert ResourcePage.objects.filter(pk=page.pk).exists()
        below.title = f"{MARK} under"
        below.save_revision().publish()
        purge(page, by=None, reason=REASON, with_children=True)
        assert not ResourcePage.objects.filter(pk__in=[page.pk, below.pk]).exists()
        assert places_with(MARK) == {}

    def test_a_page_that_was_moved_away_keeps_no_address_with_the_purged_name(self, editor: Any) -> None:
        page = resource_with_history(editor)
        moved = ResourcePageFactory(title="Kvar")
        # As Wagtail writes it when the page above is renamed.
        for old_path in (f"{page.url}kvar", f"/material/{MARK.lower()}-rapport/kvar"):
            Redirect.objects.create(old_path=old_path.rstrip("/"), redirect_page=moved)
        Redirect.objects.create(old_path=f"/material/{MARK.lower()}-rapport", redirect_link="/material/")
        other = Redirect.objects.create(old_path="/material/annat", redirect_page=moved)
        purge(page, by=None, reason=REASON)
        assert places_with(MARK) == {}
        assert list(Redirect.objects.filter(redirect_page=moved)) == [other]

    def test_only_older_versions_go_and_the_page_stays_as_it_is(self, client: Client, editor: Any) -> None:
        page = resource_with_history(editor, with_alias=False)
        page.title, page.slug, page.lead = "Rapport", "rapport", "Ren ingress."
        page.body = body("<p>Ren text.</p>")
        page.keywords.set(["ren"])
        page.save_revision(user=editor).publish()
        page.lead = "Ett opublicerat utkast."
        page.save_revision(user=editor)
        assert places_with(MARK)["wagtailcore_revision"]
        row = purge_versions(ResourcePage.objects.get(pk=page.pk), by=editor, reason=REASON)
        assert places_with(MARK) == {}
        assert row.removed["wagtailcore.Revision"] >= 4
        page = ResourcePage.objects.get(pk=page.pk)
        assert page.live
        assert not page.has_unpublished_changes
        assert page.lead == "Ren ingress."
        assert page.revisions.count() == 1
        assert page.get_latest_revision_as_object().lead == "Ren ingress."
        answer = log_in(client, editor).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert answer.status_code == 200

    def test_the_reason_that_the_public_text_stands_on_outlives_the_older_versions(
        self, client: Client, editor: Any
    ) -> None:
        page = ResourcePageFactory(title="Rapport")

        def publish(lead: str, reason: str = "") -> None:
            page.lead = lead
            page.save_revision(user=editor)
            review = review_page(page, user=editor)
            assert bool(review.new_warnings) == bool(reason)
            publish_reviewed(review, by=editor, reason=reason)

        publish(f"{MARK} har organisationsnummer 559999-1238.", f"{MARK} står i en dom.")
        publish("Bolaget har organisationsnummer 559999-1220.", "Står i ett offentligt avtal.")
        publish("Bolaget har organisationsnummer 559999-1220.")  # again, and nothing is asked
        purge_versions(ResourcePage.objects.get(pk=page.pk), by=editor, reason=REASON)
        assert places_with(MARK) == {}
        kept = Clearance.objects.about(page).order_by("at")
        assert [clearance.reason for clearance in kept] == ["Står i ett offentligt avtal.", ""]
        assert review_page(ResourcePage.objects.get(pk=page.pk), user=editor).new_warnings == []
        history = log_in(client, editor).get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
        assert "Skäl: Står i ett offentligt avtal." in history


class TestMeeting:
    def meeting(self, editor: Any) -> MeetingPage:
        contact = ContactPersonFactory()
        meeting = MeetingPageFactory(title=f"{MARK} möte", slug=f"{MARK.lower()}-mote", lead=f"{MARK} ingress")
        item = AgendaItemFactory(meeting=meeting, title=f"{MARK} punkt", description=f"{MARK} beskrivning")
        SpeakerFactory(item=item, name=f"{MARK} talare")
        MaterialFactory(meeting=meeting, title=f"{MARK} underlag")
        meeting = MeetingPage.objects.get(pk=meeting.pk)
        meeting.save_revision(user=editor).publish()
        send_invitations(meeting=meeting, by=editor)
        invited = meeting.invited_organisations.get(organisation=contact.organisation)
        InvitedOrganisationFactory(meeting=meeting, declined=True, declined_because=f"{MARK} därför")
        RegistrationFactory(meeting=meeting, organisation=contact.organisation, name=f"{MARK} deltagare")
        meeting.mail_outs.create(kind=MailOutKind.UPDATE, note=f"{MARK} ändring")
        OutgoingMailFactory(batch=f"forward:{invited.pk}:1", subject=f"{MARK} vidare", sent=True)
        MailEvent.objects.create(mail=OutgoingMail.objects.last(), status="sent", note=f"{MARK} svar")
        RegisterAccess.objects.create(who=editor, kind="read", what=f"Deltagare: {meeting.title}")
        return meeting

    def test_nothing_of_a_purged_meeting_is_left_anywhere(self, client: Client, editor: Any) -> None:
        meeting = self.meeting(editor)
        found = places_with(MARK)
        for table in (
            "meetings_agendaitem",
            "meetings_speaker",
            "meetings_material",
            "meetings_calendarentry",
            "meetings_mailout",
            "meetings_invitedorganisation",
            "meetings_registration",
            "outbox_outgoingmail",
            "outbox_mailevent",
            "contacts_registeraccess",
            "wagtailcore_revision",
            "resources_searchword",
        ):
            assert found[table], f"the mark was to be in {table} before the purge"
        feed = reverse("meetings:calendar_feed")
        assert MARK in client.get(feed).content.decode()
        purge(meeting, by=editor, reason=REASON)
        assert places_with(MARK) == {}
        assert MARK not in client.get(feed).content.decode()
        assert client.get(reverse("meetings:ics", args=[meeting.slug])).status_code == 404
        assert RegisterAccess.objects.filter(what="Deltagare: (bortrensat)").exists()

    def test_those_who_wait_for_it_are_told_without_a_word_of_what_it_was(self, editor: Any) -> None:
        meeting = self.meeting(editor)
        uid, sequence = meeting.calendar.uid, meeting.calendar.sequence
        registration = Registration.objects.get()
        purge(meeting, by=editor, reason=REASON, notify=True)
        mails = list(OutgoingMail.objects.all())
        assert {mail.recipient for mail in mails} >= {registration.email}
        assert len(mails) == 2
        assert places_with(MARK) == {}
        mail = next(mail for mail in mails if mail.recipient == registration.email)
        assert "blir inte av" in mail.subject
        # The calendar of the participant takes it out: the same meeting, a later word about it.
        calendars = [
            part.get_payload(decode=True).decode()
            for part in message_from_bytes(bytes(mail.message)).walk()
            if part.get_content_type() == "text/calendar"
        ]
        assert calendars
        assert f"UID:{uid}@" in calendars[0]
        assert f"SEQUENCE:{sequence + 1}" in calendars[0]
        assert "METHOD:CANCEL" in calendars[0]

    def test_nobody_is_told_of_a_meeting_that_is_cancelled_already(self, editor: Any) -> None:
        meeting = self.meeting(editor)
        cancel_meeting(meeting=meeting, note="För få anmälda.", by=editor)
        purge(MeetingPage.objects.get(pk=meeting.pk), by=editor, reason=REASON, notify=True)
        assert not OutgoingMail.objects.exists()

    def test_a_purged_registration_takes_its_mails_and_leaves_the_others(self, editor: Any) -> None:
        meeting = MeetingPageFactory()
        gone = RegistrationFactory(
            meeting=meeting, name=f"{MARK} Namn", email=f"{MARK.lower()}@ort.example", role=f"{MARK} roll"
        )
        left = RegistrationFactory(meeting=meeting)
        for registration in (gone, left):
            queue_confirmation(registration, category=MailCategory.REGISTRATION)
        assert places_with(MARK)["outbox_outgoingmail"]
        purge(gone, by=editor, reason=REASON)
        assert places_with(MARK) == {}
        assert OutgoingMail.objects.get().recipient == left.email
        assert Registration.objects.get() == left


class TestMail:
    def test_a_purged_mail_is_never_sent_and_leaves_nothing(self, editor: Any) -> None:
        mail = OutgoingMailFactory(subject=f"{MARK} ämne", text=f"{MARK} text", html=f"<p>{MARK}</p>")
        other = OutgoingMailFactory()
        assert places_with(MARK)["outbox_outgoingmail"]
        purge(mail, by=editor, reason=REASON)
        assert places_with(MARK) == {}
        assert list(OutgoingMail.objects.deliverable()) == [other]


def picture_with_exif() -> ContentFile:
    picture = Picture.new("RGB", (60, 40), "white")
    exif = picture.getexif()
    exif[0x010E] = f"{MARK} i bilden"  # ImageDescription
    content = BytesIO()
    picture.save(content, "JPEG", exif=exif)
    return ContentFile(content.getvalue(), name=f"{MARK.lower()}-bild.jpg")


class TestFiles:
    def document(self) -> Document:
        pdf = b"%PDF-1.4\n% " + f"{MARK} i filen\n".encode() + b"1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"
        document = DocumentFactory(title=f"{MARK} dokument", content=pdf, filename=f"{MARK.lower()}.pdf")
        document.tags.add(f"{MARK}tagg")
        document.save()
        return document

    def test_nothing_of_a_purged_document_is_left_anywhere(self, client: Client, editor: Any) -> None:
        document = self.document()
        page = ResourcePageFactory(title="Med fil", files=[ResourceFile(document=document, description=f"{MARK} fil")])
        page.body = json.dumps([{"type": "document", "value": {"document": document.pk, "description": "Ladda ner"}}])
        page.save_revision(user=editor).publish()
        log(instance=document, action="wagtail.edit", user=editor, data={"title": document.title})
        upload = UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(Document),
            file=ContentFile(document.file.read(), name="annat-namn.pdf"),
        )
        assert MARK in upload.file.read().decode()
        # Left behind by a replacement some time ago.
        orphan = storages["default"].save(f"documents/{MARK.lower()}_aBcDeF1.pdf", ContentFile(f"{MARK} förr".encode()))
        path = storages["default"].path(orphan)
        os.utime(path, (os.path.getmtime(path) - 3600,) * 2)
        queue_mail(to="a@ort.example", subject="Inbjudan", text=f"{MARK} dokument: {settings.BASE_URL}{document.url}")
        found = places_with(MARK)
        for place in (
            "resources_document",
            "taggit_tag",
            "resources_resourcefile",
            "wagtailcore_modellogentry",
            "wagtailsearch_indexentry",
            "resources_searchentry",
            "outbox_outgoingmail",
            "file name",
            "file content",
        ):
            assert found[place], f"the mark was to be in {place} before the purge"
        row = purge(document, by=editor, reason=REASON)
        assert row.removed["files"] == 2
        assert places_with(MARK) == {}
        assert not FileToRemove.objects.exists()
        # The page stands, without the file, and its versions can still be opened.
        assert client.get(page.url).status_code == 200
        page = ResourcePage.objects.get(pk=page.pk)
        assert not page.files.exists()
        assert not page.get_latest_revision_as_object().files.all()
        answer = log_in(client, editor).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert answer.status_code == 200

    def test_a_file_that_was_replaced_is_left_nowhere(self, editor: Any) -> None:
        document = self.document()
        document.title, document.file = "Ny titel", ContentFile(PDF, name="ny.pdf")
        document.save()
        document.tags.clear()
        assert "file content" not in places_with(MARK)
        purge(document, by=editor, reason=REASON)
        assert places_with(MARK) == {}

    def test_files_of_others_are_left_alone(self, editor: Any) -> None:
        document, other = self.document(), self.document()
        stray = storages["default"].save("documents/lagd-for-hand.pdf", ContentFile(b"x"))
        os.utime(storages["default"].path(stray), (0, 0))
        purge(document, by=editor, reason=REASON)
        assert storages["default"].exists(stray)
        assert storages["default"].exists(other.file.name)

    def test_nothing_of_a_purged_image_is_left_anywhere(self, client: Client, editor: Any) -> None:
        image = ImageFactory(title=f"{MARK} bild", file=picture_with_exif(), description=f"{MARK} beskrivning")
        rendition = image.get_rendition("max-30x30")
        found = places_with(MARK)
        assert found["resources_image"] and found["resources_rendition"] and found["file content"]
        assert found["file name"] >= 2
        row = purge(image, by=editor, reason=REASON)
        assert row.removed["resources.Rendition"] == 1
        assert places_with(MARK) == {}
        assert client.get(rendition.url).status_code == 404
        assert not Image.objects.exists()

    def test_a_file_that_cannot_be_removed_is_not_forgotten(self, editor: Any, monkeypatch: Any) -> None:
        document = self.document()
        store = type(storages["default"])
        with monkeypatch.context() as broken:
            broken.setattr(store, "delete", lambda self, name: (_ for _ in ()).throw(OSError("full")))
            row = purge(document, by=editor, reason=REASON)
        row.refresh_from_db()
        assert row.finished_at is None
        assert FileToRemove.objects.get().storage == "default"
        assert sweep() == 0
        row.refresh_from_db()
        assert row.finished_at
        assert places_with(MARK) == {}


class TestCaches:
    def test_every_cache_is_emptied(self, editor: Any, settings: Any) -> None:
        folder = Path(settings.STATE_DIR) / "cache"
        settings.CACHES = {
            "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "purging"},
            "renditions": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(folder)},
        }
        for alias in settings.CACHES:
            caches[alias].set("page", f"<p>{MARK}</p>")
        assert list(folder.glob("*.djcache"))
        purge(OutgoingMailFactory(), by=editor, reason=REASON)
        assert [caches[alias].get("page") for alias in settings.CACHES] == [None, None]
        assert not list(folder.glob("*.djcache"))


class TestSearch:
    def test_words_of_a_purged_page_leave_the_search(self, client: Client, editor: Any) -> None:
        page = resource_with_history(editor)
        assert SearchWord.objects.filter(word__startswith=MARK.lower()).exists()
        search = f"/sok/?q={MARK}"
        before = client.get(search).content.decode()
        assert page.url in before
        purge(page, by=editor, reason=REASON)
        after = client.get(search).content.decode()
        assert page.url not in after
        assert not SearchWord.objects.filter(word__startswith=MARK.lower()).exists()
        assert not SearchEntry.objects.filter(pk=page.pk).exists()
        assert not Keyword.objects.filter(name__startswith=MARK).exists()

    def test_messages_that_nobody_has_seen_go_too(self, client: Client, editor: Any) -> None:
        page = resource_with_history(editor)
        log_in(client, editor)
        session = client.session
        session["_messages"] = json.dumps([["__json_message", 0, 25, f"{MARK} har publicerats"]])
        session.save()
        purge(page, by=editor, reason=REASON)
        assert all("_messages" not in row.get_decoded() for row in Session.objects.all())
        assert client.session["_auth_user_id"] == str(editor.pk)
