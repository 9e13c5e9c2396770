"""Wagtail's own views: whichever way a meeting is published or removed, calendars keep in step."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, PageLogEntry, Task, Workflow, WorkflowTask
from wagtail.test.utils.form_data import nested_form_data, streamfield

from meetings import dates
from meetings.actions import change_quietly
from meetings.errors import MeetingError
from meetings.models import CalendarEntry, MeetingPage
from outbox.models import OutgoingMail
from tests.factories.contacts import PersonFactory
from tests.factories.meetings import InvitationFactory, MeetingPageFactory, RegistrationFactory, meeting_index
from tests.publishing import answer_desk, publish_by_button

pytestmark = pytest.mark.django_db
NOTE = "Vi börjar senare."


@pytest.fixture
def editor():
    return PersonFactory(editor=True)


@pytest.fixture
def admin(client: Client, editor) -> Client:
    client.force_login(editor)
    return client


def form_data(meeting: MeetingPage, action: str, **changes: Any) -> dict[str, Any]:
    """What the browser sends from the editor."""
    page = meeting.get_latest_revision_as_object()
    fields = {
        name: getattr(page, name) or ""
        for name in (
            *("title", "slug", "lead", "format", "place", "join_url", "change_note", "recording_url"),
            *("reminds", "remind_days"),
        )
    }
    inlines = {f"{name}-{field}": value for name in ("agenda_items", "materials", "comments") for field, value in EMPTY}
    moments = {
        "starts_at": changes.pop("starts_at", page.starts_at),
        "ends_at": changes.pop("ends_at", page.ends_at),
    }
    shown = {name: f"{value.astimezone():%Y-%m-%d %H:%M}" for name, value in moments.items()}
    blocks = nested_form_data({"body": streamfield([]), "summary_after": streamfield([])})
    return {**fields, **shown, **inlines, **blocks, "themes": [], f"action-{action}": "1", **changes}


EMPTY = (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"), ("MIN_NUM_FORMS", "0"), ("MAX_NUM_FORMS", "1000"))


def edit(admin: Client, meeting: MeetingPage, action: str = "publish", **changes: Any) -> Any:
    url = reverse("wagtailadmin_pages:edit", args=[meeting.pk])
    return publish_by_button(admin, url, form_data(meeting, action, **changes))


def moved(meeting: MeetingPage) -> dict[str, Any]:
    return {"starts_at": meeting.starts_at + timedelta(days=1), "ends_at": meeting.ends_at + timedelta(days=1)}


def test_the_button_tells_everybody_of_a_change(admin: Client) -> None:
    meeting = MeetingPageFactory()
    RegistrationFactory(meeting=meeting)
    response = edit(admin, meeting, change_note=NOTE, **moved(meeting))

    assert response.status_code == 302
    assert CalendarEntry.objects.get().sequence == 1
    assert OutgoingMail.objects.count() == 1


def test_who_published_a_change_is_told_how_many_get_it(admin: Client) -> None:
    meeting = MeetingPageFactory()
    RegistrationFactory.create_batch(2, meeting=meeting)
    edit(admin, meeting, change_note=NOTE, join_url="https://mote.example/nytt", **moved(meeting))
    html = admin.get("/admin/").content.decode()

    assert "2 personer får besked om den nya tiden och den nya länken." in html
    assert f'href="/admin/moten/{meeting.pk}/"' in html


def test_the_desk_says_how_many_will_get_the_change_before_it_is_published(admin: Client) -> None:
    meeting = MeetingPageFactory()
    RegistrationFactory.create_batch(2, meeting=meeting)
    url = reverse("wagtailadmin_pages:edit", args=[meeting.pk])
    desk = admin.post(url, form_data(meeting, "publish", change_note=NOTE, **moved(meeting))).url

    assert "2 personer får besked om den nya tiden." in admin.get(desk).content.decode()
    assert not OutgoingMail.objects.exists()
    assert MeetingPage.objects.get().starts_at == meeting.starts_at


def test_a_change_that_nobody_is_told_of_says_nothing_of_mail(admin: Client) -> None:
    meeting = MeetingPageFactory()
    edit(admin, meeting, change_note=NOTE, **moved(meeting))

    assert "får besked om" not in admin.get("/admin/").content.decode()


@pytest.mark.parametrize("is_new", [True, False])
def test_a_first_publication_leads_to_the_invitation(is_new: bool, admin: Client) -> None:
    meeting = MeetingPageFactory(draft=True)
    if is_new:
        url = reverse("wagtailadmin_pages:add", args=["meetings", "meetingpage", meeting_index().pk])
        publish_by_button(admin, url, form_data(meeting, "publish", title="Nytt", slug="nytt"))
    else:
        edit(admin, meeting)
    published = CalendarEntry.objects.get().meeting
    html = admin.get("/admin/").content.decode()

    assert (published.slug == "nytt") is is_new
    assert "Förhandsgranska och skicka inbjudan" in html
    assert f'href="/admin/moten/{published.pk}/"' in html


def test_the_button_asks_for_a_word_about_the_change(admin: Client) -> None:
    meeting = MeetingPageFactory()
    RegistrationFactory(meeting=meeting)
    response = edit(admin, meeting, **moved(meeting))

    assert response.status_code == 200
    assert response.context["form"].errors["change_note"] == [
        "Tid eller plats har ändrats. Skriv kort vad, så att alla får veta."
    ]
    assert MeetingPage.objects.get().starts_at == meeting.starts_at
    assert not OutgoingMail.objects.exists()


def test_a_meeting_that_people_know_of_cannot_be_moved_into_the_past(admin: Client) -> None:
    meeting = MeetingPageFactory()
    RegistrationFactory(meeting=meeting)
    response = edit(admin, meeting, change_note=NOTE, starts_at=timezone.now() - timedelta(days=1))

    assert "Den tiden har redan varit." in response.context["form"].errors["starts_at"][0]
    assert MeetingPage.objects.get().starts_at == meeting.starts_at
    assert not OutgoingMail.objects.exists()


def test_a_time_that_cannot_be_read_stays_as_it_was_typed(admin: Client) -> None:
    meeting = MeetingPageFactory()
    url = reverse("wagtailadmin_pages:edit", args=[meeting.pk])
    html = admin.get(url).content.decode()
    pickers = dict(re.findall(r'init\w+Chooser\("(.+?)", (.*?)\);', html))
    # The row that new agenda items are made from has two of them.
    for field in ("starts_at", "ends_at", "agenda_items-__prefix__-start", "agenda_items-__prefix__-end"):
        assert '"validateOnBlur": false' in pickers["id_" + field.replace("-", r"\u002D")], field

    response = admin.post(url, {**form_data(meeting, "publish"), "starts_at": "20/1 2027"})
    assert response.context["form"].errors["starts_at"]
    assert 'value="20/1 2027"' in response.content.decode()


def test_a_draft_may_move_without_a_word(admin: Client) -> None:
    meeting = MeetingPageFactory()
    response = edit(admin, meeting, action="save", **moved(meeting))

    assert response.status_code == 302
    assert meeting.revisions.count() == 2
    assert CalendarEntry.objects.get().sequence == 0


def test_what_changed_while_the_editor_wrote_undoes_the_whole_publication(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = MeetingPageFactory()
    RegistrationFactory(meeting=meeting)
    monkeypatch.setattr(MeetingPage, "publication_faults", once_blind(MeetingPage.publication_faults))
    response = edit(admin, meeting, **moved(meeting))

    assert response.status_code == 422
    assert "Tid eller plats har ändrats." in response.content.decode()
    assert "är publicerad" not in admin.get("/admin/").content.decode()
    assert MeetingPage.objects.get().starts_at == meeting.starts_at
    assert not OutgoingMail.objects.exists()


def once_blind(faults: Any) -> Any:
    """Says until it is published (to the editor, and to the desk) that all is well."""
    calls = []

    def answer(self: MeetingPage, entry: Any) -> dict[str, str]:
        calls.append(1)
        return {} if len(calls) <= 3 else faults(self, entry)

    return answer


def test_a_first_publication_by_the_button_makes_the_entry(admin: Client) -> None:
    meeting = MeetingPageFactory(draft=True)
    edit(admin, meeting)

    assert CalendarEntry.objects.get().meeting == meeting


class TestWorkflow:
    @pytest.fixture(autouse=True)
    def workflow(self, editor) -> None:
        Task.objects.all().delete()
        Workflow.objects.all().delete()
        task = GroupApprovalTask.objects.create(name="Granska")
        workflow = Workflow.objects.create(name="Granskning")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        workflow.workflow_pages.create(page=meeting_index())

    def submit(self, meeting: MeetingPage, editor: Any, **changes: Any) -> None:
        for name, value in changes.items():
            setattr(meeting, name, value)
        meeting.save_revision(user=editor, clean=False)
        meeting.get_workflow().start(meeting, editor)

    def approve(self, admin: Client, meeting: MeetingPage, *, only_look: bool = False) -> Any:
        state = MeetingPage.objects.get(pk=meeting.pk).current_workflow_task_state
        url = reverse("wagtailadmin_pages:workflow_action", args=[meeting.pk, "approve", state.pk])
        desk = admin.post(url, {"next": "/admin/"}).url
        return admin.get(desk) if only_look else answer_desk(admin, desk)

    def test_an_approval_tells_everybody(self, admin: Client, editor) -> None:
        meeting = MeetingPageFactory()
        RegistrationFactory(meeting=meeting)
        self.submit(meeting, editor, change_note=NOTE, **moved(meeting))
        self.approve(admin, meeting)

        assert CalendarEntry.objects.get().sequence == 1
        assert OutgoingMail.objects.count() == 1

    def test_an_approval_that_cannot_be_done_says_why(self, admin: Client, editor) -> None:
        meeting = MeetingPageFactory()
        RegistrationFactory(meeting=meeting)
        self.submit(meeting, editor, **moved(meeting))
        response = self.approve(admin, meeting, only_look=True)

        assert "Tid eller plats har ändrats." in response.content.decode()
        assert not response.context["ready"]
        assert CalendarEntry.objects.get().sequence == 0
        assert MeetingPage.objects.get().workflow_in_progress


def bulk(admin: Client, action: str, *pages: Any, **data: Any) -> Any:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    query = "&".join(f"id={page.pk}" for page in pages)
    return admin.post(f"{url}?{query}&next=/admin/", data)


class TestRemoving:
    @pytest.mark.parametrize("name", ["delete", "unpublish"])
    def test_a_meeting_in_peoples_calendars_stays(self, name: str, admin: Client) -> None:
        meeting = MeetingPageFactory()
        RegistrationFactory(meeting=meeting)
        for page in (meeting, meeting_index()):
            admin.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), {"include_descendants": "on"})
            bulk(admin, name, page, include_descendants="on")
            text = admin.get("/admin/").content.decode()
            assert "Ställ in det, så får alla besked." in text

        assert MeetingPage.objects.get().live

    @pytest.mark.parametrize("name", ["delete", "unpublish"])
    @pytest.mark.parametrize(
        ("stage", "reason"),
        [("cancelled", "så att de ser att det är inställt."), ("past", "Sidan ska ligga kvar.")],
    )
    def test_the_page_stays_also_when_the_meeting_is_cancelled_or_held(
        self, stage: str, reason: str, name: str, admin: Client
    ) -> None:
        meeting = MeetingPageFactory(**{stage: True})
        RegistrationFactory(meeting=meeting)
        for page in (meeting, meeting_index()):
            admin.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), {"include_descendants": "on"})
            bulk(admin, name, page, include_descendants="on")
            assert reason in admin.get("/admin/").content.decode()

        assert MeetingPage.objects.get().live

    def test_a_meeting_nobody_knows_of_may_go(self, admin: Client) -> None:
        meeting = MeetingPageFactory()
        bulk(admin, "delete", meeting)

        assert not MeetingPage.objects.exists()


class TestBulkPublishing:
    def test_a_draft_that_lacks_something_is_left_with_a_reason(self, admin: Client) -> None:
        meeting = MeetingPageFactory(draft=True, title="Utan tid")
        meeting.starts_at = None
        meeting.save_revision(clean=False)
        desk = admin.get(bulk(admin, "publish", meeting).url).content.decode()

        assert "Utan tid" in desk and "Skriv när mötet börjar." in desk
        assert not MeetingPage.objects.get().live

    def test_drafts_below_do_not_matter_unless_they_are_to_be_published(self, admin: Client) -> None:
        meeting = MeetingPageFactory(draft=True)
        meeting.starts_at = None
        meeting.save_revision(clean=False)
        desk = admin.get(bulk(admin, "publish", meeting_index()).url)
        assert "Skriv när mötet börjar." not in desk.content.decode()

        desk = admin.get(bulk(admin, "publish", meeting_index(), include_descendants="on").url)
        assert "Skriv när mötet börjar." in desk.content.decode()

    def test_what_is_complete_is_published_and_told(self, admin: Client) -> None:
        meeting = MeetingPageFactory()
        RegistrationFactory(meeting=meeting)
        for name, value in moved(meeting).items():
            setattr(meeting, name, value)
        meeting.change_note = NOTE
        meeting.save_revision(clean=False)
        answer_desk(admin, bulk(admin, "publish", meeting).url)

        assert CalendarEntry.objects.get().sequence == 1
        assert OutgoingMail.objects.count() == 1


def test_a_copy_of_a_meeting_is_a_draft_without_the_old_note(admin: Client) -> None:
    meeting = MeetingPageFactory(change_note="Från förra gången.", recording_url="https://film.example/1")
    url = reverse("wagtailadmin_pages:copy", args=[meeting.pk])
    assert "publish_copies" not in admin.get(url).context["form"].fields
    admin.post(
        url,
        {
            "new_title": "Nästa möte",
            "new_slug": "nasta-mote",
            "new_parent_page": str(meeting_index().pk),
            "publish_copies": "on",
            "alias": "on",
        },
    )
    copy = MeetingPage.objects.get(slug="nasta-mote")

    assert not copy.live
    assert copy.entry is None
    assert copy.alias_of is None
    assert (copy.change_note, copy.recording_url) == ("", "")


class TestU5TheDeskTellsOfTheMail:
    """What publishing a change will mail is told apart, can be looked at, and left out when it is a typing error."""

    def desk(self, admin: Client, meeting: MeetingPage, **changes: Any) -> str:
        url = reverse("wagtailadmin_pages:edit", args=[meeting.pk])
        return admin.post(url, form_data(meeting, "publish", **changes)).url

    def test_u5_old_and_new_time_stand_there_with_the_number_of_receivers(self, admin: Client) -> None:
        meeting = MeetingPageFactory()
        RegistrationFactory.create_batch(2, meeting=meeting)
        html = admin.get(self.desk(admin, meeting, change_note=NOTE, **moved(meeting))).content.decode()

        new = dates.when(*moved(meeting).values())
        assert "När du publicerar mejlas 2 personer direkt." in html
        assert f"Ny tid: {new} (förut {dates.when(meeting.starts_at, meeting.ends_at)})." in html
        assert f"/admin/moten/{meeting.pk}/andring/" in html
        assert "utan att mejla" not in html

    def test_u5_the_mail_that_will_go_can_be_read_first(self, admin: Client) -> None:
        meeting = MeetingPageFactory()
        InvitationFactory(invited__meeting=meeting)
        self.desk(admin, meeting, change_note=NOTE, **moved(meeting))
        html = admin.get(f"/admin/moten/{meeting.pk}/andring/").content.decode()

        assert dates.when(*moved(meeting).values()) in html
        assert NOTE in html
        assert "exempel" in html
        assert not OutgoingMail.objects.exists()
        assert CalendarEntry.objects.get().facts == meeting.facts

    def test_u5_without_a_change_there_is_no_mail_to_read(self, admin: Client) -> None:
        meeting = MeetingPageFactory()
        response = admin.get(f"/admin/moten/{meeting.pk}/andring/", follow=True)
        assert "Det finns ingen ändring" in response.content.decode()

    def test_u5_a_typing_error_is_put_right_without_a_mail(self, admin: Client) -> None:
        meeting = MeetingPageFactory(title="Avtall")
        RegistrationFactory(meeting=meeting)
        answer_desk(admin, self.desk(admin, meeting, title="Avtal"), **{f"refrain_{meeting.pk}": "on"})

        assert MeetingPage.objects.get().title == "Avtal"
        assert not OutgoingMail.objects.exists()
        entry = CalendarEntry.objects.get()
        assert (entry.title, entry.sequence) == ("Avtal", 0)
        assert PageLogEntry.objects.filter(action="meetings.change_quietly", page=meeting.pk).exists()

        edit(admin, MeetingPage.objects.get(), change_note=NOTE, **moved(meeting))
        mail = OutgoingMail.objects.get()
        assert "Avtal" in mail.subject
        assert CalendarEntry.objects.get().sequence == 1

    def test_u5_a_new_title_is_mailed_unless_one_says_otherwise(self, admin: Client) -> None:
        meeting = MeetingPageFactory(title="Avtall")
        RegistrationFactory(meeting=meeting)
        answer_desk(admin, self.desk(admin, meeting, title="Avtal"))
        assert OutgoingMail.objects.count() == 1

    @pytest.mark.parametrize("change", ["time", "link"])
    def test_u5_a_change_of_time_or_link_cannot_be_silenced(self, admin: Client, change: str) -> None:
        meeting = MeetingPageFactory()
        RegistrationFactory(meeting=meeting)
        changes: dict[str, Any] = {"join_url": "https://mote.example/nytt"} if change == "link" else moved(meeting)
        desk = self.desk(admin, meeting, title="Rättad", change_note=NOTE, **changes)
        answer_desk(admin, desk, **{f"refrain_{meeting.pk}": "on"})
        assert OutgoingMail.objects.count() == 1

        changed = MeetingPage.objects.get()
        changed.title, changed.starts_at = "Annat", changed.starts_at + timedelta(minutes=5)
        with pytest.raises(MeetingError), transaction.atomic():
            change_quietly(meeting=changed, by=None)
