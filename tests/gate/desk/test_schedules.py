"""What is scheduled is looked at again when its time comes."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from contacts.models import Person
from gate.desk.routing import desk_url
from gate.errors import Blocked
from gate.models import FileScreening
from outbox.models import OutgoingMail
from resources.models import ResourceFile, StandardPage
from tests.factories.resources import DocumentFactory, ResourcePageFactory, StandardPageFactory
from tests.publishing import answer_desk
from tests.screening.numbers import personal_number

from .conftest import WARNING

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
SECRET = personal_number()


def scheduled(admin: Client, editor: Person, page: Any, **texts: Any) -> Any:
    """Schedule the page at the desk; its time has come since."""
    for name, value in texts.items():
        setattr(page, name, value)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision(user=editor)
    reason = {"reason": "Påhittat."} if WARNING in texts.values() else {}
    assert answer_desk(admin, desk_url([page.pk]), **reason).status_code == 302
    revision = page.revisions.get(approved_go_live_at__isnull=False)
    past = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = past.isoformat()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=revision.content)
    return page


def is_live(page: Any) -> bool:
    return type(page).objects.get(pk=page.pk).live


@pytest.mark.parametrize("text", ["Rent.", WARNING], ids=["clean", "approved-warning"])
def test_what_was_approved_is_published(text: str, admin: Client, editor: Person) -> None:
    page = scheduled(admin, editor, StandardPageFactory(draft=True), lead=text)
    call_command("publish_scheduled")
    assert is_live(page)
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish.scheduled").exists()


def with_text(page: Any, text: str) -> None:
    """The text in the scheduled revision, as if a new rule found what stands there."""
    revision = page.revisions.get(approved_go_live_at__isnull=False)
    revision.content["lead"] = text
    Revision.objects.filter(pk=revision.pk).update(content=revision.content)


@pytest.mark.parametrize("text", [SECRET, WARNING], ids=["blocked", "unapproved-warning"])
def test_what_a_new_rule_finds_is_refused_and_the_others_are_published(
    text: str, admin: Client, editor: Person
) -> None:
    page = scheduled(admin, editor, StandardPageFactory(draft=True, title="Planerad"))
    with_text(page, text)
    other = scheduled(admin, editor, StandardPageFactory(draft=True))
    call_command("publish_scheduled")
    call_command("publish_scheduled")

    assert not is_live(page) and is_live(other)
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()
    assert StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object().lead == text, "the draft stays"
    entry = PageLogEntry.objects.get(action="gate.schedule_refused")
    assert entry.page_id == page.pk and "Ingress" in entry.data["reasons"][0]
    mail = OutgoingMail.objects.get()
    assert mail.recipient == editor.email and "Planerad" in mail.subject and "Ingress" in mail.text
    assert SECRET not in mail.text and SECRET not in str(entry.data)


def test_a_file_that_is_not_approved_any_more_stops_it(admin: Client, editor: Person) -> None:
    document = DocumentFactory(title="Rapport")
    page = scheduled(admin, editor, ResourcePageFactory(draft=True, files=[ResourceFile(document=document)]))
    FileScreening.objects.filter(pk=document.screening_id).update(state="waiting", verdict="", screened_at=None)
    call_command("publish_scheduled")
    assert not is_live(page)
    assert "Filen ”Rapport”" in OutgoingMail.objects.get().text


def test_one_that_fails_for_another_reason_does_not_stop_the_others(
    admin: Client, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = scheduled(admin, editor, StandardPageFactory(draft=True, title="Trasig"))
    other = scheduled(admin, editor, StandardPageFactory(draft=True))
    save = StandardPage.save

    def fail(self: StandardPage, *args: Any, **kwargs: Any) -> None:
        if self.live and self.title == "Trasig":
            raise RuntimeError("disk full")
        save(self, *args, **kwargs)

    monkeypatch.setattr(StandardPage, "save", fail)
    with pytest.raises(RuntimeError):
        call_command("publish_scheduled")
    assert is_live(other) and not is_live(broken)


def test_scheduling_past_the_desk_meets_the_guard() -> None:
    page = StandardPageFactory(draft=True)
    page.lead, page.go_live_at = SECRET, timezone.now() + timedelta(hours=1)
    with pytest.raises(Blocked):
        page.save_revision().publish()


def test_a_dry_run_changes_nothing(admin: Client, editor: Person) -> None:
    page = scheduled(admin, editor, StandardPageFactory(draft=True))
    call_command("publish_scheduled", "--dryrun")
    assert not is_live(page)
