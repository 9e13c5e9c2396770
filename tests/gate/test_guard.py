"""What blocks is never public, whatever the way; and nothing else is hindered."""

from datetime import time, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import serializers
from django.db.models import Model
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, GroupApprovalTask, Page, PageLogEntry, Revision

from gate import guard
from gate.enums import GuardPolicy
from gate.errors import Blocked
from gate.models import FileScreening
from meetings.models import AgendaItem, MeetingPage, Speaker
from resources.models import Document, Image, ResourceFile, ResourceLink, StandardPage, Theme
from screening.findings import Verdict
from tests.factories.meetings import AgendaItemFactory, MeetingPageFactory
from tests.factories.resources import DocumentFactory, ResourcePageFactory, StandardPageFactory, site_tree
from tests.screening.numbers import coordination_number, personal_number

pytestmark = pytest.mark.django_db
SECRET = personal_number()


@pytest.mark.parametrize(
    ("model", "policy"),
    [
        (StandardPage, GuardPolicy.PUBLIC_PAGE),
        (Revision, GuardPolicy.PUBLIC_PAGE),
        (AgendaItem, GuardPolicy.PUBLIC_PAGE),
        (Speaker, GuardPolicy.PUBLIC_PAGE),
        (Theme, GuardPolicy.ALWAYS),
        (GroupApprovalTask, GuardPolicy.ALWAYS),
        (Comment, GuardPolicy.ALWAYS),
        (Document, GuardPolicy.FILE),
        (Image, GuardPolicy.FILE),
        (Session, None),
        (PageLogEntry, None),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_model_has_one_policy(model: type[Model], policy: GuardPolicy | None) -> None:
    assert guard.policy_of(model) is policy


def from_a_fixture(instance: Model) -> None:
    next(iter(serializers.deserialize("json", serializers.serialize("json", [instance])))).save()


def test_a_fixture_stores_rows_of_our_own_as_they_are_but_none_of_a_library() -> None:
    from_a_fixture(Theme(name=SECRET, slug="t"))
    assert Theme.objects.filter(name=SECRET).exists()
    with pytest.raises(Blocked):
        from_a_fixture(Redirect(old_path=f"/{SECRET}"))


def test_a_file_from_a_fixture_is_not_read() -> None:
    document = DocumentFactory()
    document.title = SECRET
    from_a_fixture(document)
    assert Document.objects.get(pk=document.pk).title == SECRET


def found_by_a_new_rule(page: Page, **texts: str) -> Page:
    """A live page with what blocks, as if it had been published before the rule."""
    type(page).objects.filter(pk=page.pk).update(**texts)
    return type(page).objects.get(pk=page.pk)


@pytest.mark.parametrize("number", [personal_number(), coordination_number()], ids=["personal", "coordination"])
def test_a_page_with_a_number_is_not_saved_as_public(number: str) -> None:
    with pytest.raises(Blocked, match="Ingress"):
        StandardPageFactory(lead=f"Om {number}")
    assert not StandardPage.objects.filter(lead__contains=number[:6]).exists()


def test_the_refusal_says_what_where_and_what_to_do_without_the_number() -> None:
    with pytest.raises(Blocked) as refused:
        StandardPageFactory(lead=f"Om {SECRET}")
    sentence = " ".join(refused.value.messages)
    assert "Ingress" in sentence and "personnummer" in sentence and "Ta bort numret." in sentence
    assert SECRET not in sentence and SECRET[-4:] not in sentence


def test_a_draft_may_hold_anything() -> None:
    page = StandardPageFactory(draft=True, lead=SECRET)
    page.save_revision()
    page.save()


def test_a_draft_of_a_live_page_may_hold_anything() -> None:
    page = StandardPageFactory()
    page.title = page.lead = f"Om {SECRET}"
    page.save_revision()
    page.refresh_from_db()
    assert page.live and SECRET not in page.lead


def test_a_revision_is_not_published() -> None:
    page = StandardPageFactory()
    page.lead = SECRET
    revision = page.save_revision()
    with pytest.raises(Blocked):
        revision.publish()
    assert SECRET not in StandardPage.objects.get(pk=page.pk).lead


def test_a_revision_is_not_scheduled() -> None:
    page = StandardPageFactory(draft=True)
    page.lead, page.go_live_at = SECRET, timezone.now() + timedelta(days=1)
    revision = page.save_revision()
    with pytest.raises(Blocked):
        revision.publish()
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


def test_a_page_is_not_made_public_through_its_base_class() -> None:
    page = Page.objects.get(pk=StandardPageFactory(draft=True, lead=SECRET).pk)
    page.live = True
    for update_fields in (None, ["live"]):
        with pytest.raises(Blocked):
            page.save(update_fields=update_fields)


def test_a_copy_that_is_kept_live_and_an_alias_are_refused() -> None:
    page = found_by_a_new_rule(StandardPageFactory(), lead=SECRET)
    with pytest.raises(Blocked):
        page.copy(update_attrs={"slug": "kopia"}, keep_live=True)
    with pytest.raises(Blocked):
        page.create_alias(update_slug="alias")
    assert page.copy(update_attrs={"slug": "utkast"}, keep_live=False).live is False


def test_an_import_is_refused() -> None:
    page = StandardPageFactory()
    page.lead = SECRET
    with pytest.raises(Blocked):
        next(iter(serializers.deserialize("json", serializers.serialize("json", [page])))).save()


def test_a_child_object_of_a_live_page_is_refused() -> None:
    item = AgendaItemFactory()
    item.description = SECRET
    with pytest.raises(Blocked):
        item.save()
    with pytest.raises(Blocked):
        Speaker.objects.create(item=AgendaItem.objects.get(pk=item.pk), name=SECRET)
    with pytest.raises(Blocked):
        ResourceLink.objects.create(resource=ResourcePageFactory(), text=SECRET, url="https://x.example/")


def test_a_child_object_of_a_draft_is_not() -> None:
    AgendaItem.objects.create(meeting=MeetingPageFactory(draft=True), start=time(10), title=SECRET)


def test_a_page_with_a_file_that_blocks_is_refused() -> None:
    document = DocumentFactory()
    page = ResourcePageFactory(draft=True, files=[ResourceFile(document=document)])
    finding = {"kind": "personnummer", "where": "sida 2", "excerpt": "85…"}
    FileScreening.objects.filter(pk=document.screening_id).update(verdict=Verdict.BLOCK, findings=[finding])
    with pytest.raises(Blocked, match="sida 2"):
        page.save_revision().publish()


def test_a_page_with_a_file_that_waits_is_not_for_the_guard() -> None:
    document = DocumentFactory()
    FileScreening.objects.filter(pk=document.screening_id).update(state="waiting", verdict="", screened_at=None)
    ResourcePageFactory(files=[ResourceFile(document=document)])


def test_what_a_new_rule_finds_can_be_moved_sorted_unpublished_drafted_and_deleted() -> None:
    above, page = StandardPageFactory(), StandardPageFactory()
    child = StandardPageFactory(parent=page)
    page = found_by_a_new_rule(page, lead=SECRET)
    page.save()
    page.move(above, pos="last-child")
    page = StandardPage.objects.get(pk=page.pk)
    page.move(site_tree().home, pos="first-child")
    page = StandardPage.objects.get(pk=page.pk)
    page.save_revision()
    page.show_in_menus = True
    page.save()
    child.unpublish()
    page.unpublish()
    assert not StandardPage.objects.get(pk=page.pk).live
    page.delete()


def test_what_a_new_rule_finds_is_not_published_anew() -> None:
    page = found_by_a_new_rule(StandardPageFactory(), lead=SECRET)
    page.lead = f"{SECRET} och mer"
    with pytest.raises(Blocked):
        page.save_revision().publish()


def test_saving_a_live_page_costs_one_query_for_the_guard(django_assert_max_num_queries) -> None:
    page = StandardPageFactory()
    with django_assert_max_num_queries(1):
        guard.guard(StandardPage, page)


def test_a_meeting_is_refused_with_its_calendar_untouched() -> None:
    meeting = MeetingPageFactory()
    meeting.agenda_items = [AgendaItem(start=time(10), title="Punkt", description=SECRET)]
    with pytest.raises(Blocked, match="Dagordning, punkt 1: Beskrivning"):
        meeting.save_revision(clean=False).publish()
    assert not MeetingPage.objects.get(pk=meeting.pk).agenda_items.exists()
